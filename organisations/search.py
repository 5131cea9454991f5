"""Units and people as documents, what a unit adds to pages, and which documents a change of one concerns."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import PageViewRestriction

from core.signals import PageChange, page_changed
from core.surrogates import unit_key
from organisations.models import FormerName, Person, Unit, UnitIndexPage, UnitPage
from pages.models import BasePage
from search.documents import SearchDocument
from search.following import follow, follow_part
from search.pending import note, note_scope
from search.registry import (
    Enrichment,
    Facet,
    Kind,
    Source,
    enrich,
    enrichments,
    kinds,
    register_facet,
    register_kind,
    register_scope,
    register_source,
)
from search.sources.merging import ids_in_steps, joined, merge
from search.sources.pages import BELOW, PAGE

UNIT, PERSON = "unit", "person"
UNIT_KIND, PERSON_KIND = "don-vi", "nguoi"
UNIT_FIELDS = ("name", "short_name", "slug", "parent", "tree_path", "address")


# Units --------------------------------------------------------------------------------------------------------------


def _unit_index() -> UnitIndexPage | None:
    """The page that answers for units without a page of their own."""
    index: UnitIndexPage | None = UnitIndexPage.objects.published().first()
    return index


def visible_units() -> Any:
    """Units that readers find at their own address and that no page presents: that page is the result then."""
    if _unit_index() is None:
        return Unit.objects.none()
    return Unit.objects.exclude(pk__in=UnitPage.objects.live().filter(unit__isnull=False).values("unit"))


def visible_unit_ids() -> Iterator[int]:
    """Their ids."""
    return ids_in_steps(visible_units())


def load_units(ids: Collection[int]) -> Iterable[SearchDocument]:
    """Make documents of those units that readers find at their own address."""
    index = _unit_index()
    if index is None:
        return []
    above = tuple(index.get_ancestors(inclusive=True).order_by("path").values_list("pk", flat=True))
    units = list(visible_units().filter(pk__in=ids).order_by("pk").prefetch_related("former_names"))
    higher, added = _units_above(units), enrichments(UNIT, units)
    return [merge(_unit_document(unit, above, higher), added.get(unit.pk, [])) for unit in units]


def _unit_document(unit: Unit, above: tuple[int, ...], higher: dict[int, Unit]) -> SearchDocument:
    parent = higher.get(unit.parent_id or 0)
    return SearchDocument(
        key=f"{UNIT}:{unit.pk}",
        kind=UNIT_KIND,
        title=unit.name,
        url=unit.url,
        context=parent.name if parent else "",
        text="\n".join(_unit_words(unit)),
        facets={"kind": (UNIT_KIND,), "unit": _unit_slugs(unit, higher)},
        above=above,
        shown={"kind": str(kinds()[UNIT_KIND].label), "unit": parent.name if parent else ""},
    )


def _unit_words(unit: Unit) -> Iterator[str]:
    """What else a unit is called, and where it is."""
    yield from filter(None, [unit.short_name, *(former.name for former in unit.former_names.all())])
    yield from filter(None, [unit.address])


def _ids_in_path(unit: Unit) -> list[int]:
    return [int(pk) for pk in unit.tree_path.split("/") if pk]


def _units_above(units: Iterable[Unit]) -> dict[int, Unit]:
    """These units and all above them, by id."""
    return Unit.objects.in_bulk({pk for unit in units for pk in _ids_in_path(unit)})


def _unit_slugs(unit: Unit, higher: dict[int, Unit]) -> tuple[str, ...]:
    """The slugs of a unit and of all above it: who chooses the federation finds every unit's news."""
    return tuple(higher[pk].slug for pk in _ids_in_path(unit) if pk in higher)


@enrich(PAGE)
def units_of_pages(pages: Sequence[BasePage]) -> dict[int, Enrichment]:
    """The unit of each page; the page that presents a unit also answers for its other names."""
    units = Unit.objects.prefetch_related("former_names").in_bulk({page.unit_id for page in pages if page.unit_id})
    higher = _units_above(units.values())
    found = {}
    for page in pages:
        unit = units.get(page.unit_id or 0)
        if unit is not None:
            presents = isinstance(page, UnitPage)
            found[page.pk] = Enrichment(
                context=(unit.name,),
                text=tuple(_unit_words(unit)) if presents else (),
                facets={"unit": _unit_slugs(unit, higher)},
                shown={} if presents else {"unit": str(unit)},
            )
    return found


def unit_labels(values: Collection[str]) -> dict[str, str]:
    """Names of units."""
    return {unit.slug: str(unit) for unit in Unit.objects.filter(slug__in=values)}


# People -------------------------------------------------------------------------------------------------------------


def visible_person_ids() -> Iterator[int]:
    """Everybody has a page of what they wrote."""
    return ids_in_steps(Person.objects.all())


def load_people(ids: Collection[int]) -> Iterable[SearchDocument]:
    """Make documents of people."""
    people = list(Person.objects.filter(pk__in=ids).select_related("unit").order_by("pk"))
    higher, added = _units_above([person.unit for person in people if person.unit]), enrichments(PERSON, people)
    return [merge(_person_document(person, higher), added.get(person.pk, [])) for person in people]


def _person_document(person: Person, higher: dict[int, Unit]) -> SearchDocument:
    facets: dict[str, tuple[str, ...]] = {"kind": (PERSON_KIND,)}
    if person.unit:
        facets["unit"] = _unit_slugs(person.unit, higher)
    return SearchDocument(
        key=f"{PERSON}:{person.pk}",
        kind=PERSON_KIND,
        title=person.name,
        url=person.url,
        context=joined([person.role, person.unit.name if person.unit else ""]),
        text=person.bio,
        facets=facets,
        shown={"kind": str(kinds()[PERSON_KIND].label), "unit": str(person.unit or "")},
    )


# What a change of a unit concerns -----------------------------------------------------------------------------------


def _tree_path(unit_id: int) -> str:
    return Unit.objects.filter(pk=unit_id).values_list("tree_path", flat=True).first() or "-"


def pages_of_unit(unit_id: int, after: int = 0) -> Iterator[int]:
    """Pages of a unit and of all units below it: their facet names it."""
    below = Unit.objects.within(_tree_path(unit_id)).values("pk")
    return ids_in_steps(BasePage.objects.filter(unit__in=below, live=True), after)


def units_of_unit(unit_id: int, after: int) -> Iterator[int]:
    """A unit and all below it."""
    return ids_in_steps(Unit.objects.within(_tree_path(unit_id)), after)


def people_of_unit(unit_id: int, after: int = 0) -> Iterator[int]:
    """People of a unit and of all units below it."""
    below = Unit.objects.within(_tree_path(unit_id)).values("pk")
    return ids_in_steps(Person.objects.filter(unit__in=below), after)


def units_below_page(page_id: int, after: int) -> Iterator[int]:
    """All units, if the page is their list or stands above it: they go and come with it."""
    path = BasePage.objects.filter(pk=page_id).values_list("path", flat=True).first()
    holds_list = path and UnitIndexPage.objects.filter(path__startswith=path).exists()
    return ids_in_steps(Unit.objects.all(), after) if holds_list else iter(())


def follow_unit(unit: Unit) -> None:
    """A unit is new, or is called or placed differently: pages, people and units below it name it."""
    for source in (UNIT, PERSON, PAGE):
        note_scope(source, UNIT, unit.pk)


def follow_former_name(former: FormerName) -> None:
    """The unit, or the page that presents it, is also found by what it was called."""
    note(UNIT, [former.unit_id])
    note(PAGE, UnitPage.objects.filter(unit=former.unit_id).values_list("pk", flat=True))


def leave_unit(unit: Unit) -> None:
    """A unit is about to be deleted; what named it is left without."""
    note(UNIT, [unit.pk], hides=True)
    note(PERSON, people_of_unit(unit.pk))
    note(PAGE, pages_of_unit(unit.pk))


def follow_unit_page(sender: type, change: PageChange, **kwargs: Any) -> None:
    """Where the page of a unit comes or goes, the unit itself goes or comes; with their list all units do."""
    page = change.page
    model = page.specific_class
    if model is UnitPage:
        note(UNIT, Unit.objects.filter(pk__in=_units_shown(change.keys)).values_list("pk", flat=True))
    if model is UnitIndexPage or change.event == "moved":
        note_scope(UNIT, BELOW, page.pk)
        if model is UnitIndexPage and change.event in ("unpublished", "deleted"):
            note_scope(PAGE, BELOW, page.pk, hides=True)


def _units_shown(keys: Collection[str]) -> list[int]:
    """The unit that a page showed before and the one it shows now, from the surrogate keys of a change."""
    prefix = unit_key(0).removesuffix("0")
    return [int(key.removeprefix(prefix)) for key in keys if key.startswith(prefix)]


def register() -> None:
    """Called when the app is ready."""
    register_kind(Kind(slug=UNIT_KIND, label=_("Unit")), UnitPage)
    register_kind(Kind(slug=PERSON_KIND, label=_("Person")))
    register_source(Source(name=UNIT, visible_ids=visible_unit_ids, load=load_units))
    register_source(Source(name=PERSON, visible_ids=visible_person_ids, load=load_people))
    register_facet(Facet(key="unit", param="don-vi", legend=_("Unit"), labels=unit_labels, order=40))
    register_scope(PAGE, UNIT, pages_of_unit)
    register_scope(UNIT, UNIT, units_of_unit)
    register_scope(PERSON, UNIT, people_of_unit)
    register_scope(UNIT, BELOW, units_below_page)
    page_changed.connect(follow_unit_page, dispatch_uid="organisations.follow_unit_page")
    follow_part(PageViewRestriction, lambda restriction: note_scope(UNIT, BELOW, restriction.page_id))
    follow_part(FormerName, follow_former_name)
    follow(Unit, UNIT_FIELDS, changed=follow_unit, deleting=leave_unit)
    follow(
        Person,
        ["name", "slug", "role", "bio", "unit"],
        changed=lambda person: note(PERSON, [person.pk]),
        deleting=lambda person: note(PERSON, [person.pk], hides=True),
    )

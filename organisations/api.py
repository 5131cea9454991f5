"""Units in the public interface: an endpoint of their own, and pages narrowed by unit."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.api.v2.utils import BadRequestError

from api import parameters, schemas
from api.batches import Batch
from api.freshness import UNIT_KEYS
from api.parts import NUMBER, person_data, unit_data
from api.registry import Field, Shown, attribute, register_fields, register_parameter, register_text
from api.viewsets import PublicViewSet, router
from organisations.choices import UnitKind
from organisations.models import Unit, UnitIndexPage, UnitPage
from organisations.search import UNIT

_DAY = schemas.nullable(schemas.day())
FORMER_NAME = schemas.structure({"name": schemas.text(), "until": _DAY})


def _found(named: dict[str, Any], name: str) -> Unit:
    unit = Unit.objects.filter(**named).first()
    if unit is None:
        raise BadRequestError(_("«%(name)s»: there is no such unit.") % {"name": name})
    return unit


def _pages_of(queryset: Any, named: dict[str, Any]) -> Any:
    below = Unit.objects.within(_found(named, "unit").tree_path)
    return queryset.filter(unit__in=list(below.values_list("pk", flat=True)))


def _on_this_day(queryset: Any, value: bool) -> Any:
    today = timezone.localdate()
    there = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=today)
    return queryset.filter(there & begun) if value else queryset.exclude(there & begun)


def _day(name: str, description: Any) -> Field:
    def read(unit: Any, _batch: Batch) -> str | None:
        value = getattr(unit, name)
        return value.isoformat() if value else None

    return Field(name=name, schema=_DAY, description=description, read=read)


def _link(name: str, description: Any) -> Field:
    """Another unit; its own fields stand at its own address."""
    return Field(
        name=name,
        schema=schemas.nullable(schemas.reference("UnitLink")),
        description=description,
        read=lambda unit, batch: unit_data(getattr(unit, name), batch),
    )


FIELDS = (
    Field(
        name="type",
        schema=schemas.text(),
        description=gettext_lazy("The type of the thing."),
        read=lambda unit, _batch: unit._meta.label,
        meta=True,
    ),
    Field(
        name="detail_url",
        schema=schemas.address(),
        description=gettext_lazy("Everything about it, as JSON."),
        read=lambda unit, batch: batch.detail_url(Unit, unit.pk),
        meta=True,
    ),
    Field(
        name="html_url",
        schema=schemas.address(),
        description=gettext_lazy("The page for people."),
        read=lambda unit, batch: batch.absolute(unit.url),
        meta=True,
    ),
    attribute("slug", schemas.text(), gettext_lazy("The last word of its address."), meta=True),
    NUMBER,
    attribute("name", schemas.text(), gettext_lazy("Its full name.")),
    attribute("short_name", schemas.text(), gettext_lazy("Its short name, if it has one.")),
    attribute("kind", schemas.one_of(UnitKind.values), gettext_lazy("What kind of unit it is.")),
    attribute("kind_label", schemas.text(), gettext_lazy("The kind in words."), shown=Shown.ALONE),
    _link("parent", gettext_lazy("The unit that it belongs to.")),
    attribute("level", schemas.integer(), gettext_lazy("How deep it stands in the tree; the federation is 1.")),
    _day("valid_from", gettext_lazy("Since when it exists, if that is known.")),
    _day("valid_to", gettext_lazy("Its last day; null while it exists.")),
    _link("merged_into", gettext_lazy("The unit that took over.")),
    *(
        attribute(name, schemas.text(), words, shown=Shown.ALONE)
        for name, words in (
            ("address", gettext_lazy("Where it is.")),
            ("phone", gettext_lazy("Its telephone.")),
            ("email", gettext_lazy("Its e-mail.")),
            ("website", gettext_lazy("Its website.")),
            ("facebook", gettext_lazy("Its Facebook page.")),
            ("zalo", gettext_lazy("Its Zalo page.")),
            ("youtube", gettext_lazy("Its YouTube channel.")),
        )
    ),
    attribute(
        "members",
        schemas.nullable(schemas.integer()),
        gettext_lazy("How many members it has, if it says so."),
        shown=Shown.ALONE,
    ),
    Field(
        name="former_names",
        schema=schemas.array(FORMER_NAME),
        description=gettext_lazy("What it was called before, and until when."),
        read=lambda unit, _batch: [
            {"name": former.name, "until": former.until.isoformat() if former.until else None}
            for former in unit.former_names.all()
        ],
        shown=Shown.ALONE_ONLY,
    ),
    Field(
        name="people",
        schema=schemas.array(schemas.reference("Person")),
        description=gettext_lazy("Its officers, as its page names them."),
        read=lambda unit, batch: [person_data(person, batch) for person in unit.people.all()],
        shown=Shown.ALONE_ONLY,
    ),
)


class UnitsViewSet(PublicViewSet):
    """Units of today and of the past."""

    name = "units"
    model = Unit
    search_source = UNIT
    keys = UNIT_KEYS
    about = gettext_lazy("Units of the federation, of today and of the past, with what they belong to.")
    orders = ("id", "name")
    usual_order = ("sort_name", "pk")
    own_parameters = (
        parameters.choice("kind", gettext_lazy("Only units of a kind."), lambda: UnitKind.values).narrowing(
            lambda queryset, value: queryset.filter(kind=value)
        ),
        parameters.identifier("parent", gettext_lazy("Only units that belong to this one directly.")).narrowing(
            lambda queryset, value: queryset.filter(parent=value)
        ),
        parameters.identifier_or_slug(
            "within", gettext_lazy("Only this unit and everything below it, by its number or slug.")
        ).narrowing(lambda queryset, named: queryset.within(_found(named, "within").tree_path)),
        parameters.boolean(
            "current", gettext_lazy("Only units that exist today (true), or only the others (false).")
        ).narrowing(_on_this_day),
    )
    find_parameters = (
        *PublicViewSet.find_parameters,
        parameters.slug("slug", gettext_lazy("The last word of its address.")),
    )

    def visible(self) -> Any:
        """All of them, while the portal shows the list of units."""
        return Unit.objects.all() if UnitIndexPage.objects.published().exists() else Unit.objects.none()

    def with_related(self, queryset: Any) -> Any:
        """In the same statement."""
        return queryset.select_related("parent", "merged_into")

    def find_object(self, queryset: Any, request: Any) -> Any:
        """Also by the slug."""
        if "slug" in self.values:
            return queryset.filter(slug=self.values["slug"]).first()
        return super().find_object(queryset, request)

    def filter_queryset(self, queryset: Any) -> Any:
        """Vietnamese names go by the alphabet of Vietnamese."""
        queryset = super().filter_queryset(queryset)
        names = (str(name) for name in queryset.query.order_by)
        by_name = {"name": "sort_name", "-name": "-sort_name"}
        return queryset.order_by(*(by_name.get(name, name) for name in names))


def register() -> None:
    """Called when the app is ready."""
    register_fields(Unit, *FIELDS)
    register_text(UnitPage)
    router.register_endpoint(UnitsViewSet.name, UnitsViewSet)
    register_parameter(
        parameters.identifier_or_slug(
            "unit", gettext_lazy("Only pages of a unit and of all units below it, by its number or slug.")
        ).narrowing(_pages_of)
    )

"""Reads that span units, people and pages."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from core.listing import LISTING_RENDITIONS
from organisations.models.units import Unit
from pages.models import BasePage

NEWS_ON_UNIT_PAGE = 12


@dataclass
class UnitNode:
    """A unit with the units below it."""

    unit: Unit
    level: int = 1
    children: list["UnitNode"] = field(default_factory=list)


def unit_by_slug(slug: str) -> Unit | None:
    """Find a unit by its slug or by a slug it had before."""
    units = Unit.objects.select_related("merged_into")
    return (
        units.filter(slug=slug).first()
        or units.filter(former_names__slug=slug).order_by("-former_names__until").first()
    )


def successor(unit: Unit) -> Unit:
    """Follow mergers to where they end; a circle, which forms refuse, leads nowhere: the unit stands for itself."""
    seen = {unit.pk}
    last = unit
    while last.merged_into and not last.is_current:
        last = last.merged_into
        if last.pk in seen:
            return unit
        seen.add(last.pk)
    return last


def unit_tree() -> list[UnitNode]:
    """Today's units as a tree, in one query; a unit whose parent has ended stands at the top level."""
    nodes = {unit.pk: UnitNode(unit) for unit in Unit.objects.current()}
    roots: list[UnitNode] = []
    for node in nodes.values():
        parent = nodes.get(node.unit.parent_id or 0)
        (parent.children if parent else roots).append(node)
    _set_levels(roots, 1)
    return roots


def _set_levels(nodes: list[UnitNode], level: int) -> None:
    for node in nodes:
        node.level = level
        _set_levels(node.children, level + 1)


def abolished_units() -> list[Unit]:
    """Units that ended, with what they merged into."""
    return list(Unit.objects.abolished().select_related("merged_into"))


def ancestors(unit: Unit) -> list[Unit]:
    """The units above a unit, the federation first."""
    above = [int(pk) for pk in unit.tree_path.split("/") if pk][:-1]
    return sorted(Unit.objects.filter(pk__in=above), key=lambda other: other.level)


def unit_page_context(unit: Unit) -> dict[str, Any]:
    """What a unit's page shows besides its own text."""
    from organisations.parts import parts_of  # it names the models, which import this module

    parts = parts_of(unit)
    shown = {pk for part in parts for pk in part.pages}
    below = Unit.objects.within(unit.tree_path)
    items = BasePage.objects.listed().filter(unit__in=below).exclude(pk__in=shown).newest_first()
    return {
        "unit": unit,
        "parts": parts,
        "former_names": list(unit.former_names.all()),
        "predecessors": list(unit.predecessors.all()),
        "successor": successor(unit) if unit.merged_into_id else None,
        "ancestors": ancestors(unit),
        "children": list(
            unit.children.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=timezone.localdate())).annotate(
                below=Count("children")
            )
        ),
        "people": list(unit.people.select_related("photo")),
        "items": list(items.with_card_data(LISTING_RENDITIONS)[:NEWS_ON_UNIT_PAGE]),
        "all_items_url": f"/tin-tuc/?don-vi={unit.slug}",
    }

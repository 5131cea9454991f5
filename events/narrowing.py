"""What a reader chose to see of the calendar: one unit with all below it, one kind."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.utils.functional import cached_property

from archives.filters import KIND, UNIT
from core.narrowing import chosen_values
from events.choices import EventKind
from events.querysets import EventQuerySet
from organisations.models import Unit
from organisations.selectors import successor, unit_by_slug


@dataclass(frozen=True)
class Choice:
    """The unit and the kind chosen; both None for the whole calendar."""

    unit: Unit | None = None
    kind: EventKind | None = None

    @classmethod
    def parse(cls, data: QueryDict) -> "Choice":
        """Read the address. Raises Http404 for what there is not: a subscription must not turn into another one.

        A unit that has gone into another one, or changed its name, is found by the old address too.
        """
        unit = kind = None
        if slugs := chosen_values(data, UNIT):
            unit = unit_by_slug(slugs[0])
            if unit is None:
                raise Http404
            unit = unit if unit.is_current else successor(unit)
        if kinds := chosen_values(data, KIND):
            if kinds[0] not in EventKind.values:
                raise Http404
            kind = EventKind(kinds[0])
        return cls(unit, kind)

    def __bool__(self) -> bool:
        return bool(self.unit or self.kind)

    @cached_property
    def query(self) -> str:
        """The address's query in one canonical order, with its question mark; "" for the whole calendar."""
        pairs = []
        if self.unit:
            pairs.append((UNIT, self.unit.slug))
        if self.kind:
            pairs.append((KIND, self.kind.value))
        return f"?{urlencode(pairs)}" if pairs else ""

    def narrow(self, events: EventQuerySet) -> EventQuerySet:
        """Those of the events that were chosen."""
        if self.unit:
            events = events.filter(unit__in=Unit.objects.within(self.unit.tree_path))
        if self.kind:
            events = events.filter(kind=self.kind)
        return events

    @property
    def words(self) -> str:
        """What was chosen, for headings: «Hội nghị, Công đoàn ngành Y tế»."""
        named = [str(self.kind.label) if self.kind else "", self.unit.name if self.unit else ""]
        return ", ".join(filter(None, named))

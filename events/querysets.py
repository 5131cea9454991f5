"""Queries over events, in the words of a calendar."""

from collections.abc import Collection
from datetime import datetime
from typing import Self

from django.utils import timezone
from wagtail.models import PageManager

from events.choices import Status
from pages.querysets import BasePageQuerySet


class EventQuerySet(BasePageQuerySet):
    """Events by their time; ``until`` is the moment from which one is over."""

    def between(self, begin: datetime, end: datetime) -> Self:
        """Those of which any part takes place in the span, in their order."""
        return self.filter(start__lt=end, until__gt=begin).order_by("start", "pk")

    def coming(self) -> Self:
        """What is not over yet, the next first."""
        return self.filter(until__gt=timezone.now()).order_by("start", "pk")

    def past(self) -> Self:
        """What is over, the last first."""
        return self.filter(until__lte=timezone.now()).order_by("-start", "-pk")

    def taking_place(self) -> Self:
        """Neither cancelled nor postponed."""
        return self.filter(status=Status.PLANNED)

    def of_units(self, units: Collection[int]) -> Self:
        """Of these units."""
        return self.filter(unit__in=units)

    def for_lists(self) -> Self:
        """With what a row shows; texts stay where they are."""
        return self.select_related("unit").defer_streamfields()


EventManager = PageManager.from_queryset(EventQuerySet, class_name="EventManager")

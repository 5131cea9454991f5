"""Queries over units, in the organisation's words."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone


class UnitQuerySet(models.QuerySet):
    """Units in their tree and in time."""

    def current(self, on: date | None = None) -> Self:
        """Units that exist on a day (today unless told)."""
        day = on or timezone.localdate()
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day)).exclude(valid_from__gt=day)

    def abolished(self, on: date | None = None) -> Self:
        """Units that ended before a day."""
        return self.filter(valid_to__lt=on or timezone.localdate())

    def within(self, tree_path: str) -> Self:
        """A unit and everything below it."""
        return self.filter(tree_path__startswith=tree_path)

"""Queries on the outbox in its own words."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone

UNFINISHED = ("waiting", "failed")


class ConsequenceQuerySet(models.QuerySet):
    """Consequences by what may be done with them."""

    def due(self, now: datetime | None = None) -> Self:
        """What the worker may take now, longest waiting first."""
        return self.filter(state__in=UNFINISHED, available_at__lte=now or timezone.now()).order_by("available_at", "id")

    def late(self, since: datetime) -> Self:
        """What should have run before ``since`` and has not been tried yet."""
        return self.filter(state="waiting", available_at__lt=since)

    def in_trouble(self) -> Self:
        """What failed: still being retried, or given up."""
        return self.filter(state__in=("failed", "gave_up"))

    def expired_leases(self, now: datetime | None = None) -> Self:
        """What a worker took and did not finish in its time."""
        return self.filter(state="running", lease_expires_at__lt=now or timezone.now())

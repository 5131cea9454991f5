"""Channels and deliveries in the words of the ledger."""

from typing import Self

from django.db import models
from django.db.models import Q


class ChannelQuerySet(models.QuerySet):
    """Channels by whose they are and whether they can be used."""

    def in_scope(self, units: frozenset[int] | None) -> Self:
        """Those of some units; all of them when nothing narrows a person's rights."""
        return self if units is None else self.filter(unit__in=units)

    def in_use(self) -> Self:
        """Switched on."""
        return self.filter(enabled=True)

    def broken(self) -> Self:
        """Switched on, and waiting for a person to mend them."""
        return self.filter(enabled=True, state="broken")


class DeliveryQuerySet(models.QuerySet):
    """Deliveries by what may be done with them."""

    def posts(self) -> Self:
        """Posts, without changes and withdrawals of them."""
        return self.filter(action="post")

    def in_scope(self, units: frozenset[int] | None) -> Self:
        """Those on channels of some units, and those of these units' own pages on any channel."""
        return self if units is None else self.filter(Q(channel__unit__in=units) | Q(unit_id__in=units))

    def unfinished(self) -> Self:
        """What goes on by itself, or would if its channel worked."""
        return self.filter(state__in=("waiting", "failed", "sending"))

    def standing(self) -> Self:
        """Posts that are out, may be out, or are on their way: making another would be posting twice."""
        return self.posts().filter(
            state__in=("waiting", "sending", "sent", "unknown", "failed"), withdrawn_at__isnull=True
        )

    def needing_a_person(self) -> Self:
        """What will not end well without somebody."""
        return self.filter(state__in=("unknown", "gave_up"))


class IncomingVideoQuerySet(models.QuerySet):
    """Videos from YouTube."""

    def waiting(self) -> Self:
        """Those whose draft is there and was never published."""
        return self.filter(page__live=False, page__first_published_at__isnull=True)

"""The dashboard's panel of contests: what runs, and lots that wait for their number."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from contests.models import ContestPage, Draw, Round
from contests.rights import SEES_ENTRIES, contests_of
from core.dashboard import register_panel
from pages.panels import QuietPanel

SHOWN = 5


class ContestsPanel(QuietPanel):
    """«Contests»: not there while none runs and no lots wait."""

    name = "contests"
    order = 61
    permission = SEES_ENTRIES
    template_name = "contests/admin/panel.html"

    def gather(self, request: Any) -> dict[str, Any]:
        """Open rounds with their entrants, and closed lists without winners; three queries."""
        mine = ContestPage.objects.published().filter(pk__in=contests_of(request.user).values("pk"))
        now = timezone.now()
        entered = Count("entries", filter=Q(entries__cancelled_at=None))
        rounds = Round.objects.filter(page__in=mine.values("pk"), opens_at__lte=now, closes_at__gt=now)
        running = list(rounds.select_related("page").annotate(entered=entered).order_by("closes_at")[:SHOWN])
        waiting = Draw.objects.filter(page__in=mine.values("pk"), closed_at__isnull=False, drawn_at=None)
        waits = [one for one in waiting.select_related("page", "round")[:SHOWN] if one.tickets]
        if not running and not waits:
            return {}
        return {"running": running, "waiting": waits, "all_url": reverse("contests:index")}


def register() -> None:
    """Called when the app is ready."""
    register_panel(ContestsPanel)

"""What publishing entails for channels: the kinds of consequence and the job that comes round."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.consequences import Job, consequence
from core.schedule import periodic
from crossposting import checking, delivering, ledger, planning
from crossposting.incoming import looking
from crossposting.models import Channel, Delivery

#: Networks are slow: they have a lane of their own, so that nothing else waits for them.
LANE = "network"
PAGE_EVENTS = ("published", "updated", "unpublished", "deleted")


def _concerns_channels(page: Any) -> bool:
    """Whether there is a channel for it or something of it in the ledger; asked in the transaction of the change."""
    return Channel.objects.exists() and (page.listed or Delivery.objects.filter(page_id=page.pk).exists())


def _deliver(job: Job) -> None:
    delivering.deliver(job.payload["delivery"], job.payload["turn"])


def _check(job: Job) -> None:
    channel = Channel.objects.select_related("unit").filter(pk=job.payload["channel"]).first()
    if channel is not None:
        checking.check(channel)


def _look(job: Job) -> None:
    looking.look_by_number(job.payload["source"])


def register() -> None:
    """Called when the app is ready."""
    consequence(
        "crosspost",
        label=_("Plan posts to channels"),
        transactional=True,
        page_events=PAGE_EVENTS,
        wants=_concerns_channels,
        urgent=True,  # quickly done, and news should not wait for pictures of other pages
    )(planning.plan_for)
    consequence(ledger.KIND, label=_("Post to a channel"), lane=LANE)(_deliver)
    consequence(ledger.CHECK_KIND, label=_("Try a channel"), lane=LANE, max_attempts=5)(_check)
    consequence(looking.KIND, label=_("Look for new videos"), lane=LANE, max_attempts=3)(_look)
    periodic("incoming", every=timedelta(minutes=1), label=_("Look at YouTube channels"))(looking.ask_for_looks)
    periodic("channels", every=timedelta(minutes=5), label=_("Try the channels"))(checking.check_due)

"""Scheduled publishing and expiry.

Each due item becomes a consequence of its own, so one that cannot be published stands in the way of no other, is
retried, and is shown with its error. What Wagtail's ``publish_scheduled`` does happens here through the same methods,
with the same log entries; running that command besides changes nothing twice.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, Revision

from core.consequences import Hopeless, Job, consequence
from core.schedule import periodic
from outbox.models import Consequence, State
from outbox.services import enqueue
from pages.models import BasePage

PUBLISH = "scheduled_publish"
EXPIRE = "scheduled_expiry"
EVERY = timedelta(seconds=5)


def draft_models() -> list[type[models.Model]]:
    """Every model with drafts: the base page for all pages, and each snippet."""
    others = [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, BasePage) and not model._meta.proxy
    ]
    return [BasePage, *others]


def due_revisions(before: datetime) -> models.QuerySet[Revision]:
    """Revisions approved to go live before a moment, and not live yet; in the order in which they were due."""
    return Revision.objects.filter(approved_go_live_at__lte=before).order_by("approved_go_live_at", "pk")


def due_expiries(before: datetime) -> Iterator[tuple[str, Any, datetime]]:
    """Model label, primary key and moment of each published object that should have been taken down by then."""
    for model in draft_models():
        expired = model._default_manager.filter(live=True, expire_at__lte=before).order_by("expire_at", "pk")
        for pk, expire_at in expired.values_list("pk", "expire_at"):
            yield model._meta.label, pk, expire_at


def _publish_key(pk: int, moment: datetime) -> str:
    return f"{PUBLISH}:{pk}:{moment.isoformat()}"


def _expiry_key(label: str, pk: Any, moment: datetime) -> str:
    return f"{EXPIRE}:{label}:{pk}:{moment.isoformat()}"


def find_due() -> None:
    """Write a consequence for each item that is due. Asking again for one already asked for changes nothing."""
    now = timezone.now()
    for label, pk, moment in due_expiries(now):
        with transaction.atomic():
            enqueue(EXPIRE, _expiry_key(label, pk, moment), {"model": label, "pk": str(pk)}, again=True)
    for pk, moment, title in due_revisions(now).values_list("pk", "approved_go_live_at", "object_str"):
        with transaction.atomic():
            enqueue(PUBLISH, _publish_key(pk, moment), {"revision": pk, "title": title[:200]}, again=True)


def publish_revision(job: Job) -> None:
    """Publish a due revision, in the transaction that marks the row done."""
    revision = Revision.objects.select_for_update(of=("self",)).filter(pk=job.payload["revision"]).first()
    if revision is None or revision.approved_go_live_at is None or revision.approved_go_live_at > timezone.now():
        return  # called off, put off or published by an editor meanwhile
    if revision.content_object is None:
        raise Hopeless(_("What should have been published was deleted."))
    revision.publish(log_action="wagtail.publish.scheduled")


def unpublish_expired(job: Job) -> None:
    """Take an expired object down, in the transaction that marks the row done."""
    model: Any = apps.get_model(job.payload["model"])
    expired = model._default_manager.select_for_update(of=("self",)).filter(
        pk=job.payload["pk"], live=True, expire_at__lte=timezone.now()
    )
    instance = expired.first()
    if instance is not None:
        instance.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def late_items(before: datetime) -> int:
    """How many items were due before a moment and are neither done nor known to have failed or been called off."""
    settled = set(
        Consequence.objects.filter(
            kind__in=(PUBLISH, EXPIRE), state__in=(State.FAILED, State.GAVE_UP, State.CANCELLED)
        ).values_list("key", flat=True)
    )
    keys = {_publish_key(pk, at) for pk, at in due_revisions(before).values_list("pk", "approved_go_live_at")}
    keys |= {_expiry_key(*item) for item in due_expiries(before)}
    return len(keys - settled)


def register() -> None:
    """Called when the app is ready."""
    consequence(PUBLISH, label=_("Publish at the set time"), transactional=True, max_attempts=5)(publish_revision)
    consequence(EXPIRE, label=_("Take down at the end date"), transactional=True, max_attempts=5)(unpublish_expired)
    periodic("schedule", every=EVERY, label=_("Scheduled publishing and expiry"))(find_due)

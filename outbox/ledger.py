"""Keeps the ledger of what happened to pages."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.consequences import Job, consequence
from outbox.models import PageEvent


def write_in_ledger(job: Job) -> None:
    """Insert one line per page; in the transaction that marks the row done, so each happens exactly once."""
    at = datetime.fromisoformat(job.payload["at"])
    PageEvent.objects.bulk_create(
        PageEvent(
            change=job.payload["change"],
            event=job.payload["event"],
            at=at,
            page_id=page["id"],
            title=page["title"],
            url=page["url"][:2000],
            page_type=page["type"],
            unit_id=page["unit"],
            revision_id=page["revision"],
        )
        for page in job.payload["pages"]
    )


def register() -> None:
    """Called when the app is ready."""
    consequence("page_event", label=_("Note in the ledger"), transactional=True)(write_in_ledger)

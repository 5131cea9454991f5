"""Counts what readers take away: a number a day for each frame, and nothing of the reader."""

from django.db.models import F
from django.utils import timezone

from frames.models import FrameDownloads, FramePage


def count_download(page_id: int) -> bool:
    """Add one to today's number of a published frame; False when there is no such frame."""
    today = FrameDownloads.objects.filter(page_id=page_id, day=timezone.localdate())
    if today.update(count=F("count") + 1):
        return True
    if not FramePage.objects.live().filter(pk=page_id).exists():
        return False
    FrameDownloads.objects.get_or_create(page_id=page_id, day=timezone.localdate())
    return bool(today.update(count=F("count") + 1))

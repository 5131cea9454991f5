"""Drafts from YouTube as editors meet them: on the dashboard, and at the top of the draft's own form."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from core.dashboard import register_panel
from crossposting.models import IncomingVideo
from crossposting.querysets import IncomingVideoQuerySet
from pages.models import BasePage
from pages.panels import QuietPanel

SHOWN = 5


def waiting_for(user: Any) -> IncomingVideoQuerySet:
    """Drafts that nobody has published yet, among the pages that the user may change."""
    allowed = policy_registry.get_by_type(BasePage).instances_user_has_any_permission_for(user, {"change", "publish"})
    return IncomingVideo.objects.waiting().filter(page__in=allowed).select_related("page", "source")


@register_panel
class YouTubeDraftsPanel(QuietPanel):
    """«Drafts from YouTube»: not there when none waits."""

    name = "youtube_drafts"
    order = 35
    template_name = "crossposting/admin/incoming_panel.html"

    def gather(self, request: HttpRequest) -> dict[str, Any]:
        """The newest."""
        waiting = waiting_for(request.user)
        videos = list(waiting[:SHOWN])
        more = waiting.count() - SHOWN if len(videos) == SHOWN else 0
        return {"videos": videos, "more": more} if videos else {}


def tell_where_from(request: HttpRequest, page: BasePage) -> None:
    """Say above the form of a draft where it came from, until it is published."""
    if request.method != "GET" or page.live:
        return
    video = IncomingVideo.objects.waiting().filter(page=page.pk).select_related("source").first()
    if video is None:
        return
    at = timezone.localtime(video.published_at).strftime("%H:%M %d/%m/%Y") if video.published_at else "?"
    words = _("Draft from YouTube, channel «%(channel)s», published there at %(at)s. Read it over, then publish it.")
    messages.info(request, words % {"channel": video.source or "?", "at": at})

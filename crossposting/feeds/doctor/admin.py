"""The doctor's page in the admin."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from crossposting.feeds.addresses import ROOT
from crossposting.feeds.doctor.examining import Examination, NoSuchFeed, examine, place_of
from crossposting.feeds.doctor.findings import Level, Opinion
from crossposting.feeds.listing import feed_list

MAY_SEE = "crossposting.view_delivery"
ADDRESS = "nguon-tin"
#: One sentence of a kind is said about so many items; more of them help nobody.
SHOWN = 10


class _ForWhoDistributes(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(MAY_SEE))


class FeedDoctorView(WagtailAdminTemplateMixin, TemplateView):
    """Takes the address of a feed and says what everybody would say of it."""

    template_name = "crossposting/feeds/admin/doctor.html"
    page_title = gettext_lazy("Feed doctor")
    header_icon = "view"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let nobody in who does not see where things go."""
        if not request.user.has_perm(MAY_SEE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Examine the feed asked for, or the portal's own."""
        context = super().get_context_data(**kwargs)
        asked = self.request.GET.get(ADDRESS, "").strip() or f"{ROOT}rss.xml"
        context.update(asked=asked, choices=[entry for group in feed_list() for entry in group.entries], problem="")
        try:
            examination = examine(place_of(asked, self.request.build_absolute_uri("/")))
        except NoSuchFeed:
            context["problem"] = _("This is not the address of a feed of this portal.")
            return context
        context.update(
            examination=examination,
            verdict=_verdict(examination.worst),
            opinions=[_row(opinion, examination) for opinion in examination.opinions],
        )
        return context


def _verdict(level: Level | None) -> dict[str, Any]:
    words = {
        None: _("Nothing to say"),
        Level.NOTE: _("Good, with hints"),
        Level.WARNING: _("Works, with warnings"),
        Level.ERROR: _("Does not work"),
    }
    return {"words": words[level], "level": level.name.lower() if level else "good"}


def _row(opinion: Opinion, examination: Examination) -> dict[str, Any]:
    grouped: dict[tuple[Level, str], list[dict[str, str]]] = {}
    for finding in opinion.findings:
        items = grouped.setdefault((finding.level, str(finding.words)), [])
        if finding.item is not None:
            page = examination.pages.get(finding.item.id)
            url = reverse("wagtailadmin_pages:edit", args=[page]) if page else ""
            items.append({"title": finding.item.title or finding.item.link, "url": url})
    findings = [
        {"level": level.name.lower(), "words": words, "items": items[:SHOWN], "more": max(0, len(items) - SHOWN)}
        for (level, words), items in grouped.items()
    ]
    return {"consumer": opinion.consumer, "verdict": _verdict(opinion.level), "findings": findings}


class FeedDoctorViewSet(ViewSet):
    """The page under ``/admin/kham-nguon-tin/``."""

    name = "kham-nguon-tin"
    url_namespace = "feed_doctor"
    icon = "view"
    menu_label = gettext_lazy("Feed doctor")
    menu_item_class = _ForWhoDistributes

    def get_urlpatterns(self) -> list[URLPattern]:
        """One page."""
        return [path("", FeedDoctorView.as_view(), name="index")]

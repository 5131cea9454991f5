"""The newsroom's listings: all news, by day, and by section."""

import re
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.url_routing import RouteResult

from archives.filters import KIND, TOPIC, UNIT, Filters
from archives.listing import Listing
from archives.views import listing_context
from core.narrowing import day_start
from news import selectors
from pages.models import BasePage

EARLIEST_YEAR = 1990
PERIOD = re.compile(r"[0-9]{4}(?:/[0-9]{2})?")


class NewsIndexPage(BasePage):
    """All news; below it ``2025/12/`` lists a month and ``2025/`` a year."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.SectionPage"]
    template = "archives/listing.html"

    class Meta:
        verbose_name = gettext_lazy("news front")
        verbose_name_plural = gettext_lazy("news fronts")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Know years and months."""
        if PERIOD.fullmatch("/".join(path_components)):
            return RouteResult(self, kwargs={"period": period(*map(int, path_components))})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Hand the period found while routing to the context."""
        request.news_period = kwargs.pop("period", None)  # type: ignore[attr-defined]  # read by get_context below
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the listing."""
        context = super().get_context(request, *args, **kwargs)
        base, path, heading, trail = selectors.all_news(), self.url, self.title, []
        chosen = getattr(request, "news_period", None)
        if chosen:
            first, end, label, suffix = chosen
            base = base.filter(display_date__gte=day_start(first), display_date__lt=day_start(end))
            path, heading, trail = f"{path}{suffix}", label, [{"title": self.title, "url": self.url}]
        listing = Listing(base, Filters.parse(request.GET), path=path, groups=(KIND, TOPIC, UNIT), of_news=True)
        context.update(listing_context(request, listing, heading=heading, intro=self.summary, breadcrumbs=trail))
        return context


class SectionPage(BasePage):
    """A section of the news, such as wages or health; holds its items."""

    is_section = True
    page_description = gettext_lazy("A part of the news; its stories are written below it.")
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types = ["news.ArticlePage", "news.PhotoStoryPage", "news.VideoPage"]
    template = "archives/listing.html"

    class Meta:
        verbose_name = gettext_lazy("news section")
        verbose_name_plural = gettext_lazy("news sections")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the listing."""
        context = super().get_context(request, *args, **kwargs)
        parent = self.get_parent()
        listing = Listing(
            BasePage.objects.listed().filter(section=self.pk), Filters.parse(request.GET), path=self.url, of_news=True
        )
        trail = [{"title": parent.title, "url": parent.url}] if parent else []
        context.update(listing_context(request, listing, heading=self.title, intro=self.summary, breadcrumbs=trail))
        return context


def period(year: int, month: int | None = None) -> tuple[date, date, str, str]:
    """Return the first day, the day after the last, the heading and the path of a year or a month."""
    if not EARLIEST_YEAR <= year <= timezone.localdate().year + 1 or month not in (None, *range(1, 13)):
        raise Http404
    if month is None:
        return date(year, 1, 1), date(year + 1, 1, 1), _("News of %(year)s") % {"year": year}, f"{year}/"
    first = date(year, month, 1)
    end = (first + timedelta(days=32)).replace(day=1)
    return first, end, _("News of %(month)s/%(year)s") % {"month": month, "year": year}, f"{year}/{month:02d}/"

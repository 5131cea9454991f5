"""Reads of the infographics."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail.models import Site

from archives.related import surroundings
from archives.sharing import share_links
from infographics import downloads
from infographics.charts import Chart, ChartError, draw_svg
from infographics.downloads import Download
from pages.models import BasePage
from pages.querysets import BasePageQuerySet

if TYPE_CHECKING:
    from infographics.models import InfographicPage

#: Of the frame on another site, in pixels: an infographic is higher than wide.
EMBED_SIZE = (540, 760)


def all_infographics() -> BasePageQuerySet:
    """Every published infographic."""
    return BasePage.objects.listed().filter(listing="infographics")


@dataclass
class Panel:
    """One picture or chart as the page shows it."""

    number: int
    kind: str
    value: Any
    chart: Chart | None = None
    svg: str = ""
    files: tuple[Download, ...] = ()

    @property
    def shown(self) -> bool:
        """Whether there is anything to show: a picture may have been deleted since."""
        return bool(self.svg or (self.kind == "picture" and self.value.get("image")))

    @property
    def table(self) -> dict[str, Any]:
        """The numbers of a chart, as the template of tables takes them."""
        return {"caption": self.value.get("title"), "table": self.value.get("table"), "source": ""}


def panels_of(page: "InfographicPage") -> list[Panel]:
    """The panels that can be shown."""
    found = []
    for number, block in enumerate(page.panels, start=1):
        panel = Panel(number, block.block_type, block.value)
        if panel.kind == "chart":
            try:
                panel.chart = block.value.chart
                panel.svg = draw_svg(panel.chart, ids=f"bieu-do-{number}")
            except ChartError:  # a draft that is not finished
                continue
            panel.files = downloads.of_chart(page, number)
        elif panel.shown:
            panel.files = downloads.of_picture(page, number, block.value["image"])
        found.append(panel)
    return [panel for panel in found if panel.shown]


@dataclass
class InSeries:
    """Where an infographic stands in its series."""

    title: str
    url: str
    number: int
    total: int


def in_series(page: "InfographicPage") -> InSeries | None:
    """The series with the page's number in it, oldest first; None for one that stands alone. One query."""
    from infographics.models import InfographicSeriesPage  # the models import this module

    parent = page.get_parent() if page.depth else None
    if parent is None or parent.specific_class is not InfographicSeriesPage:
        return None
    earlier = Q(display_date__lt=page.display_date) | Q(display_date=page.display_date, pk__lt=page.pk)
    others = BasePage.objects.listed().filter(section=parent.pk).exclude(pk=page.pk)
    counted = others.aggregate(others=Count("pk"), before=Count("pk", filter=earlier if page.display_date else None))
    return InSeries(parent.title, parent.url, counted["before"] + 1, counted["others"] + 1)


def embed_code(page: "InfographicPage", request: HttpRequest) -> str:
    """What another site puts into its page."""
    site = Site.find_for_request(request)
    width, height = EMBED_SIZE
    words = {
        "address": f"{page.get_full_url(request)}{downloads.EMBED}/",
        "width": width,
        "height": height,
        "title": page.title,
        "site": site.site_name if site else "",
    }
    return render_to_string("infographics/embed_code.html", words).strip()


def infographic_context(page: "InfographicPage", request: HttpRequest) -> dict[str, Any]:
    """What stands around an infographic."""
    around = surroundings(page, same_type=True)
    return {
        "breadcrumbs": around.breadcrumbs,
        "related": around.related,
        "panels_shown": panels_of(page),
        "series": in_series(page),
        "share_links": share_links(page, request),
        "embed_code": embed_code(page, request) if page.pk and page.url else "",
        "explained_in": _explained_in(page),
    }


def _explained_in(page: "InfographicPage") -> BasePage | None:
    target = page.explained_in
    return target if target is not None and target.visible_now else None

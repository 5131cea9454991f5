"""What can be taken away from an infographic: charts in several sizes, pictures, and the page for other sites."""

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from infographics.charts import FORMATS, Chart, ChartError, draw_png, draw_svg

if TYPE_CHECKING:
    from infographics.models import InfographicPage

#: Addresses below the page's own: the page for a frame on another site, and files. They never move.
EMBED, FILES = "nhung", "tai"
SVG = "svg"
_FILE = re.compile(rf"{FILES}/([1-9]\d?)-([a-z]+)")
#: Part of the name of stored files: a new design gives every chart a new one.
DESIGN = "1"
FORMAT_LABELS = {
    "portrait": pgettext_lazy("format of a picture", "Upright"),
    "square": pgettext_lazy("format of a picture", "Square"),
    "wide": pgettext_lazy("format of a picture", "Wide"),
    "story": pgettext_lazy("format of a picture", "Story"),
}


@dataclass(frozen=True)
class Download:
    """A file to take away."""

    label: Any
    url: str
    note: str = ""


class Part(Protocol):
    """Something that stands below an infographic's address."""

    def respond(self, page: "InfographicPage", request: HttpRequest) -> HttpResponseBase:
        """Answer a reader who may see the page."""
        ...


def find(path: str, panels: int) -> Part:
    """The part at an address below the page's own, of a page with so many panels. Raises Http404 for none."""
    if path == EMBED:
        return Embed()
    match = _FILE.fullmatch(path)
    if match and int(match[1]) <= panels and match[2] in {*FORMATS, SVG}:
        return ChartFile(int(match[1]), match[2])
    raise Http404


def of_chart(page: "InfographicPage", number: int) -> tuple[Download, ...]:
    """The files of a chart."""
    if not page.pk or not page.url:
        return ()
    files = [
        Download(FORMAT_LABELS[name], f"{page.url}{FILES}/{number}-{name}/", f"PNG {width} × {height}")
        for name, (width, height) in FORMATS.items()
    ]
    return (*files, Download(_("For print"), f"{page.url}{FILES}/{number}-{SVG}/", "SVG"))


def of_picture(image: Any) -> tuple[Download, ...]:
    """The picture as it was uploaded."""
    extension = image.file.name.rpartition(".")[2].upper()
    return (Download(_("Full size"), image.file.url, f"{extension} {image.width} × {image.height}"),)


class Embed:
    """The infographic alone, for a frame on another site."""

    def respond(self, page: "InfographicPage", request: HttpRequest) -> HttpResponseBase:
        """Answer with a page that any site may frame, and that search engines leave alone."""
        from infographics.selectors import panels_of  # it names the downloads

        context = {"page": page, "panels_shown": panels_of(page), "address": page.get_full_url(request)}
        response = TemplateResponse(request, "infographics/embed.html", context)
        response.__dict__["xframe_options_exempt"] = True
        response.__dict__["_csp_config"] = {**settings.SECURE_CSP, "frame-ancestors": ["*"], "script-src": [CSP.NONE]}
        response["X-Robots-Tag"] = "noindex"
        return response


@dataclass(frozen=True)
class ChartFile:
    """A chart as a file."""

    number: int
    name: str

    def respond(self, page: "InfographicPage", request: HttpRequest) -> HttpResponseBase:
        """Send it, drawn when it is first asked for."""
        block = page.panels[self.number - 1]
        response: HttpResponseBase
        if block.block_type != "chart":
            raise Http404
        try:
            chart = block.value.chart
            if self.name == SVG:
                content = draw_svg(chart, format="portrait")
                response = HttpResponse(content, content_type="image/svg+xml")
            else:
                stored = default_storage.open(stored_png(chart, self.name))
                response = FileResponse(stored, content_type="image/png")
        except ChartError as error:
            raise Http404 from error
        ending = SVG if self.name == SVG else f"{self.name}.png"
        response["Content-Disposition"] = f'attachment; filename="{page.slug}-{self.number}-{ending}"'
        response["X-Robots-Tag"] = "noindex"
        return response


def stored_png(chart: Chart, name: str) -> str:
    """The name in the file storage of a chart's PNG; drawn and stored unless it is there already."""
    digest = hashlib.sha256(f"{DESIGN}\x1f{name}\x1f{chart!r}".encode()).hexdigest()[:24]
    path = f"charts/{digest[:2]}/{digest}.png"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(draw_png(chart, format=name)))
    return path

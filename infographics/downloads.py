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
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from wagtail.images.models import SourceImageIOError

from infographics.charts import FORMATS, Chart, ChartError, draw_png, draw_svg

if TYPE_CHECKING:
    from infographics.models import InfographicPage

#: Addresses below the page's own: the page for a frame on another site, and files. They never move.
EMBED, FILES = "nhung", "tai"
SVG = "svg"
#: Width of the smaller form of a picture, as networks and groups take it.
SMALL = 1080
_FILE = re.compile(rf"{FILES}/([1-9]\d?)-([a-z0-9]+)")
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


def find(path: str, panels: int) -> Part | None:
    """The part at an address below the page's own, of a page with so many panels; None when there is none."""
    if path == EMBED:
        return Embed()
    match = _FILE.fullmatch(path)
    if match and int(match[1]) <= panels and match[2] in {*FORMATS, SVG, str(SMALL)}:
        return PanelFile(int(match[1]), match[2])
    return None


def of_chart(page: "InfographicPage", number: int) -> tuple[Download, ...]:
    """The files of a chart."""
    if not page.pk or not page.url:
        return ()
    files = [
        Download(FORMAT_LABELS[name], f"{page.url}{FILES}/{number}-{name}/", f"PNG {width} × {height}")
        for name, (width, height) in FORMATS.items()
    ]
    return (*files, Download(_("For print"), f"{page.url}{FILES}/{number}-{SVG}/", "SVG"))


def of_picture(page: "InfographicPage", number: int, image: Any) -> tuple[Download, ...]:
    """The picture as it was uploaded, and a smaller one of a large picture."""
    extension = image.file.name.rpartition(".")[2].upper()
    whole = Download(_("Full size"), image.file.url, f"{extension} {image.width} × {image.height}")
    if image.width <= SMALL or not page.pk or not page.url:
        return (whole,)
    size = f"JPEG {SMALL} × {image.height * SMALL // image.width}"
    return Download(_("For sending on"), f"{page.url}{FILES}/{number}-{SMALL}/", size), whole


class Embed:
    """The infographic alone, for a frame on another site."""

    def respond(self, page: "InfographicPage", request: HttpRequest) -> HttpResponseBase:
        """Answer with a page that any site may frame, and that search engines leave alone."""
        return _embedded(request, page)


@xframe_options_exempt
@csp_override({**settings.SECURE_CSP, "frame-ancestors": ["*"], "script-src": [CSP.NONE]})
def _embedded(request: HttpRequest, page: "InfographicPage") -> HttpResponse:
    from infographics.selectors import panels_of  # it names the downloads

    context = {"page": page, "panels_shown": panels_of(page), "address": page.get_full_url(request)}
    headers = {"X-Robots-Tag": "noindex"}
    return TemplateResponse(request, "infographics/embed.html", context, headers=headers)


@dataclass(frozen=True)
class PanelFile:
    """A chart or a picture as a file; drawn when it is first asked for."""

    number: int
    name: str

    def respond(self, page: "InfographicPage", request: HttpRequest) -> HttpResponseBase:
        """Send it. Raises Http404 for a form that this panel does not have."""
        block = page.panels[self.number - 1]
        make = self._of_chart if block.block_type == "chart" else self._of_picture
        response, ending = make(block.value)
        response["Content-Disposition"] = f'attachment; filename="{page.slug}-{self.number}-{ending}"'
        response["X-Robots-Tag"] = "noindex"
        return response

    def _of_chart(self, value: Any) -> tuple[HttpResponseBase, str]:
        try:
            chart = value.chart
            if self.name == SVG:
                return HttpResponse(draw_svg(chart), content_type="image/svg+xml"), SVG
            if self.name in FORMATS:
                stored = default_storage.open(stored_png(chart, self.name))
                return FileResponse(stored, content_type="image/png"), f"{self.name}.png"
        except ChartError as error:
            raise Http404 from error
        raise Http404

    def _of_picture(self, value: Any) -> tuple[HttpResponseBase, str]:
        image = value.get("image")
        if image is None or self.name != str(SMALL) or image.width <= SMALL:
            raise Http404
        try:
            rendition = image.get_rendition(f"width-{SMALL}|format-jpeg|jpegquality-85")
        except SourceImageIOError as error:
            raise Http404 from error
        return FileResponse(rendition.file.open("rb"), content_type="image/jpeg"), f"{SMALL}.jpg"


def stored_png(chart: Chart, name: str) -> str:
    """The name in the file storage of a chart's PNG; drawn and stored unless it is there already."""
    digest = hashlib.sha256(f"{DESIGN}\x1f{name}\x1f{chart!r}".encode()).hexdigest()[:24]
    path = f"charts/{digest[:2]}/{digest}.png"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(draw_png(chart, format=name)))
    return path

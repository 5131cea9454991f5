"""What stands below an event's own address: its dossier, all its papers in one file, the file for a calendar."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from archives.related import trail
from archives.sharing import share_links
from events import dossier

if TYPE_CHECKING:
    from events.models import EventPage

#: These addresses never move.
DOSSIER, PAPERS, CALENDAR = "ho-so", "ho-so/tep", "lich"

Answer = Callable[[HttpRequest, "EventPage"], HttpResponseBase]


class Part:
    """Something that stands below an event's address."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def respond(self, page: "EventPage", request: HttpRequest) -> HttpResponseBase:
        """Answer a reader who may see the page; search engines keep the page alone."""
        response = self.answer(request, page)
        response.headers["X-Robots-Tag"] = "noindex"
        return response


def find(path: str) -> Part | None:
    """The part at an address below an event's own."""
    answer = {DOSSIER: show_dossier, PAPERS: send_papers, CALENDAR: send_calendar}.get(path)
    return Part(answer) if answer else None


@require_safe
def show_dossier(request: HttpRequest, page: "EventPage") -> HttpResponseBase:
    """The page for the table, the wall and the printer."""
    papers = dossier.papers_of(page)
    if not papers and not page.agenda:
        raise Http404
    bundle = dossier.bundle_of(papers)
    address = f"{page.get_full_url(request)}{DOSSIER}/"
    context = {
        "page": page,
        "papers": papers,
        "bundle": bundle,
        "bundle_url": f"{page.url}{PAPERS}/",
        "address": address,
        "share_links": share_links(page, request),
        "canonical_url": address,
        "noindex": True,
        "breadcrumbs": [*trail(page), {"title": page.title, "url": page.url}],
    }
    return TemplateResponse(request, "events/dossier.html", context)


@require_safe
def send_papers(request: HttpRequest, page: "EventPage") -> HttpResponseBase:
    """All papers that everybody may have, in one file."""
    bundle = dossier.bundle_of(dossier.papers_of(page))
    if not bundle.can_be_sent:
        raise Http404
    return dossier.send(bundle, request, name=f"{page.slug}.zip")


@require_safe
def send_calendar(request: HttpRequest, page: "EventPage") -> HttpResponseBase:
    """The event for the calendar of a phone."""
    from events.calendar_file import calendar_of  # half a second to import, and seldom needed

    content = calendar_of([page], address=lambda one: one.get_full_url(request), name=page.title)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{page.slug}.ics")
    return response

"""The calendar as phones and office programs read it again and again."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.surrogates import type_key, unit_key
from crossposting.feeds.freshness import State, state_of
from crossposting.feeds.sources import site_name
from events import selectors
from events.models import EventPage
from events.narrowing import Choice

#: How far back the file reaches, and how many events it holds at most, the last ones first.
BACK = timedelta(days=365)
MOST_EVENTS = 2000


@require_safe
def subscription(request: HttpRequest) -> HttpResponse:
    """The events of the last year and all to come, of everybody, a unit or a kind.

    Who asks again is told by the generations alone whether anything changed: one query for the unit, none besides.
    """
    choice = Choice.parse(request.GET)
    state = _state(request, choice)
    asked = request.headers.get("If-None-Match", "")
    response = HttpResponse(status=304) if state.is_current(asked) else _file(request, choice, state)
    if response.status_code == 304:
        response.headers["ETag"] = asked
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _state(request: HttpRequest, choice: Choice) -> State:
    """What the answer depends on: the events, the unit with all below it, the day from which the year counts."""
    keys = [type_key(EventPage), *([unit_key(choice.unit.pk)] if choice.unit else [])]
    return state_of(keys, request.get_host(), choice.query, timezone.localdate().isoformat())


def _file(request: HttpRequest, choice: Choice, state: State) -> HttpResponse:
    from events.calendar_file import calendar_of  # half a second to import

    recent = choice.narrow(selectors.all_events().filter(until__gt=timezone.now() - BACK)).for_lists()
    events = list(recent.order_by("-start", "-pk")[:MOST_EVENTS])[::-1]
    name = f"{_('Work calendar')} – {choice.words or site_name()}"
    source = request.build_absolute_uri(f"{request.path}{choice.query}")
    content = calendar_of(events, address=lambda event: event.get_full_url(request), name=name, source=source)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(False, "lich-cong-tac.ics") or "inline"
    expiring = [event.expire_at for event in events if event.expire_at]
    response.headers["ETag"] = state.etag(min(expiring, default=None))
    return response

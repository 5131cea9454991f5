"""Takes in which result a reader chose: a beacon that ``static/js/search-clicks.js`` sends while the result opens."""

from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from search.log import record_click

MOST_BYTES = 2048


# No token: a beacon reads no session and changes nothing but an anonymous count, and pages whose bytes are the same for
# every reader cannot carry one. What another site makes a browser send is told by its Sec-Fetch-Site.
@csrf_exempt
@require_POST
def note_click(request: HttpRequest) -> HttpResponse:
    """Note the click if it is one; the browser, which does not wait for the answer, is told nothing either way."""
    if request.META.get("HTTP_SEC_FETCH_SITE", "same-origin") == "same-origin":
        sent = _sent(request)
        place = sent.get("place", "")
        if place.isascii() and place.isdigit() and len(place) < 6:
            record_click(request, sent.get("q", ""), sent.get("key", ""), int(place))
    return HttpResponse(status=204)


def _sent(request: HttpRequest) -> dict[str, str]:
    """The fields of the form, if it is one of the expected size."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if not (length.isascii() and length.isdigit() and len(length) < 6 and int(length) <= MOST_BYTES):
        return {}
    try:
        return dict(parse_qsl(request.body.decode("utf-8"), max_num_fields=10))
    except (ValueError, UnreadablePostError):
        return {}

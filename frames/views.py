"""Takes in that a reader has downloaded a picture: a beacon that ``static/js/frame-maker.js`` sends."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from frames.counting import count_download
from visits.throttling import is_too_often

#: Counted from one address and for one frame within ten minutes; a factory's people share an address.
MOST, SECONDS = 200, 600
LONGEST = 10  # digits of a page's number


# No token: a beacon reads no session and changes nothing but an anonymous count. What another site makes a browser send
# is told by its Sec-Fetch-Site.
@csrf_exempt
@require_POST
def note_download(request: HttpRequest, number: str) -> HttpResponse:
    """Count it; the browser, which does not wait for the answer, is told nothing either way."""
    ours = request.META.get("HTTP_SEC_FETCH_SITE", "same-origin") == "same-origin"
    if ours and len(number) <= LONGEST and not is_too_often(request, f"frame-{number}", most=MOST, seconds=SECONDS):
        count_download(int(number))
    return HttpResponse(status=204)

"""Answers that are no pages."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from organisations.naming import offered

SECONDS = 300


@require_safe
def unit_names(request: HttpRequest) -> HttpResponse:
    """Name the units that the typed letters may become; anybody may ask, as every unit has a public page."""
    suggestions = [{"text": name} for name in offered(request.GET.get("q", ""))]
    answer = JsonResponse({"suggestions": suggestions}, json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = f"public, max-age={SECONDS}"
    answer["X-Robots-Tag"] = "noindex"
    return answer

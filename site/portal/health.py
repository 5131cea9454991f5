"""Addresses that say whether the portal runs and whether it is in working order."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from core.health import run_checks


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process serves: constant and tiny, without database, session or template."""
    return HttpResponse(b"ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Say of each part whether it works; 503 when one does not."""
    results = run_checks()
    ready = all(result.ok for result in results.values())
    checks = {
        name: {"state": "ok" if result.ok else "failed", "detail": result.detail} for name, result in results.items()
    }
    return JsonResponse(
        {"state": "ready" if ready else "not ready", "checks": checks},
        status=200 if ready else 503,
        headers={"Cache-Control": "no-store"},
        json_dumps_params={"ensure_ascii": False},
    )

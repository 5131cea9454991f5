"""``/readyz/channels``: whether every channel can be used. Apart from ``/readyz``: the portal serves without them."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from crossposting.models import Channel


@require_safe
def channels(request: HttpRequest) -> JsonResponse:
    """Name each channel by network and number, since this is public; 503 when the access of one was lost."""
    rows = Channel.objects.in_use().order_by("pk")
    states = {f"{channel.network}-{channel.pk}": channel.state for channel in rows}
    broken = Channel.State.BROKEN in states.values()
    return JsonResponse(
        {"state": "access lost" if broken else "ready", "channels": states},
        status=503 if broken else 200,
        headers={"Cache-Control": "no-store"},
    )

"""Where each network is and how long it is waited for; from the settings, never from what a network says."""

from dataclasses import dataclass

from django.conf import settings

DEFAULT_URLS = {
    "facebook": "https://graph.facebook.com/v26.0",
    "zalo": "https://openapi.zalo.me",
    "zalo_oauth": "https://oauth.zaloapp.com",
    "telegram": "https://api.telegram.org",
    "bluesky": "https://bsky.social",
    "youtube": "https://www.youtube.com",
}
DEFAULT_TIMEOUT = 20
#: Seconds after a lost answer before the network is asked: what it took may need that long to show.
DEFAULT_ASK_AFTER = {"facebook": 10, "zalo": 60, "mastodon": 5, "bluesky": 3}


@dataclass(frozen=True, kw_only=True)
class NetworkSettings:
    """What the settings say of one network."""

    url: str
    timeout: float
    ask_after: float


def network_settings(name: str) -> NetworkSettings:
    """Read the settings of a network; an empty address where each channel names its own server."""
    urls: dict[str, str] = settings.CHANNEL_URLS
    timeouts: dict[str, float] = settings.CHANNEL_TIMEOUTS
    waits: dict[str, float] = settings.CHANNEL_ASK_AFTER
    return NetworkSettings(
        url=urls.get(name, DEFAULT_URLS.get(name, "")).rstrip("/"),
        timeout=timeouts.get(name, DEFAULT_TIMEOUT),
        ask_after=waits.get(name, DEFAULT_ASK_AFTER.get(name, 10)),
    )

"""Which networks there are."""

from functools import cache

from django.utils.module_loading import import_string

from crossposting.channels.contract import Provider, Text

#: In the order in which people are offered them. Loaded when first asked for, since models ask for their names while
#: they themselves wait for models.
PROVIDERS = (
    "crossposting.channels.facebook.FacebookPage",
    "crossposting.channels.zalo.ZaloArticle",
    "crossposting.channels.zalo_group.ZaloGroup",
    "crossposting.channels.telegram.Telegram",
    "crossposting.channels.mastodon.Mastodon",
    "crossposting.channels.bluesky.Bluesky",
    "crossposting.channels.webhook.Webhook",
)


@cache
def _providers() -> dict[str, Provider]:
    kinds: list[type[Provider]] = [import_string(path) for path in PROVIDERS]
    return {kind.network: kind() for kind in kinds}


def provider_for(network: str) -> Provider:
    """The provider of a network; KeyError when this installation has none."""
    return _providers()[network]


def all_providers() -> list[Provider]:
    """Every network."""
    return list(_providers().values())


def network_choices() -> list[tuple[str, Text]]:
    """Names and labels."""
    return [(provider.network, provider.label) for provider in all_providers()]

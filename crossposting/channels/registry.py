"""Which networks there are."""

from functools import cache

from crossposting.channels.contract import Provider, Text


@cache
def _providers() -> dict[str, Provider]:
    # Imported late: models ask for the names of networks, and providers need the settings.
    from crossposting.channels.bluesky import Bluesky
    from crossposting.channels.facebook import FacebookPage
    from crossposting.channels.mastodon import Mastodon
    from crossposting.channels.telegram import Telegram
    from crossposting.channels.webhook import Webhook
    from crossposting.channels.zalo import ZaloArticle
    from crossposting.channels.zalo_group import ZaloGroup

    kinds: tuple[type[Provider], ...] = (FacebookPage, ZaloArticle, ZaloGroup, Telegram, Mastodon, Bluesky, Webhook)
    return {kind.network: kind() for kind in kinds}


def provider_for(network: str) -> Provider:
    """The provider of a network; KeyError when this installation has none."""
    return _providers()[network]


def all_providers() -> list[Provider]:
    """Every network, in the order in which people are offered them."""
    return list(_providers().values())


def network_choices() -> list[tuple[str, Text]]:
    """Names and labels."""
    return [(provider.network, provider.label) for provider in all_providers()]

"""Who may do what with channels. Which units a person works for is known above this layer and is told from there."""

from collections.abc import Callable
from typing import Any

from crossposting.models import Channel, Delivery, VideoSource
from crossposting.querysets import ChannelQuerySet, DeliveryQuerySet
from pages.models import BasePage

UnitScope = Callable[[Any], frozenset[int] | None]
_scope: list[UnitScope] = []


def use_unit_scope(scope: UnitScope) -> None:
    """Say how a user's units are found; None means that nothing narrows the user's rights."""
    _scope[:] = [scope]


def units_of(user: Any) -> frozenset[int] | None:
    """The units a user works for, or None where nothing narrows the user's rights."""
    return _scope[0](user) if _scope else None


def channels_for(user: Any) -> ChannelQuerySet:
    """The channels a user may see and, with the right for it, change."""
    return Channel.objects.in_scope(units_of(user)).select_related("unit")


def deliveries_for(user: Any) -> DeliveryQuerySet:
    """The deliveries a user may see."""
    return Delivery.objects.in_scope(units_of(user)).select_related("channel__unit")


def sources_for(user: Any) -> ChannelQuerySet:
    """The YouTube channels a user may see and, with the right for it, change."""
    return VideoSource.objects.in_scope(units_of(user)).select_related("unit", "section")


def may_act(user: Any, delivery: Delivery) -> bool:
    """Whether a user may retry, cancel or settle a delivery: on the channels of the user's own units."""
    if not user.has_perm("crossposting.change_delivery"):
        return False
    scope = units_of(user)
    return scope is None or delivery.channel.unit_id in scope


def may_word(user: Any, section: BasePage) -> bool:
    """Whether a user may say how posts of a section are worded: who may edit it."""
    return bool(section.permissions_for_user(user).can_edit())

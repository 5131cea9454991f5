"""Channels and deliveries in Wagtail's admin: one entry of the menu."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from crossposting.admin.channels import ChannelViewSet
from crossposting.admin.deliveries import DeliveryViewSet


class DistributionViewSetGroup(ViewSetGroup):
    """«Distribution»: where what is published goes besides the portal."""

    items = (ChannelViewSet, DeliveryViewSet)
    menu_label = _("Distribution")
    menu_icon = "site"
    menu_order = 320


@hooks.register("register_admin_viewset")
def register_distribution() -> DistributionViewSetGroup:
    """Channels and the ledger."""
    return DistributionViewSetGroup()

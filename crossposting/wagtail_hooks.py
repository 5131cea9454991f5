"""Channels and deliveries in Wagtail's admin: one entry of the menu."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path
from django.urls.resolvers import URLResolver
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from crossposting.admin.channels import ChannelViewSet
from crossposting.admin.deliveries import DeliveryViewSet
from crossposting.admin.sources import VideoSourceViewSet
from crossposting.admin.templates import PostTemplateViewSet
from crossposting.feeds.doctor.admin import FeedDoctorViewSet
from crossposting.incoming.waiting import tell_where_from
from crossposting.sharing import preview
from pages.models import BasePage


class DistributionViewSetGroup(ViewSetGroup):
    """«Distribution»: where what is published goes besides the portal."""

    items = (ChannelViewSet, DeliveryViewSet, PostTemplateViewSet, VideoSourceViewSet, FeedDoctorViewSet)
    menu_label = _("Distribution")
    menu_icon = "site"
    menu_order = 320


@hooks.register("register_admin_viewset")
def register_distribution() -> DistributionViewSetGroup:
    """Channels and the ledger."""
    return DistributionViewSetGroup()


@hooks.register("register_admin_urls")
def sharing_urls() -> list[URLResolver]:
    """What the tab «Sharing» asks for while an editor types."""
    return [path("sharing/", include(preview))]


@hooks.register("insert_editor_js")
def show_posts_as_typed() -> str:
    """Counts the texts of the tab «Sharing» and draws its posts anew while they are typed."""
    return format_html('<script type="module" src="{}"></script>', static("admin/channels.js"))


@hooks.register("before_edit_page")
def tell_where_a_draft_came_from(request: HttpRequest, page: BasePage) -> None:
    """Of a draft from YouTube."""
    tell_where_from(request, page)


@hooks.register("insert_global_admin_css")
def style_incoming() -> str:
    """The panel of drafts from YouTube."""
    return format_html('<link rel="stylesheet" href="{}">', static("admin/incoming.css"))


@hooks.register("insert_global_admin_css")
def style_sharing() -> str:
    """The tab's own style."""
    return format_html('<link rel="stylesheet" href="{}">', static("admin/channels.css"))

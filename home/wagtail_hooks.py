"""Linked systems in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from home.models import LinkedSystem


class LinkedSystemViewSet(SnippetViewSet):
    """List, create and edit linked systems."""

    model = LinkedSystem
    icon = "link"
    menu_label = _("Linked systems")
    menu_order = 320
    add_to_admin_menu = True
    list_display = ["name", "url", "state"]


register_snippet(LinkedSystemViewSet)

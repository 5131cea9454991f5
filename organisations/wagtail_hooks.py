"""Units and people in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from organisations.models import Person, Unit


class UnitViewSet(SnippetViewSet):
    """List, create and edit units."""

    model = Unit
    icon = "group"
    menu_label = _("Units")
    list_display = ["name", "kind", "parent", "valid_to"]
    list_filter = ["kind"]
    list_per_page = 50
    ordering = ["sort_name"]


class PersonViewSet(SnippetViewSet):
    """List, create and edit people."""

    model = Person
    icon = "user"
    menu_label = _("People")
    list_display = ["name", "role", "unit", "is_author"]
    list_filter = ["is_author"]
    list_per_page = 50
    ordering = ["sort_name"]


class OrganisationViewSetGroup(SnippetViewSetGroup):
    """One entry of the menu for both."""

    items = (UnitViewSet, PersonViewSet)
    menu_label = _("Organisation")
    menu_icon = "group"
    menu_order = 310


register_snippet(OrganisationViewSetGroup)

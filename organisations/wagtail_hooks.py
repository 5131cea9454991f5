"""Units and people in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from organisations.members.admin import MemberViewSet
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


@hooks.register("register_admin_viewset")
def register_members() -> MemberViewSet:
    """Members have their own entry of the menu: they are no snippets."""
    return MemberViewSet()


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """What the history of a unit says about its members: how many, never who."""
    actions.register_action("organisations.bring_in_members", _("Bring in members"), _("Members were brought in"))
    actions.register_action(
        "organisations.print_slips", _("Print slips"), _("Slips with activation codes were printed")
    )

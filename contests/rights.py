"""Who sees entries: of contests whose page somebody may edit. Lots are for whoever may publish the page."""

from typing import Any

from django.db.models import QuerySet
from wagtail.permissions import policy_registry

from contests.models import ContestPage
from organisations.roles import Role, grant
from pages.models import BasePage

SEES_ENTRIES = "contests.view_entry"


def register() -> None:
    """Called when the app is ready; takes effect at the next migration."""
    for role in (Role.EDITOR, Role.CHIEF_EDITOR, Role.ADMINISTRATOR):
        grant(role, "contests.entry", "view")


def contests_of(user: Any) -> QuerySet[ContestPage]:
    """The contests whose pages somebody may edit."""
    mine = policy_registry.get_by_type(BasePage).instances_user_has_any_permission_for(user, {"change"})
    return ContestPage.objects.filter(pk__in=mine.values("pk"))


def may_look(user: Any, page: ContestPage) -> bool:
    """Whether somebody sees who entered, and what came out."""
    return bool(user.has_perm(SEES_ENTRIES)) and page.permissions_for_user(user).can_edit()


def may_decide(user: Any, page: ContestPage) -> bool:
    """Whether somebody takes entries out and draws lots."""
    return may_look(user, page) and page.permissions_for_user(user).can_publish()

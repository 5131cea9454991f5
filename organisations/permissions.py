"""Rights by unit: a group says what somebody may do, an assignment says for which units."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy

from organisations.models import Unit, UnitAssignment
from organisations.roles import SCOPED_ROLES, Role

_CACHE = "_unit_scope"


def unit_scope(user: Any) -> frozenset[int] | None:
    """Return the ids of the units that a user edits for, or None where nothing narrows the user's rights.

    Superusers and members of an unscoped group (chief editor, administrator) are not narrowed. Everybody else edits
    for the units they are assigned to and all units below; without an assignment, for none. Cached on the user object,
    that is for one request.
    """
    if not hasattr(user, _CACHE):
        setattr(user, _CACHE, _read_scope(user))
    scope: frozenset[int] | None = getattr(user, _CACHE)
    return scope


def _read_scope(user: Any) -> frozenset[int] | None:
    if user.is_superuser:
        return None
    groups = set(user.groups.values_list("name", flat=True))
    if not groups & {role.value for role in SCOPED_ROLES} or groups & {
        Role.CHIEF_EDITOR.value,
        Role.ADMINISTRATOR.value,
    }:
        return None
    paths = UnitAssignment.objects.filter(user=user).values_list("unit__tree_path", flat=True)
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(tree_path__startswith=path)
    return frozenset(Unit.objects.filter(below).values_list("pk", flat=True))


class UnitPagePermissionTester(PagePermissionTester):
    """Takes away what a page outside the user's units would otherwise allow."""

    def __init__(self, user: Any, page: Any) -> None:
        super().__init__(user, page)
        self.group_permissions: set[str] = set(getattr(self, "permissions", set()))
        self.narrowed = False
        if not user.is_active or user.is_superuser:
            return
        scope = unit_scope(user)
        self.narrowed = scope is not None
        if scope is not None and not self._in_scope(scope):
            # Sections and indexes keep «add»: they hold the pages of all units.
            self.permissions &= {"add"}

    def _in_scope(self, scope: frozenset[int]) -> bool:
        if self.page.unit_id is not None:
            return self.page.unit_id in scope
        model = self.page.specific_class
        return bool(model and (model.is_item or model.of_units) and self.page.owner_id == self.user.pk)

    def can_edit(self) -> bool:
        """Also a page of one's own stops being editable when it is given to a unit outside the scope."""
        if not super().can_edit():
            return False
        scope = None if self.user.is_superuser else unit_scope(self.user)
        return scope is None or self._in_scope(scope) or self._reviews()

    def _reviews(self) -> bool:
        task = self.page.current_workflow_task
        return bool(task and task.user_can_access_editor(self.page, self.user))

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """As for editing: what was given to another unit is no longer the writer's to delete or to move."""
        if not super().can_delete(ignore_bulk=ignore_bulk):
            return False
        scope = unit_scope(self.user) if self.narrowed else None
        return scope is None or self._in_scope(scope)

    def can_add_subpage(self) -> bool:
        """Items and pages of units are for every editor; sections and standard pages shape the whole portal."""
        if not super().can_add_subpage() or self._is_part_of_others():
            return False
        return not self.narrowed or any(
            model.is_item or model.of_units for model in self.page.specific_class.creatable_subpage_models()
        )

    def _is_part_of_others(self) -> bool:
        """Whether what stands below would belong to an item of another unit, such as a lesson to a course."""
        scope = unit_scope(self.user) if self.narrowed else None
        model = self.page.specific_class
        return scope is not None and bool(model and model.is_item) and not self._in_scope(scope)

    def can_publish_subpage(self) -> bool:
        """A new page below a section is the user's own; the form holds it to the user's units."""
        if self._is_part_of_others():
            return False
        return super().can_publish_subpage() or (
            self.user.is_active
            and "publish" in self.group_permissions
            and bool(self.page.specific_class.creatable_subpage_models())
        )


class UnitPagePermissionPolicy(PagePermissionPolicy):
    """Wagtail's policy, with lists narrowed to the user's units where something would be changed."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        """Narrow the list unless it only asks where pages may be added."""
        pages = super().instances_user_has_any_permission_for(user, actions)
        if user.is_superuser or not user.is_active or "add" in actions:
            return pages
        scope = unit_scope(user)
        return pages if scope is None else pages.filter(Q(unit__in=scope) | Q(unit=None, owner=user))

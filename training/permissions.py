"""The policies that Wagtail's views of training ask: a right reaches as far as a person's units."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from organisations.permissions import unit_scope
from training.models import Certificate, Enrolment, Question, QuestionBank

#: Whoever has one of these rights sees the list.
SEES = ("add", "change", "delete", "view")


class UnitPolicy(ModelPermissionPolicy):
    """Holds a user who works for some units to what belongs to these units or to a unit below them.

    What belongs to no unit is the federation's: only roles that are not held to units see it in lists and change it.
    Several paths mean that one of them is enough.
    """

    def __init__(self, model: type[Model], *unit_paths: str) -> None:
        super().__init__(model)
        self.unit_paths = unit_paths

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        """What a list shows to a user."""
        instances: QuerySet = super().instances_user_has_any_permission_for(user, actions)
        scope = unit_scope(user)
        if scope is None:
            return instances
        return instances.filter(reduce(or_, (Q((f"{path}__in", scope)) for path in self.unit_paths)))

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        """A right, and an instance of one's own units. A new one belongs to none yet: its form sees to that."""
        if not self.user_has_any_permission(user, actions):
            return False
        scope = unit_scope(user)
        return scope is None or not instance.pk or any(_unit_of(instance, path) in scope for path in self.unit_paths)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """The same for one right."""
        return self.user_has_any_permission_for_instance(user, [action], instance)


def _unit_of(instance: Any, path: str) -> int | None:
    """The unit's number at the end of a path such as ``bank__unit``."""
    *steps, last = path.split("__")
    for step in steps:
        instance = getattr(instance, step)
        if instance is None:
            return None
    unit: int | None = getattr(instance, f"{last}_id")
    return unit


def seen_by(user: Any, model: type[Model]) -> QuerySet:
    """What a user may see of a model."""
    return policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, SEES)


def banks_to_draw_from(user: Any) -> QuerySet[QuestionBank]:
    """The banks that the lessons of a user may draw from: those of the user's units, and the federation's."""
    scope = unit_scope(user)
    banks = QuestionBank.objects.all()
    return banks if scope is None else banks.filter(Q(unit=None) | Q(unit__in=scope))


class OwnUnitsOnly:
    """Mixin of Wagtail's views of one object: those of other units are refused."""

    request: Any

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        """The object, when it is within the user's units."""
        found = super().get_object(*args, **kwargs)  # type: ignore[misc]  # of the view it is mixed into
        policy = policy_registry.get_by_type(type(found))
        if not policy.user_has_any_permission_for_instance(self.request.user, SEES, found):
            raise PermissionDenied
        return found


def register() -> None:
    """Called when the app is ready."""
    register_permission_policy(QuestionBank, UnitPolicy(QuestionBank, "unit"))
    register_permission_policy(Question, UnitPolicy(Question, "bank__unit"))
    # Whose people study, and whose course or class it is: both answer for the result.
    register_permission_policy(Enrolment, UnitPolicy(Enrolment, "unit", "course__unit"))
    register_permission_policy(
        Certificate, UnitPolicy(Certificate, "unit", "enrolment__course__unit", "registration__page__unit")
    )

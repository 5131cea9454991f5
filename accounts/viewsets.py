"""Users in the admin: the unit in the list, in its filters and in the forms."""

from typing import Any

import django_filters
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.admin.ui.tables import Column
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import IndexView, UserFilterSet, UserViewSet

from accounts.models import User

_UNIT = User._meta.get_field("unit")  # Django's documented model API


class PortalUserCreationForm(UserCreationForm):
    """A new user; the unit is chosen in Wagtail's dialog."""

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {"unit"}
        formfield_callback = formfield_for_dbfield


class PortalUserEditForm(UserEditForm):
    """A user that is there."""

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"unit"}
        formfield_callback = formfield_for_dbfield


def _units(request: Any) -> Any:
    """Units that somebody belongs to."""
    units: Any = _UNIT.related_model
    return units.objects.filter(people_with_accounts__isnull=False).distinct()


class PortalUserFilterSet(UserFilterSet):
    """With the unit."""

    unit = django_filters.ModelChoiceFilter(label=_("Unit"), queryset=_units)

    class Meta(UserFilterSet.Meta):
        fields = ["unit"]


class PortalUserIndexView(IndexView):
    """The list."""

    @cached_property
    def columns(self) -> list[Column]:
        """The unit behind the name."""
        columns = list(super().columns)
        place = next(number for number, column in enumerate(columns) if column.name == "is_superuser")
        unit = Column("unit", label=_("Unit"), accessor=lambda user: user.unit or "", width="18%")
        return [*columns[:place], unit, *columns[place:]]

    def get_base_queryset(self) -> Any:
        """All units at once."""
        return super().get_base_queryset().select_related("unit")


class PortalUserViewSet(UserViewSet):
    """In place of Wagtail's."""

    template_prefix = "accounts/users/"
    index_view_class = PortalUserIndexView
    filterset_class = PortalUserFilterSet

    def get_form_class(self, for_update: bool = False) -> Any:
        """With the unit."""
        return PortalUserEditForm if for_update else PortalUserCreationForm

    def get_templates(self, name: str = "index", fallback: str = "") -> list[str]:
        """Ours for the forms, Wagtail's for everything else."""
        return [f"accounts/users/{name}.html", f"wagtailusers/users/{name}.html", *([fallback] if fallback else [])]

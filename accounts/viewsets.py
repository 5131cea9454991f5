"""Users in the admin: unit and member code in the list, in its filters and in the forms."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.admin.ui.tables import Column
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import CreateView, EditView, IndexView, UserFilterSet, UserViewSet

from accounts import member_codes
from accounts.models import User

_UNIT = User._meta.get_field("unit")  # Django's documented model API
_MORE = {"unit", "member_code"}


class _PortalUserForm(forms.ModelForm):
    """What both forms have in common."""

    #: Set by the view: only a superuser makes superusers.
    by_superuser = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = not self.instance.member_code
        if not self.by_superuser:
            self.fields.pop("is_superuser", None)

    def clean_member_code(self) -> str:
        """In its one form, so that it is compared with the others'."""
        return member_codes.read_code(self.cleaned_data.get("member_code") or "")

    def save(self, commit: bool = True) -> Any:
        """A new account without any group is a member's, who is asked to agree at the first log-in."""
        user = super().save(commit=False)
        is_member = not self.cleaned_data.get("groups") and not user.is_superuser
        if user.pk is None and is_member:
            user.consent_version = 0
        if commit:
            user.save()
            self.save_m2m()
        return user


class PortalUserCreationForm(_PortalUserForm, UserCreationForm):
    """A new user; the unit is chosen in Wagtail's dialog."""

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | _MORE
        formfield_callback = formfield_for_dbfield


class PortalUserEditForm(_PortalUserForm, UserEditForm):
    """A user that is there."""

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | _MORE
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
        """Member code and unit behind the name."""
        columns = list(super().columns)
        place = next(number for number, column in enumerate(columns) if column.name == "is_superuser")
        ours = [
            Column("member_code", label=_("Member code"), accessor="written_member_code", sort_key="member_code"),
            Column("unit", label=_("Unit"), accessor=lambda user: user.unit or "", width="18%"),
        ]
        return [*columns[:place], *ours, *columns[place:]]

    @cached_property
    def search_fields(self) -> set[str]:
        """Codes are looked for, too."""
        return super().search_fields | {"member_code"}

    def get_base_queryset(self) -> Any:
        """All units at once."""
        return super().get_base_queryset().select_related("unit")


class _KnowsWho:
    """A view whose form only a superuser sees whole."""

    request: HttpRequest

    def get_form_class(self) -> Any:
        """Ours, told who fills it in."""
        form = super().get_form_class()  # type: ignore[misc]  # a mixin of Wagtail's form views
        return type(form.__name__, (form,), {"by_superuser": self.request.user.is_superuser})


class PortalUserCreateView(_KnowsWho, CreateView):
    """A new account."""


class PortalUserEditView(_KnowsWho, EditView):
    """An account; a superuser's only for superusers."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Wagtail asks for the right over accounts in general."""
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PortalUserViewSet(UserViewSet):
    """In place of Wagtail's."""

    template_prefix = "accounts/users/"
    index_view_class = PortalUserIndexView
    add_view_class = PortalUserCreateView
    edit_view_class = PortalUserEditView
    filterset_class = PortalUserFilterSet

    def get_form_class(self, for_update: bool = False) -> Any:
        """With unit and member code."""
        return PortalUserEditForm if for_update else PortalUserCreationForm

    def get_templates(self, name: str = "index", fallback: str = "") -> list[str]:
        """Ours for the forms, Wagtail's for everything else."""
        return [f"accounts/users/{name}.html", f"wagtailusers/users/{name}.html", *([fallback] if fallback else [])]

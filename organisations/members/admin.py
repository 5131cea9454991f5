"""The list of members in the admin."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import BaseButton, Button, HeaderButton

from accounts.models import NOT_ACTIVATED
from core.admin_lists import posting_button
from organisations.members import views
from organisations.members.forms import MemberForm
from organisations.members.rights import members_for, units_for
from organisations.models import Member, Unit

_MISSING = frozenset({"add_url_name", "delete_url_name", "usage_url_name", "copy_url_name", "history_url_name"})


def _units(request: HttpRequest | None) -> QuerySet[Unit]:
    return units_for(request.user) if request is not None else Unit.objects.none()


class MemberFilterSet(WagtailFilterSet):
    """Filters of the list."""

    unit = django_filters.ModelChoiceFilter(label=gettext_lazy("Unit"), queryset=_units)
    opened = django_filters.BooleanFilter(label=gettext_lazy("Account opened"), method="by_opened")

    class Meta:
        model = Member
        fields = ["unit", "is_active"]

    def by_opened(self, members: QuerySet, name: str, value: bool) -> QuerySet:
        """Who has set a password, or has not."""
        return members.exclude(NOT_ACTIVATED) if value else members.filter(NOT_ACTIVATED)


class MemberIndexView(generic.IndexView):
    """Members of the user's units."""

    any_permission_required = ["view", "change", "add"]
    search_fields = ["last_name", "first_name", "member_code"]
    default_ordering = "name"

    def get_base_queryset(self) -> QuerySet:
        """Nobody outside the user's units."""
        return members_for(self.request.user)

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        """By given name, as lists of people are ordered here."""
        back = "-" if self.ordering == "-name" else ""
        if self.ordering in {"name", "-name"}:
            return queryset.order_by(f"{back}first_name", f"{back}last_name", "pk")
        return super().order_queryset(queryset)

    @cached_property
    def columns(self) -> list[Column]:
        """What a person needs to see at a glance."""
        return [
            self._get_title_column_class(TitleColumn)(
                "name", label=gettext_lazy("Name"), accessor=str, get_url=self.get_edit_url, sort_key="name"
            ),
            Column(
                "member_code", label=gettext_lazy("Member code"), accessor="written_member_code", sort_key="member_code"
            ),
            Column("unit", label=gettext_lazy("Unit"), sort_key="unit__sort_name"),
            Column("state", label=gettext_lazy("Account"), accessor=_state),
        ]

    @cached_property
    def header_buttons(self) -> list[BaseButton]:
        """Bringing in and printing."""
        user = self.request.user
        buttons: list[BaseButton] = []
        if user.has_perm(views.ADD):
            buttons.append(HeaderButton(_("Bring in members"), url=reverse("members:bring_in"), icon_name="plus"))
        if user.has_perm(views.CHANGE):
            buttons.append(HeaderButton(_("Print slips"), url=reverse("members:slips"), icon_name="doc-full"))
        return buttons

    def get_list_more_buttons(self, instance: Member) -> list[BaseButton]:
        """Editing, and a slip of one's own."""
        if not self.request.user.has_perm(views.CHANGE):
            return []
        slip = _("Slip with a new code") if not instance.is_activated else _("Slip for a forgotten password")
        buttons: list[BaseButton] = [
            Button(_("Edit"), url=self.get_edit_url(instance), icon_name="edit", priority=10),
        ]
        if instance.is_active and instance.member_code:
            buttons.append(posting_button(slip, reverse("members:renew", args=[instance.pk]), "doc-full"))
        return buttons


def _state(member: Member) -> str:
    if not member.is_active:
        return _("closed")
    return _("opened") if member.is_activated else _("not opened yet")


class MemberEditView(generic.EditView):
    """One member."""

    def get_queryset(self) -> QuerySet:
        """Nobody outside the user's units, and no account with rights."""
        return members_for(self.request.user)

    def get_form_class(self) -> Any:
        """Ours, told whose units count."""
        return type("MemberForm", (MemberForm,), {"for_user": self.request.user})


class MemberViewSet(ModelViewSet):
    """Everything under ``/admin/members/``. Members come in by lists; they leave by themselves."""

    model = Member
    name = "members"
    icon = "user"
    menu_label = gettext_lazy("Members")
    menu_order = 312
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = MemberIndexView
    edit_view_class = MemberEditView
    filterset_class = MemberFilterSet
    form_fields = ["member_code"]  # Wagtail asks; the view's own form counts
    list_per_page = 50

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Leave out the addresses of views that this list does not have."""
        given = super().get_common_view_kwargs(**kwargs)
        return {name: value for name, value in given.items() if name not in _MISSING}

    def get_urlpatterns(self) -> list[URLPattern]:
        """The list, one member, bringing in and printing."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("edit/<int:pk>/", self.edit_view, name="edit"),
            path("bring-in/", views.bring_in, name="bring_in"),
            path("slips/", views.slips, name="slips"),
            path("<int:pk>/slip/", views.renew, name="renew"),
        ]

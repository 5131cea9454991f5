"""Users, consent texts and the record of requests in Wagtail's admin."""

from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from accounts.models import ConsentText, DataRequest
from accounts.user_actions import AssignRole, SetActiveState
from core.admin_lists import LookOnlyViewSet

# After Wagtail's own, which they replace.
hooks.register("register_bulk_action", AssignRole, order=100)
hooks.register("register_bulk_action", SetActiveState, order=100)


class ConsentTextCreateView(generic.CreateView):
    """A new version, in force at once."""

    def get_success_buttons(self) -> list[object]:
        """There is nothing to edit."""
        return []


class ConsentTextViewSet(ModelViewSet):
    """Versions are added and read; what somebody has agreed to is neither edited nor deleted."""

    model = ConsentText
    name = "consent_texts"
    icon = "doc-full"
    menu_label = _("Consent texts")
    menu_order = 610
    add_to_settings_menu = True
    list_display = ["__str__", "created_at"]
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    add_view_class = ConsentTextCreateView

    def get_common_view_kwargs(self, **kwargs: object) -> dict[str, object]:
        """Leave out the addresses of views that this list does not have."""
        given = super().get_common_view_kwargs(**kwargs)
        missing = {"edit_url_name", "delete_url_name", "history_url_name", "usage_url_name"}
        return {name: value for name, value in given.items() if name not in missing}

    def register_admin_url_finder(self) -> None:
        """There is no edit view to find."""

    def get_urlpatterns(self) -> list[URLPattern]:
        """Looking and adding."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
        ]


class DataRequestIndexView(generic.IndexView):
    """What was asked for, and when; nobody's name."""

    any_permission_required = ["view"]
    default_ordering = "-at"

    @cached_property
    def columns(self) -> list[Column]:
        """Steps of one request share a reference."""
        return [
            Column("reference", label=_("Reference")),
            Column("kind", label=_("What"), accessor="get_kind_display", sort_key="kind"),
            DateColumn("at", label=_("When"), sort_key="at"),
        ]


class DataRequestViewSet(LookOnlyViewSet):
    """The record under ``/admin/data-requests/``."""

    model = DataRequest
    name = "data_requests"
    icon = "lock"
    index_view_class = DataRequestIndexView
    list_filter = ["kind"]
    list_per_page = 50
    inspect_view_enabled = False

    def get_urlpatterns(self) -> list[URLPattern]:
        """Only the list."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]


class _RequestsMenuItem(MenuItem):
    def is_shown(self, request: object) -> bool:
        """Whether this user may see the record."""
        return bool(request.user.has_perm("accounts.view_datarequest"))  # type: ignore[attr-defined]  # a request


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ModelViewSet]:
    """Consent texts and the record."""
    return [ConsentTextViewSet(), DataRequestViewSet()]


@hooks.register("register_reports_menu_item")
def register_requests() -> MenuItem:
    """The record stands among the reports."""
    return _RequestsMenuItem(
        _("Requests about personal data"),
        reverse("data_requests:index"),
        name="data-requests",
        icon_name="lock",
        order=860,
    )

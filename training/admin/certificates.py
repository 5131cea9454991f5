"""Certificates in the admin: list, details, withdrawing and giving back. None is added or deleted by hand."""

from typing import Any

import django_filters
from django import forms
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import BaseButton, Button
from wagtail.log_actions import registry as log_registry
from wagtail.permissions import policy_registry

from core.admin_lists import LookOnlyViewSet
from core.text import clean_form_data
from training.certificates.codes import read_code
from training.certificates.issuing import give_back, withdraw
from training.models import Certificate
from training.permissions import seen_by

INSPECT = "certificates:inspect"
MAY_CHANGE = "training.change_certificate"
STATES = [("valid", gettext_lazy("Valid")), ("withdrawn", gettext_lazy("Withdrawn"))]


class WithdrawForm(forms.Form):
    """Why; whoever checks the certificate reads it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=Certificate._meta.get_field("revoked_because").max_length,  # Django's documented model API
        help_text=gettext_lazy("Whoever checks the certificate reads it. Name nobody else in it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CertificateFilterSet(WagtailFilterSet):
    """Filters of the list."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES, method="in_state")
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Given for"), choices=Certificate.Kind.choices)
    issued_on = django_filters.DateFromToRangeFilter(label=gettext_lazy("Given on"), widget=DateRangePickerWidget)

    class Meta:
        model = Certificate
        fields = ["state", "kind", "issued_on"]

    def in_state(self, queryset: QuerySet, name: str, state: str) -> QuerySet:
        """Whether it still holds."""
        return queryset.filter(revoked_at__isnull=state == "valid")


def _state(certificate: Certificate) -> str:
    return _("valid") if certificate.is_valid else _("withdrawn")


def _given_on(certificate: Certificate) -> str:
    return date_format(certificate.issued_on, "d/m/Y")


class CertificateIndexView(generic.IndexView):
    """The list. Nothing is created or edited here."""

    any_permission_required = ["view", "change"]
    default_ordering = "-issued_on"

    def get_base_queryset(self) -> QuerySet:
        """Those of the user's people, and those given for the user's courses."""
        return seen_by(self.request.user, Certificate)

    def search_queryset(self, queryset: QuerySet) -> Any:
        """By the code in any spelling, or else by name and title without diacritics."""
        code = read_code(self.search_query) if self.is_searching else None
        if code:
            found = queryset.filter(code=code)
            if found.exists():
                return found
        return super().search_queryset(queryset)

    @cached_property
    def columns(self) -> list[Column]:
        """What a person needs to see at a glance."""
        return [
            self._get_title_column_class(TitleColumn)(
                "holder", label=gettext_lazy("Holder"), sort_key="holder", get_url=self.get_inspect_url
            ),
            Column("title", label=gettext_lazy("What was finished")),
            Column("unit_name", label=gettext_lazy("Unit")),
            Column("issued_on", label=gettext_lazy("Given on"), accessor=_given_on, sort_key="issued_on", width="10%"),
            Column("written_code", label=gettext_lazy("Code"), width="15%"),
            Column("state", label=gettext_lazy("State"), accessor=_state, width="9%"),
        ]

    def get_list_more_buttons(self, instance: Certificate) -> list[BaseButton]:
        """Details and the public page."""
        return [
            Button(_("Details"), url=self.get_inspect_url(instance), icon_name="info-circle", priority=10),
            Button(_("As the public sees it"), url=instance.url, icon_name="link-external", priority=20),
        ]


class CertificateInspectView(generic.InspectView):
    """All of one certificate, and what can be done about it."""

    template_name = "training/admin/certificate.html"
    any_permission_required = ["view", "change"]

    def get_object(self, queryset: QuerySet | None = None) -> Certificate:
        """Only what the user may see."""
        certificate: Certificate = get_object_or_404(seen_by(self.request.user, Certificate), pk=self.pk)
        return certificate

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the template shows."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        certificate: Certificate = self.object
        policy = policy_registry.get_by_type(Certificate)
        context.update(
            certificate=certificate,
            state=_state(certificate),
            form=WithdrawForm(),
            may_change=policy.user_has_permission_for_instance(self.request.user, "change", certificate),
            entries=list(log_registry.get_logs_for_instance(certificate).select_related("user")[:20]),
        )
        return context


class CertificateViewSet(LookOnlyViewSet):
    """List and details under ``/admin/chung-nhan/``."""

    model = Certificate
    name = "chung-nhan"
    url_namespace = "certificates"
    icon = "success"
    menu_label = gettext_lazy("Certificates")
    menu_order = 400
    index_view_class = CertificateIndexView
    inspect_view_class = CertificateInspectView
    filterset_class = CertificateFilterSet
    list_per_page = 50

    @property
    def inspect_template_name(self) -> str:
        """Ours."""
        return CertificateInspectView.template_name

    def get_urlpatterns(self) -> list[URLPattern]:
        """Looking, withdrawing, giving back."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/withdraw/", withdraw_one, name="withdraw"),
            path("<int:pk>/give-back/", give_back_one, name="give_back"),
        ]


@require_POST
@permission_required(MAY_CHANGE, raise_exception=True)
def withdraw_one(request: HttpRequest, pk: int) -> HttpResponse:
    """The button «Withdraw»."""
    certificate = get_object_or_404(seen_by(request.user, Certificate), pk=pk)
    form = WithdrawForm(clean_form_data(request.POST))
    if not form.is_valid():
        said = _("It was not withdrawn: %(problem)s")
        messages.error(request, said % {"problem": " ".join(map(str, form.errors.get("reason", [])))})
    elif withdraw(certificate, form.cleaned_data["reason"], request.user):
        messages.success(request, _("The certificate of %(holder)s is withdrawn.") % {"holder": certificate.holder})
    return redirect(reverse(INSPECT, args=[certificate.pk]))


@require_POST
@permission_required(MAY_CHANGE, raise_exception=True)
def give_back_one(request: HttpRequest, pk: int) -> HttpResponse:
    """The button «Give back»."""
    certificate = get_object_or_404(seen_by(request.user, Certificate), pk=pk)
    if give_back(certificate, request.user):
        messages.success(request, _("The certificate of %(holder)s is valid again.") % {"holder": certificate.holder})
    return redirect(reverse(INSPECT, args=[certificate.pk]))

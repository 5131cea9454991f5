"""The ledger in the admin: what went where, what the network said, and what a person can do about it."""

from collections.abc import Callable
from typing import Any

import django_filters
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import BaseButton, Button

from core.admin_lists import LookOnlyViewSet, posting_button
from crossposting import campaigns, ledger, rights
from crossposting.admin.forms import ArrivedForm
from crossposting.models import Channel, Delivery
from crossposting.sharing.pictures import card_links

INDEX, INSPECT = "deliveries:index", "deliveries:inspect"
#: Days with clicks that are listed on a delivery's page.
DAYS_SHOWN = 14
MAY_ACT = "crossposting.change_delivery"


def _channels(request: HttpRequest | None) -> QuerySet:
    return rights.channels_for(request.user) if request is not None else Channel.objects.none()


class DeliveryFilterSet(WagtailFilterSet):
    """Filters of the list."""

    state = django_filters.MultipleChoiceFilter(label=gettext_lazy("State"), choices=Delivery.State.choices)
    action = django_filters.ChoiceFilter(label=gettext_lazy("What"), choices=Delivery.Action.choices)
    channel = django_filters.ModelChoiceFilter(label=gettext_lazy("Channel"), queryset=_channels)
    page_id = django_filters.NumberFilter(label=gettext_lazy("Number of the page"))

    class Meta:
        model = Delivery
        fields = ["state", "action", "channel", "page_id"]


class DeliveryIndexView(generic.IndexView):
    """The list. Nothing is created or edited here."""

    default_ordering = "-created_at"
    any_permission_required = ["view", "change"]

    def get_base_queryset(self) -> QuerySet:
        """What the user's units publish or carry."""
        return rights.deliveries_for(self.request.user)

    @cached_property
    def columns(self) -> list[Column]:
        """What a person needs to see at a glance."""
        return [
            self._get_title_column_class(TitleColumn)(
                "title", label=gettext_lazy("Item"), get_url=self.get_inspect_url
            ),
            Column("channel", label=gettext_lazy("Channel")),
            Column("action", label=gettext_lazy("What"), accessor="get_action_display"),
            Column("state", label=gettext_lazy("State"), accessor="get_state_display", sort_key="state"),
            Column("not_before", label=gettext_lazy("Next attempt"), accessor=_next_attempt),
            Column("words", label=gettext_lazy("In the network's words")),
            Column("clicks", label=gettext_lazy("Clicks"), accessor=self._clicks_of),
            DateColumn("created_at", label=gettext_lazy("Created"), sort_key="created_at"),
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Look up the clicks of all posts on this page of the list at once."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        self.clicks = campaigns.clicks_of(context["object_list"])
        return context

    def _clicks_of(self, delivery: Delivery) -> int | str:
        return self.clicks.get(delivery.pk, "")

    def get_list_more_buttons(self, instance: Delivery) -> list[BaseButton]:
        """Details, the post itself, and what may be done."""
        buttons: list[BaseButton] = [
            Button(_("Details"), url=self.get_inspect_url(instance), icon_name="info-circle", priority=10)
        ]
        if instance.remote_url:
            buttons.append(Button(_("See the post"), url=instance.remote_url, icon_name="link-external", priority=20))
        if rights.may_act(self.request.user, instance):
            here = self.request.get_full_path()
            buttons += [
                posting_button(act.label, act.url, act.icon, after=here) for act in acts_for(instance) if act.in_list
            ]
        return buttons


def _next_attempt(delivery: Delivery) -> str:
    """When it goes out; empty where nothing goes by itself any more."""
    if delivery.state not in (Delivery.State.WAITING, Delivery.State.FAILED):
        return ""
    if delivery.channel.provider.by_hand and not delivery.waits_for_its_time:
        return _("by your hand")
    return date_format(timezone.localtime(delivery.not_before), "H:i d/m/Y")


class Act:
    """One thing a person can do about a delivery."""

    def __init__(self, name: str, label: str, icon: str, delivery: Delivery, *, in_list: bool = True) -> None:
        self.name = name
        self.label = label
        self.icon = icon
        self.in_list = in_list
        self.url = reverse(f"deliveries:{name}", args=[delivery.pk])


def acts_for(delivery: Delivery) -> list[Act]:
    """What makes sense in the state it is in."""
    acts = []
    if delivery.waits_for_its_time:
        acts.append(Act("now", _("Post now"), "upload", delivery))
    if delivery.can_retry:
        acts.append(Act("retry", _("Try again"), "rotate", delivery))
    if delivery.can_be_settled:
        acts.append(Act("arrived", _("It did arrive"), "check", delivery))
    if delivery.can_send_again:
        acts.append(Act("again", _("Send again"), "mail", delivery, in_list=False))
    if delivery.can_cancel:
        acts.append(Act("cancel", _("Cancel"), "cross", delivery))
    return acts


class DeliveryInspectView(generic.InspectView):
    """All of one delivery: its words, its attempts, and buttons."""

    template_name = "crossposting/admin/delivery.html"
    any_permission_required = ["view", "change"]

    def get_object(self, queryset: QuerySet | None = None) -> Delivery:
        """Only what the user may see."""
        delivery: Delivery = get_object_or_404(rights.deliveries_for(self.request.user), pk=self.pk)
        return delivery

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the template shows."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        delivery: Delivery = self.object
        may_act = rights.may_act(self.request.user, delivery)
        page = delivery.page()
        text = delivery.text
        if delivery.channel.provider.by_hand and page is not None:
            from crossposting.planning import prepare_for  # reads pages, which the list never needs

            text = prepare_for(delivery.channel, page).text
        clicks = campaigns.clicks_by_day(delivery) if delivery.action == Delivery.Action.POST else []
        context |= {
            "delivery": delivery,
            "counts_clicks": delivery.action == Delivery.Action.POST,
            "clicks": sum(readers for _day, readers in clicks),
            "clicks_by_day": clicks[:DAYS_SHOWN],
            "attempts": list(delivery.log.all()),
            "changes": list(delivery.changes.all()),
            "acts": acts_for(delivery) if may_act else [],
            "by_hand": delivery.channel.provider.by_hand,
            "cards": card_links(page) if delivery.channel.provider.by_hand and page is not None else [],
            "text": text,
            "page_edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]) if page is not None else "",
        }
        return context


class DeliveryViewSet(LookOnlyViewSet):
    """List and details under ``/admin/deliveries/``."""

    model = Delivery
    name = "deliveries"
    icon = "mail"
    menu_label = gettext_lazy("Deliveries")
    menu_order = 200
    index_view_class = DeliveryIndexView
    inspect_view_class = DeliveryInspectView
    filterset_class = DeliveryFilterSet
    list_per_page = 50

    @property
    def inspect_template_name(self) -> str:
        """Ours."""
        return DeliveryInspectView.template_name

    def get_urlpatterns(self) -> list[URLPattern]:
        """Looking, and what a person can do."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/retry/", retry_one, name="retry"),
            path("<int:pk>/now/", post_one_now, name="now"),
            path("<int:pk>/cancel/", cancel_one, name="cancel"),
            path("<int:pk>/arrived/", arrived_one, name="arrived"),
            path("<int:pk>/again/", again_one, name="again"),
        ]


def _act(request: HttpRequest, pk: int, do: Callable[[], Delivery], said: str) -> HttpResponse:
    """Do what a person asked for, if it is theirs to ask, and say how it went."""
    delivery = get_object_or_404(rights.deliveries_for(request.user), pk=pk)
    if not rights.may_act(request.user, delivery):
        raise PermissionDenied
    try:
        done = do()
    except ledger.NotNow as refusal:
        messages.warning(request, str(refusal))
        done = delivery
    else:
        messages.success(request, said % {"title": delivery.title, "channel": delivery.channel.name})
    return redirect(get_valid_next_url_from_request(request) or reverse(INSPECT, args=[done.pk]))


@require_POST
@permission_required(MAY_ACT, raise_exception=True)
def retry_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Try again now."""
    said = _("«%(title)s» will be tried again on %(channel)s within seconds.")
    return _act(request, pk, lambda: ledger.retry(pk), said)


@require_POST
@permission_required(MAY_ACT, raise_exception=True)
def post_one_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not wait for the time that was chosen."""
    said = _("«%(title)s» will be posted on %(channel)s within seconds.")
    return _act(request, pk, lambda: ledger.move(pk, timezone.now()), said)


@require_POST
@permission_required(MAY_ACT, raise_exception=True)
def cancel_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it off."""
    return _act(request, pk, lambda: ledger.cancel(pk), _("«%(title)s» will not be posted on %(channel)s."))


@require_POST
@permission_required(MAY_ACT, raise_exception=True)
def arrived_one(request: HttpRequest, pk: int) -> HttpResponse:
    """A person has seen it there."""
    form = ArrivedForm(request.POST)
    url = form.cleaned_data["url"] if form.is_valid() else ""
    return _act(request, pk, lambda: ledger.it_arrived(pk, url), _("Noted: «%(title)s» is on %(channel)s."))


@require_POST
@permission_required(MAY_ACT, raise_exception=True)
def again_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Post it once more."""
    said = _("«%(title)s» will be posted on %(channel)s once more.")
    return _act(request, pk, lambda: ledger.send_again(pk), said)

"""Channels in the admin: list, form with what to paste where, and a button that tries the connection."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import BaseButton

from core.admin_lists import posting_button
from crossposting import campaigns, checking, rights
from crossposting.admin.forms import ChannelForm
from crossposting.channels.registry import all_providers, network_choices
from crossposting.models import Channel

EDIT, TRY = "channels:edit", "channels:try"
MAY_CHANGE = "crossposting.change_channel"


class _OwnUnits:
    """Mixin of views of one channel: those of other units are refused."""

    request: HttpRequest

    def get_object(self, queryset: QuerySet | None = None) -> Channel:
        """The channel, when it is within the user's units."""
        channel: Channel = super().get_object(queryset)  # type: ignore[misc]  # of the view it is mixed into
        scope = rights.units_of(self.request.user)
        if scope is not None and channel.unit_id not in scope:
            raise PermissionDenied
        return channel


class ChannelIndexView(generic.IndexView):
    """The list, with each channel's state in words."""

    def get_base_queryset(self) -> QuerySet:
        """Those of the user's units."""
        return rights.channels_for(self.request.user)

    @cached_property
    def columns(self) -> list[Column]:
        """What a person needs to see at a glance."""
        return [
            self._get_title_column_class(TitleColumn)("name", label=gettext_lazy("Name"), get_url=self.get_edit_url),
            Column("network_label", label=gettext_lazy("Network")),
            Column("unit", label=gettext_lazy("Unit"), accessor=_whose),
            Column("state", label=gettext_lazy("State"), accessor=_state_in_words),
            Column("state_words", label=gettext_lazy("In the network's words")),
            Column("clicks", label=gettext_lazy("Clicks in 30 days"), accessor=self._clicks_of),
            DateColumn("checked_at", label=gettext_lazy("Tried")),
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Look up the clicks of all channels at once."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        self.clicks = campaigns.clicks_lately(context["object_list"])
        return context

    def _clicks_of(self, channel: Channel) -> int:
        return self.clicks[channel.pk]

    def get_list_more_buttons(self, instance: Channel) -> list[BaseButton]:
        """What Wagtail offers, and a trial."""
        buttons: list[BaseButton] = list(super().get_list_more_buttons(instance))
        if self.request.user.has_perm(MAY_CHANGE) and not instance.provider.by_hand:
            buttons.append(posting_button(_("Try the connection"), reverse(TRY, args=[instance.pk]), "rotate"))
        return buttons


def _whose(channel: Channel) -> str:
    return str(channel.unit) if channel.unit else _("The federation")


def _state_in_words(channel: Channel) -> str:
    return channel.get_state_display() if channel.enabled else _("switched off")


class _TriedWhenSaved:
    """Tries a channel as soon as it is saved: whoever has just pasted a key wants to know whether it is right."""

    request: HttpRequest
    object: Channel

    def form_valid(self, form: Any) -> HttpResponse:
        """After the transaction of saving: nobody waits for a network with the database locked."""
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # a mixin: Wagtail's view follows
        tell_trial(self.request, self.object)
        return response

    def get_success_url(self) -> str:
        """Stay with the channel: its state is what one wants to see now."""
        return reverse(EDIT, args=[self.object.pk])


class ChannelCreateView(_TriedWhenSaved, generic.CreateView):
    """First the network is chosen, then its form is filled in."""

    template_name = "crossposting/admin/channel_form.html"

    @property
    def network(self) -> str:
        """The network chosen; empty while none is."""
        chosen = self.request.POST.get("network") or self.request.GET.get("network", "")
        return chosen if chosen in dict(network_choices()) else ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Without a network, show which there are."""
        if not self.network:
            self.template_name = "crossposting/admin/choose_network.html"
        return super().dispatch(request, *args, **kwargs)

    def get_initial_form_instance(self) -> Channel:
        """A channel of the network chosen."""
        return Channel(network=self.network or network_choices()[0][0])

    def get_form_kwargs(self) -> dict[str, Any]:
        """The network belongs to the instance also when the form comes back."""
        kwargs: dict[str, Any] = super().get_form_kwargs()
        kwargs["instance"] = self.get_initial_form_instance()
        return kwargs

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the templates show."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["networks"] = [
            {"name": p.network, "label": p.label, "how": p.how, "icon": p.icon} for p in all_providers()
        ]
        if self.network:
            context["provider"] = Channel(network=self.network).provider
        return context


class ChannelEditView(_TriedWhenSaved, _OwnUnits, generic.EditView):
    """The form, its keys empty."""

    template_name = "crossposting/admin/channel_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the template shows."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        channel = Channel.objects.get(pk=self.object.pk)
        context["provider"] = channel.provider
        context["channel"] = channel
        context["try_url"] = reverse(TRY, args=[channel.pk])
        return context


class ChannelDeleteView(_OwnUnits, generic.DeleteView):
    """Only a channel that has never carried anything can be deleted: the ledger keeps the others."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse in words."""
        if self.object.deliveries.exists():
            messages.error(
                request,
                _("«%(name)s» has a history and stays in the ledger. Switch it off instead.")
                % {"name": self.object.name},
            )
            return redirect(EDIT, self.object.pk)
        return super().post(request, *args, **kwargs)


class ChannelViewSet(ModelViewSet):
    """Channels under ``/admin/channels/``."""

    model = Channel
    name = "channels"
    icon = "site"
    menu_label = gettext_lazy("Channels")
    menu_order = 100
    add_to_reference_index = False
    copy_view_enabled = False
    list_per_page = 50
    index_view_class = ChannelIndexView
    add_view_class = ChannelCreateView
    edit_view_class = ChannelEditView
    delete_view_class = ChannelDeleteView

    def get_form_class(self, for_update: bool = False) -> type[ChannelForm]:
        """One form for all networks."""
        return ChannelForm

    @property
    def create_template_name(self) -> str:
        """Ours."""
        return ChannelCreateView.template_name

    @property
    def edit_template_name(self) -> str:
        """Ours."""
        return ChannelEditView.template_name

    def get_urlpatterns(self) -> list[URLPattern]:
        """The usual ones, and the trial."""
        return [*super().get_urlpatterns(), path("<int:pk>/try/", try_connection, name="try")]


def tell_trial(request: HttpRequest, channel: Channel) -> None:
    """Try a channel and say how it went."""
    trial = checking.check(Channel.objects.select_related("unit").get(pk=channel.pk))
    if trial.well:
        messages.success(request, _("The connection works. %(words)s") % {"words": trial.words})
    elif trial.lost:
        messages.error(
            request, _("The network refused: «%(words)s» Check what you have entered.") % {"words": trial.words}
        )
    else:
        messages.warning(request, _("It could not be tried just now: %(words)s") % {"words": trial.words})


@require_POST
@permission_required(MAY_CHANGE, raise_exception=True)
def try_connection(request: HttpRequest, pk: int) -> HttpResponse:
    """The button «Try the connection»; nothing is posted."""
    channel = get_object_or_404(rights.channels_for(request.user), pk=pk)
    tell_trial(request, channel)
    return redirect(EDIT, channel.pk)

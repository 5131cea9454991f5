"""YouTube channels in the admin: list, form, what came from there, and a button that looks now."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import BaseButton

from core.admin_lists import posting_button
from crossposting import rights
from crossposting.incoming import looking
from crossposting.incoming.addresses import Misunderstood, channel_url, understand
from crossposting.incoming.registry import draft_maker
from crossposting.models import VideoSource

EDIT, LOOK = "youtube:edit", "youtube:look"
MAY_CHANGE = "crossposting.change_videosource"
#: Videos listed on the page of a channel: as many as a feed holds.
SHOWN = 15


class SectionField(forms.ModelChoiceField):
    """Sections, each with what stands above it."""

    def label_from_instance(self, obj: Any) -> str:
        """Deeper ones are set in."""
        return "\u2003" * max(0, obj.depth - 4) + str(obj.title)


class VideoSourceForm(WagtailAdminModelForm):
    """Takes whatever names a channel; finds out its number while somebody is there to correct it."""

    fields: dict[str, Any]
    address = forms.CharField(
        label=gettext_lazy("Channel on YouTube"),
        max_length=300,
        help_text=gettext_lazy(
            "The channel's address (youtube.com/@congdoan), its number (UC…), or the address of its feed."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    section = SectionField(
        label=pgettext_lazy("of the portal", "Section"),
        queryset=None,
        help_text=gettext_lazy("Where the drafts go. An editor may move each of them."),
    )

    class Meta:
        model = VideoSource
        fields = ["name", "unit", "section", "enabled"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {name: self.fields[name] for name in ("address", "section", "unit", "name", "enabled")}
        if self.instance.channel_id:
            self.fields["address"].initial = channel_url(self.instance.channel_id)
        self.fields["section"].queryset = self._sections()
        scope = rights.units_of(self.for_user) if self.for_user is not None else None
        if scope is not None:
            self.fields["unit"].queryset = self.fields["unit"].queryset.filter(pk__in=scope)
            self.fields["unit"].required = True
            if not self.instance.pk and len(scope) == 1:
                self.initial["unit"] = next(iter(scope))

    def _sections(self) -> QuerySet:
        """Those below which the user may write."""
        sections = draft_maker().sections()
        if self.for_user is None:
            return sections
        allowed = [page.pk for page in sections if page.permissions_for_user(self.for_user).can_add_subpage()]
        return sections.filter(pk__in=allowed)

    def clean_address(self) -> str:
        """The number of the channel."""
        try:
            number = understand(self.cleaned_data["address"])
        except Misunderstood as error:
            raise ValidationError(str(error)) from error
        others = VideoSource.objects.filter(channel_id=number).exclude(pk=self.instance.pk)
        if other := others.first():
            raise ValidationError(_("This channel is registered already, as «%(name)s».") % {"name": other})
        return number

    def save(self, commit: bool = True) -> VideoSource:
        """Another channel is looked at from its beginning."""
        source: VideoSource = super().save(commit=False)
        if source.channel_id != self.cleaned_data["address"]:
            source.channel_id = self.cleaned_data["address"]
            source.etag = source.last_modified = source.error = ""
            source.failures = 0
        if commit:
            source.save()
        return source


class _OwnUnits:
    """Mixin of views of one channel: those of other units are refused."""

    request: HttpRequest

    def get_object(self, queryset: QuerySet | None = None) -> VideoSource:
        """The channel, when it is within the user's units."""
        source: VideoSource = super().get_object(queryset)  # type: ignore[misc]  # of the view it is mixed into
        if not rights.sources_for(self.request.user).filter(pk=source.pk).exists():
            raise PermissionDenied
        return source


class _LookedAtWhenSaved:
    """Looks as soon as a channel is saved: whoever has just pasted it wants to see whether it is the right one."""

    request: HttpRequest
    object: VideoSource

    def form_valid(self, form: Any) -> HttpResponse:
        """After the transaction of saving."""
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # a mixin: Wagtail's view follows
        if self.object.enabled:
            tell_look(self.request, self.object.pk)
        return response

    def get_success_url(self) -> str:
        """Stay with the channel: what came from it is what one wants to see now."""
        return reverse(EDIT, args=[self.object.pk])


class SourceIndexView(generic.IndexView):
    """The list, with each channel's state in words."""

    def get_base_queryset(self) -> QuerySet:
        """Those of the user's units."""
        return rights.sources_for(self.request.user).annotate(arrived=Count("videos"))

    @cached_property
    def columns(self) -> list[Column]:
        """What a person needs to see at a glance."""
        return [
            self._get_title_column_class(TitleColumn)(
                "name", label=gettext_lazy("Name"), accessor=str, get_url=self.get_edit_url
            ),
            Column("state", label=gettext_lazy("State"), accessor=_state_in_words),
            Column("unit", label=gettext_lazy("Unit"), accessor=_whose),
            Column("section", label=pgettext_lazy("of the portal", "Section")),
            Column("arrived", label=gettext_lazy("Videos")),
            DateColumn("looked_at", label=gettext_lazy("Last look")),
        ]

    def get_list_more_buttons(self, instance: VideoSource) -> list[BaseButton]:
        """What Wagtail offers, and a look."""
        buttons: list[BaseButton] = list(super().get_list_more_buttons(instance))
        if self.request.user.has_perm(MAY_CHANGE):
            buttons.append(posting_button(_("Look now"), reverse(LOOK, args=[instance.pk]), "rotate"))
        return buttons


def _whose(source: VideoSource) -> str:
    return str(source.unit) if source.unit else _("The federation")


def _state_in_words(source: VideoSource) -> str:
    if not source.enabled:
        return _("switched off")
    if source.error:
        return source.error
    return _("in order") if source.looked_at else _("not looked at yet")


class SourceCreateView(_LookedAtWhenSaved, generic.CreateView):
    """A new channel."""

    #: Without its name, which only the first look finds out.
    success_message = gettext_lazy("The YouTube channel is registered.")


class SourceEditView(_LookedAtWhenSaved, _OwnUnits, generic.EditView):
    """The form, and what came from the channel."""

    template_name = "crossposting/admin/video_source.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the template shows."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        source = VideoSource.objects.get(pk=self.object.pk)
        context["source"] = source
        context["look_url"] = reverse(LOOK, args=[source.pk])
        context["channel_url"] = channel_url(source.channel_id)
        context["videos"] = list(source.videos.select_related("page")[:SHOWN])
        return context


class SourceDeleteView(_OwnUnits, generic.DeleteView):
    """Deleting forgets the channel; its drafts stay, and its videos come no second time."""


class VideoSourceViewSet(ModelViewSet):
    """YouTube channels under ``/admin/youtube/``."""

    model = VideoSource
    name = "youtube"
    icon = "media"
    menu_label = gettext_lazy("Videos from YouTube")
    menu_order = 150
    add_to_reference_index = False
    copy_view_enabled = False
    list_per_page = 50
    index_view_class = SourceIndexView
    add_view_class = SourceCreateView
    edit_view_class = SourceEditView
    delete_view_class = SourceDeleteView

    def get_form_class(self, for_update: bool = False) -> type[VideoSourceForm]:
        """Ours."""
        return VideoSourceForm

    @property
    def edit_template_name(self) -> str:
        """Ours."""
        return SourceEditView.template_name

    def get_urlpatterns(self) -> list[URLPattern]:
        """The usual ones, and the look."""
        return [*super().get_urlpatterns(), path("<int:pk>/look/", look_now, name="look")]


def tell_look(request: HttpRequest, pk: int) -> None:
    """Look at a channel and say how it went."""
    source = VideoSource.objects.select_related("section", "unit").get(pk=pk)
    looked = looking.look(source, seconds=looking.PERSON_SECONDS)
    if looked.well:
        messages.success(request, _("The channel was read. %(words)s") % {"words": looked.words})
    else:
        messages.error(request, _("The channel could not be read: %(words)s") % {"words": looked.words})


@require_POST
@permission_required(MAY_CHANGE, raise_exception=True)
def look_now(request: HttpRequest, pk: int) -> HttpResponse:
    """The button «Look now»."""
    source = get_object_or_404(rights.sources_for(request.user), pk=pk)
    tell_look(request, source.pk)
    return redirect(EDIT, source.pk)

"""Templates of posts in the admin: a list, and a form in which sections and placeholders are explained."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from crossposting import rights, wording
from crossposting.channels.registry import network_choices
from crossposting.models import PostTemplate
from crossposting.sharing.forms import PostTextField
from pages.models import BasePage

#: Below the root of Wagtail's tree stands the front page.
FRONT_PAGE_DEPTH = 2


def sections_for(user: Any) -> list[BasePage]:
    """Pages that gather items, in the order of the tree, as far as a person may edit them."""
    pages = BasePage.objects.filter(depth__gte=FRONT_PAGE_DEPTH, listed=False).order_by("path")
    return [page for page in pages if _gathers(page) and (user is None or rights.may_word(user, page))]


def _gathers(page: BasePage) -> bool:
    model: Any = page.specific_class
    if model is None or model.is_item:
        return False
    return page.depth == FRONT_PAGE_DEPTH or any(below.is_item for below in model.allowed_subpage_models())


class PostTemplateForm(WagtailAdminModelForm):
    """Which section, which network, which words."""

    fields: dict[str, Any]
    network = forms.ChoiceField(required=False)
    text = PostTextField(max_length=2000, widget=forms.Textarea(attrs={"rows": 8}))

    class Meta:
        model = PostTemplate
        fields = ["section", "network", "text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = sections_for(self.for_user)
        section = self.fields["section"]
        section.queryset = BasePage.objects.filter(pk__in=[page.pk for page in sections])
        section.choices = [
            ("", "---------"),
            *((page.pk, "– " * (page.depth - FRONT_PAGE_DEPTH) + page.title) for page in sections),
        ]
        network, text = self.fields["network"], self.fields["text"]
        network.label, network.help_text = _("Network"), PostTemplate._meta.get_field("network").help_text
        network.choices = [("", _("all networks")), *network_choices()]
        text.label = _("Text")
        text.help_text = _(
            "Placeholders: %(places)s. Lines with nothing in them are left out; what is too long is cut from the "
            "summary. Link and hashtags that you do not name come at the end by themselves."
        ) % {"places": wording.places()}


class PostTemplateIndexView(generic.IndexView):
    """The list, in the order of the tree."""

    default_ordering = "section__path"

    def get_base_queryset(self) -> Any:
        """With the sections they belong to."""
        return PostTemplate.objects.select_related("section")


class PostTemplateViewSet(ModelViewSet):
    """Under ``/admin/post-templates/``."""

    model = PostTemplate
    name = "post-templates"
    icon = "doc-full"
    menu_label = gettext_lazy("Templates of posts")
    menu_order = 300
    index_view_class = PostTemplateIndexView
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False

    list_display = [
        TitleColumn("section", label=pgettext_lazy("of the portal", "Section"), url_name="post-templates:edit"),
        Column("network_label", label=gettext_lazy("Network")),
        Column("text", label=gettext_lazy("Text")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[PostTemplateForm]:
        """The same for new ones and old ones."""
        return PostTemplateForm

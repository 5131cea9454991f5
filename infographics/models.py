"""Infographics, their series, and the page that lists them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.url_routing import RouteResult

from archives.filters import TOPIC, UNIT, Filters
from archives.listing import Listing
from archives.views import listing_context
from core.blocks.text import TEXT_FEATURES, sanitise_rich_text
from infographics import downloads, selectors
from infographics.blocks import PanelBlock, SourceStreamBlock, words_of
from pages.models import BasePage


class InfographicIndexPage(BasePage):
    """All infographics."""

    max_count = 1
    is_section = True
    parent_page_types = ["home.HomePage"]
    subpage_types = ["infographics.InfographicSeriesPage", "infographics.InfographicPage"]
    template = "infographics/listing.html"

    class Meta:
        verbose_name = _("infographics front")
        verbose_name_plural = _("infographics fronts")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the listing, and the series to choose from."""
        context = super().get_context(request, *args, **kwargs)
        listing = Listing(selectors.all_infographics(), Filters.parse(request.GET), path=self.url, groups=(TOPIC, UNIT))
        context.update(listing_context(request, listing, heading=self.title, intro=self.summary))
        context["series"] = InfographicSeriesPage.objects.child_of(self).published().order_by("path")
        return context


class InfographicSeriesPage(BasePage):
    """Infographics that belong together, numbered from the first."""

    is_section = True
    admin_icon = "list-ul"
    page_description = _("Infographics that belong together, numbered; they are written below it.")
    parent_page_types = ["infographics.InfographicIndexPage"]
    subpage_types = ["infographics.InfographicPage"]
    template = "infographics/listing.html"

    class Meta:
        verbose_name = _("series of infographics")
        verbose_name_plural = _("series of infographics")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the listing."""
        context = super().get_context(request, *args, **kwargs)
        parent = self.get_parent()
        listing = Listing(BasePage.objects.listed().filter(section=self.pk), Filters.parse(request.GET), path=self.url)
        trail = [{"title": parent.title, "url": parent.url}] if parent else []
        context.update(listing_context(request, listing, heading=self.title, intro=self.summary, breadcrumbs=trail))
        return context


class InfographicPage(BasePage):
    """Something told by pictures and numbers, and the same in words."""

    is_item = True
    listing_name = "infographics"
    admin_icon = "view"
    page_description = _("Pictures or charts with the same in words; the portal draws charts from a small table.")
    parent_page_types = ["infographics.InfographicIndexPage", "infographics.InfographicSeriesPage"]
    subpage_types: list[str] = []

    panels = StreamField(PanelBlock(), verbose_name=_("pictures and charts"))
    text_alternative = RichTextField(
        _("in words"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_(
            "Everything that stands on the pictures, as text: for who cannot see them, and for search. Left empty, the "
            "portal puts its charts into words."
        ),
    )
    sources = StreamField(SourceStreamBlock(required=False), verbose_name=_("sources"), blank=True)
    explained_in = models.ForeignKey(
        "pages.BasePage",
        verbose_name=_("explained in full on"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Readers find a link to it below the text."),
    )
    #: The cover that the portal has drawn of the first chart, while no editor has chosen one.
    drawn_cover = models.ForeignKey(
        "images.PortalImage", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("panels"),
        FieldPanel("text_alternative"),
        FieldPanel("sources"),
        PageChooserPanel("explained_in"),
    ]

    class Meta:
        verbose_name = _("infographic")
        verbose_name_plural = _("infographics")

    def clean(self) -> None:
        """Nothing may stand on a picture alone."""
        super().clean()
        self.text_alternative = sanitise_rich_text(self.text_alternative or "")
        if not self.text_alternative and any(block.block_type == "picture" for block in self.panels):
            raise ValidationError({"text_alternative": _("Write down what stands on the pictures.")})

    @property
    def in_words(self) -> str:
        """The text as rich text: the editor's, or the charts put into words as they are now."""
        if self.text_alternative:
            return self.text_alternative
        words = [words_of(block.value) for block in self.panels if block.block_type == "chart"]
        return str(format_html_join("", "<p>{}</p>", ((text,) for text in words if text)))

    def derive(self) -> None:
        """Lists show the cover; without one the first picture, or the first chart as the worker has drawn it."""
        super().derive()
        if self.cover_id is None:
            first = next((block.value for block in self.panels if block.block_type == "picture"), None)
            self.cover = first["image"] if first else self.drawn_cover

    def with_content_json(self, content: dict[str, Any]) -> "InfographicPage":
        """A draft made before the cover was drawn does not know it."""
        page = super().with_content_json(content)
        page.drawn_cover_id = self.drawn_cover_id
        return page

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Know the downloads and the page for other sites' frames, which stand below the page's own address."""
        part = downloads.find("/".join(path_components), len(self.panels)) if path_components else None
        if part and self.live and not self.is_expired:
            return RouteResult(self, kwargs={"part": part})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer with the part that was asked for, or the page."""
        part = kwargs.pop("part", None)
        return part.respond(self, request) if part else super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what stands around it."""
        context = super().get_context(request, *args, **kwargs)
        context.update(selectors.infographic_context(self, request))
        return context

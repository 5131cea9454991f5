"""Pages of the organisation: the list of units and a unit's own page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import CheckboxSelectMultiple
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.url_routing import RouteResult

from core.blocks.body import BodyBlock
from organisations import selectors
from organisations.models.units import Unit
from pages.models import BasePage

ARCHIVE = "luu-tru"


def successor_url(unit: Unit) -> str:
    """Where readers of a merged unit are led, or "" while it stands on its own."""
    if not unit.merged_into_id or unit.is_current:
        return ""
    successor = selectors.successor(unit)
    return "" if successor == unit else successor.url + "#don-vi-cu"


class UnitIndexPage(BasePage):
    """All units, by level; also the place that keeps every old address of a unit alive."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["organisations.UnitPage"]

    class Meta:
        verbose_name = _("list of units")
        verbose_name_plural = _("lists of units")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Know units without a page of their own, former names and merged units by their slug."""
        if len(path_components) not in (1, 2) or path_components[1:] not in ([], [ARCHIVE]):
            return super().route(request, path_components)
        slug, archive = path_components[0], path_components[1:] == [ARCHIVE]
        unit = selectors.unit_by_slug(slug)
        if unit is None:
            return super().route(request, path_components)
        if unit.slug != slug:
            return RouteResult(self, kwargs={"redirect_to": unit.url})
        if not archive and (successor := successor_url(unit)):
            return RouteResult(self, kwargs={"redirect_to": successor})
        page = UnitPage.objects.child_of(self).live().filter(unit=unit).first()
        if page is None:
            return RouteResult(self, kwargs={"unit": unit})
        if page.is_expired:
            raise Http404
        return RouteResult(page, kwargs={"archive": True})

    def serve(
        self, request: HttpRequest, *args: Any, unit: Unit | None = None, redirect_to: str = "", **kwargs: Any
    ) -> HttpResponse:
        """Answer for the list, for a unit without its own page, or with the redirect found while routing."""
        if redirect_to:
            return HttpResponsePermanentRedirect(redirect_to)
        if unit is not None:
            page = UnitPage(title=unit.name, unit=unit, slug=unit.slug, live=True)
            page._cached_parent_obj = self  # noqa: SLF001  # Wagtail's own way to give an unsaved page its parent
            page.set_url_path(self)
            return page.serve(request, archive=True)
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the tree of today's units and the list of abolished ones."""
        context = super().get_context(request, *args, **kwargs)
        context["tree"] = selectors.unit_tree()
        context["abolished"] = selectors.abolished_units()
        return context


class UnitPage(BasePage):
    """A unit's own page: what it does, who to ask, its news."""

    of_units = True
    page_description = _("What a unit does and who to ask; its news appears below by itself.")

    body = StreamField(BodyBlock(required=False), verbose_name=_("text"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("unit"), FieldPanel("body")]
    classification_panels = [FieldPanel("main_topic"), FieldPanel("topics", widget=CheckboxSelectMultiple)]
    parent_page_types = ["organisations.UnitIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("unit page")
        verbose_name_plural = _("unit pages")

    def clean(self) -> None:
        """One page a unit, at the unit's own address."""
        super().clean()
        if not self.unit_id:
            raise ValidationError({"unit": _("Choose the unit that this page presents.")})
        if UnitPage.objects.filter(unit_id=self.unit_id).exclude(pk=self.pk).exists():
            raise ValidationError({"unit": _("This unit has a page already.")})

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """The unit's slug is the page's address, so that both ways of reaching it agree."""
        if self.unit:
            self.slug = self.unit.slug
        super().full_clean(*args, **kwargs)

    def serve(self, request: HttpRequest, *args: Any, archive: bool = False, **kwargs: Any) -> HttpResponse:
        """Lead readers of a merged unit to its successor, unless they asked for the archive."""
        if not archive and self.unit and (successor := successor_url(self.unit)):
            return HttpResponsePermanentRedirect(successor)
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the unit's facts, people, units below it and its news."""
        context = super().get_context(request, *args, **kwargs)
        if self.unit:  # a preview before the unit is chosen has none
            context.update(selectors.unit_page_context(self.unit))
        return context

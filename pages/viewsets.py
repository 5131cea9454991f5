"""Lists of pages in the admin, with the columns that a newsroom asks for."""

from copy import copy
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.viewsets.pages import PageViewSet

from pages.models import BasePage

NARROW = "8.5%"
#: Columns that a phone has no room for; the style sheet hides them there.
WIDE = "portal-wide"


def newsroom_columns() -> list[Column]:
    """Wagtail's columns, with unit and date before «Updated»."""
    columns = [copy(column) for column in ExplorableIndexView.base_columns]
    for column in columns:
        if column.width:
            column.width = NARROW  # the titles need the room
        if column.name in {"latest_revision_created_at", "type"}:
            column.classname = WIDE
    place = next(number for number, column in enumerate(columns) if column.name == "latest_revision_created_at")
    ours = [
        Column("unit", label=_("Unit"), accessor=lambda page: page.unit or "", width="11%", classname=WIDE),
        DateColumn("display_date", label=_("Date shown"), sort_key="display_date", width=NARROW),
    ]
    return [*columns[:place], *ours, *columns[place:]]


class NewsroomIndexView(ExplorableIndexView):
    """The explorer."""

    base_columns = newsroom_columns()

    def annotate_queryset(self, pages: Any) -> Any:
        """Fetch all units at once."""
        return super().annotate_queryset(pages).prefetch_related("unit")


class NamedSearchView(SearchView):
    """The search over all pages; Wagtail's own counts «127 None»."""

    verbose_name_plural = BasePage._meta.verbose_name_plural  # Django's documented model API


class NewsroomPageViewSet(PageViewSet):
    """Views of every type of page that has none of its own."""

    model = BasePage
    index_view_class = NewsroomIndexView
    search_view_class = NamedSearchView

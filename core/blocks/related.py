"""Links to other pages of the portal."""

from typing import Any

import swapper
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, PageChooserBlock, StructBlock

from core.blocks.pictures import prefetch_sizes
from core.listing import LISTING_RENDITIONS


def _page_model() -> Any:
    return swapper.load_model("wagtailcore", "Page")


class RelatedBlock(StructBlock):
    """Pages that belong to the story, chosen by the editor."""

    title = CharBlock(label=_("Title"), required=False, max_length=120, default="")
    pages = ListBlock(PageChooserBlock(label=_("Page")), label=_("Pages"), min_num=1, max_num=6)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Leave out pages that were deleted, unpublished or restricted since."""
        context = super().get_context(value, parent_context=parent_context)
        chosen = [page for page in value.get("pages", []) if page and page.visible_now]
        prefetch_related_objects(chosen, "cover")
        prefetch_sizes([page.cover for page in chosen], LISTING_RENDITIONS)
        context["pages"] = chosen
        return context

    def get_preview_value(self) -> Any:
        """Show real items."""
        pages = list(_page_model().objects.listed().newest_first()[:2])
        return self.normalize({"title": "", "pages": pages})

    class Meta:
        label = _("Related pages")
        icon = "doc-empty-inverse"
        description = _("Cards of other pages. Deleted or unpublished ones disappear by themselves.")
        template = "blocks/related.html"

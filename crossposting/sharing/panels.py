"""The panel in the tab «Sharing»."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from crossposting.sharing import pictures
from crossposting.sharing.forms import SHARING
from crossposting.sharing.rows import rows_of
from pages.models import BasePage


class SharingPanel(Panel):
    """«Channels» in the tab «Sharing»; not there for pages that are no items, and without channels."""

    class BoundPanel(Panel.BoundPanel):
        """The panel in one form."""

        template_name = "crossposting/admin/sharing_panel.html"

        def is_shown(self) -> bool:
            """Only where there is something to choose."""
            return SHARING in getattr(self.form, "extra_forms", {})

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The rows, each with the text as it would go out, and the address that draws them anew."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["rows"] = rows_of(self.instance, self.form.extra_forms[SHARING])
            context["preview_url"] = self._preview_url()
            return context

        def _preview_url(self) -> str:
            page: BasePage = self.instance
            if page.pk:
                return reverse("sharing:edit", args=[page.pk])
            return reverse("sharing:add", args=[page._meta.app_label, page._meta.model_name, self.form.parent_page.pk])


def register() -> None:
    """Called when the app is ready: put our panels into the tab of every type that keeps the base page's panels."""
    pictures.register()
    if not any(isinstance(panel, SharingPanel) for panel in BasePage.promote_panels):
        BasePage.promote_panels.insert(0, SharingPanel(heading=_("Channels"), classname="portal-sharing"))

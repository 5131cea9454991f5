"""The front page and pages that belong to no vertical."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy, pgettext
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.fields import StreamField

from core.blocks.body import BodyBlock
from home import front_page
from home.blocks import FrontPageBlock
from home.models.settings import SiteSettings
from pages.models import BasePage


class HomePage(BasePage):
    """The front page. Editors may compose its bands; left alone, it composes itself."""

    max_count = 1
    subpage_types = [
        "news.NewsIndexPage",
        "policies.PolicyIndexPage",
        "training.TrainingIndexPage",
        "contests.ContestIndexPage",
        "infographics.InfographicIndexPage",
        "frames.FrameIndexPage",
        "events.EventIndexPage",
        "organisations.UnitIndexPage",
        "home.StandardPage",
    ]

    bands = StreamField(
        FrontPageBlock(required=False),
        verbose_name=gettext_lazy("bands"),
        blank=True,
        help_text=gettext_lazy("Left empty, the front page shows the policy corner and every section by itself."),
    )

    content_panels = [
        *BasePage.content_panels[:2],
        HelpPanel(
            content=gettext_lazy(
                "Hot news, the lead story and the newest items come from the items themselves: "
                "mark an item as hot or featured on its tab «Classification»."
            )
        ),
        FieldPanel("bands"),
    ]

    class Meta:
        verbose_name = gettext_lazy("front page")
        verbose_name_plural = gettext_lazy("front pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add everything the front page shows."""
        context = super().get_context(request, *args, **kwargs)
        views_before = SiteSettings.for_request(request).visits_before
        context.update(front_page.compose(self, views_before=views_before))
        return context


class StandardPage(BasePage):
    """A page for what belongs nowhere else: about us, contact, data protection, accessibility."""

    page_description = gettext_lazy("For what belongs nowhere else: about us, contact, data protection.")

    body = StreamField(BodyBlock(), verbose_name=gettext_lazy("text"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    class Meta:
        verbose_name = gettext_lazy("standard page")
        verbose_name_plural = gettext_lazy("standard pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the trail."""
        context = super().get_context(request, *args, **kwargs)
        parent = self.get_parent() if self.depth else None
        trail = [{"title": pgettext("trail", "Home"), "url": "/"}]
        if parent and parent.depth > 2:  # root, home
            trail.append({"title": parent.title, "url": parent.url})
        context["breadcrumbs"] = trail
        return context

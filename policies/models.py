"""Pages of the policy corner: explainers and procedures."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField

from archives.filters import KIND, TOPIC, UNIT, Filters
from archives.listing import Listing
from archives.views import listing_context
from core.blocks.text import INLINE_FEATURES, sanitise_rich_text
from pages.models import BasePage
from policies import blocks, selectors


class PolicyIndexPage(BasePage):
    """The policy corner: all explainers and procedures."""

    max_count = 1
    is_section = True
    parent_page_types = ["home.HomePage"]
    subpage_types = ["policies.ExplainerPage", "policies.ProcedureIndexPage"]

    class Meta:
        verbose_name = gettext_lazy("policy corner")
        verbose_name_plural = gettext_lazy("policy corners")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the listing of both types."""
        context = super().get_context(request, *args, **kwargs)
        listing = Listing(
            selectors.all_policies(), Filters.parse(request.GET), path=self.url, groups=(KIND, TOPIC, UNIT)
        )
        context.update(listing_context(request, listing, heading=self.title, intro=self.summary))
        selectors.add_policy_facts(listing.items)
        return context


class ProcedureIndexPage(BasePage):
    """All procedures."""

    max_count = 1
    is_section = True
    parent_page_types = ["policies.PolicyIndexPage"]
    subpage_types = ["policies.ProcedurePage"]
    template = "policies/policy_index_page.html"

    class Meta:
        verbose_name = gettext_lazy("list of procedures")
        verbose_name_plural = gettext_lazy("lists of procedures")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the listing of procedures."""
        context = super().get_context(request, *args, **kwargs)
        parent = self.get_parent()
        listing = Listing(BasePage.objects.listed().filter(section=self.pk), Filters.parse(request.GET), path=self.url)
        trail = [{"title": parent.title, "url": parent.url}]
        context.update(listing_context(request, listing, heading=self.title, intro=self.summary, breadcrumbs=trail))
        selectors.add_policy_facts(listing.items)
        return context


class PolicyPage(BasePage):
    """What explainers and procedures share: basis, questions, and somebody who keeps them right."""

    is_item = True
    listing_name = "policies"

    basis = StreamField(blocks.BasisStreamBlock(required=False), verbose_name=gettext_lazy("legal basis"), blank=True)
    questions = StreamField(
        blocks.QuestionStreamBlock(required=False), verbose_name=gettext_lazy("questions and answers"), blank=True
    )
    reviewed_on = models.DateField(
        gettext_lazy("reviewed on"),
        null=True,
        blank=True,
        help_text=gettext_lazy("When somebody last checked every statement."),
    )
    next_review = models.DateField(
        gettext_lazy("next review"), null=True, blank=True, help_text=gettext_lazy("The dashboard reminds you then.")
    )
    owner_person = models.ForeignKey(
        "organisations.Person",
        verbose_name=gettext_lazy("kept right by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    review_panels = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("next_review")]), FieldPanel("owner_person")],
            heading=gettext_lazy("Review"),
        ),
    ]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the trail, the contents and further reading."""
        context = super().get_context(request, *args, **kwargs)
        context.update(selectors.policy_context(self, request))
        return context


class ExplainerPage(PolicyPage):
    """What a rule means: what changed, for whom, from when, what to do."""

    admin_icon = "openquote"
    page_description = gettext_lazy("A rule in plain words: what changed, for whom, from when, what to do.")
    facts = StreamField(
        blocks.PolicyFactStreamBlock(required=False),
        verbose_name=gettext_lazy("key facts"),
        blank=True,
        help_text=gettext_lazy("Up to four: from when, how much, for whom, what to do."),
    )
    effective_from = models.DateField(gettext_lazy("in force from"), null=True, blank=True)
    who = models.CharField(
        gettext_lazy("who is affected, in a few words"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("Shown on the card."),
    )
    changed = StreamField(blocks.PolicyBodyBlock(required=False), verbose_name=gettext_lazy("what changed"), blank=True)
    affected = StreamField(
        blocks.PolicyBodyBlock(required=False), verbose_name=gettext_lazy("who is affected"), blank=True
    )
    todo = StreamField(blocks.PolicyBodyBlock(required=False), verbose_name=gettext_lazy("what to do"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("facts"),
        FieldRowPanel([FieldPanel("effective_from"), FieldPanel("who")]),
        FieldPanel("changed"),
        FieldPanel("affected"),
        FieldPanel("todo"),
        FieldPanel("basis"),
        FieldPanel("questions"),
        *PolicyPage.review_panels,
    ]
    parent_page_types = ["policies.PolicyIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = gettext_lazy("policy explainer")
        verbose_name_plural = gettext_lazy("policy explainers")

    def sections(self) -> list[tuple[str, str, bool]]:
        """The parts of the page: anchor, heading, whether there is anything in it."""
        return [
            ("thay-doi", _("What changed"), bool(self.changed)),
            ("ap-dung", _("Who is affected"), bool(self.affected)),
            ("can-lam", _("What to do"), bool(self.todo)),
            ("can-cu", _("Legal basis"), bool(self.basis)),
            ("hoi-dap", _("Questions and answers"), bool(self.questions)),
        ]


class ProcedurePage(PolicyPage):
    """How to get something done: steps, papers, time, fee, where, forms."""

    admin_icon = "list-ol"
    page_description = gettext_lazy("How to get something done: steps, papers, time, fee, where.")
    steps = StreamField(blocks.ProcedureStepStreamBlock(required=False), verbose_name=gettext_lazy("steps"), blank=True)
    papers = StreamField(blocks.PaperStreamBlock(required=False), verbose_name=gettext_lazy("papers"), blank=True)
    forms = StreamField(blocks.FormStreamBlock(required=False), verbose_name=gettext_lazy("forms"), blank=True)
    time_limit = models.CharField(gettext_lazy("time it takes"), max_length=120, blank=True)
    fee = models.CharField(gettext_lazy("fee"), max_length=120, blank=True)
    place = RichTextField(gettext_lazy("where"), blank=True, features=INLINE_FEATURES)
    result = models.CharField(gettext_lazy("what you get"), max_length=200, blank=True)
    body = StreamField(blocks.PolicyBodyBlock(required=False), verbose_name=gettext_lazy("more text"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("time_limit"), FieldPanel("fee")]),
        FieldPanel("result"),
        FieldPanel("place"),
        FieldPanel("steps"),
        FieldPanel("papers"),
        FieldPanel("forms"),
        FieldPanel("body"),
        FieldPanel("basis"),
        FieldPanel("questions"),
        *PolicyPage.review_panels,
    ]
    parent_page_types = ["policies.ProcedureIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = gettext_lazy("procedure")
        verbose_name_plural = gettext_lazy("procedures")

    def clean(self) -> None:
        """Keep rich text safe whoever wrote it."""
        super().clean()
        self.place = sanitise_rich_text(self.place or "")

    def sections(self) -> list[tuple[str, str, bool]]:
        """The parts of the page: anchor, heading, whether there is anything in it."""
        return [
            ("cac-buoc", _("Steps"), bool(self.steps)),
            ("giay-to", _("Papers"), bool(self.papers)),
            ("bieu-mau", _("Forms"), bool(self.forms)),
            ("can-biet", _("Good to know"), bool(self.body)),
            ("can-cu", _("Legal basis"), bool(self.basis)),
            ("hoi-dap", _("Questions and answers"), bool(self.questions)),
        ]

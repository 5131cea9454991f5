"""The pages of contests: all of them, and one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField

from archives.filters import TOPIC, UNIT, Filters
from archives.listing import Listing
from archives.views import listing_context
from contests import selectors
from contests.choices import Entrants, RankingShown
from core.blocks.body import BodyBlock
from pages.models import BasePage

#: Names below /cuoc-thi/ that are no pages: rounds, entries, draws.
RESERVED = {"vong", "bai", "rut-tham", "xep-hang"}


class ContestIndexPage(BasePage):
    """All contests."""

    max_count = 1
    is_section = True
    parent_page_types = ["home.HomePage"]
    subpage_types = ["contests.ContestPage"]
    template = "contests/listing.html"

    class Meta:
        verbose_name = _("contest front")
        verbose_name_plural = _("contest fronts")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the listing."""
        context = super().get_context(request, *args, **kwargs)
        listing = Listing(selectors.all_contests(), Filters.parse(request.GET), path=self.url, groups=(TOPIC, UNIT))
        context.update(listing_context(request, listing, heading=self.title, intro=self.summary))
        selectors.add_contest_facts(listing.items)
        return context


class ContestPage(BasePage):
    """A contest: rounds with random questions, a ranking, prizes, lots that anybody can check."""

    is_item = True
    listing_name = "contests"
    admin_icon = "pick"
    page_description = _("Rounds of questions with a time limit, a ranking, prizes and certificates.")
    parent_page_types = ["contests.ContestIndexPage"]
    subpage_types: list[str] = []
    template = "contests/contest_page.html"

    audience = models.CharField(
        _("for whom"), max_length=160, blank=True, help_text=_("Such as: new shop stewards. Shown below the title.")
    )
    body = StreamField(BodyBlock(required=False), verbose_name=_("rules of the contest"), blank=True)
    entrants = models.CharField(
        _("who may enter"),
        max_length=10,
        choices=Entrants.choices,
        default=Entrants.OPEN,
        help_text=_("Each person enters each round once. Of a number only a keyed trace is stored."),
    )
    shows_points_at_once = models.BooleanField(
        _("points are shown at once"),
        default=True,
        help_text=_("Otherwise after the round. Right answers are never shown before the round is closed."),
    )
    ranking_shown = models.CharField(
        _("the ranking is shown"), max_length=10, choices=RankingShown.choices, default=RankingShown.ROUND
    )
    draw_source = models.CharField(
        _("where the public number for drawing lots comes from"),
        max_length=250,
        blank=True,
        help_text=_(
            "A number that nobody can know before the round is closed and everybody can look up afterwards, such as: "
            "special prize of the Northern lottery on the first evening after the closing."
        ),
    )
    has_certificate = models.BooleanField(
        _("with certificate"), default=True, help_text=_("For whoever takes part and asks for it, after the round.")
    )
    certificate_percent = models.PositiveSmallIntegerField(
        _("needed for the certificate, in %"),
        default=50,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    signer = models.CharField(
        _("signed by"), max_length=120, blank=True, help_text=_("Printed on the certificate, with the position.")
    )
    signer_role = models.CharField(_("position"), max_length=160, blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("audience"),
        InlinePanel("rounds", heading=_("Rounds"), label=_("round"), min_num=1, max_num=20),
        MultiFieldPanel(
            [
                FieldPanel("entrants"),
                FieldRowPanel([FieldPanel("shows_points_at_once"), FieldPanel("ranking_shown")]),
            ],
            heading=_("Entering and ranking"),
        ),
        InlinePanel("prizes", heading=_("Prizes"), label=_("prize"), max_num=20),
        FieldPanel("draw_source"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("has_certificate"), FieldPanel("certificate_percent")]),
                FieldRowPanel([FieldPanel("signer"), FieldPanel("signer_role")]),
            ],
            heading=_("Certificate"),
        ),
    ]

    class Meta:
        verbose_name = _("contest")
        verbose_name_plural = _("contests")

    def clean(self) -> None:
        """The address must not be one of the portal's own."""
        super().clean()
        if self.slug in RESERVED:
            raise ValidationError({"slug": _("The portal needs this address itself. Choose another one.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add rounds, prizes, draws and what stands around the page."""
        context = super().get_context(request, *args, **kwargs)
        context.update(selectors.contest_context(self, request))
        return context

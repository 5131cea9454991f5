"""What editors steer search with: synonyms, abbreviations switched off, suggested results."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from core.text import CleanTextMixin
from pages.models import BasePage
from search.analysis.lexicon import Lexicon
from search.spelling import spelling_key, spellings

MAX_SPELLINGS = 20
MAX_SPELLING_LENGTH = 100
_FIELD_LENGTH = MAX_SPELLINGS * (MAX_SPELLING_LENGTH + 2)


def check_spellings(field: str, entries: Sequence[str], *, at_least: int, too_few: str | Promise) -> None:
    """Refuse a list of spellings that is too short or too long, says nothing, or says the same twice."""
    if len(entries) < at_least:
        raise ValidationError({field: too_few})
    if len(entries) > MAX_SPELLINGS:
        raise ValidationError(
            {field: _("At most %(number)d spellings fit into one entry.") % {"number": MAX_SPELLINGS}}
        )
    seen: dict[str, str] = {}
    for entry in entries:
        key = spelling_key(entry)
        if len(entry) > MAX_SPELLING_LENGTH:
            raise ValidationError(
                {
                    field: _("«%(words)s…» is too long: a spelling has at most %(number)d characters.")
                    % {"words": entry[:30], "number": MAX_SPELLING_LENGTH}
                }
            )
        if not key:
            raise ValidationError({field: _("«%(words)s» has no letter and no digit.") % {"words": entry}})
        if key in seen:
            raise ValidationError(
                {
                    field: _(
                        "«%(first)s» and «%(second)s» are the same to search, "
                        "which ignores capitals and diacritics. Leave one out."
                    )
                    % {"first": seen[key], "second": entry}
                }
            )
        seen[key] = entry


class Synonym(CleanTextMixin, index.Indexed, models.Model):
    """Words that mean the same to a reader: an abbreviation and what it stands for, two names of one thing."""

    forms = models.TextField(
        _("words of the same meaning"),
        max_length=_FIELD_LENGTH,
        help_text=_(
            "One per line, or on one line between commas: «quà Tết, tiền Tết». Whoever searches for one of them "
            "also finds pages that have only another. Capitals and diacritics do not matter."
        ),
    )
    one_way = models.BooleanField(
        _("in one direction only"),
        default=False,
        help_text=_(
            "The first leads to the others, but not the other way: for an abbreviation with several meanings, or a "
            "narrow word that should also find a wider one."
        ),
    )

    panels = [FieldPanel("forms"), FieldPanel("one_way")]
    search_fields = [index.SearchField("forms"), index.AutocompleteField("forms"), index.FilterField("one_way")]

    class Meta:
        ordering = ["forms"]
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms and abbreviations")

    def __str__(self) -> str:
        first, *others = self.spellings or ("",)
        return f"{first} → {', '.join(others)}" if self.one_way else " = ".join((first, *others))

    @property
    def spellings(self) -> tuple[str, ...]:
        """The words, in the order in which the editor wrote them."""
        return spellings(self.forms)

    @property
    def keys(self) -> frozenset[str]:
        """The words as search compares them."""
        return frozenset(map(spelling_key, self.spellings))

    def clean(self) -> None:
        """At least two different words, none too long, and nothing that another entry says already."""
        super().clean()
        if not self.forms:
            return  # Django says so
        check_spellings(
            "forms",
            self.spellings,
            at_least=2,
            too_few=_("Write at least two words or phrases that mean the same, one per line."),
        )
        for forms, _one_way in Lexicon.builtin_groups():
            if self.keys <= set(map(spelling_key, forms)):
                raise ValidationError(
                    {
                        "forms": _("Search knows this by itself: «%(words)s», under «Built-in abbreviations».")
                        % {"words": " = ".join(forms)}
                    }
                )
        for other in Synonym.objects.exclude(pk=self.pk):
            if self.keys <= other.keys:
                raise ValidationError(
                    {"forms": _("There is an entry for these words already: «%(other)s».") % {"other": other}}
                )


class AbbreviationOff(models.Model):
    """A built-in abbreviation that editors have switched off, by the key that :mod:`search.lexicon` gives it."""

    key = models.CharField(_("abbreviation"), max_length=MAX_SPELLING_LENGTH, primary_key=True)

    class Meta:
        verbose_name = _("abbreviation switched off")
        verbose_name_plural = _("abbreviations switched off")
        default_permissions = ()

    def __str__(self) -> str:
        return self.key


class BestBetQuerySet(models.QuerySet["BestBet"]):
    """Named in the words of editors."""

    def with_page_shown(self) -> "BestBetQuerySet":
        """Annotate whether readers may see the target page at this moment."""
        page = BasePage.objects.published().filter(pk=models.OuterRef("page"))
        return self.annotate(page_shown=models.Exists(page))


class BestBet(CleanTextMixin, index.Indexed, models.Model):
    """A result that editors put above all others for certain queries."""

    queries = models.TextField(
        _("queries"),
        max_length=_FIELD_LENGTH,
        help_text=_(
            "What readers type, one query per line: «gia nhập công đoàn». The result is shown when somebody searches "
            "for exactly these words; capitals and diacritics do not matter."
        ),
    )
    page = models.ForeignKey(
        "pages.BasePage",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="best_bets",
        help_text=_("Where readers are led. They see the suggestion only while they may see the page."),
    )
    address = models.CharField(
        _("or an address"),
        max_length=500,
        blank=True,
        validators=[
            RegexValidator(
                r"\A(?:https?://[^\s/]+\S*|/(?!/)\S*)\Z",
                _("An address begins with https://, or with / for a page of this portal, and has no spaces."),
            )
        ],
        help_text=_("Instead of a page: an address that begins with https://, or with / for one on this portal."),
    )
    title = models.CharField(
        _("title"),
        max_length=150,
        blank=True,
        help_text=_("What readers click on. Left empty: the page's title."),
    )
    text = models.CharField(
        _("text"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences below the title. Left empty: the page's summary."),
    )
    valid_from = models.DateField(
        _("shown from"), null=True, blank=True, help_text=_("The first day. Left empty: at once.")
    )
    valid_until = models.DateField(
        _("shown until"), null=True, blank=True, help_text=_("The last day. Left empty: without end.")
    )
    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=1, help_text=_("When several are suggested for one query, the smaller number stands first.")
    )

    objects = BestBetQuerySet.as_manager()

    panels = [
        FieldPanel("queries"),
        MultiFieldPanel([FieldPanel("page"), FieldPanel("address")], heading=_("Where it leads")),
        MultiFieldPanel([FieldPanel("title"), FieldPanel("text")], heading=_("What readers see")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]), FieldPanel("sort_order")],
            heading=_("When and in which order"),
        ),
    ]
    search_fields = [
        index.SearchField("queries"),
        index.SearchField("title"),
        index.AutocompleteField("queries"),
        index.AutocompleteField("title"),
    ]

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("suggested result")
        verbose_name_plural = _("suggested results")

    def __str__(self) -> str:
        return ", ".join(self.spellings)

    @property
    def spellings(self) -> tuple[str, ...]:
        """The queries, as the editor wrote them."""
        return spellings(self.queries)

    @property
    def target(self) -> str:
        """Where it leads, in words for the list."""
        return str(self.page.title) if self.page else self.address

    @property
    def state(self) -> str:
        """Whether readers see it now, and why not; the list annotates ``page_shown``."""
        today = timezone.localdate()
        if self.valid_from and self.valid_from > today:
            return gettext("Not yet: from %(day)s") % {"day": f"{self.valid_from:%d/%m/%Y}"}
        if self.valid_until and self.valid_until < today:
            return gettext("Over since %(day)s") % {"day": f"{self.valid_until:%d/%m/%Y}"}
        if self.page_id and not getattr(self, "page_shown", True):
            return gettext("Hidden: the page is not public")
        return gettext("Shown")

    def clean(self) -> None:
        """One target, a title where no page gives one, and days in order."""
        super().clean()
        if self.queries:  # else Django says so
            check_spellings("queries", self.spellings, at_least=1, too_few=_("Write at least one query."))
        if not self.page_id and not self.address:
            raise ValidationError({"page": _("Choose a page, or write an address below.")})
        if self.page_id and self.address:
            raise ValidationError({"address": _("Choose a page or write an address, not both.")})
        if self.address and not self.title:
            raise ValidationError({"title": _("Write a title: an address has none.")})
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("The last day must not come before the first.")})

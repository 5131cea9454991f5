"""Counts of page views and searches. They live in the database «visits», never in the one that holds the content."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DailyTotal(models.Model):
    """All views of a day, and how many different readers they came from."""

    day = models.DateField(_("day"), primary_key=True)
    views = models.PositiveBigIntegerField(_("views"), default=0)
    visitors = models.PositiveBigIntegerField(_("readers"), default=0)

    class Meta:
        verbose_name = _("views of a day")
        verbose_name_plural = _("views of days")
        ordering = ["-day"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day}: {self.views}"


class DailyPage(models.Model):
    """The views of one page on one day. The page is a number here: it is in the other database, or gone."""

    day = models.DateField(_("day"))
    page_id = models.PositiveBigIntegerField(_("page"))
    views = models.PositiveBigIntegerField(_("views"), default=0)

    class Meta:
        verbose_name = _("views of a page")
        verbose_name_plural = _("views of pages")
        constraints = [models.UniqueConstraint(fields=["day", "page_id"], name="visits_page_of_day")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day}, {self.page_id}: {self.views}"


class DailyVisitor(models.Model):
    """A reader seen today, as a number that nobody can trace back once the day's salt is gone; deleted with the day."""

    day = models.DateField(_("day"))
    key = models.CharField(_("key"), max_length=24)

    class Meta:
        verbose_name = _("reader of a day")
        verbose_name_plural = _("readers of a day")
        constraints = [models.UniqueConstraint(fields=["day", "key"], name="visits_visitor_of_day")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day}: {self.key}"


class DailyArrival(models.Model):
    """How many readers came on one day by links that one source had put out, to one page."""

    day = models.DateField(_("day"))
    source = models.CharField(_("source"), max_length=12)
    page_id = models.PositiveBigIntegerField(_("page"))
    readers = models.PositiveBigIntegerField(_("readers"), default=0)

    class Meta:
        verbose_name = _("arrivals of a day")
        verbose_name_plural = _("arrivals of days")
        constraints = [models.UniqueConstraint(fields=["day", "source", "page_id"], name="visits_arrival_of_day")]
        indexes = [models.Index(fields=["source", "page_id"], name="visits_arrivals_by_source")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day}, {self.source}-{self.page_id}: {self.readers}"


class ArrivedReader(models.Model):
    """A reader who came by a link of ours today, as a number; made and deleted like those of :class:`DailyVisitor`."""

    day = models.DateField(_("day"))
    key = models.CharField(_("key"), max_length=24)

    class Meta:
        verbose_name = _("arrived reader of a day")
        verbose_name_plural = _("arrived readers of a day")
        constraints = [models.UniqueConstraint(fields=["day", "key"], name="visits_arrived_of_day")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day}: {self.key}"


class CountedFile(models.Model):
    """How far an append file has been counted; written in the transaction that holds the counts."""

    name = models.CharField(_("file"), max_length=60, primary_key=True)
    offset = models.PositiveBigIntegerField(_("counted up to byte"), default=0)

    class Meta:
        verbose_name = _("counted file")
        verbose_name_plural = _("counted files")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name}: {self.offset}"


class DailySearch(models.Model):
    """What was sought on one day, how often, and what became of it. Says nothing of who sought.

    ``query`` is the key of all spellings of the same words, ``spelling`` one of them. A click counts on the day of the
    click; ``places`` adds up the places, counted from 1, of the results clicked.
    """

    day = models.DateField(_("day"))
    query = models.CharField(_("query"), max_length=150)
    spelling = models.CharField(_("as it was typed"), max_length=150, default="")
    searches = models.PositiveBigIntegerField(_("searches"), default=0)
    in_vain = models.PositiveBigIntegerField(_("searches that found nothing"), default=0)
    results = models.PositiveBigIntegerField(_("results of the last search"), default=0)
    clicks = models.PositiveBigIntegerField(_("clicks"), default=0)
    places = models.PositiveBigIntegerField(_("places of the results clicked, added up"), default=0)

    class Meta:
        verbose_name = _("searches of a day")
        verbose_name_plural = _("searches of days")
        constraints = [models.UniqueConstraint(fields=["query", "day"], name="visits_search_of_day")]
        indexes = [models.Index(fields=["day"], name="visits_searches_by_day")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day}, {self.spelling}: {self.searches}"


class DailyClick(models.Model):
    """How often a result was clicked on one day, for one query at one place."""

    day = models.DateField(_("day"))
    query = models.CharField(_("query"), max_length=150)
    key = models.CharField(_("result"), max_length=60)
    place = models.PositiveIntegerField(_("place"))
    clicks = models.PositiveBigIntegerField(_("clicks"), default=0)

    class Meta:
        verbose_name = _("clicks of a day")
        verbose_name_plural = _("clicks of days")
        constraints = [
            models.UniqueConstraint(fields=["query", "day", "key", "place"], name="visits_click_of_day"),
        ]
        indexes = [models.Index(fields=["day"], name="visits_clicks_by_day")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day}, {self.query}, {self.key}: {self.clicks}"

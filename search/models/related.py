"""What is similar to each item, worked out beforehand."""

from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SimilarListQuerySet(models.QuerySet):
    """Lists of similar items in the words of the worker that makes them."""

    def waiting(self) -> Self:
        """Lists that must be made, the most urgent and newest first."""
        return self.filter(due__gt=SimilarList.Due.NOT).order_by("-due", "-page_id")

    def made_from(self, build: int) -> Self:
        """Lists made from a build of the index, and those that wait already: no others need be looked for."""
        return self.filter(models.Q(build=build) | models.Q(due__gt=SimilarList.Due.NOT))


class SimilarList(models.Model):
    """How the list of one item stands. Numbers instead of foreign keys: readers are shown only what they may see."""

    class Due(models.IntegerChoices):
        """Why a list must be made; the larger goes first."""

        NOT = 0, _("up to date")
        OUTDATED = 1, _("made from an older index")
        NEIGHBOUR = 2, _("a similar item has changed")
        CHANGED = 3, _("the item has changed")

    page_id = models.BigIntegerField(primary_key=True)
    due = models.PositiveSmallIntegerField(choices=Due.choices, default=Due.NOT)
    #: When it was asked for; what is asked for while the list is made keeps it waiting.
    asked_at = models.DateTimeField(default=timezone.now)
    #: The id of the ``IndexBuild`` whose index it was made from; 0 when none was noted.
    build = models.BigIntegerField(default=0)

    objects: ClassVar = SimilarListQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of similar items")
        verbose_name_plural = _("lists of similar items")
        default_permissions = ()
        indexes = [models.Index(fields=["-due", "-page_id"], name="search_similar_due")]

    def __str__(self) -> str:
        return f"{self.page_id} ({self.get_due_display()})"


class SimilarItem(models.Model):
    """One line of a list: the item in a place."""

    page_id = models.BigIntegerField()
    place = models.PositiveSmallIntegerField()
    other_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("similar item")
        verbose_name_plural = _("similar items")
        default_permissions = ()
        ordering = ["page_id", "place"]
        constraints = [models.UniqueConstraint(fields=["page_id", "place"], name="search_similar_place")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.place}: {self.other_id}"

"""What has changed and is not in the index yet; and how the index was built."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: The scope of a row that asks for the whole index to be built anew.
EVERYTHING = "everything"


class PendingQuerySet(models.QuerySet):
    """Pending changes in the indexer's words."""

    def waiting(self) -> Self:
        """What the indexer may take now, oldest first."""
        due = Q(not_before__isnull=True) | Q(not_before__lte=timezone.now())
        return self.filter(due, state=PendingChange.State.WAITING).order_by("pk")

    def single(self) -> Self:
        """Changes of one object each."""
        return self.filter(scope="")

    def scoped(self) -> Self:
        """Changes that concern many objects: a branch, a topic, a unit."""
        return self.exclude(scope__in=["", EVERYTHING])

    def rebuilds(self) -> Self:
        """Requests to build the index anew."""
        return self.filter(scope=EVERYTHING)


class PendingChange(models.Model):
    """A change that the index does not show yet, written in the transaction of the change.

    Rows are only ever added: an object that changes again while it is indexed has another row, which stays. A row that
    ``hides`` works from the moment it is committed, since every search leaves out what it names.
    """

    class State(models.TextChoices):
        """How far the indexer has come with it."""

        WAITING = "waiting", _("waiting")
        #: In the index that is being replaced; must be written to the new one too.
        KEPT = "kept", _("kept for the new index")
        #: Taken out of the index; stays until every reader of the index has seen it.
        HIDING = "hiding", _("hiding")

    source = models.CharField(max_length=30)
    scope = models.CharField(max_length=30, blank=True)
    #: The object's id; of a scope, the id of what it is named after.
    object_id = models.BigIntegerField(default=0)
    hides = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    #: Of a scope: the last id that was indexed. Of a rebuild: the number of documents so far.
    progress = models.BigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    written_at = models.DateTimeField(null=True)

    objects: ClassVar = PendingQuerySet.as_manager()

    class Meta:
        verbose_name = _("pending change of the search index")
        verbose_name_plural = _("pending changes of the search index")
        indexes = [
            models.Index(fields=["source", "scope", "object_id"], name="search_pending_hides", condition=Q(hides=True)),
            models.Index(fields=["state", "scope", "id"], name="search_pending_state"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.scope} {self.object_id}"

    @property
    def key(self) -> str:
        """The key of the document, of a row that concerns one."""
        return f"{self.source}:{self.object_id}"


class IndexBuild(models.Model):
    """A build or a compaction of the index: what its size is measured against afterwards."""

    engine = models.CharField(max_length=30)
    compacted = models.BooleanField(default=False)
    documents = models.PositiveBigIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0)
    seconds = models.FloatField(default=0)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("build of the search index")
        verbose_name_plural = _("builds of the search index")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.engine} {self.at:%Y-%m-%d %H:%M}"

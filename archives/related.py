"""What stands around an item: the trail, its neighbours, further reading; everything in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import pgettext
from wagtail.fields import StreamField

from core.blocks.pictures import pictures_in, prefetch_sizes
from core.listing import filter_specs
from pages.models import BasePage
from pages.querysets import BasePageQuerySet
from search.related import most_similar

CANDIDATES = 60
SIZES = filter_specs("lead", "card", "thumb", "full")


@dataclass
class Surroundings:
    """An item's surroundings."""

    breadcrumbs: list[dict[str, str]]
    related: list[BasePage] = field(default_factory=list)
    previous: BasePage | None = None
    next: BasePage | None = None


def trail(page: BasePage) -> list[dict[str, str]]:
    """The way from the front page to what holds this page; one query. Also spares later walks up the tree."""
    steps = [{"title": pgettext("trail", "Home"), "url": "/"}]
    if not page.depth or page.depth < 3:
        return steps
    above = list(page.get_ancestors().filter(depth__gt=2).order_by("depth"))
    if above:
        page._cached_parent_obj = above[-1]  # noqa: SLF001  # treebeard's own memory of a node's parent
    return [*steps, *({"title": ancestor.title, "url": ancestor.url} for ancestor in above)]


def surroundings(page: BasePage, *, limit: int = 3, same_type: bool = False, neighbours: bool = False) -> Surroundings:
    """Gather everything around an item and read the sizes of all pictures on its page at once."""
    found = Surroundings(breadcrumbs=trail(page))
    related = related_ids(page, limit=limit, same_type=same_type)
    wanted = Q(pk__in=related)
    beside = _beside(page) if neighbours else []
    for query in beside:
        wanted |= Q(pk__in=query.values("pk"))
    rows = {row.pk: row for row in _rows(wanted)} if related or beside else {}
    found.related = [rows[pk] for pk in related if pk in rows]
    if neighbours:
        found.previous, found.next = _neighbours(page, list(rows.values()))
    in_text = [picture for stream in _streams(page) for picture in pictures_in(stream)]
    prefetch_sizes([page.cover, *(row.cover for row in found.related), *in_text], SIZES)
    return found


def _rows(wanted: Q) -> list[BasePage]:
    return list(BasePage.objects.filter(wanted).select_related("unit", "main_topic", "cover"))


def _streams(page: BasePage) -> list[Any]:
    names = [column.name for column in page._meta.concrete_fields if isinstance(column, StreamField)]
    return [getattr(page, name) for name in names]


def _beside(page: BasePage) -> Sequence[Any]:
    """Queries for the item before and the item after, by the order of the section's listing."""
    if not page.section_id or not page.display_date or not page.pk:
        return []
    items = BasePage.objects.listed().filter(section=page.section_id)
    earlier = Q(display_date__lt=page.display_date) | Q(display_date=page.display_date, pk__lt=page.pk)
    later = Q(display_date__gt=page.display_date) | Q(display_date=page.display_date, pk__gt=page.pk)
    return (
        # The first condition alone is what an index can use.
        items.filter(earlier, display_date__lte=page.display_date).order_by("-display_date", "-id")[:1],
        items.filter(later, display_date__gte=page.display_date).order_by("display_date", "id")[:1],
    )


def _neighbours(page: BasePage, rows: list[BasePage]) -> tuple[BasePage | None, BasePage | None]:
    """Tell the neighbours from the other rows by their place in the section's order; a draft has no place yet."""
    if not page.display_date or not page.pk:
        return None, None
    place = (page.display_date, page.pk)
    same = [row for row in rows if row.section_id == page.section_id and row.display_date]
    before = [row for row in same if (row.display_date, row.pk) < place]
    after = [row for row in same if (row.display_date, row.pk) > place]
    return (
        max(before, key=lambda row: (row.display_date, row.pk), default=None),
        min(after, key=lambda row: (row.display_date, row.pk), default=None),
    )


def related_ids(page: BasePage, *, limit: int = 3, same_type: bool = False) -> list[int]:
    """Return the ids of the items most similar to ``page``, as the worker has worked them out; one query.

    Where that gives too few (a new page, no index), the newest of the same topics and section fill up; one more.
    """
    items = BasePage.objects.listed().exclude(pk=page.pk)
    if same_type:
        items = items.filter(content_type=page.content_type_id)
    ids: list[int] = list(most_similar(page.pk, items)[:limit]) if page.pk else []
    if len(ids) < limit:
        ids += _of_the_same_topics(page, items.exclude(pk__in=ids), limit - len(ids))
    return ids


def _of_the_same_topics(page: BasePage, items: BasePageQuerySet, limit: int) -> list[int]:
    """The newest items that share most topics with a page, then the newest of its section.

    Looks at the newest few dozen items of its topics only, so that the cost does not grow with the archive.
    """
    topics = [topic.pk for topic in page.topics_list]
    wanted = Q(pk__in=[])
    if topics:
        through = BasePage.topics.through.objects.filter(topic__in=topics)
        recent = items.filter(pk__in=through.values("basepage_id")).newest_first()
        wanted |= Q(pk__in=recent.values("pk")[:CANDIDATES])
    if page.section_id:
        newest = items.filter(section=page.section_id).newest_first()
        wanted |= Q(pk__in=newest.values("pk")[:limit])
    shared = Count("topics", filter=Q(topics__in=topics))
    found = BasePage.objects.filter(wanted).values("pk").annotate(shared=shared)
    return [row["pk"] for row in found.order_by("-shared", "-display_date", "-pk")[:limit]]

"""Keeps for each item what is similar to it, so that «read more» costs a reader one small query.

The worker makes the lists a little at a time, after the index has been written and only while nothing waits for the
index. An item that changed has its list made, and those of the items it is similar to, which need not spread further.
"""

import logging
import time
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from itertools import batched

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.schedule import periodic
from core.signals import readers_see_change
from core.surrogates import page_key
from pages.models import BasePage
from search.choosing import choose
from search.engines import current_engine
from search.engines.contract import Engine, EngineUnavailable, Hit
from search.models import IndexBuild, PendingChange, SimilarItem, SimilarList
from search.sources.pages import PAGE
from search.visibility import hidden_now

logger = logging.getLogger(__name__)

Due = SimilarList.Due
EVERY = timedelta(seconds=5)
#: Seconds of one turn: a tenth of the worker's time while lists are to be made.
TURN = 0.5
#: Lists made between two looks at whether the index has work.
TOGETHER = 5
#: The engine is asked for so many; some are sections, files or of little worth.
ASKED_FOR = 60
#: So many similar items have their lists made anew when an item changes.
NEIGHBOURS = 8
LOOK_EVERY = timedelta(minutes=1)
#: Outdated lists asked for in one look: somewhat more than are made until the next.
FOUND = 1_500


# Reading ------------------------------------------------------------------------------------------------------------


def most_similar(page_id: int, among: QuerySet) -> QuerySet:
    """Ids of pages ``among`` some that are similar to a page, most similar first; none while nobody has worked it out.

    Looks at each line of the list: asked for pages with these ids, SQLite walks through all that are listed.
    """
    lines = SimilarItem.objects.filter(page_id=page_id)
    shown: QuerySet = lines.filter(Exists(among.filter(pk=OuterRef("other_id")))).order_by("place")
    return shown.values_list("other_id", flat=True)


# Asking for lists ---------------------------------------------------------------------------------------------------


def note_indexed(keys: Collection[str], *, gone: Collection[str]) -> None:
    """The index has been written: items among ``keys`` need a list, those among ``gone`` none."""
    items = BasePage.objects.filter(pk__in=_page_ids(keys), listed=True).order_by("pk")
    with transaction.atomic():
        _ask_for(items.values_list("pk", flat=True), Due.CHANGED)
        forget(_page_ids(gone))


def forget(page_ids: Iterable[int]) -> None:
    """Drop the lists of pages; they stay in those of others, where readers no longer see them."""
    for some in batched(page_ids, 500):
        SimilarItem.objects.filter(page_id__in=some).delete()
        SimilarList.objects.filter(page_id__in=some).delete()


def look_for_outdated() -> int:
    """Ask for lists of items that have none, or one from before the index was built anew; the newest first."""
    try:
        engine = current_engine()
    except EngineUnavailable:
        return 0
    if PendingChange.objects.rebuilds().exists():
        return 0  # what is made now would have to be made again
    good = SimilarList.objects.made_from(_build_in_use(engine))
    items = BasePage.objects.listed().filter(~Exists(good.filter(page_id=OuterRef("pk"))))
    room = max(0, FOUND - SimilarList.objects.waiting().count())
    ids = list(items.newest_first().values_list("pk", flat=True)[:room])
    _ask_for(ids, Due.OUTDATED)
    return len(ids)


def _page_ids(keys: Iterable[str]) -> list[int]:
    parts = (key.split(":", maxsplit=1) for key in keys)
    return sorted(int(pk) for source, pk in parts if source == PAGE)


def _ask_for(page_ids: Iterable[int], due: Due) -> None:
    """Have lists made; one that waits for a better reason keeps it."""
    now = timezone.now()
    for some in batched(page_ids, 500):
        lists = [SimilarList(page_id=pk, due=due, asked_at=now) for pk in some]
        SimilarList.objects.bulk_create(lists, ignore_conflicts=True)
        SimilarList.objects.filter(page_id__in=some, due__lt=due).update(due=due)
        SimilarList.objects.filter(page_id__in=some, due=due).update(asked_at=now)


# Making them --------------------------------------------------------------------------------------------------------


def make_lists(seconds: float = TURN) -> int:
    """Make lists that wait, for some seconds or until the index has work; return how many were made."""
    until = time.monotonic() + seconds
    made = 0
    try:
        while waiting := list(SimilarList.objects.waiting()[:TOGETHER]):
            made += _make(current_engine(), waiting)
            if time.monotonic() > until or PendingChange.objects.waiting().exists():
                break
    except EngineUnavailable as error:
        logger.info("Similar items must wait: %s", error)
    return made


def _make(engine: Engine, waiting: list[SimilarList]) -> int:
    """Make some lists; all that is slow is done before the transaction."""
    build = _build_in_use(engine)
    hidden, _below = hidden_now()
    found = {row.page_id: _similar(engine, row.page_id, hidden) for row in waiting}
    types = _types_of(found)
    now = timezone.now()
    lists = {pk: _list_for(pk, hits, types, now) for pk, hits in found.items() if pk in types and hits is not None}
    with transaction.atomic():
        before = _lists_of(lists)
        changed = {pk: ids for pk, ids in lists.items() if ids != before[pk]}
        _store(changed)
        near: set[int] = set()
        for row in waiting:
            same = SimilarList.objects.filter(pk=row.pk)
            same.update(build=build)
            same.filter(asked_at=row.asked_at).update(due=Due.NOT)
            if row.due == Due.CHANGED and row.pk in lists:
                near.update(lists[row.pk][:NEIGHBOURS], before[row.pk][:NEIGHBOURS])
        _ask_for(sorted(near - set(found)), Due.NEIGHBOUR)
        forget(pk for pk in found if pk not in types)
        if changed:
            readers_see_change.send(sender=SimilarList, keys={page_key(pk) for pk in changed})
    return len(waiting)


def _build_in_use(engine: Engine) -> int:
    builds = IndexBuild.objects.filter(engine=engine.name, compacted=False)
    return builds.values_list("pk", flat=True).first() or 0


def _similar(engine: Engine, page_id: int, hidden: Collection[str]) -> list[Hit] | None:
    """What the engine finds; None when this one item breaks it: it keeps its list and stands in no other's way."""
    try:
        return engine.similar(f"{PAGE}:{page_id}", limit=ASKED_FOR, hidden=hidden)
    except EngineUnavailable:
        raise
    except Exception:
        logger.exception("What is similar to page %d could not be found.", page_id)
        return None


def _types_of(found: dict[int, list[Hit] | None]) -> dict[int, int]:
    """The types of those pages, asked and found, that are items readers may see."""
    ids = set(found)
    for hits in found.values():
        ids.update(_page_ids(hit.key for hit in hits or ()))
    return dict(BasePage.objects.listed().filter(pk__in=ids).values_list("pk", "content_type_id"))


def _list_for(page_id: int, hits: list[Hit], types: dict[int, int], now: datetime) -> list[int]:
    pages = [(pk, hit) for hit in hits for pk in _page_ids([hit.key]) if pk in types]
    return choose(pages, {pk for pk, _hit in pages if types[pk] == types[page_id]}, now)


def _lists_of(page_ids: Iterable[int]) -> dict[int, list[int]]:
    stored: dict[int, list[int]] = {pk: [] for pk in page_ids}
    lines = SimilarItem.objects.filter(page_id__in=stored).order_by("page_id", "place")
    for page_id, other_id in lines.values_list("page_id", "other_id"):
        stored[page_id].append(other_id)
    return stored


def _store(lists: dict[int, list[int]]) -> None:
    SimilarItem.objects.filter(page_id__in=lists).delete()
    SimilarItem.objects.bulk_create(
        SimilarItem(page_id=pk, place=place, other_id=other)
        for pk, ids in lists.items()
        for place, other in enumerate(ids)
    )


def _make_some() -> None:
    make_lists()


def _look() -> None:
    look_for_outdated()


def register() -> None:
    """Called when the app is ready."""
    label = _("Work out what is similar")
    periodic("search_similar", every=EVERY, label=label)(_make_some)
    periodic("search_similar_outdated", every=LOOK_EVERY, label=label)(_look)

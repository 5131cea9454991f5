"""Stands in for a web process in ``test_killed``: changes pages step by step, and may be killed at any instant.

Which step comes next for a page is read from Wagtail's own log, so that a step committed just before a kill is not done
again and one that was not is. Run as a program, with the folder's environment, after ``prepare``.
"""

import os
import random
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from django.utils import timezone  # noqa: E402  # Django must be set up first
from wagtail.actions.move_page import MovePageAction  # noqa: E402  # Django must be set up first
from wagtail.actions.publish_page_revision import PublishPageRevisionAction  # noqa: E402  # Django must be set up first
from wagtail.actions.unpublish_page import UnpublishPageAction  # noqa: E402  # Django must be set up first
from wagtail.models import PageLogEntry  # noqa: E402  # Django must be set up first

from home.models import HomePage, StandardPage  # noqa: E402  # Django must be set up first

PAGES = int(os.environ["CRASH_PAGES"])
#: The first pages have one page each below them, which takes part in their parent's move.
PARENTS = 20
STEPS = ("publish", "update", "move", "unpublish", "schedule")


def prepare() -> None:
    """Make two sections and the drafts."""
    home = HomePage.objects.get()
    source, _target = (home.add_child(instance=StandardPage(title=title)) for title in ("Nguồn", "Đích"))
    parents: list[StandardPage] = []
    for number in range(PAGES):
        child_of = parents[number - (PAGES - PARENTS)] if number >= PAGES - PARENTS else source
        parent = StandardPage.objects.get(pk=child_of.pk)
        page = parent.add_child(instance=StandardPage(title=f"Trang {number}", slug=f"trang-{number}", live=False))
        page.save_revision()
        parents.append(page)


def steps_done() -> dict[int, Counter]:
    """What Wagtail's log tells was done with each page."""
    done: dict[int, Counter] = {}
    for page_id, action in PageLogEntry.objects.filter(
        action__in=["wagtail.publish", "wagtail.move", "wagtail.unpublish", "wagtail.publish.schedule"]
    ).values_list("page_id", "action"):
        done.setdefault(page_id, Counter())[action] += 1
    return done


def next_step(done: Counter) -> str | None:
    """The first step of ``STEPS`` that the log does not show."""
    reached = [
        done["wagtail.publish"] >= 1,
        done["wagtail.publish"] >= 2,
        done["wagtail.move"] >= 1,
        done["wagtail.unpublish"] >= 1,
        done["wagtail.publish.schedule"] >= 1,
    ]
    return next((step for step, is_reached in zip(STEPS, reached, strict=True) if not is_reached), None)


def take_step(page: StandardPage, step: str) -> None:
    """Do as Wagtail's admin does."""
    if step in ("publish", "update"):
        page.title = f"{page.title.split(' (')[0]} ({step})"
        PublishPageRevisionAction(page.save_revision(log_action=True)).execute()
    elif step == "move":
        target = StandardPage.objects.get(title="Đích")
        MovePageAction(page, target, pos="last-child").execute()
    elif step == "unpublish":
        UnpublishPageAction(page).execute()
    else:
        page.go_live_at = timezone.now() + timedelta(seconds=random.uniform(0.2, 2))  # no secret
        PublishPageRevisionAction(page.save_revision(log_action=True)).execute()


def may_step(number: int, step: str, ids: list[int], done: dict[int, Counter]) -> bool:
    """A parent moves once its child is published and updated; the child goes on once its parent has moved."""
    if number < PARENTS and step == "move":
        return next_step(done.get(ids[PAGES - PARENTS + number], Counter())) == "move"
    if number >= PAGES - PARENTS and step == "move":
        return done.get(ids[number - (PAGES - PARENTS)], Counter())["wagtail.move"] > 0
    return True


def work() -> bool:
    """Take one step with each page that may; return whether all are through."""
    pages = StandardPage.objects.filter(slug__startswith="trang-")
    ids = [page.pk for page in sorted(pages, key=lambda page: int(page.slug.removeprefix("trang-")))]
    order = list(enumerate(ids))
    random.shuffle(order)
    through = True
    for number, pk in order:
        done = steps_done() if number < PARENTS or number >= PAGES - PARENTS else {pk: _steps_of(pk)}
        step = next_step(done.get(pk, Counter()))
        if step is None:
            continue
        through = False
        if may_step(number, step, ids, done):
            take_step(StandardPage.objects.get(pk=pk), step)
    return through


def _steps_of(pk: int) -> Counter:
    return Counter(PageLogEntry.objects.filter(page_id=pk).values_list("action", flat=True))


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare()
    else:
        Path(sys.argv[2]).write_text("at work", encoding="ascii")
        while not work():
            pass

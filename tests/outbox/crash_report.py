"""Tells, as JSON, what ``test_killed`` checks: the ledger against what the steps must have left, and the tree."""

import json
import os
from collections import Counter

import django

django.setup()

from django_tasks_db.models import DBTaskResult  # noqa: E402  # Django must be set up first
from wagtail.contrib.redirects.models import Redirect  # noqa: E402  # Django must be set up first

from home.models import StandardPage  # noqa: E402  # Django must be set up first
from outbox.models import Consequence, PageEvent  # noqa: E402  # Django must be set up first
from pagecache import generations  # noqa: E402  # Django must be set up first
from pages.models import BasePage  # noqa: E402  # Django must be set up first

PAGES, PARENTS = int(os.environ["CRASH_PAGES"]), 20
PAGE_EVENTS = ["published", "updated", "moved", "unpublished", "published"]
#: A child moves along with its parent before its own move.
CHILD_EVENTS = ["published", "updated", "moved", "moved", "unpublished", "published"]


def report() -> dict:
    """Gather everything."""
    pages = {
        int(page.slug.removeprefix("trang-")): page for page in StandardPage.objects.filter(slug__startswith="trang-")
    }
    states = Counter(Consequence.objects.order_by().values_list("state", flat=True))
    wrong_events, late_generations = {}, []
    for number, page in pages.items():
        events = list(PageEvent.objects.filter(page_id=page.pk).order_by("at", "pk"))
        names = [event.event for event in events]
        if names != (CHILD_EVENTS if number >= PAGES - PARENTS else PAGE_EVENTS):
            wrong_events[page.slug] = names
        if events and generations.current([f"page-{page.pk}"])[0] < events[-1].at.timestamp() * 1e9:
            late_generations.append(page.slug)
    asked = {row["change"] for row in Consequence.objects.filter(kind="page_event").values_list("payload", flat=True)}
    tasks = Counter(DBTaskResult.objects.order_by().values_list("status", flat=True))
    return {
        "settled": not wrong_events and set(states) <= {"done"} and not tasks["READY"] and not tasks["RUNNING"],
        "pages": sum(page.live for page in pages.values()),
        "wrong_events": wrong_events,
        "states": states,
        "consequences": sum(states.values()),
        "changes_without_event": sorted(asked.symmetric_difference(PageEvent.objects.values_list("change", flat=True))),
        "late_generations": late_generations,
        "missing_redirects": _missing_redirects(pages),
        "tree_problems": BasePage.find_problems(),
        "wrong_addresses": _wrong_addresses(),
        "failed_tasks": tasks["FAILED"],
    }


def _missing_redirects(pages: dict[int, StandardPage]) -> list[str]:
    old = {
        f"/nguon/trang-{number - (PAGES - PARENTS)}/trang-{number}"
        if number >= PAGES - PARENTS
        else f"/nguon/trang-{number}"
        for number in pages
    }
    return sorted(old - set(Redirect.objects.values_list("old_path", flat=True)))


def _wrong_addresses() -> list[str]:
    by_path = {page.path: page for page in BasePage.objects.all()}
    return [
        page.url_path
        for page in by_path.values()
        if page.depth > 1 and page.url_path != f"{by_path[page.path[:-4]].url_path}{page.slug}/"
    ]


if __name__ == "__main__":
    print(json.dumps(report()))  # noqa: T201  # its answer to the test that runs it

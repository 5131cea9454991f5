"""Stands in for web processes in ``test_killed``: one that publishes, edits and deletes, and readers that search.

Run as a program, with the site's environment: ``prepare``, ``edit N MARK`` (N changes), ``read MARK`` (until the mark
is there), ``settled SECONDS`` (status 0 as soon as nothing is pending).
"""

import json
import random
import sys
import time
from pathlib import Path

import django

django.setup()

from django.db import transaction  # noqa: E402  # Django must be set up first
from wagtail.models import PageViewRestriction  # noqa: E402  # Django must be set up first

from home.models import HomePage, StandardPage  # noqa: E402  # Django must be set up first
from pages.models import BasePage  # noqa: E402  # Django must be set up first
from search.engines import current_engine  # noqa: E402  # Django must be set up first
from search.engines.contract import Plan, SearchRequest  # noqa: E402  # Django must be set up first
from search.models import PendingChange  # noqa: E402  # Django must be set up first
from search.visibility import hidden_now  # noqa: E402  # Django must be set up first
from taxonomy.models import Topic  # noqa: E402  # Django must be set up first

SECTIONS = 4
#: What a change is: many pages come, change and go; now and then a branch moves, closes or is named anew.
STEPS = ["publish"] * 8 + ["edit"] * 6 + ["unpublish"] * 2 + ["delete"] * 3 + ["move", "close", "rename"]
#: Between two searches of a reader; eight that never pause would leave the others no processor.
BREATH = 0.3


def prepare() -> None:
    """Make the sections, a topic and the first pages."""
    home = HomePage.objects.get()
    for number in range(SECTIONS):
        home.refresh_from_db()
        section = home.add_child(instance=StandardPage(title=f"Mục {number}", slug=f"muc-{number}", live=False))
        section.save_revision().publish()
    Topic.objects.create(name="Chủ đề", slug="chu-de-thu")
    for number in range(20):
        publish(number)


def _section(first: int = 0) -> StandardPage:
    return StandardPage.objects.get(slug=f"muc-{random.randrange(first, SECTIONS)}")


def _page() -> StandardPage | None:
    return StandardPage.objects.filter(slug__startswith="trang-").order_by("?").first()


def publish(number: int) -> None:
    """A new page, below a section."""
    body = [("paragraph", f"<p>Đoàn viên đối thoại lần {number}.</p>")]
    page = StandardPage(title=f"Trang {number}", slug=f"trang-{number}", live=False, body=body)
    page.main_topic = Topic.objects.get()
    page = _section().add_child(instance=page)
    page.save_revision().publish()


def change(step: str, number: int) -> None:
    """Take one step, as the admin does."""
    page = _page()
    if step == "publish" or page is None:
        publish(number)
    elif step == "edit":
        page.title = f"Trang sửa {number}"
        page.save_revision().publish()
    elif step == "unpublish":
        page.unpublish()
    elif step == "delete":
        page.delete()
    elif step == "move":
        page.move(BasePage.objects.get(pk=_section().pk), pos="last-child")
    elif step == "close":
        section = _section(first=1)  # one stays open, so that something is left to be found
        with transaction.atomic():
            gone, _models = PageViewRestriction.objects.filter(page=section).delete()
            if not gone:
                PageViewRestriction.objects.create(page=section, restriction_type="login")
    else:
        topic = Topic.objects.get()
        topic.name = f"Chủ đề {number}"
        topic.save()


def edit(count: int, mark: Path) -> None:
    """Make changes; the mark says how many are made."""
    for number in range(1000, 1000 + count):
        change(random.choice(STEPS), number)
        mark.write_text(str(number - 999), encoding="ascii")


def read(mark: Path) -> None:
    """Search again and again; print how often, and what went wrong: errors, and pages shown after they were gone."""
    searches, errors = 0, []
    ever: set[int] = set()
    while not mark.exists():
        try:
            live = _live()
            gone, ever = ever - live, ever | live
            hidden, below = hidden_now()  # after what is gone: it must know of it, or the index must
            answer = current_engine().search(SearchRequest(plan=Plan(), hidden=hidden, hidden_below=below, limit=1000))
            shown = {int(hit.key.removeprefix("page:")) for hit in answer.hits if hit.key.startswith("page:")}
            errors += [f"page {pk} was shown" for pk in shown & gone - _live()]  # some may be back
        except Exception as error:  # noqa: BLE001  # whatever a reader would see
            errors.append(repr(error))
            time.sleep(0.2)
        searches += 1
        time.sleep(BREATH)
    print(json.dumps({"searches": searches, "errors": errors[:20]}))  # noqa: T201  # its answer to the test


def _live() -> set[int]:
    return set(BasePage.objects.live().values_list("pk", flat=True))


def settled(seconds: float) -> bool:
    """Wait until the worker has nothing left to do for the index; return whether it came to that."""
    until = time.monotonic() + seconds
    while not _is_settled() and time.monotonic() < until:
        time.sleep(0.2)
    return _is_settled()


def _is_settled() -> bool:
    return not PendingChange.objects.exclude(state=PendingChange.State.HIDING).exists()


if __name__ == "__main__":
    task, *rest = sys.argv[1:]
    if task == "prepare":
        prepare()
    elif task == "edit":
        edit(int(rest[0]), Path(rest[1]))
    elif task == "read":
        read(Path(rest[0]))
    else:
        sys.exit(0 if settled(float(rest[0])) else 1)

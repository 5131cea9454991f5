"""From the newest item to the first ever."""

import json
import os
import time
import tracemalloc
from datetime import timedelta
from itertools import chain

import feedparser
import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.utils import timezone

from crossposting.feeds.gathering import PER_PAGE
from news.models import ArticlePage
from pages.models import BasePage
from tests import factories
from tests.crossposting.feeds.reading import get, items

pytestmark = pytest.mark.django_db
#: `FULL_TESTS=1` asks for the whole of it; otherwise it is tried in small.
MANY = 10_000 if os.environ.get("FULL_TESTS") else 2_000


def link(body: bytes, rel: str) -> str:
    return next((found.href for found in feedparser.parse(body).feed.links if found.rel == rel), "")


def walk(client, path: str, rel: str = "next") -> list[list[str]]:
    pages = []
    while path:
        answer = get(client, path.removeprefix("http://testserver"))
        pages.append([item["id"] for item in items(answer)])
        json_next = json.loads(answer.content).get("next_url", "") if path.partition("?")[0].endswith("json") else ""
        path = json_next or ("" if ".json" in path else link(answer.content, rel))
    return pages


@pytest.fixture
def archive(section, media_root):
    """95 items, forty of which went live at one moment."""
    pages = [factories.make_article(section, title=f"Bài {number}", days_ago=200 - number) for number in range(95)]
    some = [page.pk for page in pages[30:70]]
    BasePage.objects.filter(pk__in=some).update(first_published_at=timezone.now() - timedelta(days=160))
    return BasePage.objects.order_by("-first_published_at", "-pk").filter(listed=True)


@pytest.mark.parametrize("file", ["rss.xml", "atom.xml", "feed.json", "rss-tom-tat.xml"])
def test_every_item_once_in_one_order(client, archive, file):
    pages = walk(client, f"/nguon-tin/{file}")

    assert [len(page) for page in pages] == [PER_PAGE, PER_PAGE, PER_PAGE, 5]
    assert list(chain(*pages)) == [f"urn:uuid:{page.translation_key}" for page in archive]


@pytest.mark.parametrize("file", ["rss.xml", "atom.xml"])
def test_the_way_back(client, archive, file):
    first = get(client, f"/nguon-tin/{file}")
    assert link(first.content, "previous") == ""
    assert link(first.content, "first") == f"http://testserver/nguon-tin/{file}"
    path = f"/nguon-tin/{file}"
    while following := link(get(client, path).content, "next"):
        path = following.removeprefix("http://testserver")

    back = walk(client, path, rel="previous")

    assert list(chain(*reversed(back))) == list(chain(*walk(client, f"/nguon-tin/{file}")))


def test_nothing_is_skipped_or_repeated_while_news_comes_and_goes(client, archive, section):
    first = get(client, "/nguon-tin/atom.xml")
    seen = [item["id"] for item in items(first)]
    for number in range(3):
        factories.make_article(section, title=f"Mới {number}")
    BasePage.objects.get(pk=archive[35].pk).delete()

    rest = list(chain(*walk(client, link(first.content, "next"))))

    assert len(rest) == 95 - PER_PAGE - 1
    assert not set(seen) & set(rest)


def test_one_full_page_has_no_second(client, section, media_root):
    for number in range(PER_PAGE):
        factories.make_article(section, days_ago=number)

    body = get(client, "/nguon-tin/rss.xml").content

    assert link(body, "next") == link(body, "first") == ""


@pytest.mark.slow
def test_many_items(client, home, media_root, django_assert_max_num_queries):
    call_command("grow", pages=MANY + 100, verbosity=0)
    assert BasePage.objects.listed().count() >= MANY

    tracemalloc.start()
    begun = time.process_time()
    path, pages, seen = "/nguon-tin/rss-tom-tat.xml", 0, []
    while path and pages < 12:
        answer = get(client, last := path.removeprefix("http://testserver"))
        seen += [item["id"] for item in items(answer)]
        path, pages = link(answer.content, "next"), pages + 1
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(seen) == len(set(seen)) == 12 * PER_PAGE
    assert peak < 60 * 1024 * 1024
    assert time.process_time() - begun < 120
    caches["feeds"].clear()
    with django_assert_max_num_queries(16):  # the pictures are drawn by now, as the worker does it
        get(client, last)
    oldest = ArticlePage.objects.order_by("first_published_at", "pk").first()
    micros = int((oldest.first_published_at + timedelta(days=1)).timestamp() * 1_000_000)
    last = items(get(client, f"/nguon-tin/rss-tom-tat.xml?truoc={micros}-1"))
    assert last

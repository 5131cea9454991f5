"""Readers who came by links of ours: which are written down, which are counted, and for how long."""

from datetime import timedelta

import pytest
from django.http import HttpResponseNotModified
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from core.text import clean_text
from tests import factories
from tests.visits.conftest import BROWSER
from visits import arrivals
from visits.counting import count_visits
from visits.middleware import VisitCounter
from visits.models import ArrivedReader, DailyArrival

pytestmark = pytest.mark.django_db(databases=["default", "visits"])


@pytest.fixture
def article(section):
    return factories.make_article(section, title=clean_text("Tết sum vầy"))


@pytest.fixture
def put_out(monkeypatch, article):
    """Links to the article that sources 3 and 4 have put out."""
    known = {(3, article.pk), (4, article.pk)}
    monkeypatch.setattr(arrivals, "_known", {"z": lambda pairs: pairs & known})


def address(page, campaign: str) -> str:
    return f"{page.url}?utm_source=telegram&utm_medium=social&utm_campaign={campaign}"


def counts() -> dict[str, int]:
    count_visits()
    return {f"{row.source}-{row.page_id}": row.readers for row in DailyArrival.objects.all()}


def test_a_reader_counts_once_a_day_for_each_source(reader, article, put_out):
    for _time in range(3):
        reader.get(address(article, f"z3-{article.pk}"))
    count_visits()
    reader.get(address(article, f"z3-{article.pk}"))
    reader.get(address(article, f"z4-{article.pk}"))
    reader.get(address(article, f"z3-{article.pk}"), headers={"User-Agent": BROWSER + " Zalo android/24.1"})

    assert counts() == {f"z3-{article.pk}": 2, f"z4-{article.pk}": 1}


def test_what_networks_add_to_a_link_takes_nothing_away(reader, article, put_out):
    reader.get(address(article, f"z3-{article.pk}") + "&fbclid=IwAR0abc")
    reader.get(address(article, f"z4-{article.pk}").replace("&", "&amp;"))

    assert counts() == {f"z3-{article.pk}": 1, f"z4-{article.pk}": 1}


@pytest.mark.parametrize(
    "campaign",
    [
        "z9-{page}",
        "q3-{page}",
        "z3-{other}",
        "z3-",
        "z3-{page}x",
        "%7A3-{page}",
        "z" + "9" * 30 + "-{page}",
        "Tết",
        "a" * 5000,
    ],
)
def test_marks_that_are_not_ours_make_no_rows(reader, section, article, put_out, campaign):
    other = factories.make_article(section)

    assert reader.get(address(article, campaign.format(page=article.pk, other=other.pk))).status_code == 200
    assert counts() == {}
    assert not ArrivedReader.objects.exists()


@pytest.mark.parametrize(
    "agent",
    [
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
        "TelegramBot (like TwitterBot)",
        "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)",
        "Mastodon/4.4.1 (http.rb/5.3.1; +https://mastodon.example/) Bot",
        "http.rb/4.4.1 (Mastodon/3.0.1; +https://mastodon.example/)",
        "Akkoma 3.13.2; https://akkoma.example <admin@akkoma.example>",
        "WhatsApp/2.23.20.0 A",
        "ZaloPC-win32-24v454",
        "Zalo/1.0",
        "Iframely/1.3.1 (+https://iframely.com/docs/about)",
    ],
)
def test_programs_that_fetch_previews_are_not_readers(reader, article, put_out, agent):
    reader.get(address(article, f"z3-{article.pk}"), headers={"User-Agent": agent})

    assert counts() == {}


@pytest.mark.parametrize("headers", [{"X-Purpose": "preview"}, {"Sec-Purpose": "prefetch"}])
def test_what_is_fetched_in_advance_is_no_arrival(reader, article, put_out, headers):
    reader.get(address(article, f"z3-{article.pk}"), headers=headers)
    reader.head(address(article, f"z3-{article.pk}"))

    assert counts() == {}


def test_the_mark_outlives_the_redirect_of_a_moved_page(reader, article, put_out):
    Redirect.add_redirect("/tin-cu", redirect_to=article)
    old = address(article, f"z3-{article.pk}").replace(article.url, "/tin-cu/")

    response = reader.get(old, follow=True)

    assert response.status_code == 200
    assert counts() == {f"z3-{article.pk}": 1}


def test_the_mark_goes_to_no_other_site(reader, article):
    Redirect.add_redirect("/ban-cu", redirect_to="https://noi-khac.example/x")

    response = reader.get(f"/ban-cu/?utm_campaign=z3-{article.pk}")

    assert response.headers["Location"] == "https://noi-khac.example/x"


def test_an_answer_that_leads_nowhere_gets_no_address(rf, article):
    request = rf.get(address(article, f"z3-{article.pk}"))
    response = VisitCounter(lambda request: HttpResponseNotModified())(request)

    assert "Location" not in response.headers


def test_a_page_is_the_same_bytes_with_a_mark_and_names_its_own_address(reader, article):
    plain, marked = reader.get(article.url), reader.get(address(article, f"z3-{article.pk}"))

    assert marked.content == plain.content
    assert marked.headers["ETag"] == plain.headers["ETag"]
    assert "utm_" not in marked.content.decode()
    assert f'<link rel="canonical" href="http://testserver{article.url}">' in marked.content.decode()


def test_old_counts_and_the_keys_of_the_day_go(reader, article, put_out):
    today = timezone.localdate()
    for ago in (arrivals.DAYS_KEPT, arrivals.DAYS_KEPT + 1):
        DailyArrival.objects.create(day=today - timedelta(days=ago), source="z3", page_id=1, readers=1)
    ArrivedReader.objects.create(day=today - timedelta(days=1), key="0" * 24)
    reader.get(address(article, f"z3-{article.pk}"))
    count_visits()

    assert DailyArrival.objects.count() == 2
    assert [row.day for row in ArrivedReader.objects.all()] == [today]


def test_nothing_stored_says_who_came(reader, article, put_out, lines):
    reader.get(address(article, f"z3-{article.pk}"))
    [line] = lines()
    count_visits()

    _moment, page_id, key, source = line.split()
    assert (int(page_id), source) == (article.pk, "z3")
    assert key not in ArrivedReader.objects.values_list("key", flat=True)
    assert "127.0.0.1" not in line

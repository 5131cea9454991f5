"""Which answers are views."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from wagtail.models import PageViewRestriction

from tests import factories
from tests.visits.conftest import BROWSER
from visits import middleware
from visits.journal import Journal
from visits.middleware import is_reader, reader_address

pytestmark = pytest.mark.django_db(databases=["default", "visits"])


@pytest.fixture
def article(section):
    return factories.make_article(section, title="Tết sum vầy")


def test_a_page_is_noted_with_its_number(reader, article, lines):
    assert reader.get(article.url).status_code == 200

    [line] = lines()
    assert line.split()[1] == str(article.pk)


def test_an_archive_is_a_view_of_no_page(reader, home, lines):
    topic = factories.make_topic()
    response = reader.get(f"/chu-de/{topic.slug}/")

    assert response.status_code == 200
    assert [line.split()[1] for line in lines()] == ["0"]


def test_an_answer_of_not_modified_is_a_view(reader, home, lines):
    etag = reader.get("/").headers["ETag"]

    assert reader.get("/", headers={"If-None-Match": etag}).status_code == 304
    assert len(lines()) == 2


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/khong-co-trang-nay/", {}),
        ("/admin/login/", {}),
        ("/tai-khoan/login/", {}),
        ("/healthz", {}),
        ("/robots.txt", {}),
        ("/sitemap.xml", {}),
        ("/", {"Sec-Purpose": "prefetch"}),
        ("/", {"Sec-Purpose": "prefetch;prerender"}),
        ("/", {"Purpose": "prefetch"}),
        ("/", {"Sec-Fetch-Dest": "empty"}),
        ("/", {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}),
        ("/", {"User-Agent": ""}),
    ],
)
def test_what_no_reader_reads_is_not_noted(reader, home, lines, address, headers):
    reader.get(address, headers=headers)

    assert lines() == []


def test_only_reading_is_a_view(reader, home, lines):
    reader.head("/")
    reader.post("/")

    assert lines() == []


def test_the_admin_is_not_noted(admin_client, home, lines):
    assert admin_client.get("/admin/", headers={"User-Agent": BROWSER}).status_code == 200

    assert lines() == []


def test_previews_are_not_noted(admin_client, article, lines):
    article.save_revision()

    response = admin_client.get(f"/admin/pages/{article.pk}/view_draft/", headers={"User-Agent": BROWSER})

    assert response.status_code == 200
    assert article.title in response.content.decode()
    assert lines() == []


def test_the_question_for_a_password_is_not_noted(reader, article, lines):
    PageViewRestriction.objects.create(page=article, restriction_type="password", password="bí mật")

    assert reader.get(article.url).status_code == 200
    assert lines() == []


@pytest.mark.parametrize(
    "agent",
    [
        BROWSER,
        "Mozilla/5.0 (Linux; U; Android 9; CUBOT_NOTE_S) AppleWebKit/537.36 Chrome/79.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Linux; Android 10; CUBOT) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/86.0 Chrome/80.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Zalo iOS/581",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) [FBAN/FBIOS;FBAV/440.0.0.32.109]",
        "Opera/9.80 (J2ME/MIDP; Opera Mini/9.80) Presto/2.12.423",
    ],
)
def test_browsers_are_readers(agent):
    assert is_reader(agent)


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)",
        "Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (compatible; Bytespider; x@bytedance.com)",
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/131.0 Safari/537.36",
        "AdsBot-Google (+http://www.google.com/adsbot.html)",
        "curl/8.5.0",
        "Wget/1.21",
        "python-requests/2.32",
        "Python-urllib/3.13",
        "Go-http-client/2.0",
    ],
)
def test_machines_that_say_so_are_not(agent):
    assert not is_reader(agent)


def test_the_address_comes_from_the_proxy_only_when_it_is_trusted(settings):
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.7"}, REMOTE_ADDR="127.0.0.1")

    settings.TRUSTED_PROXY = False
    assert reader_address(request) == "127.0.0.1"
    settings.TRUSTED_PROXY = True
    assert reader_address(request) == "203.0.113.7"  # what stands before it, the reader may have made up
    assert reader_address(RequestFactory().get("/", REMOTE_ADDR="127.0.0.1")) == "127.0.0.1"


def test_noting_costs_no_query(reader, home, django_assert_num_queries, monkeypatch):
    request = RequestFactory().get("/", headers={"User-Agent": BROWSER})
    counter = middleware.VisitCounter(lambda _request: HttpResponse("trang"))

    with django_assert_num_queries(0), django_assert_num_queries(0, using="visits"):
        counter(request)


def test_a_counter_that_fails_harms_no_reader(home, monkeypatch, caplog):
    def fail(*args) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Journal, "_target", fail)
    reader = Client(headers={"User-Agent": BROWSER})

    assert [reader.get("/").status_code for _turn in range(3)] == [200] * 3
    assert [record.levelname for record in caplog.records if record.name == "visits.appending"] == ["ERROR"]  # once

"""What readers, editors and operators see of the counts."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from home.models import SiteSettings
from tests import factories
from visits import figures
from visits.models import DailyPage, DailyTotal
from visits.routers import VisitsRouter

pytestmark = pytest.mark.django_db(databases=["default", "visits"])


@pytest.fixture
def article(section):
    return factories.make_article(section, title="Tết sum vầy")


@pytest.fixture
def views_of_a_week(journal, article):
    """Views of eight days, the figures written."""
    today = timezone.localdate()
    for ago, views in enumerate([1284, 10, 20, 30, 40, 50, 60, 7000]):
        DailyTotal.objects.create(day=today - timedelta(days=ago), views=views, visitors=views // 2)
    DailyPage.objects.create(day=today, page_id=article.pk, views=900)
    DailyPage.objects.create(day=today - timedelta(days=6), page_id=article.pk, views=100)
    DailyPage.objects.create(day=today - timedelta(days=7), page_id=article.pk, views=5000)
    DailyPage.objects.create(day=today, page_id=999_999, views=2000)  # deleted since
    journal.folder.mkdir(parents=True, exist_ok=True)
    figures.write(journal.folder)


def set_views_before(number: int) -> None:
    portal = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    portal.visits_before = number
    portal.save()


def test_the_front_page_shows_today_and_all(views_of_a_week, reader, home):
    set_views_before(4_914_000)
    text = reader.get("/").content.decode()

    assert '<dd class="figures">1.284</dd>' in text
    assert f'<dd class="figures">{f"{4_914_000 + 8494:,}".replace(",", ".")}</dd>' in text
    assert text.count("<rect ") == 7
    assert text.count('class="today"') == 1
    assert 'y="0" width="18" height="40" class="today"' in text


def test_a_new_portal_shows_the_former_count_without_bars(reader, home):
    set_views_before(4_802_033)
    text = reader.get("/").content.decode()

    assert "4.802.033" in text
    assert "<rect " not in text


def test_without_any_views_there_is_no_band(reader, home):
    assert 'class="visits"' not in reader.get("/").content.decode()


def test_editors_choose_whether_the_band_stands_on_the_front_page(views_of_a_week, reader, home):
    home.bands = [("units", None)]
    home.save()
    assert 'class="visits"' not in reader.get("/").content.decode()
    home.bands = [("visits", None)]
    home.save()

    assert 'class="visits"' in reader.get("/").content.decode()


def test_the_band_costs_the_front_page_no_query(views_of_a_week, reader, home, journal):
    def queries() -> int:
        figures.forget()
        with (
            CaptureQueriesContext(connections["default"]) as asked,
            CaptureQueriesContext(connections["visits"]) as too,
        ):
            assert reader.get("/").status_code == 200
        assert len(too) == 0
        return len(asked)

    reader.get("/")  # Django's own caches
    with_band = queries()
    (journal.folder / figures.FILE).unlink()

    assert queries() == with_band


def test_figures_are_read_anew_after_half_a_minute(views_of_a_week, journal, monkeypatch):
    assert figures.FRESH_FOR == 30
    before = figures.current()
    DailyTotal.objects.filter(day=timezone.localdate()).update(views=2000)
    figures.write(journal.folder)
    assert figures.current() is before
    monkeypatch.setattr(figures, "FRESH_FOR", 0)

    assert figures.current().total == before.total + 716


@pytest.mark.parametrize("content", ["", "{", "[]", '{"total": null}', '{"total": 1, "views": 3, "most_read": []}'])
def test_a_damaged_file_shows_nothing(journal, content):
    journal.folder.mkdir(parents=True, exist_ok=True)
    (journal.folder / figures.FILE).write_text(content)

    assert figures.current() == figures.Figures()


def test_the_same_figures_are_not_written_again(views_of_a_week, journal):
    before = (journal.folder / figures.FILE).stat()
    figures.write(journal.folder)

    assert (journal.folder / figures.FILE).stat().st_ino == before.st_ino


def test_counting_ends_with_the_figures(reader, home, counted):
    reader.get("/")
    reader.get("/")
    counted()

    assert figures.current().on(timezone.localdate()) == 2
    assert figures.current().most_read == ((home.pk, 2),)


def test_the_dashboard_shows_what_is_read(views_of_a_week, admin_client, article):
    text = admin_client.get("/admin/").content.decode()

    assert "1.284" in text
    assert "1.494" in text  # the last seven days
    assert f'<a href="{article.url}">Tết sum vầy</a>' in text
    assert "<td>1.000</td>" in text  # not the 5.000 of the week before


def test_the_command_reports(views_of_a_week, article):
    output = io.StringIO()
    call_command("visits", "--json", "--days", "3", stdout=output)
    report = json.loads(output.getvalue())

    assert report["ok"] is True
    assert (report["total"], report["views"], report["period"]) == (8494, 1314, 3)
    assert [day["views"] for day in report["days"]] == [1284, 10, 20]
    assert report["most_read"] == [{"page_id": article.pk, "title": "Tết sum vầy", "url": article.url, "views": 900}]

    output = io.StringIO()
    call_command("visits", stdout=output)
    assert "total counted: 8494" in output.getvalue()
    assert "Tết sum vầy" in output.getvalue()


def test_the_command_fails_when_views_wait_too_long(reader, home, counted):
    with time_machine.travel(datetime.now(UTC) - timedelta(minutes=20), tick=False):
        reader.get("/")
    output = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("visits", "--json", stdout=output)
    assert ended.value.code == 1
    assert json.loads(output.getvalue())["waiting_seconds"] >= 1190
    counted()

    call_command("visits", "--json", stdout=output)


def test_the_command_says_when_there_is_no_database(monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("no such table: visits_dailytotal")

    monkeypatch.setattr(DailyTotal.objects, "filter", fail)
    with pytest.raises(CommandError, match="setup"):
        call_command("visits")


def test_only_this_app_is_in_the_database_of_counts():
    router = VisitsRouter()

    assert DailyTotal.objects.db == "visits"
    assert SiteSettings.objects.db == "default"
    assert set(connections["visits"].introspection.table_names()) >= {"visits_dailytotal", "visits_dailypage"}
    assert not [name for name in connections["visits"].introspection.table_names() if name.startswith("home_")]
    assert not [name for name in connections["default"].introspection.table_names() if name.startswith("visits_")]
    assert router.allow_migrate("default", "home") is None
    assert connections["visits"].vendor == "sqlite"

"""The comparison of index and database, the commands, health and upkeep."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.health import run_checks
from core.locks import file_lock
from outbox.worker import run_pending
from pages.models import BasePage
from search import checking, indexing, pending, rebuilding, upkeep
from search.documents import SearchDocument
from search.engines.contract import EngineUnavailable
from search.models import IndexBuild, PendingChange
from search.registry import Source, forget_source, register_source
from tests import factories
from tests.search.live_index import *  # noqa: F403  # pytest finds fixtures by their names

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(engine, section):
    made = [factories.make_article(section) for _number in range(3)]
    run_pending()
    PendingChange.objects.all().delete()
    return made


def compare(engine):
    return checking.compare(engine, wait=lambda seconds: None)


def run(*command: str) -> tuple[int, dict]:
    output = StringIO()
    try:
        call_command(*command, "--json", stdout=output)
    except SystemExit as stop:
        return int(stop.code or 0), json.loads(output.getvalue())
    return 0, json.loads(output.getvalue())


def test_an_index_in_agreement(engine, pages):
    report = compare(engine)
    assert report.ok
    assert report.in_index == report.in_database == len(engine.documents)
    assert report.pending == 0


def test_every_sort_of_difference_is_found_and_mended(engine, pages, monkeypatch):
    monkeypatch.setattr(checking, "PAUSE", 0)
    missing, stale, _sound = (f"page:{page.pk}" for page in pages)
    del engine.documents[missing]
    engine.documents[stale] = SearchDocument(key=stale, kind="tin-bai", title="Cũ", url="/")
    for key in ("page:999999", "gone:1"):
        engine.documents[key] = SearchDocument(key=key, kind="tin-bai", title="Ma", url="/")
    status, found = run("search_check")
    assert status == 1
    assert found["missing"] == {"count": 1, "keys": [missing]}
    assert found["stale"] == {"count": 1, "keys": [stale]}
    assert found["unexpected"] == {"count": 2, "keys": ["gone:1", "page:999999"]}
    assert run("search_check", "--repair")[1]["repaired"] == 4
    assert run("search_check")[1]["pending"] == 4
    run_pending()
    status, found = run("search_check")
    assert (status, found["ok"], found["pending"]) == (0, True, 0)


def test_what_the_worker_has_yet_to_do_is_no_fault(engine, pages, section):
    for page in pages:
        page.title = "Mới"
        page.save()
    factories.make_unit("Mới")
    report = compare(engine)
    assert (report.ok, report.pending) == (True, 4)
    pending.ask_for_rebuild()
    assert compare(engine).ok


def test_a_branch_explains_what_stands_below_it(engine, pages, section):
    BasePage.objects.filter(section=section).update(title="Khác")
    assert len(compare(engine).differences) == 3
    pending.note_scope("page", "below", section.pk)
    assert compare(engine).ok


def test_an_expired_page_waits_for_the_schedule(engine, pages):
    BasePage.objects.filter(pk=pages[0].pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    report = compare(engine)
    assert (report.ok, report.pending) == (True, 1)


def test_a_change_during_the_comparison_is_no_fault(engine, pages):
    BasePage.objects.filter(pk=pages[0].pk).update(title="Khác")

    def meanwhile(seconds: float) -> None:
        pending.note("page", [pages[0].pk])
        indexing.drain()

    report = checking.compare(engine, wait=meanwhile)
    assert (report.ok, report.pending) == (True, 0)


def test_an_object_that_cannot_be_read_is_named(engine):
    def load(ids):
        raise ZeroDivisionError

    register_source(Source(name="test", visible_ids=lambda: iter([7]), load=load))
    try:
        report = compare(engine)
    finally:
        forget_source("test")
    assert not report.ok
    assert report.broken == ["test:7"]


def test_an_engine_out_of_reach_fails_in_words(engine):
    engine.available = False
    with pytest.raises(CommandError, match="does not answer"):
        call_command("search_check", stdout=StringIO())


def test_words_for_people(engine, pages, monkeypatch):
    monkeypatch.setattr(checking, "PAUSE", 0)
    del engine.documents[f"page:{pages[0].pk}"]
    output = StringIO()
    with pytest.raises(SystemExit):
        call_command("search_check", stdout=output)
    assert f"missing: 1: page:{pages[0].pk}" in output.getvalue()


def test_the_command_builds_where_no_worker_runs(engine, pages, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    engine.documents.clear()
    status, done = run("search_rebuild")
    assert (status, done["by"]) == (0, "command")
    assert done["documents"] == len(engine.documents) > 3
    assert not PendingChange.objects.rebuilds().exists()


def test_the_command_waits_for_the_worker(engine, pages, settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    (tmp_path / "run").mkdir()
    monkeypatch.setattr("search.management.commands.search_rebuild.time.sleep", lambda seconds: run_pending())
    with file_lock(tmp_path / "run" / "worker.lock"):
        assert run("search_rebuild")[1]["by"] == "worker"


def test_the_command_says_why_it_cannot_build(engine, pages, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    engine.available = False
    with pytest.raises(CommandError, match="stopped"):
        call_command("search_rebuild", stdout=StringIO())
    assert PendingChange.objects.rebuilds().exists()


def test_a_small_site_is_built_before_it_starts(engine, pages):
    said: list[str] = []
    assert rebuilding.build_if_missing(at_most=1000, say=said.append) is None
    engine.built = False
    assert rebuilding.build_if_missing(at_most=1, say=said.append) is None
    assert not said
    assert rebuilding.build_if_missing(at_most=1000, say=said.append) == len(engine.documents)
    assert said


def test_health_counts_documents(engine, pages):
    check = run_checks()["search"]
    assert check.ok
    assert str(len(engine.documents)) in check.detail


def test_health_fails_without_engine_without_index_and_with_late_changes(engine, pages):
    engine.available = False
    assert not run_checks()["search"].ok
    engine.available, engine.built = True, False
    assert "đang được dựng" in run_checks()["search"].detail
    engine.built = True
    PendingChange.objects.create(source="page", object_id=1, created_at=timezone.now() - timedelta(minutes=2))
    check = run_checks()["search"]
    assert not check.ok
    assert check.detail.startswith("1 ")


def test_an_index_that_has_grown_is_compacted_once(engine, pages, monkeypatch):
    monkeypatch.setattr(upkeep, "SPARED", 0)
    rebuilding.note_build(engine, seconds=1)
    upkeep.look_after()
    assert not engine.compactions
    engine.bytes_of_waste = 100 * engine.status().bytes
    upkeep.look_after()
    upkeep.look_after()
    assert engine.compactions == 1
    assert IndexBuild.objects.filter(compacted=True).count() == 1


def test_a_sample_finds_and_mends(engine, pages):
    key = f"page:{pages[0].pk}"
    del engine.documents[key]
    upkeep.look_after()
    run_pending()
    assert key in engine.documents


def test_upkeep_waits_for_the_engine(engine):
    engine.available = False
    upkeep.look_after()
    with pytest.raises(EngineUnavailable):
        rebuilding.build(engine)


def test_a_grown_portal_is_built_anew(engine, section):
    from home.growth import grow  # heavy, for this test alone

    grow(BasePage.objects.count() + 3, 1, say=lambda words: None)
    assert PendingChange.objects.rebuilds().exists()
    run_pending()
    assert compare(engine).ok

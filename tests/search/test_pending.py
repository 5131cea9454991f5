"""The index follows every change, whatever happens on the way."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from news.models import SectionPage
from organisations.models import FormerName, Unit, UnitIndexPage
from outbox.claims import claim_next
from outbox.models import Consequence, State
from outbox.worker import run_pending
from pages.models import BasePage
from search import indexing, pending, rebuilding
from search.models import PendingChange
from search.registry import Source, forget_source, register_source, sources
from tests import factories
from tests.search.live_index import *  # noqa: F403  # pytest finds fixtures by their names

pytestmark = pytest.mark.django_db


def agrees(engine) -> bool:
    """Whether the index holds exactly what readers may see, as it is now."""
    run_pending()
    expected = {
        document.key: document.fingerprint()
        for source in sources().values()
        for document in source.load(list(source.visible_ids()))
    }
    return dict(engine.fingerprints()) == expected


def publish(page):
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def test_a_page_comes_changes_and_goes(engine, shown, section):
    page = publish(factories.make_article(section, title="Đối thoại", live=False))
    key = f"page:{page.pk}"
    assert agrees(engine)
    assert key in shown()
    page.title = "Đối thoại định kỳ"
    page = publish(page)
    assert agrees(engine)
    assert engine.documents[key].title == "Đối thoại định kỳ"
    page.unpublish()
    assert key in engine.documents
    assert key not in shown()
    assert agrees(engine)
    page = publish(type(page).objects.get(pk=page.pk))
    assert agrees(engine)
    assert key in shown()
    page.delete()
    assert key not in shown()
    assert agrees(engine)
    assert not PendingChange.objects.filter(state=PendingChange.State.WAITING).exists()


def test_a_draft_is_no_news(engine, section):
    run_pending()
    engine.writes = 0
    page = factories.make_article(section, live=False)
    page.title = "Nháp"
    page.save_revision()
    run_pending()
    assert not engine.writes


def test_a_moved_branch_is_found_at_its_new_address(engine, shown, home):
    old, new = factories.make_standard_page(title="Cũ"), factories.make_standard_page(title="Mới")
    child = factories.make_standard_page(old, title="Con")
    grandchild = factories.make_standard_page(child, title="Cháu")
    assert agrees(engine)
    child = type(child).objects.get(pk=child.pk)
    child.move(BasePage.objects.get(pk=new.pk), pos="last-child")
    assert f"page:{grandchild.pk}" in shown()
    assert agrees(engine)
    moved = engine.documents[f"page:{grandchild.pk}"]
    assert moved.url == BasePage.objects.get(pk=grandchild.pk).url
    assert new.pk in moved.above
    assert engine.documents[f"page:{child.pk}"].context == "Mới"


def test_a_branch_moved_behind_a_restriction_is_hidden_at_once(engine, shown, home):
    closed, page = factories.make_standard_page(title="Kín"), factories.make_standard_page(title="Ngỏ")
    child = factories.make_standard_page(page, title="Con")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    assert agrees(engine)
    type(page).objects.get(pk=page.pk).move(BasePage.objects.get(pk=closed.pk), pos="last-child")
    assert not {f"page:{page.pk}", f"page:{child.pk}"} & shown()
    assert agrees(engine)
    assert f"page:{child.pk}" not in engine.documents


def test_a_restriction_hides_its_branch_at_once_and_its_end_brings_it_back(engine, shown, section):
    page = factories.make_article(section)
    assert agrees(engine)
    restriction = PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert not {f"page:{section.pk}", f"page:{page.pk}"} & shown()
    assert agrees(engine)
    assert f"page:{page.pk}" not in engine.documents
    restriction.delete()
    assert agrees(engine)
    assert f"page:{page.pk}" in shown()


def test_an_expired_page_is_hidden_before_the_worker_has_come_round(engine, shown, section):
    page = factories.make_article(section)
    assert agrees(engine)
    BasePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    assert f"page:{page.pk}" in engine.documents
    assert f"page:{page.pk}" not in shown()
    assert agrees(engine)  # the schedule takes it down
    assert not BasePage.objects.get(pk=page.pk).live


def test_a_deleted_section_takes_its_pages_along(engine, shown, section):
    page = factories.make_article(section)
    assert agrees(engine)
    SectionPage.objects.get(pk=section.pk).delete()
    assert not {f"page:{section.pk}", f"page:{page.pk}"} & shown()
    assert agrees(engine)


def test_a_renamed_section_is_the_new_context_of_its_pages(engine, section):
    page = factories.make_article(section)
    assert agrees(engine)
    section.title = "Việc làm"
    publish(section)
    assert agrees(engine)
    assert engine.documents[f"page:{page.pk}"].context == "Việc làm"


def test_a_section_edited_under_the_same_name_leaves_its_pages_alone(engine, section):
    factories.make_article(section)
    run_pending()
    section.summary = "Khác"
    publish(section)
    assert not PendingChange.objects.scoped().exists()


def test_a_renamed_topic_and_a_deleted_one(engine, section):
    topic = factories.make_topic("Tiền lương")
    page = factories.make_article(section, main_topic=topic, topics=[topic])
    assert agrees(engine)
    topic.name, topic.slug = "Thu nhập", "thu-nhap"
    topic.save()
    assert agrees(engine)
    assert engine.documents[f"page:{page.pk}"].facets["topic"] == ("thu-nhap",)
    topic.delete()
    assert agrees(engine)
    assert "topic" not in engine.documents[f"page:{page.pk}"].facets


def test_a_renamed_unit_is_renamed_wherever_it_is_named(engine, section):
    federation = factories.make_unit("Liên đoàn Lao động tỉnh")
    unit = factories.make_unit("Công đoàn Dệt may", parent=federation)
    page, person = factories.make_article(section, unit=unit), factories.make_person(unit=unit)
    assert agrees(engine)
    federation.slug = "ldld-tinh"
    federation.save()
    unit = Unit.objects.get(pk=unit.pk)
    unit.name = "Công đoàn ngành Dệt may"
    unit.save()
    assert agrees(engine)
    assert engine.documents[f"page:{page.pk}"].facets["unit"] == ("ldld-tinh", unit.slug)
    assert "ngành" in engine.documents[f"person:{person.pk}"].context
    assert engine.documents[f"unit:{unit.pk}"].title == unit.name


def test_a_unit_moves_in_the_tree_and_gets_a_former_name(engine, section):
    one, other = factories.make_unit("Một"), factories.make_unit("Hai")
    unit = factories.make_unit("Dệt may", parent=one)
    page = factories.make_article(section, unit=unit)
    assert agrees(engine)
    unit.parent = other
    unit.save()
    FormerName.objects.create(unit=unit, name="Sợi")
    assert agrees(engine)
    assert engine.documents[f"page:{page.pk}"].facets["unit"] == (other.slug, unit.slug)
    assert "Sợi" in engine.documents[f"unit:{unit.pk}"].text


def test_a_deleted_unit_is_gone_at_once(engine, shown, section):
    unit = factories.make_unit("Dệt may")
    page, person = factories.make_article(section, unit=unit), factories.make_person(unit=unit)
    assert agrees(engine)
    key = f"unit:{unit.pk}"
    unit.delete()
    assert key not in shown()
    assert agrees(engine)
    assert "unit" not in engine.documents[f"page:{page.pk}"].facets
    person.delete()
    assert agrees(engine)


def test_the_page_of_a_unit_stands_in_for_the_unit(engine, shown, unit_index):
    unit = factories.make_unit("Dệt may")
    assert agrees(engine)
    page = publish(factories.make_unit_page(unit, live=False))
    assert agrees(engine)
    assert f"unit:{unit.pk}" not in shown()
    page.unpublish()
    assert agrees(engine)
    assert f"unit:{unit.pk}" in shown()


def test_a_page_that_presents_another_unit_gives_the_first_one_back(engine, shown, unit_index):
    unit, other = factories.make_unit("Dệt may"), factories.make_unit("Da giày")
    page = publish(factories.make_unit_page(unit, live=False))
    assert agrees(engine)
    page.unit, page.slug = other, other.slug
    publish(page)
    assert agrees(engine)
    assert f"unit:{unit.pk}" in shown()
    assert f"unit:{other.pk}" not in shown()


def test_units_go_and_come_with_their_list(engine, shown, unit_index):
    unit = factories.make_unit("Dệt may")
    assert agrees(engine)
    restriction = PageViewRestriction.objects.create(page=unit_index, restriction_type="login")
    assert f"unit:{unit.pk}" not in shown()
    assert agrees(engine)
    restriction.delete()
    assert agrees(engine)
    assert f"unit:{unit.pk}" in shown()
    UnitIndexPage.objects.get().unpublish()
    assert f"unit:{unit.pk}" not in shown()
    assert agrees(engine)


def test_files_follow_their_folder(engine, shown, media_root):
    root = Collection.get_first_root_node()
    folder = root.add_child(instance=Collection(name="Nội bộ"))
    file = factories.make_document("Mẫu đơn", collection=folder)
    assert agrees(engine)
    assert f"file:{file.pk}" in shown()
    restriction = CollectionViewRestriction.objects.create(collection=folder, restriction_type="login")
    assert f"file:{file.pk}" not in shown()
    assert agrees(engine)
    restriction.delete()
    file.title = "Mẫu đơn mới"
    file.save()
    assert agrees(engine)
    assert engine.documents[f"file:{file.pk}"].title == "Mẫu đơn mới"
    file.delete()
    assert f"file:{file.pk}" not in shown()
    assert agrees(engine)


# What happens on the way --------------------------------------------------------------------------------------------


def test_a_change_that_is_rolled_back_leaves_no_trace(engine, section):
    page = factories.make_article(section)
    run_pending()
    PendingChange.objects.all().delete()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        page.unpublish()
        raise ZeroDivisionError
    assert not PendingChange.objects.exists()
    assert not Consequence.objects.filter(kind="search_index", state=State.WAITING).exists()


def test_many_changes_of_one_transaction_wake_the_worker_once(engine, section):
    for _number in range(3):
        factories.make_article(section)
    run_pending()
    with transaction.atomic():
        SectionPage.objects.get(pk=section.pk).delete()
    assert PendingChange.objects.waiting().count() == 4
    assert Consequence.objects.filter(kind="search_index", state=State.WAITING).count() == 1


def test_the_index_goes_before_pictures(engine, section):
    page = factories.make_article(section, live=False)
    Consequence.objects.all().delete()
    publish(page)
    Consequence.objects.exclude(kind="search_index").update(available_at=timezone.now() - timedelta(hours=1))
    assert claim_next("test").kind == "search_index"
    assert claim_next("test").kind != "search_index"


def test_many_small_scopes_are_one_write(engine, section):
    units = [factories.make_unit() for _number in range(5)]
    for unit in units:
        factories.make_article(section, unit=unit)
    run_pending()
    for unit in units:
        unit.name += " mới"
        unit.save()
    engine.writes = 0
    run_pending()
    assert engine.writes == 1


def test_the_index_is_written_once_per_batch(engine, section):
    pages = [factories.make_article(section) for _number in range(5)]
    run_pending()
    engine.writes = 0
    with transaction.atomic():
        for page in pages:
            page.title += " mới"
            page.save()
    run_pending()
    assert engine.writes == 1


def test_a_page_that_changes_while_it_is_indexed_is_indexed_again(engine, section):
    page = factories.make_article(section, title="Một")
    page.title = "Hai"
    publish(page)

    def change() -> None:
        page.title = "Ba"
        publish(page)

    engine.meanwhile = change
    assert agrees(engine)
    assert engine.documents[f"page:{page.pk}"].title == "Ba"


def test_what_was_hidden_stays_hidden_until_every_reader_of_the_index_has_seen_it(engine, shown, section):
    page = factories.make_article(section)
    assert agrees(engine)
    old = engine.documents[f"page:{page.pk}"]
    page.unpublish()
    run_pending()
    engine.documents[old.key] = old  # a process that has not yet opened the index anew
    assert old.key not in shown()
    PendingChange.objects.update(written_at=timezone.now() - timedelta(minutes=1))
    indexing.drain()
    assert not PendingChange.objects.exists()


def test_what_waits_while_the_engine_stands_still_is_caught_up(engine, section):
    engine.available = False
    page = publish(factories.make_article(section, live=False))
    run_pending()
    assert not Consequence.objects.in_trouble().exists()
    assert PendingChange.objects.waiting().exists()
    engine.available = True
    indexing.catch_up()
    assert f"page:{page.pk}" in engine.documents
    assert not PendingChange.objects.waiting().exists()


def test_a_broken_object_stands_in_no_others_way(engine):
    def load(ids):
        if 2 in ids:
            raise ZeroDivisionError("hỏng")
        return []

    register_source(Source(name="test", visible_ids=lambda: iter([1, 2, 3]), load=load))
    try:
        pending.note("test", [1, 2, 3])
        run_pending()
        [row] = PendingChange.objects.filter(source="test")
    finally:
        forget_source("test")
    assert (row.object_id, row.attempts) == (2, 1)
    assert "ZeroDivisionError" in row.error
    assert row.not_before > timezone.now()


def test_a_branch_is_indexed_in_turns_and_single_changes_go_first(engine, section, monkeypatch):
    monkeypatch.setattr(indexing, "SCOPE_BATCH", 2)
    monkeypatch.setattr(indexing, "TURN", -1)
    pages = [factories.make_article(section) for _number in range(5)]
    run_pending()
    indexing.drain()
    PendingChange.objects.all().delete()
    pending.note_scope("page", "below", section.pk)
    indexing.drain()
    [row] = PendingChange.objects.scoped()
    assert row.progress == pages[0].pk
    pending.note("page", [pages[4].pk])
    indexing.drain()
    assert not PendingChange.objects.single().exists()
    for _turn in range(4):
        indexing.drain()
    assert not PendingChange.objects.exists()


# Building anew ------------------------------------------------------------------------------------------------------


def test_a_missing_index_is_built_by_itself(engine, section):
    page = factories.make_article(section)
    engine.documents.clear()
    engine.built = False
    indexing.catch_up()
    assert f"page:{page.pk}" in engine.documents
    assert not PendingChange.objects.rebuilds().exists()


def test_an_index_made_by_older_code_is_built_anew(engine, section, monkeypatch):
    page = factories.make_article(section)
    run_pending()
    for key, document in engine.documents.items():
        engine.documents[key] = replace(document, context="as it was made before")
    monkeypatch.setattr(rebuilding._building, "looked", False)
    indexing.catch_up()
    assert engine.documents[f"page:{page.pk}"].context == section.title
    assert rebuilding._building.looked


def test_a_change_during_a_build_is_in_the_new_index(engine, section):
    page = factories.make_article(section, title="Trước")
    run_pending()

    def change() -> None:
        page.title = "Sau"
        publish(page)
        indexing.drain()  # goes on being written to the index that serves
        assert engine.documents[f"page:{page.pk}"].title == "Sau"
        assert PendingChange.objects.filter(state=PendingChange.State.KEPT).exists()

    engine.meanwhile = change
    pending.ask_for_rebuild()
    assert agrees(engine)
    assert engine.documents[f"page:{page.pk}"].title == "Sau"


def test_a_build_covers_what_was_pending_before(engine, shown, section):
    page, gone = factories.make_article(section), publish(factories.make_article(section))
    gone.unpublish()
    pending.note_scope("page", "below", section.pk)
    pending.ask_for_rebuild()
    engine.writes = 0
    run_pending()
    assert engine.writes == 0
    assert f"page:{page.pk}" in engine.documents
    assert f"page:{gone.pk}" not in shown()
    assert {row.state for row in PendingChange.objects.all()} == {PendingChange.State.HIDING}


def test_a_build_that_fails_is_asked_for_still(engine, section):
    def stop() -> None:
        engine.available = False
        engine._ask()

    engine.meanwhile = stop
    pending.ask_for_rebuild()
    run_pending()
    assert PendingChange.objects.rebuilds().exists()
    assert not Consequence.objects.in_trouble().exists()
    engine.available = True
    indexing.catch_up()
    assert not PendingChange.objects.rebuilds().exists()


def test_what_was_kept_for_a_build_that_was_killed_is_written_again(engine, section):
    page = factories.make_article(section)
    PendingChange.objects.all().delete()
    PendingChange.objects.create(source="page", object_id=page.pk, state=PendingChange.State.KEPT)
    indexing.catch_up()
    assert f"page:{page.pk}" in engine.documents
    assert not PendingChange.objects.exists()


def test_nothing_is_written_while_the_new_index_takes_over(engine, section):
    factories.make_article(section)
    with rebuilding._building.lock:
        run_pending()
    assert PendingChange.objects.waiting().exists()
    indexing.catch_up()
    assert not PendingChange.objects.waiting().exists()

"""What a change of a page entails is written with the change, or neither is."""

import pytest
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageLogEntry, Revision
from wagtail.signals import page_published, page_unpublished, post_page_move

from core.signals import page_changed, readers_see_change
from home.models import StandardPage
from outbox.models import Consequence, PageEvent
from outbox.worker import run_pending
from pagecache import generations
from pages.atomic import make_actions_atomic
from pages.models import BasePage

pytestmark = pytest.mark.django_db


def events_of(page: BasePage) -> list[str]:
    """What the ledger tells of a page, oldest first."""
    run_pending()
    return list(PageEvent.objects.filter(page_id=page.pk).order_by("pk").values_list("event", flat=True))


@pytest.fixture
def failing_receiver():
    """Connect a receiver that raises: the last thing that happens before the commit."""
    connected = []

    def fail(sender, **kwargs):
        raise ZeroDivisionError

    def connect(signal):
        signal.connect(fail, weak=False)
        connected.append(signal)

    yield connect
    for signal in connected:
        signal.disconnect(fail)


def test_a_draft_entails_nothing(make_page):
    assert events_of(make_page()) == []


def test_each_change_is_told_once(make_page, home):
    page = make_page(live=True)
    other = make_page("Nơi khác", live=True)
    page.title = "Giới thiệu chung"
    page.save_revision().publish()
    page = StandardPage.objects.get(pk=page.pk)
    page.move(other, pos="last-child")
    page = StandardPage.objects.get(pk=page.pk)
    page.unpublish()
    StandardPage.objects.get(pk=page.pk).delete()
    assert events_of(page) == ["published", "updated", "moved", "unpublished", "deleted"]
    moved = PageEvent.objects.get(page_id=page.pk, event="moved")
    assert moved.url == "/noi-khac/gioi-thieu/"
    assert moved.page_type == "home.StandardPage"


def test_publishing_tells_of_the_revision(make_page):
    page = make_page(live=True)
    run_pending()
    event = PageEvent.objects.get(page_id=page.pk)
    assert event.revision_id == page.live_revision_id
    assert (event.title, event.url) == ("Giới thiệu", "/gioi-thieu/")


def test_saving_a_new_draft_of_a_live_page_is_no_change_for_readers(make_page):
    page = make_page(live=True)
    page.title = "Chưa công bố"
    page.save_revision()
    assert events_of(page) == ["published"]


def test_locking_a_live_page_is_no_change_for_readers(make_page):
    page = make_page(live=True)
    page.locked = True
    page.save()
    assert events_of(page) == ["published"]


def test_a_plain_save_of_a_live_page_is_an_update(make_page):
    page = make_page(live=True)
    page.summary = "Tóm tắt mới."
    page.save()
    assert events_of(page) == ["published", "updated"]


def test_a_page_created_live_is_published(home):
    page = home.add_child(instance=StandardPage(title="Liên hệ"))
    assert events_of(page) == ["published"]


def test_a_copy_that_stays_live_is_published(make_page):
    page = make_page(live=True)
    copy = page.copy(update_attrs={"slug": "ban-sao", "title": "Bản sao"})
    assert events_of(copy) == ["published"]


def test_a_new_address_by_slug_is_told_and_redirected_in_the_same_transaction(make_page):
    section = make_page("Mục", live=True)
    child = make_page("Con", parent=section, live=True)
    section = StandardPage.objects.get(pk=section.pk)
    section.slug = "muc-moi"
    section.save_revision().publish()
    # No commit has happened in this test: what is here was written in the transaction itself.
    assert set(Redirect.objects.values_list("old_path", flat=True)) == {"/muc", "/muc/con"}
    assert events_of(section) == ["published", "moved", "updated"]
    assert events_of(child) == ["published", "moved"]
    assert PageEvent.objects.get(page_id=child.pk, event="moved").url == "/muc-moi/con/"


def test_moving_tells_of_live_descendants_with_their_new_addresses(make_page):
    section, target = make_page("Mục", live=True), make_page("Đích", live=True)
    child = make_page("Con", parent=section, live=True)
    draft = make_page("Nháp", parent=StandardPage.objects.get(pk=section.pk))
    StandardPage.objects.get(pk=section.pk).move(StandardPage.objects.get(pk=target.pk), pos="last-child")
    assert events_of(section) == ["published", "moved"]
    assert events_of(child) == ["published", "moved"]
    assert events_of(draft) == []
    assert PageEvent.objects.get(page_id=child.pk, event="moved").url == "/dich/muc/con/"
    assert BasePage.objects.get(pk=child.pk).url_path.endswith("/dich/muc/con/")
    assert set(Redirect.objects.values_list("old_path", flat=True)) == {"/muc", "/muc/con"}


def test_a_draft_section_that_moves_tells_of_the_live_pages_below(make_page):
    section, target = make_page("Mục", live=True), make_page("Đích", live=True)
    child = make_page("Con", parent=section, live=True)
    StandardPage.objects.get(pk=section.pk).unpublish()
    StandardPage.objects.get(pk=section.pk).move(StandardPage.objects.get(pk=target.pk), pos="last-child")
    assert events_of(child) == ["published", "moved"]
    assert "moved" not in events_of(section)


def test_another_order_is_no_event_but_renews_the_section(make_page, home):
    first, second = make_page("Một", live=True), make_page("Hai", live=True)
    Consequence.objects.all().delete()
    StandardPage.objects.get(pk=second.pk).move(StandardPage.objects.get(pk=first.pk), pos="left")
    assert not Consequence.objects.filter(kind="page_event").exists()
    row = Consequence.objects.get(kind="generations")
    assert {"navigation", f"section-{home.pk}"} <= set(row.payload["keys"])


def test_deleting_a_section_tells_of_every_page_below(make_page):
    section = make_page("Mục", live=True)
    child = make_page("Con", parent=section, live=True)
    StandardPage.objects.get(pk=section.pk).delete()
    assert events_of(section) == ["published", "deleted"]
    assert events_of(child) == ["published", "deleted"]


@pytest.mark.parametrize("signal", [page_published, page_changed, readers_see_change])
def test_publishing_that_fails_at_the_end_leaves_nothing(make_page, failing_receiver, signal):
    page = make_page()
    failing_receiver(signal)
    with pytest.raises(ZeroDivisionError):
        page.latest_revision.publish()
    assert not BasePage.objects.get(pk=page.pk).live
    assert not PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").exists()
    assert not Consequence.objects.exists()


def test_unpublishing_that_fails_at_the_end_leaves_nothing(make_page, failing_receiver):
    page = make_page(live=True)
    Consequence.objects.all().delete()
    failing_receiver(page_unpublished)
    with pytest.raises(ZeroDivisionError):
        UnpublishPageAction(page).execute()
    assert BasePage.objects.get(pk=page.pk).live
    assert not Consequence.objects.exists()


def test_a_move_that_fails_at_the_end_leaves_the_tree_as_it_was(make_page, failing_receiver):
    page, target = make_page(live=True), make_page("Đích", live=True)
    Consequence.objects.all().delete()
    before = BasePage.objects.get(pk=page.pk).path
    failing_receiver(post_page_move)
    with pytest.raises(ZeroDivisionError):
        MovePageAction(page, target, pos="last-child").execute()
    assert BasePage.objects.get(pk=page.pk).path == before
    assert not Redirect.objects.exists()
    assert not Consequence.objects.exists()
    assert BasePage.find_problems() == ([], [], [], [], [])


def test_a_deletion_that_fails_at_the_end_leaves_the_page(make_page, failing_receiver):
    page = make_page(live=True)
    Consequence.objects.all().delete()
    failing_receiver(page_changed)
    with pytest.raises(ZeroDivisionError):
        page.delete()
    assert BasePage.objects.filter(pk=page.pk, live=True).exists()
    assert BasePage.find_problems() == ([], [], [], [], [])
    assert not Consequence.objects.exists()


def test_making_the_actions_atomic_twice_wraps_them_once():
    wrapped = MovePageAction.execute
    make_actions_atomic()
    assert MovePageAction.execute is wrapped


def test_keys_are_bumped_at_the_commit_and_not_before(make_page, django_capture_on_commit_callbacks):
    page = make_page(live=True)
    keys = [f"page-{page.pk}", "home", "unit-999"]
    before = generations.current(keys)
    with django_capture_on_commit_callbacks() as callbacks:
        page.title = "Mới"
        page.save_revision().publish()
    assert generations.current(keys) == before
    for callback in callbacks:
        callback()
    after = generations.current(keys)
    assert after[0] > before[0]
    assert after[1] > before[1]
    assert after[2] == before[2]


def test_the_worker_bumps_again_what_a_crash_left_out(make_page):
    page = make_page(live=True)
    run_pending()
    page.title = "Mới"
    page.save_revision().publish()
    before = generations.fingerprint([f"page-{page.pk}"])
    run_pending()
    assert generations.fingerprint([f"page-{page.pk}"]) != before


def test_old_and_new_topics_are_both_renewed(make_page):
    from taxonomy.models import Topic  # only this test needs topics

    old, new = Topic.objects.create(name="Cũ", slug="cu"), Topic.objects.create(name="Mới", slug="moi")
    page = make_page(live=True)
    page.topics.set([old])
    page.save_revision().publish()
    Consequence.objects.all().delete()
    page = StandardPage.objects.get(pk=page.pk)
    page.topics.set([new])
    page.save_revision().publish()
    keys = set(Consequence.objects.get(kind="generations").payload["keys"])
    assert {f"topic-{old.pk}", f"topic-{new.pk}"} <= keys


def test_a_registered_kind_gets_the_pages_it_wants(make_page, kind):
    jobs = []
    kind("watch", jobs.append, page_events={"published"}, wants=lambda page: page.title != "Thôi")
    page = make_page("Xem", live=True)
    make_page("Thôi", live=True)
    run_pending()
    assert [job.payload["pages"] for job in jobs] == [[page.pk]]


def test_revisions_of_other_pages_are_left_alone(make_page):
    page, other = make_page(live=True), make_page("Khác")
    page.save_revision().publish()
    assert Revision.objects.filter(object_id=str(other.pk)).count() == 1

"""What is similar to an item is worked out by the worker, kept, and renewed when something changes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.signals import readers_see_change
from outbox.models import Consequence
from search import related
from search.choosing import KEPT, KEPT_OF_TYPE, choose
from search.documents import SearchDocument
from search.engines import use_engine
from search.engines.contract import Hit
from search.engines.embedded import EmbeddedEngine
from search.indexing import drain
from search.models import IndexBuild, PendingChange, SimilarItem, SimilarList
from search.sources.loading import every_document
from tests import factories
from tests.search.live_index import *  # noqa: F403  # pytest finds fixtures by their names

pytestmark = pytest.mark.django_db

Due = SimilarList.Due
WAGES = (
    "Thương lượng tiền lương tối thiểu vùng",
    "Doanh nghiệp điều chỉnh tiền lương tối thiểu",
    "Tiền lương tối thiểu",
)
OTHERS = ("Hội thao chào mừng ngày thành lập", "Tập huấn phòng cháy chữa cháy", "Đại hội công đoàn cơ sở", "Hiến máu")


def article(section, title, text="", **fields):
    body = [("paragraph", f"<p>{title}. {text}</p>")]
    return factories.make_article(section, title=title, body=body, **fields)


def work():
    """What the worker does: write the index, then make lists until none waits. Return how many were made."""
    drain()
    made = 0
    while some := related.make_lists():
        made += some
    return made


def list_of(page):
    return list(SimilarItem.objects.filter(page_id=page.pk).values_list("other_id", flat=True))


@pytest.fixture
def told():
    """The keys of stored pages that were renewed, one set per change."""
    keys = []

    def note(sender, **kwargs):
        keys.append(set(kwargs["keys"]))

    readers_see_change.connect(note, sender=SimilarList, weak=False)
    yield keys
    readers_see_change.disconnect(note, sender=SimilarList)


@pytest.fixture
def portal(section, tmp_path):
    """Articles on wages and others, in a real index."""
    wages = [article(section, title, days_ago=100 + number) for number, title in enumerate(WAGES)]
    others = [article(section, title, days_ago=number) for number, title in enumerate(OTHERS)]
    engine = EmbeddedEngine(tmp_path / "index")
    use_engine(engine)
    engine.rebuild(every_document())
    PendingChange.objects.all().delete()
    yield wages, others
    use_engine(None)


class TestLists:
    def test_an_article_on_wages_lists_others_on_wages_first(self, portal):
        wages, _others = portal
        related.look_for_outdated()
        assert work() >= len(WAGES + OTHERS)
        for page in wages:
            assert set(list_of(page)[:2]) == {other.pk for other in wages} - {page.pk}

    def test_a_new_article_appears_below_older_ones(self, portal, section):
        wages, _others = portal
        related.look_for_outdated()
        work()
        new = article(section, "Tiền lương tối thiểu vùng năm tới")
        work()
        assert set(list_of(new)[:3]) == {page.pk for page in wages}
        for page in wages:
            assert new.pk in list_of(page)

    def test_what_changed_its_subject_leaves(self, portal):
        wages, _others = portal
        related.look_for_outdated()
        work()
        page = wages[2]
        page.title, page.body = "Quán cà phê", [("paragraph", "<p>Giới thiệu quán cà phê bên hồ.</p>")]
        page.save_revision().publish()
        work()
        for other in wages[:2]:
            assert page.pk not in list_of(other)[:1]
        assert not SimilarList.objects.waiting().exists()


class TestKeeping:
    def test_nothing_is_worked_out_twice(self, engine, section, told):
        pages = [article(section, f"Tiền lương {number}") for number in range(5)]
        assert work() == len(pages)
        assert not SimilarList.objects.waiting().exists()
        assert work() == 0
        lists = {page.pk: list_of(page) for page in pages}
        told.clear()
        pages[0].save_revision().publish()
        assert work() == len(pages)  # itself, then the four it is similar to, and there it ends
        assert work() == 0
        assert {page.pk: list_of(page) for page in pages} == lists
        assert told == []

    def test_a_list_that_changed_renews_the_stored_page(self, engine, section, told):
        first, second = article(section, "Tiền lương"), article(section, "Tiền lương tháng")
        work()
        assert set().union(*told) == {f"page-{first.pk}", f"page-{second.pk}"}
        told.clear()
        third = article(section, "Tiền lương năm")
        work()
        assert f"page-{first.pk}" in set().union(*told)
        assert f"page-{third.pk}" in set().union(*told)
        assert Consequence.objects.filter(kind="generations").exists()

    def test_interrupted_work_is_done_again_and_nothing_else(self, engine, section, monkeypatch):
        pages = [article(section, f"Tiền lương {number}") for number in range(3)]
        drain()

        def killed(*args, **kwargs):
            raise KeyboardInterrupt

        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(readers_see_change, "send", killed)
            related.make_lists()
        assert SimilarItem.objects.count() == 0
        assert SimilarList.objects.waiting().count() == len(pages)
        assert work() == len(pages)

    def test_what_is_asked_for_meanwhile_stays(self, engine, section, monkeypatch):
        page = article(section, "Tiền lương")
        article(section, "Tiền lương năm")
        work()
        related.note_indexed([f"page:{page.pk}"], gone=[])
        ask = engine.similar

        def similar(key, **kwargs):
            monkeypatch.setattr(engine, "similar", ask)
            related.note_indexed([key], gone=[])
            return ask(key, **kwargs)

        monkeypatch.setattr(engine, "similar", similar)
        related.make_lists(seconds=-1)
        assert SimilarList.objects.get(pk=page.pk).due == Due.CHANGED
        work()
        assert SimilarList.objects.get(pk=page.pk).due == Due.NOT

    def test_the_index_goes_first(self, engine, section):
        for number in range(3 * related.TOGETHER):
            article(section, f"Tiền lương {number}")
        drain()
        article(section, "Mới")
        assert related.make_lists() == related.TOGETHER

    def test_what_is_taken_down_has_no_list(self, engine, section):
        page, other = article(section, "Tiền lương"), article(section, "Tiền lương năm")
        work()
        page.unpublish()
        work()
        assert list_of(page) == []
        assert not SimilarList.objects.filter(pk=page.pk).exists()
        assert not related.most_similar(other.pk, type(page).objects.listed()).exists()
        type(other).objects.get(pk=other.pk).delete()
        work()
        assert not SimilarItem.objects.filter(page_id=other.pk).exists()

    def test_sections_and_files_stand_in_no_list(self, engine, section):
        page = article(section, "Việc làm và tiền lương")
        factories.make_document("Việc làm và tiền lương")
        work()
        assert list_of(page) == []
        assert not SimilarList.objects.filter(pk=section.pk).exists()


class TestTrouble:
    def test_without_an_engine_lists_wait(self, engine, section):
        page = article(section, "Tiền lương")
        article(section, "Tiền lương năm")
        drain()
        engine.available = False
        assert related.make_lists() == 0
        assert SimilarList.objects.waiting().count() == 2
        engine.available = True
        assert work() == 2
        assert list_of(page)

    def test_one_that_breaks_the_engine_stands_in_no_others_way(self, engine, section, monkeypatch, caplog):
        page, other = article(section, "Tiền lương"), article(section, "Tiền lương năm")
        ask = engine.similar

        def similar(key, **kwargs):
            if key == f"page:{page.pk}":
                raise ValueError("unforeseen")
            return ask(key, **kwargs)

        monkeypatch.setattr(engine, "similar", similar)
        work()
        assert list_of(other) == [page.pk]
        assert not SimilarList.objects.waiting().exists()
        assert "unforeseen" in caplog.text


class TestOutdated:
    def test_items_without_a_list_are_found_newest_first_and_a_bounded_number(self, engine, section, monkeypatch):
        pages = [article(section, f"Tiền lương {number}", days_ago=number) for number in range(4)]
        drain()
        SimilarList.objects.all().delete()
        monkeypatch.setattr(related, "FOUND", 2)
        assert related.look_for_outdated() == 2
        assert set(SimilarList.objects.waiting()) == set(SimilarList.objects.filter(pk__in=[p.pk for p in pages[:2]]))
        assert related.look_for_outdated() == 0  # until these are made
        work()
        assert related.look_for_outdated() == 2
        work()
        assert related.look_for_outdated() == 0

    def test_a_new_build_makes_all_lists_anew_once(self, engine, section, told):
        for number in range(3):
            article(section, f"Tiền lương {number}")
        work()
        told.clear()
        IndexBuild.objects.create(engine=engine.name, documents=4)
        assert related.look_for_outdated() == 3
        assert work() == 3
        assert related.look_for_outdated() == 0
        assert told == []
        IndexBuild.objects.create(engine=engine.name, documents=4, compacted=True)
        assert related.look_for_outdated() == 0

    def test_while_the_index_is_to_be_built_nothing_is_looked_for(self, engine, section):
        article(section, "Tiền lương")
        PendingChange.objects.create(scope="everything")
        assert related.look_for_outdated() == 0

    def test_a_better_reason_is_kept(self, engine, section):
        page = article(section, "Tiền lương")
        related.note_indexed([f"page:{page.pk}"], gone=[])
        related.look_for_outdated()
        assert SimilarList.objects.get(pk=page.pk).due == Due.CHANGED


NOW = timezone.now()


def hit(pk, score, title="", *, days=0.0, fades=True):
    title = title or f"Bài {chr(96 + pk)}{chr(97 + pk)}"
    date = NOW - timedelta(days=days)
    key = f"page:{pk}"
    return pk, Hit(key, score, SearchDocument(key=key, kind="tin-bai", title=title, url="/", date=date, fades=fades))


class TestChoosing:
    def test_the_most_similar_first(self):
        assert choose([hit(1, 5), hit(2, 10), hit(3, 7)], set(), NOW) == [2, 3, 1]

    def test_what_has_little_in_common_is_left_out(self):
        assert choose([hit(1, 10), hit(2, 1)], set(), NOW) == [1]
        assert choose([], set(), NOW) == []
        assert choose([hit(1, 0)], set(), NOW) == []

    def test_the_newest_of_equally_similar_first(self):
        assert choose([hit(1, 10, days=3), hit(2, 10.1, days=9), hit(3, 10, days=1)], set(), NOW) == [3, 1, 2]

    def test_old_news_fades_and_rules_in_force_do_not(self):
        assert choose([hit(1, 10, days=2000), hit(2, 8)], set(), NOW) == [2, 1]
        assert choose([hit(1, 10, days=2000, fades=False), hit(2, 8)], set(), NOW) == [1, 2]

    def test_a_series_does_not_fill_the_list(self):
        series = [hit(number, 11 - number, f"Bản tin công đoàn tuần {number}") for number in range(1, 5)]
        assert choose([*series, hit(5, 6), hit(6, 5)], set(), NOW)[:3] == [1, 5, 6]

    def test_a_list_ends_and_has_room_for_the_own_type(self):
        hits = [hit(pk, 100 - pk, days=pk) for pk in range(1, 25)]
        own = {pk for pk, _hit in hits if pk > 14}
        chosen = choose(hits, own, NOW)
        assert len(chosen) == KEPT + KEPT_OF_TYPE
        assert chosen[:KEPT] == list(range(1, KEPT + 1))
        assert set(chosen[KEPT:]) <= own

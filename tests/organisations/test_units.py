"""Units in their tree and in time."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from organisations import selectors
from organisations.models import FormerName, Unit
from tests import factories

YESTERDAY = timezone.localdate() - timedelta(days=1)


def fresh(unit: Unit) -> Unit:
    return Unit.objects.get(pk=unit.pk)


@pytest.fixture
def federation(db):
    return factories.make_unit("Liên đoàn Lao động tỉnh Hoà Lam", kind="federation", short_name="LĐLĐ tỉnh")


@pytest.fixture
def sector(federation):
    return factories.make_unit("Công đoàn Dệt may", kind="sector", parent=federation)


@pytest.fixture
def grassroots(sector):
    return factories.make_unit("Công đoàn cơ sở Dệt Phú Lộc", parent=sector)


class TestTree:
    def test_paths_name_every_unit_above(self, federation, sector, grassroots):
        assert federation.tree_path == f"/{federation.pk}/"
        assert grassroots.tree_path == f"/{federation.pk}/{sector.pk}/{grassroots.pk}/"
        assert (federation.level, sector.level, grassroots.level) == (1, 2, 3)

    def test_what_is_below_moves_along(self, federation, sector, grassroots):
        other = factories.make_unit("Công đoàn Cảng", parent=federation)
        deepest = factories.make_unit("Tổ công đoàn 3", parent=grassroots)
        moving = fresh(sector)
        moving.parent = other
        moving.save()
        assert fresh(deepest).tree_path == f"/{federation.pk}/{other.pk}/{sector.pk}/{grassroots.pk}/{deepest.pk}/"
        moving = fresh(sector)
        moving.parent = None
        moving.save()
        assert fresh(deepest).tree_path == f"/{sector.pk}/{grassroots.pk}/{deepest.pk}/"
        assert fresh(other).tree_path == f"/{federation.pk}/{other.pk}/"

    def test_a_similar_number_is_not_below(self, federation):
        """Paths end with a slash, or unit 1 would hold unit 12."""
        units = [factories.make_unit(parent=federation) for _number in range(12)]
        within = Unit.objects.within(units[0].tree_path)
        assert list(within) == [units[0]]

    def test_saving_through_a_stale_parent_keeps_the_tree_right(self, federation, sector, grassroots):
        stale = Unit.objects.select_related("parent").get(pk=grassroots.pk)
        assert stale.parent.tree_path
        other = factories.make_unit("Công đoàn Cảng", parent=federation)
        moving = fresh(sector)
        moving.parent = other
        moving.save()
        stale.members = 12
        stale.save()
        assert fresh(grassroots).tree_path == f"/{federation.pk}/{other.pk}/{sector.pk}/{grassroots.pk}/"

    @pytest.mark.parametrize("choose", ["self", "child", "grandchild"])
    def test_a_circle_is_refused_in_words(self, choose, federation, sector, grassroots):
        unit = fresh(federation)
        unit.parent = {"self": unit, "child": sector, "grandchild": grassroots}[choose]
        with pytest.raises(ValidationError) as refused:
            unit.full_clean()
        assert list(refused.value.message_dict) == ["parent"]

    def test_the_tree_is_read_in_one_query(self, federation, sector, grassroots, django_assert_num_queries):
        with django_assert_num_queries(1):
            [root] = selectors.unit_tree()
        assert root.unit == federation
        assert root.children[0].children[0].unit == grassroots
        assert root.children[0].children[0].level == 3

    def test_a_unit_whose_parent_has_ended_is_not_lost(self, federation, sector, grassroots):
        Unit.objects.filter(pk=sector.pk).update(valid_to=YESTERDAY)
        assert grassroots in [node.unit for node in selectors.unit_tree()]

    def test_a_unit_with_units_below_is_not_deleted(self, federation, sector, admin_client):
        response = admin_client.post(reverse("wagtailsnippets_organisations_unit:delete", args=[federation.pk]))
        assert response.status_code in {200, 302, 403}
        assert Unit.objects.filter(pk=federation.pk).exists()


class TestMergers:
    @pytest.mark.parametrize("length", [1, 2, 3])
    def test_a_circle_is_refused_in_words(self, length, db):
        units = [factories.make_unit() for _number in range(length)]
        for unit, following in pairwise(units):
            Unit.objects.filter(pk=unit.pk).update(merged_into=following)
        last = fresh(units[-1])
        last.merged_into = fresh(units[0])
        with pytest.raises(ValidationError) as refused:
            last.full_clean()
        assert list(refused.value.message_dict) == ["merged_into"]

    def test_a_circle_in_the_database_ends_the_walk(self, db):
        """Forms refuse it; an import might not."""
        first, second = factories.make_unit(valid_to=YESTERDAY), factories.make_unit(valid_to=YESTERDAY)
        Unit.objects.filter(pk=first.pk).update(merged_into=second)
        Unit.objects.filter(pk=second.pk).update(merged_into=first)
        assert selectors.successor(fresh(first)) in {first, second}

    def test_the_last_of_a_chain_is_the_successor(self, db):
        third = factories.make_unit()
        second = factories.make_unit(valid_to=YESTERDAY, merged_into=third)
        first = factories.make_unit(valid_to=YESTERDAY, merged_into=second)
        assert selectors.successor(fresh(first)) == third


class TestTime:
    @pytest.mark.parametrize(("begin", "end", "exists"), [
        (None, None, True), (0, 0, True), (-1, None, True), (1, None, False), (None, 0, True), (None, -1, False),
        (-9, -1, False),
    ])  # fmt: skip
    def test_a_unit_exists_from_its_first_to_its_last_day(self, begin, end, exists, db):
        today = timezone.localdate()
        days = {"valid_from": begin, "valid_to": end}
        unit = factories.make_unit(
            **{name: None if day is None else today + timedelta(days=day) for name, day in days.items()}
        )
        assert unit.is_current == exists
        assert Unit.objects.current().filter(pk=unit.pk).exists() == exists

    def test_the_end_before_the_beginning_is_refused(self, db):
        unit = Unit(name="X", valid_from=date(2025, 7, 1), valid_to=date(2025, 6, 30))
        with pytest.raises(ValidationError):
            unit.full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            unit.save()

    def test_districts_until_2025(self, federation):
        district = factories.make_unit("LĐLĐ huyện Gò Dâu", kind="district", valid_to=date(2025, 6, 30))
        assert district in selectors.abolished_units()
        assert district in Unit.objects.current(on=date(2025, 6, 30))
        assert district not in Unit.objects.current(on=date(2025, 7, 1))


class TestNames:
    def test_slug_and_order(self, db):
        names = ["Công đoàn Đường sắt", "Công đoàn Điện lực", "Công đoàn Dầu khí", "Công đoàn Cao su"]
        for name in names:
            factories.make_unit(name)
        assert [unit.name for unit in Unit.objects.all()] == ["Công đoàn Cao su", "Công đoàn Dầu khí",
            "Công đoàn Điện lực", "Công đoàn Đường sắt"]  # fmt: skip
        assert Unit.objects.get(name="Công đoàn Đường sắt").slug == "cong-doan-duong-sat"

    def test_a_slug_given_twice_is_refused_in_words(self, db, admin_client):
        factories.make_unit("Công đoàn Y tế")
        response = admin_client.post(reverse("wagtailsnippets_organisations_unit:add"), unit_data("Công đoàn Y tế"))
        assert response.status_code in {200, 302}
        assert Unit.objects.filter(slug="cong-doan-y-te").count() == 1

    def test_people_are_ordered_by_given_name(self, db):
        for name in ("Trần Thị Đào", "Nguyễn Văn An", "Lê Thị Dung", "Phạm Ân"):
            factories.make_person(name)
        from organisations.models import Person

        assert [str(person) for person in Person.objects.all()] == [
            "Nguyễn Văn An",
            "Phạm Ân",
            "Lê Thị Dung",
            "Trần Thị Đào",
        ]

    def test_people_of_the_same_name_get_different_addresses(self, db):
        slugs = [factories.make_person("Nguyễn Văn An").slug for _number in range(3)]
        assert slugs == ["nguyen-van-an", "nguyen-van-an-2", "nguyen-van-an-3"]

    @pytest.mark.parametrize("name", ["阿", "…", "X" * 120])
    def test_odd_names_of_people(self, name, db):
        assert factories.make_person(name).slug


def unit_data(name: str, **fields: str) -> dict[str, str]:
    data = {"name": name, "kind": "grassroots"}
    for prefix in ("former_names", "assignments"):
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return {**data, **fields}


class TestAddresses:
    def test_a_unit_without_a_page_is_readable(self, grassroots, client):
        response = client.get(grassroots.url)
        assert response.status_code == 200
        assert grassroots.name in response.content.decode()

    def test_a_unit_with_a_page_shows_it(self, sector, client):
        factories.make_unit_page(sector, body=[("paragraph", "<p>Lời của chính đơn vị</p>")])
        assert "Lời của chính đơn vị" in client.get(sector.url).content.decode()

    def test_a_draft_of_its_page_does_not_hide_the_unit(self, sector, client):
        factories.make_unit_page(sector, live=False, body=[("paragraph", "<p>Lời của chính đơn vị</p>")])
        response = client.get(sector.url)
        assert response.status_code == 200
        assert "Lời của chính đơn vị" not in response.content.decode()

    @pytest.mark.parametrize("with_page", [False, True])
    def test_a_former_name_leads_to_the_unit(self, with_page, sector, client):
        FormerName.objects.create(unit=sector, name="Công đoàn ngành Dệt")
        if with_page:
            factories.make_unit_page(sector)
        response = client.get("/don-vi/cong-doan-nganh-det/")
        assert response.status_code == 301
        assert response["Location"] == sector.url

    @pytest.mark.parametrize("with_page", [False, True])
    def test_a_merged_unit_leads_to_its_successor_and_stays_readable(self, with_page, sector, client):
        old = factories.make_unit("Công đoàn May cũ", valid_to=YESTERDAY, merged_into=sector)
        if with_page:
            factories.make_unit_page(old, body=[("paragraph", "<p>Chuyện ngày trước</p>")])
        response = client.get(old.url)
        assert response.status_code == 301
        assert response["Location"].startswith(sector.url)
        archive = client.get(f"{old.url}luu-tru/")
        assert archive.status_code == 200
        assert "Công đoàn May cũ" in archive.content.decode()
        assert ("Chuyện ngày trước" in archive.content.decode()) == with_page

    def test_a_merger_to_come_redirects_nobody_yet(self, sector, client):
        tomorrow = timezone.localdate() + timedelta(days=1)
        unit = factories.make_unit("Công đoàn sắp sáp nhập", valid_to=tomorrow, merged_into=sector)
        assert client.get(unit.url).status_code == 200

    def test_a_unit_that_ended_without_successor_stays_readable(self, db, client):
        unit = factories.make_unit("Công đoàn đã giải thể", valid_to=YESTERDAY)
        assert client.get(unit.url).status_code == 200

    def test_a_circle_of_mergers_does_not_send_readers_in_circles(self, db, client):
        first, second = factories.make_unit(valid_to=YESTERDAY), factories.make_unit(valid_to=YESTERDAY)
        Unit.objects.filter(pk=first.pk).update(merged_into=second)
        Unit.objects.filter(pk=second.pk).update(merged_into=first)
        response = client.get(first.url)
        for _hop in range(4):
            if response.status_code != 301:
                break
            response = client.get(response["Location"].split("#")[0])
        assert response.status_code == 200

    @pytest.mark.parametrize("path", ["khong-co/", "khong-co/luu-tru/", "khong-co/luu-tru/nua/"])
    def test_units_that_never_were_are_not_found(self, path, db, client):
        assert client.get(f"/don-vi/{path}").status_code == 404

    def test_the_list_names_units_of_today_and_of_before(self, federation, sector, grassroots, client):
        factories.make_unit("LĐLĐ huyện cũ", kind="district", valid_to=YESTERDAY, merged_into=sector)
        html = client.get("/don-vi/").content.decode()
        for name in (sector.name, "LĐLĐ huyện cũ"):
            assert name in html

    def test_a_units_page_shows_news_of_all_below_it(self, sector, grassroots, section, client):
        factories.make_article(section, title="Tin từ cơ sở", unit=grassroots)
        factories.make_article(section, title="Tin của nơi khác", unit=factories.make_unit())
        html = client.get(sector.url).content.decode()
        assert "Tin từ cơ sở" in html
        assert "Tin của nơi khác" not in html

    def test_a_unit_has_one_page(self, sector):
        factories.make_unit_page(sector)
        from organisations.models import UnitPage

        with pytest.raises(ValidationError) as refused:
            UnitPage(title="Lần nữa", unit=sector).full_clean()
        assert "unit" in refused.value.message_dict

    def test_an_expired_page_of_a_unit_is_gone(self, sector, client):
        page = factories.make_unit_page(sector)
        type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now())
        assert client.get(sector.url).status_code == 404


class TestAdmin:
    def test_a_unit_is_made_with_former_names(self, admin_client):
        data = unit_data("Công đoàn Giáo dục") | {
            "former_names-TOTAL_FORMS": "1",
            "former_names-0-name": "Công đoàn ngành Giáo dục và Đào tạo",
            "former_names-0-slug": "", "former_names-0-until": "", "former_names-0-ORDER": "1", "former_names-0-id": "",
        }  # fmt: skip
        response = admin_client.post(reverse("wagtailsnippets_organisations_unit:add"), data)
        assert response.status_code == 302, response.context["form"].errors
        unit = Unit.objects.get()
        assert unit.slug == "cong-doan-giao-duc"
        assert unit.tree_path == f"/{unit.pk}/"
        assert unit.former_names.get().slug == "cong-doan-nganh-giao-duc-va-dao-tao"

    def test_a_circle_is_refused_by_the_form(self, federation, sector, admin_client):
        data = unit_data(federation.name, parent=str(sector.pk), slug=federation.slug)
        response = admin_client.post(reverse("wagtailsnippets_organisations_unit:edit", args=[federation.pk]), data)
        assert response.status_code == 200
        assert not str(response.context["form"].errors["parent"]).isascii()

    @pytest.mark.parametrize("name", ["unit", "person"])
    def test_lists_and_forms_open(self, name, admin_client, grassroots):
        factories.make_person(unit=grassroots)
        assert admin_client.get(reverse(f"wagtailsnippets_organisations_{name}:list")).status_code == 200
        assert admin_client.get(reverse(f"wagtailsnippets_organisations_{name}:add")).status_code == 200

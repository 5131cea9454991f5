"""The calendar's views as readers and crawlers meet them."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from events import calendars
from events.choices import EventKind, Status
from events.models import EventIndexPage, EventPage
from home.models import HomePage
from organisations.models.units import FormerName
from search.sources.pages import load
from tests import factories

pytestmark = [pytest.mark.django_db(databases=["default", "visits"]), pytest.mark.usefixtures("media_root")]

CALENDAR = "/lich-cong-tac/"
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=timezone.get_default_timezone())  # a Thursday


@pytest.fixture(autouse=True)
def thursday():
    with time_machine.travel(NOW, tick=False):
        yield


def at(*parts):
    return datetime(*parts, tzinfo=timezone.get_default_timezone())


def read(address: str, status: int = 200) -> str:
    response = Client().get(address)
    assert response.status_code == status, address
    return unescape(response.content.decode())


def cell(html, day):
    """What stands in a day of the month."""
    found = rf'<td class="month__day[^>]*>\s*<time class="month__date" datetime="{day}">.*?</td>'
    return re.search(found, html, re.DOTALL)[0]


# Month ----------------------------------------------------------------------------------------------------------------


def test_an_event_stands_in_its_day_and_one_of_several_days_in_each():
    factories.make_event(at(2026, 11, 5, 8), title="Họp giao ban")
    factories.make_event(at(2026, 11, 29, 8), hours=72, title="Hội thao ba ngày")

    html = read(CALENDAR)

    assert "8:00" in cell(html, "2026-11-05")
    assert "Họp giao ban" in cell(html, "2026-11-05")
    assert "Họp giao ban" not in cell(html, "2026-11-06")
    for day in ("2026-11-29", "2026-11-30"):
        assert "Hội thao ba ngày" in cell(html, day)
    assert "tiếp" in cell(html, "2026-11-30")
    following = read(f"{CALENDAR}2026/12/")
    assert "Hội thao ba ngày" in cell(following, "2026-12-02")
    assert "Hội thao ba ngày" not in cell(following, "2026-12-03")


def test_midnight_parts_the_months_by_the_portals_clock():
    factories.make_event(at(2026, 12, 1, 0), hours=1, title="Đúng nửa đêm")
    factories.make_event(at(2026, 11, 30, 20), hours=4, title="Đến nửa đêm")

    assert "Đúng nửa đêm" not in read(CALENDAR)
    december = read(f"{CALENDAR}2026/12/")
    assert "Đúng nửa đêm" in cell(december, "2026-12-01")
    assert "Đến nửa đêm" not in december


def test_a_leap_day_is_there():
    factories.make_event(at(2028, 2, 29, 8), title="Ngày nhuận")

    assert "Ngày nhuận" in cell(read(f"{CALENDAR}2028/02/"), "2028-02-29")


def test_today_is_marked_and_moves_at_midnight():
    assert "today" in cell(read(CALENDAR), "2026-11-26")
    with time_machine.travel(at(2026, 11, 30, 23, 59, 59), tick=False):
        assert "today" in cell(read(CALENDAR), "2026-11-30")
    with time_machine.travel(at(2026, 12, 1), tick=False):
        assert "today" in cell(read(CALENDAR), "2026-12-01")
        assert "today" not in read(f"{CALENDAR}2026/11/").partition("<tbody>")[2].partition("</tbody>")[0]


def test_an_empty_month_says_so():
    assert "Tháng này chưa có lịch." in read(CALENDAR)


def test_what_nobody_may_see_is_nowhere():
    factories.make_event(at(2026, 11, 27, 8), title="Còn nháp", live=False)
    factories.make_event(at(2026, 11, 27, 8), title="Đã hết hạn", expire_at=NOW - timedelta(minutes=1))
    closed = factories.make_event(at(2026, 11, 27, 8), title="Chỉ nội bộ")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")

    for address in (CALENDAR, f"{CALENDAR}tuan/", f"{CALENDAR}danh-sach/", "/lich-cong-tac.ics"):
        html = read(address)
        assert not [title for title in ("Còn nháp", "Đã hết hạn", "Chỉ nội bộ") if title in html]


def test_what_is_not_there_is_not_found():
    nowhere = ["2019/01/", "2029/01/", "0000/01/", "9999/12/", "2026/13/", "2026/00/", "2026/1/", "2026/", "٢٠٢٦/11/"]
    nowhere += ["tuan/2026-02-30/", "tuan/9999-12-31/", "tuan/0001-01-01/", "tuan/x/", "danh-sach/x/", "khong-co/"]
    nowhere += ["?loai=khong-co", "?don-vi=khong-co", "danh-sach/?trang=2", "da-qua/?trang=99999999"]

    assert {path: Client().get(f"{CALENDAR}{path}").status_code for path in nowhere} == dict.fromkeys(nowhere, 404)


def test_the_edges_of_the_calendar_are_there():
    edges = ["2021/01/", "2028/12/", "tuan/2021-01-01/", "tuan/2020-12-28/", "tuan/2028-12-31/", "?trang=-1&x=%00"]

    answers = {path: Client().get(f"{CALENDAR}{path}").status_code for path in edges}

    assert answers == dict.fromkeys(edges, 200)


def test_a_crawler_comes_to_an_end():
    first, last = read(f"{CALENDAR}2021/01/"), read(f"{CALENDAR}2028/12/")

    assert 'rel="prev"' not in first
    assert 'rel="next"' not in last
    assert "noindex" in first
    assert "noindex" not in read(CALENDAR)
    assert "noindex" not in read(f"{CALENDAR}2027/05/")
    assert "noindex" in read(f"{CALENDAR}?loai=hop")
    assert "noindex" in read(f"{CALENDAR}tuan/")


def test_a_week_has_one_address():
    html = read(f"{CALENDAR}tuan/2026-11-26/")

    assert '<link rel="canonical" href="http://testserver/lich-cong-tac/tuan/2026-11-23/">' in html


# Week -----------------------------------------------------------------------------------------------------------------


def test_a_week_names_hour_place_and_chair_of_each_day():
    factories.make_event(
        at(2026, 11, 27, 13, 30), title="Đối thoại", place="Nhà văn hoá", chair="Đỗ Thị Ẩn", status=Status.CANCELLED
    )

    html = read(f"{CALENDAR}tuan/")

    row = re.search(r'<tr class="week__row cancelled">.*?</tr>', html, re.DOTALL)[0]
    for words in ("13:30", "Đối thoại", "Nhà văn hoá", "Đỗ Thị Ẩn", "Đã huỷ"):
        assert words in row
    assert html.count("Không có lịch") == 6


# List and filters -----------------------------------------------------------------------------------------------------


def test_what_comes_stands_before_what_was_and_each_in_its_order():
    factories.make_event(at(2026, 12, 9, 8), title="Việc sau")
    factories.make_event(at(2026, 11, 26, 8), title="Đang họp")
    factories.make_event(at(2026, 11, 20, 8), title="Tuần trước")
    factories.make_event(at(2026, 10, 20, 8), title="Tháng trước")

    coming, past = read(f"{CALENDAR}danh-sach/"), read(f"{CALENDAR}da-qua/")

    assert coming.index("Đang họp") < coming.index("Việc sau")
    assert "Đang diễn ra" in coming
    assert past.index("Tuần trước") < past.index("Tháng trước")
    assert "Tuần trước" not in coming
    assert "Việc sau" not in past


def test_a_unit_shows_what_the_units_below_do_and_a_kind_only_its_own():
    above = factories.make_unit("Liên đoàn Lao động tỉnh")
    below = factories.make_unit("Công đoàn Dệt may", parent=above)
    factories.make_event(at(2026, 11, 27, 8), title="Của ngành dệt", unit=below)
    factories.make_event(at(2026, 11, 27, 9), title="Của tỉnh", unit=above, kind=EventKind.CONFERENCE)
    factories.make_event(at(2026, 11, 27, 10), title="Của người khác", unit=factories.make_unit("Công đoàn Y tế"))

    def titles(query: str) -> set[str]:
        pages = [read(f"{CALENDAR}{path}{query}") for path in ("", "tuan/", "danh-sach/")]
        every = ("Của ngành dệt", "Của tỉnh", "Của người khác")
        shown = [{title for title in every if title in page} for page in pages]
        assert shown[0] == shown[1] == shown[2]
        return shown[0]

    assert titles(f"?don-vi={above.slug}") == {"Của ngành dệt", "Của tỉnh"}
    assert titles(f"?don-vi={below.slug}") == {"Của ngành dệt"}
    assert titles(f"?don-vi={above.slug}&loai=hoi-nghi") == {"Của tỉnh"}
    assert titles("?don-vi=&loai=") == {"Của ngành dệt", "Của tỉnh", "Của người khác"}
    assert f'href="{CALENDAR}2026/12/?don-vi={above.slug}&loai=hoi-nghi"' in read(
        f"{CALENDAR}?loai=hoi-nghi&don-vi={above.slug}&utm_source=zalo"
    )


def test_a_former_name_of_a_unit_is_known():
    unit = factories.make_unit("Công đoàn Công Thương")
    FormerName.objects.create(unit=unit, name="Công đoàn Công nghiệp")
    factories.make_event(at(2026, 11, 27, 8), title="Họp ngành", unit=unit)

    assert "Họp ngành" in read(f"{CALENDAR}?don-vi=cong-doan-cong-nghiep")


def test_pages_of_the_list(monkeypatch):
    monkeypatch.setattr(calendars, "PER_PAGE", 2)
    for number in range(3):
        factories.make_event(at(2026, 12, 1 + number, 8), kind=EventKind.VISIT)

    first, second = read(f"{CALENDAR}danh-sach/?loai=tham-hoi"), read(f"{CALENDAR}danh-sach/?loai=tham-hoi&trang=2")

    assert (first.count('class="eventrow '), second.count('class="eventrow ')) == (2, 1)
    assert f'href="{CALENDAR}danh-sach/?loai=tham-hoi&trang=2"' in first


def test_a_view_costs_the_same_with_few_events_and_with_many():
    views = ["", "tuan/", "danh-sach/", "da-qua/"]

    def costs(events: int) -> list[int]:
        for index in range(events):
            factories.make_event(at(2026, 11, 23 + index % 6, 8), unit=factories.make_unit())
        counted = []
        for path in views:
            read(f"{CALENDAR}{path}")
            with CaptureQueriesContext(connection) as queries:
                read(f"{CALENDAR}{path}")
            counted.append(len(queries))
        return counted

    few = costs(4)

    assert costs(8) == few
    assert max(few) <= 12


# Where else events are shown ------------------------------------------------------------------------------------------


def test_the_front_page_shows_what_comes_and_nothing_when_nothing_comes():
    factories.make_event(at(2026, 11, 20, 8), title="Đã qua rồi")
    factories.make_event(at(2026, 11, 28, 8), title="Bị huỷ", status=Status.CANCELLED)
    assert 'href="/lich-cong-tac/"' not in read("/").partition("<main")[2].partition("</main>")[0]

    factories.make_event(at(2026, 11, 29, 8), title="Sắp họp")
    html = read("/")

    assert "Sắp họp" in html
    assert "event-rows" in html
    assert "Bị huỷ" not in html


def test_editors_place_the_band_themselves():
    factories.make_event(at(2026, 11, 29, 8), title="Sắp họp")
    home = HomePage.objects.get()
    home.bands = [("events", None)]
    home.save_revision().publish()

    assert "Sắp họp" in read("/")


def test_a_units_page_shows_its_coming_events_once():
    above = factories.make_unit("Liên đoàn Lao động tỉnh")
    below = factories.make_unit("Công đoàn Dệt may", parent=above)
    factories.make_unit_page(above)
    factories.make_event(at(2026, 11, 29, 8), title="Thương lượng ở chuyền", unit=below)

    html = read(above.url)

    assert html.count("Thương lượng ở chuyền") == 1
    assert f"{CALENDAR}danh-sach/?don-vi={above.slug}" in html
    assert "Sắp diễn ra" not in read(factories.make_unit("Công đoàn Y tế").url)


def test_it_is_found_by_day_place_and_people():
    page = factories.make_event(
        at(2026, 12, 3, 8),
        title="Họp",
        place="Nhà văn hoá Đông Lâu",
        chair="Đỗ Thị Ẩn",
        online_url="https://mat.example/",
    )

    (document,) = load([page.pk])

    for words in ("3/12/2026", "ngày 3 tháng 12 năm 2026", "Nhà văn hoá Đông Lâu", "Đỗ Thị Ẩn"):
        assert words in document.text
    assert (document.kind, document.shown["date"], document.date) == ("lich", "3/12/2026", page.start)
    assert "mat.example" not in repr(document)


# Rules of the form ----------------------------------------------------------------------------------------------------


def test_slips_are_named():
    slips = [
        ({"end": at(2026, 11, 26, 8)}, "end"),
        ({"end": at(2026, 11, 25, 8), "all_day": True}, "end"),
        ({"start": at(1026, 11, 26, 9)}, "start"),
        ({"end": at(3026, 11, 26, 9)}, "end"),
        ({"slug": "2026"}, "slug"),
        ({"slug": "tuan"}, "slug"),
    ]
    stored = factories.make_event(at(2026, 11, 26, 9))
    for fields, named in slips:
        page = EventPage.objects.get(pk=stored.pk)
        for name, value in fields.items():
            setattr(page, name, value)

        with pytest.raises(ValidationError) as refusal:
            page.full_clean()

        assert list(refusal.value.message_dict) == [named]


def test_whole_days_begin_and_end_at_midnight():
    page = factories.make_event(at(2026, 11, 26, 9, 30), hours=30, all_day=True)

    assert (page.start, page.end, page.until) == (at(2026, 11, 26), at(2026, 11, 27), at(2026, 11, 28))


def test_there_is_one_calendar_and_it_is_there_from_the_start():
    assert EventIndexPage.objects.get().url == CALENDAR
    assert not EventIndexPage.can_create_at(HomePage.objects.get())

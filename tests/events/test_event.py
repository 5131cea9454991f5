"""An event's page, its dossier and papers, files for calendars, and what editors are told of it."""

import io
import json
import re
import zipfile
from datetime import UTC, date, datetime, timedelta
from html import unescape

import icalendar
import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction

from crossposting.announcements import announcement_of
from events import dossier
from events.choices import EventKind, Status
from events.demonstration import load_events
from events.models import EventPage
from events.panels import gather
from organisations.roles import Role
from tests import factories

pytestmark = [pytest.mark.django_db(databases=["default", "visits"]), pytest.mark.usefixtures("media_root")]

ICS = "/lich-cong-tac.ics"
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=timezone.get_default_timezone())  # a Thursday
AGENDA = [
    ("part", {"title": "Buổi sáng"}),
    ("item", {"time": "08:00", "what": "Khai mạc", "who": "Chủ tịch"}),
    ("item", {"time": None, "what": "Giải lao", "who": ""}),
]


@pytest.fixture(autouse=True)
def thursday():
    with time_machine.travel(NOW, tick=False):
        yield


def at(*parts):
    return datetime(*parts, tzinfo=timezone.get_default_timezone())


def read(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200, address
    return unescape(response.content.decode())


def paper(title: str, content: bytes = b"%PDF-1.7\n%%EOF\n", name: str = "tep.pdf", **fields):
    document = factories.make_document(title, file=ContentFile(content, name=name), **fields)
    return "paper", {"document": document, "title": "", "note": ""}


def archive(address):
    response = Client().get(address)
    assert response["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def private_collection() -> Collection:
    closed = Collection.get_first_root_node().add_child(name="Nội bộ")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    return Collection.objects.get(pk=closed.pk).add_child(name="Nội bộ, năm nay")


def entries(content: bytes) -> list:
    return icalendar.Calendar.from_ical(content).walk("VEVENT")


# The page -------------------------------------------------------------------------------------------------------------


def test_everything_about_an_event_stands_on_its_page():
    unit = factories.make_unit("Công đoàn Dệt may")
    page = factories.make_event(
        at(2026, 11, 27, 8), title="Hội nghị", kind=EventKind.CONFERENCE, place="Nhà văn hoá", chair="Đỗ Thị Ẩn",
        participants="Uỷ viên Ban Chấp hành", agenda=AGENDA, papers=[paper("Dự thảo")], unit=unit,
    )  # fmt: skip

    html = read(page.url)

    for words in (
        "Hội nghị",
        "8:00–11:00",
        ", Thứ Sáu, 27/11/2026",
        "Nhà văn hoá",
        "Đỗ Thị Ẩn",
        "Uỷ viên Ban Chấp hành",
    ):
        assert words in html
    for words in ("Buổi sáng", "Khai mạc", "Giải lao", "Dự thảo", unit.name):
        assert words in html
    assert f'href="{page.url}ho-so/"' in html
    assert f'href="{page.url}lich/"' in html


def test_the_link_for_taking_part_is_shown_only_where_everybody_may_have_it():
    page = factories.make_event(online_url="https://hop.example/mat", agenda=AGENDA)
    shown = factories.make_event(online_url="https://hop.example/mo", online_is_public=True)

    everywhere = [read(address) for address in (page.url, f"{page.url}ho-so/", f"{page.url}lich/", ICS)]
    assert "Đường dẫn gửi kèm giấy mời." in everywhere[0]
    assert not [text for text in everywhere if "hop.example/mat" in text]
    assert "https://hop.example/mo" in read(shown.url)


@pytest.mark.parametrize(
    ("status", "reason", "words", "schema"),
    [
        (Status.CANCELLED, "Mưa bão.", ("Đã huỷ", "Mưa bão."), "EventCancelled"),
        (Status.POSTPONED, "", ("Tạm hoãn", "Ngày mới sẽ được báo tại đây."), "EventPostponed"),
        (Status.PLANNED, "", ("Đang diễn ra",), "EventScheduled"),
    ],
)
def test_a_page_says_how_it_stands_to_people_and_to_machines(status, reason, words, schema):
    page = factories.make_event(at(2026, 11, 26, 8), status=status, status_reason=reason, place="Nhà văn hoá")

    html = read(page.url)
    found = [json.loads(data) for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)]
    (event,) = [data for data in found if data["@type"] == "Event"]

    for word in words:
        assert word in html
    assert event["eventStatus"] == f"https://schema.org/{schema}"
    assert (event["startDate"], event["endDate"]) == ("2026-11-26T08:00:00+07:00", "2026-11-26T11:00:00+07:00")
    assert event["location"] == [{"@type": "Place", "name": "Nhà văn hoá", "address": "Nhà văn hoá"}]


def test_a_post_says_when_and_where_and_that_it_does_not_take_place():
    page = factories.make_event(at(2026, 11, 27, 8), place="Nhà văn hoá", summary="Bàn việc Tết.")
    told = announcement_of(page).summary
    assert told == "8:00–11:00, Thứ Sáu, 27/11/2026 – Nhà văn hoá\nBàn việc Tết."

    page.status, page.status_reason = Status.CANCELLED, "Mưa bão."
    page.save()
    assert announcement_of(page).summary.startswith("Đã huỷ. Mưa bão.\n")


# Dossier and papers ---------------------------------------------------------------------------------------------------


def test_the_dossier_has_agenda_numbered_papers_and_a_code_to_itself():
    page = factories.make_event(agenda=AGENDA, papers=[paper("Dự thảo"), paper("Báo cáo")])

    html = read(f"{page.url}ho-so/")

    assert "Khai mạc" in html
    assert html.index("Dự thảo") < html.index("Báo cáo")
    assert f"http://localhost{page.url}ho-so/" in html
    assert 'class="qr"' in html
    assert "noindex" in html


def test_an_event_without_agenda_and_papers_has_no_dossier():
    page = factories.make_event()

    assert "ho-so" not in read(page.url)
    for part in ("ho-so/", "ho-so/tep/", "ho-so/x/", "x/"):
        assert Client().get(f"{page.url}{part}").status_code == 404


def test_all_papers_come_in_one_file_in_order_under_safe_names():
    large = bytes(range(256)) * 4000
    page = factories.make_event(
        slug="hoi-nghi",
        papers=[paper("Báo cáo ĐỒNG LÂU"), paper("../../etc/passwd", large), paper("Ảnh", b"x", name="a.JPG")],
    )

    answer = Client().get(f"{page.url}ho-so/tep/")

    assert answer["Content-Disposition"] == 'attachment; filename="hoi-nghi.zip"'
    assert answer["X-Robots-Tag"] == "noindex"
    found = archive(f"{page.url}ho-so/tep/")
    assert list(found) == ["01-bao-cao-dong-lau.pdf", "02-etcpasswd.pdf", "03-anh.jpg"]
    assert found["02-etcpasswd.pdf"] == large


def test_the_file_is_written_while_it_is_sent(monkeypatch):
    monkeypatch.setattr(dossier, "CHUNK", 1000)
    page = factories.make_event(papers=[paper("Báo cáo", b"x" * 10_000)])

    pieces = list(Client().get(f"{page.url}ho-so/tep/", headers={"Accept-Encoding": "gzip"}).streaming_content)

    assert len(pieces) > 8
    assert pieces[0].startswith(b"PK")


def test_who_has_the_file_is_told_so_until_a_paper_changes():
    page = factories.make_event(papers=[paper("Báo cáo")])
    address = f"{page.url}ho-so/tep/"
    tag = Client().get(address)["ETag"]

    assert Client().get(address, headers={"If-None-Match": tag}).status_code == 304
    page.papers.append(paper("Nghị quyết"))
    page.save_revision().publish()
    assert Client().get(address, headers={"If-None-Match": tag}).status_code == 200


def test_private_and_lost_papers_are_never_in_the_file():
    closed = paper("Chỉ nội bộ", collection=private_collection())
    lost = paper("Đã mất")
    lost[1]["document"].file.storage.delete(lost[1]["document"].file.name)
    page = factories.make_event(papers=[closed, paper("Công khai"), lost])

    assert list(archive(f"{page.url}ho-so/tep/")) == ["02-cong-khai.pdf"]
    assert "Chỉ dành cho người được phép mở" in read(f"{page.url}ho-so/")
    only = factories.make_event(papers=[closed])
    assert Client().get(f"{only.url}ho-so/tep/").status_code == 404


def test_what_is_too_large_is_taken_away_one_by_one(monkeypatch):
    monkeypatch.setattr(dossier, "MOST_BYTES", 10)
    page = factories.make_event(papers=[paper("Báo cáo")])

    assert "hãy tải từng tệp" in read(f"{page.url}ho-so/")
    assert Client().get(f"{page.url}ho-so/tep/").status_code == 404


# Files for calendars --------------------------------------------------------------------------------------------------


def test_an_event_is_read_back_from_its_file():
    page = factories.make_event(
        at(2026, 11, 27, 8), title="Họp, bàn; chọn", place="Nhà văn hoá", chair="Đỗ Thị Ẩn", summary="Bàn việc Tết."
    )

    answer = Client().get(f"{page.url}lich/")
    (entry,) = entries(answer.content)

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (entry.start, entry.end) == (datetime(2026, 11, 27, 1, tzinfo=UTC), datetime(2026, 11, 27, 4, tzinfo=UTC))
    assert (str(entry["SUMMARY"]), str(entry["LOCATION"])) == ("Họp, bàn; chọn", "Nhà văn hoá")
    assert (str(entry["UID"]), str(entry["STATUS"])) == (str(page.translation_key), "CONFIRMED")
    assert "Bàn việc Tết.\nChủ trì: Đỗ Thị Ẩn\nhttp://localhost" in str(entry["DESCRIPTION"])


def test_days_moments_and_states_in_the_file():
    factories.make_event(at(2028, 2, 28), hours=24, all_day=True, title="Hai ngày")
    factories.make_event(at(2026, 12, 1, 17), hours=None, kind=EventKind.DEADLINE, title="Hạn")
    factories.make_event(at(2026, 12, 2, 8), status=Status.CANCELLED, title="Bỏ")
    factories.make_event(at(2026, 12, 3, 8), status=Status.POSTPONED, title="Dời")

    found = {str(entry["SUMMARY"]): entry for entry in entries(Client().get(ICS).content)}

    assert (found["Hai ngày"]["DTSTART"].dt, found["Hai ngày"]["DTEND"].dt) == (date(2028, 2, 28), date(2028, 3, 1))
    assert "DTEND" not in found["Hạn"]
    assert found["Hạn"]["DTSTART"].dt == datetime(2026, 12, 1, 10, tzinfo=UTC)
    assert str(found["Đã huỷ: Bỏ"]["STATUS"]) == "CANCELLED"
    assert str(found["Tạm hoãn: Dời"]["STATUS"]) == "TENTATIVE"


def test_a_change_keeps_the_name_and_raises_the_number():
    page = factories.make_event(at(2026, 11, 27, 8))
    (before,) = entries(Client().get(ICS).content)
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        page.start, page.end = at(2026, 11, 28, 8), at(2026, 11, 28, 9)
        page.save_revision().publish()
        (after,) = entries(Client().get(ICS).content)

    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt
    assert after.start == datetime(2026, 11, 28, 1, tzinfo=UTC)


def test_a_subscription_reaches_a_year_back_and_holds_only_what_was_chosen():
    unit = factories.make_unit("Công đoàn Dệt may")
    factories.make_event(at(2025, 11, 20, 8), title="Quá cũ")
    factories.make_event(at(2026, 1, 20, 8), title="Đầu năm", unit=unit)
    factories.make_event(at(2027, 11, 20, 8), title="Sang năm", kind=EventKind.VISIT)

    def titles(query: str = "") -> list[str]:
        return [str(entry["SUMMARY"]) for entry in entries(Client().get(f"{ICS}{query}").content)]

    assert titles() == ["Đầu năm", "Sang năm"]
    assert titles(f"?don-vi={unit.slug}") == ["Đầu năm"]
    assert titles("?loai=tham-hoi") == ["Sang năm"]
    assert Client().get(f"{ICS}?don-vi=khong-co").status_code == 404
    assert f'href="webcal://testserver{ICS}?don-vi={unit.slug}"' in read(f"/lich-cong-tac/?don-vi={unit.slug}")


def test_who_asks_again_gets_nothing_until_something_changes(django_capture_on_commit_callbacks):
    page = factories.make_event(at(2026, 11, 27, 8))
    tag = Client().get(ICS)["ETag"]
    again = {"If-None-Match": tag}

    assert Client().get(ICS, headers=again).status_code == 304
    assert Client().get(f"{ICS}?loai=hop", headers=again).status_code == 200
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert Client().get(ICS, headers=again).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        page.title = "Tên mới"
        page.save_revision().publish()
    answer = Client().get(ICS, headers=again)
    assert answer.status_code == 200
    assert b"T\xc3\xaan m\xe1\xbb\x9bi" in answer.content


def test_an_answer_is_old_once_something_in_it_has_expired():
    factories.make_event(at(2026, 11, 27, 8), expire_at=NOW + timedelta(minutes=5))
    again = {"If-None-Match": Client().get(ICS)["ETag"]}

    assert Client().get(ICS, headers=again).status_code == 304
    with time_machine.travel(NOW + timedelta(minutes=6), tick=False):
        answer = Client().get(ICS, headers=again)
    assert (answer.status_code, entries(answer.content)) == (200, [])


# Editors --------------------------------------------------------------------------------------------------------------


def test_the_dashboard_names_the_week_and_what_is_not_ready():
    unit, elsewhere = factories.make_unit("Công đoàn Dệt may"), factories.make_unit("Công đoàn Y tế")
    factories.make_event(at(2026, 11, 27, 8), title="Chưa có gì", unit=unit)
    factories.make_event(at(2026, 11, 27, 9), title="Đủ cả", unit=unit, agenda=AGENDA)
    factories.make_event(at(2026, 11, 27, 10), title="Bỏ rồi", unit=unit, status=Status.CANCELLED)
    factories.make_event(at(2026, 11, 29, 9), title="Chủ nhật", unit=unit)
    factories.make_event(at(2026, 11, 30, 9), title="Tuần sau", unit=unit)
    factories.make_event(at(2026, 11, 27, 9), title="Quên đăng", unit=unit, live=False)
    factories.make_event(at(2026, 11, 27, 9), title="Đơn vị khác", unit=elsewhere)

    found = gather(frozenset({unit.pk}))

    assert [event.title for event in found.week] == ["Chưa có gì", "Đủ cả", "Bỏ rồi", "Chủ nhật"]
    assert [event.title for event in found.bare] == ["Chưa có gì"]
    assert [event.title for event in found.drafts] == ["Quên đăng"]
    assert len(gather(None).week) == 5


def test_an_editor_writes_for_the_own_units_only(client_as):
    unit, elsewhere = factories.make_unit("Công đoàn Dệt may"), factories.make_unit("Công đoàn Y tế")
    client = client_as(Role.EDITOR, unit)
    own, other = factories.make_event(unit=unit), factories.make_event(unit=elsewhere)

    assert own.permissions_for_user(client.user).can_publish()
    assert not other.permissions_for_user(client.user).can_edit()
    assert own.get_parent().specific.permissions_for_user(client.user).can_add_subpage()
    assert "Lịch công tác" in client.get("/admin/").content.decode()


def test_the_demonstration_is_there_with_papers():
    load_events(str)

    assert EventPage.objects.count() >= 8
    page = EventPage.objects.get(slug="hoi-nghi-ban-chap-hanh-lan-thu-muoi-hai")
    assert page.agenda
    assert len(archive(f"{page.url}ho-so/tep/")) == 3

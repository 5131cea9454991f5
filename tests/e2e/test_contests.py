"""A contest on a telephone: from the page to the ranking, without script, on a network that fails, and in the admin."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ask_site
from tests.e2e.reading import PHONE, Reader
from tests.e2e.test_public_pages import AXE_TAGS

CONTEST = "/cuoc-thi/tim-hieu-luat-cong-doan-2024/"
UNIT = "Công đoàn ngành Y tế tỉnh Lam Giang"


def enter(reader: Reader, phone: str, *, suggested: bool = True) -> Page:
    page = reader.page
    reader.open(CONTEST)
    page.get_by_role("link", name="Dự thi").first.click()
    page.locator("[name=name]").fill("Đặng Thị Ánh")
    page.locator("[name=phone]").fill(phone)
    if suggested:
        page.locator("[name=unit]").press_sequentially("nganh y te")
        page.get_by_role("option", name=UNIT).click()
        expect(page.locator("[name=unit]")).to_have_value(UNIT)
    else:
        page.locator("[name=unit]").fill(UNIT)
    page.locator("[name=guess]").fill("150")
    page.locator("[name=consent]").check()
    page.locator("form.form [type=submit]").click()
    expect(page).to_have_url(re.compile("/cau/1/"))
    return page


def answer(page: Page, number: int) -> None:
    """Anything: the demonstration's questions are of all kinds."""
    expect(page).to_have_url(re.compile(f"/cau/{number}/"))
    options = page.locator(".answer [type=radio], .answer [type=checkbox]")
    if options.count():
        options.first.check()
    elif page.locator(".answer [type=text]").count():
        page.locator(".answer [type=text]").fill("5 ngày")
    else:
        for place, choice in enumerate(page.locator(".answer select").all(), start=1):
            choice.select_option(str(place))
    page.locator(".questions__end [type=submit]").first.click()


@pytest.fixture
def no_fault(axe):
    """A page has nothing that axe complains about, and is no wider than its window."""

    def look(page: Page) -> None:
        page.evaluate(axe)
        result = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS)
        assert [f"{rule['id']}: {node['target']}" for rule in result["violations"] for node in rule["nodes"]] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    return look


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_from_the_page_to_the_ranking(open_reader, no_fault, portal, scheme):
    reader = open_reader(viewport=PHONE, bypass_csp=True, color_scheme=scheme)
    page = enter(reader, "0912 000 001" if scheme == "light" else "0912 000 002")
    no_fault(page)
    expect(page.locator("contest-clock")).to_contain_text(re.compile(r"Còn \d:\d\d"))
    for number in range(1, 11):
        answer(page, number)
    expect(page.locator(".callout.ok")).to_be_visible()
    no_fault(page)
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.locator(".callout.ok")).to_contain_text("Cổng đã nhận bài của bạn")
    no_fault(page)
    reader.keep_screenshot(f"contest-result-{scheme}")

    # The round ends, as its clock would let it.
    ask_site(portal, "shell", "-c", CLOSE)
    entry = page.url
    reader.open(CONTEST)
    page.locator(".round").last.get_by_role("link", name="Xếp hạng").click()
    expect(page.locator(".standings").first).to_contain_text("Đặng Thị Ánh")
    no_fault(page)
    page.goto(entry)
    expect(page.locator(".answered > li")).to_have_count(10)
    ask_site(portal, "shell", "-c", OPEN)

    reader.open(CONTEST)
    page.locator("#rut-tham ~ ul a").first.click()
    page.get_by_role("button", name="Kiểm tra trên máy này").click()
    expect(page.locator("lots-check [role=status]")).to_contain_text("kết quả đúng")
    no_fault(page)
    assert reader.complaints == []


_ROUND = (
    "from contests.models import Round; from django.utils import timezone as t; from datetime import timedelta as d; "
)
CLOSE = f"{_ROUND}Round.objects.filter(title='Vòng 2').update(closes_at=t.now() - d(seconds=1))"
OPEN = f"{_ROUND}Round.objects.filter(title='Vòng 2').update(closes_at=t.now() + d(days=9))"


def test_without_script_the_same_forms_do_it(open_reader):
    reader = open_reader(viewport=PHONE, java_script_enabled=False)
    page = enter(reader, "0912 000 003", suggested=False)
    for number in range(1, 11):
        answer(page, number)
    page.get_by_role("button", name="Nộp bài").click()

    expect(page.locator(".callout.ok")).to_contain_text("Cổng đã nhận bài của bạn")
    assert reader.complaints == []


def test_an_answer_waits_for_the_network(open_reader):
    reader = open_reader(viewport=PHONE)
    page = enter(reader, "0912 000 004")
    page.context.set_offline(True)
    answer(page, 1)
    expect(page.locator("contest-answer [role=alert]")).to_contain_text("Mạng yếu")

    page.context.set_offline(False)

    expect(page).to_have_url(re.compile("/cau/2/"))
    expect(page.locator(".jumps .done")).to_have_count(1)

"""A member studies on a phone, in the middle without network, up to a certificate that anybody can check."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ask_site
from tests.e2e.reading import DESKTOP, PHONE, Reader
from tests.e2e.test_public_pages import AXE_TAGS
from tools.running_site import wait_for

COURSE = "/dao-tao/an-toan-cho-to-truong/"
FIRST = f"{COURSE}nam-phut-dau-ca/"
SECOND = f"{COURSE}khi-thay-nguy-hiem/"
QUIZ = f"{COURSE}bai-kiem-tra-an-toan/"
PASSWORD = "mật khẩu của đoàn viên"  # of a site that lives for one test run
#: What the demonstration's questions are, and what is right.
RIGHT = {
    "Thấy rõ nguy cơ": ["Rời bỏ nơi làm việc mà vẫn được trả đủ lương, và báo ngay người quản lý"],
    "bị điện giật": ["Cắt nguồn điện"],
    "Ai bầu ra": ["Người lao động trong tổ"],
    "mỗi máy dập": ["Nút dừng khẩn cấp", "Che chắn bộ phận chuyển động", "Bảng chỉ dẫn vận hành an toàn"],
}


@pytest.fixture(scope="module")
def make_member(portal):
    """Create a member and give the name to log in with."""

    def make(name: str) -> str:
        making = (
            "from accounts.models import User; from organisations.models import Unit; "
            f"User.objects.create_user({name!r}, password={PASSWORD!r}, last_name='Đỗ Thị', first_name='Ẵm', "
            "unit=Unit.objects.filter(kind='grassroots').first())"
        )
        ask_site(portal, "shell", "-c", making)
        return name

    return make


@pytest.fixture
def open_member(open_reader, make_member):
    """A member who has just logged in, on a phone."""

    def open_one(name: str, **options) -> Reader:
        make_member(name)
        reader = open_reader(viewport=PHONE, **options)
        log_in(reader.page, name)
        return reader

    return open_one


def log_in(page: Page, name: str) -> None:
    page.goto("/tai-khoan/login/")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


def wait_for_worker(page: Page) -> None:
    """Until the browser keeps what is opened; on a site that has just started, the first page may be too early."""
    controlled = "Boolean(navigator.serviceWorker.controller)"
    for _try in range(3):
        try:
            wait_for(lambda: page.evaluate(controlled), seconds=30)
        except AssertionError:
            page.reload()
        else:
            return
    assert page.evaluate(controlled)


def kept(page: Page) -> dict[str, str]:
    """What the browser keeps of the portal's pages: text by path."""
    return page.evaluate(
        """async () => {
            const pages = {};
            for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const request of await cache.keys()) {
                    const path = new URL(request.url).pathname;
                    if (path.startsWith("/dao-tao/")) pages[path] = await (await cache.match(request)).text();
                }
            }
            return pages;
        }"""
    )


def finish(page: Page, following: str) -> None:
    """Press the button at the end of a lesson, and arrive at the next one."""
    page.locator("form[data-finish] [type=submit]").click()
    expect(page.locator("h1")).to_have_text(following)


def begin_quiz(page: Page, address: str = QUIZ) -> None:
    page.goto(address)
    page.get_by_role("link", name="Trả lời câu hỏi").click()
    page.locator("main form [type=submit]").click()
    page.wait_for_url("**/bai-lam/**")


def answer(page: Page, *, right: bool = True) -> None:
    """Tick what is right, or what is not, in every question."""
    for question in page.locator(".question").all():
        text = question.locator(".question__text").inner_text()
        wanted = next(answers for part, answers in RIGHT.items() if part in text)
        for label in question.locator("label.answer").all():
            if (label.inner_text().strip() in wanted) == right:
                label.locator("input").check()


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="Nộp bài").click()


def test_from_the_start_to_the_certificate_with_no_network_in_the_middle(open_member, open_reader, portal):
    reader = open_member("doan-vien-1")
    page = reader.page
    reader.open(COURSE)
    expect(page.locator(".outline__lesson")).to_have_count(3)
    page.get_by_role("link", name="Bắt đầu học").click()
    expect(page.locator("h1")).to_have_text("Năm phút đầu ca")
    wait_for_worker(page)
    finish(page, "Khi thấy nguy hiểm")
    wait_for(lambda: SECOND in kept(page), seconds=20)

    page.context.set_offline(True)
    page.reload()
    expect(page.locator("h1")).to_have_text("Khi thấy nguy hiểm")
    reader.keep_screenshot("training-offline-lesson")
    finish(page, "Máy đang không có mạng")
    expect(page.locator(".toast")).to_contain_text("Đã giữ trên máy này")
    reader.keep_screenshot("training-offline-unknown")

    page.context.set_offline(False)
    begin_quiz(page)  # the page sends what waits; the quiz opens only once lesson 2 has arrived
    wait_for(lambda: page.url.split("?")[0].split("#")[0] in [f"{portal.url}{path}" for path in kept(page)], seconds=20)
    answer(page)
    page.context.set_offline(True)
    page.reload()
    expect(page.locator(".question input:checked").first).to_be_visible()  # what was ticked is there again
    hand_in(page)
    expect(page.locator(".toast")).to_contain_text("Đã giữ trên máy này")
    page.context.set_offline(False)
    expect(page.locator(".toast a")).to_have_text("Xem kết quả")
    page.locator(".toast a").click()
    expect(page.locator(".callout.ok")).to_contain_text("100%")
    reader.keep_screenshot("training-result")

    page.get_by_role("link", name="Hoàn thành khoá học").click()
    page.get_by_role("link", name="Chứng nhận của bạn").click()
    expect(page.locator("h1")).to_have_text("Đỗ Thị Ẵm")
    address = page.url
    reader.keep_screenshot("training-certificate")
    paper = page.request.get(page.get_by_role("link", name="Chứng nhận bản PDF").get_attribute("href"))
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body().startswith(b"%PDF-")

    anybody = open_reader()
    anybody.open(address.removeprefix(portal.url))
    expect(anybody.page.locator(".callout.ok")).to_contain_text("Chứng nhận này là thật")
    forged = address[:-2] + ("0/" if address[-2] != "0" else "1/")
    anybody.open(forged.removeprefix(portal.url), status=404)
    expect(anybody.page.locator(".callout.bad")).to_contain_text("Không có chứng nhận này")


def test_answers_are_nowhere_in_the_browser_before_they_are_given(open_member):
    reader = open_member("doan-vien-2")
    page = reader.page
    page.goto(FIRST)
    wait_for_worker(page)
    finish(page, "Khi thấy nguy hiểm")
    finish(page, "Bài kiểm tra an toàn")
    bodies: list[str] = []
    page.on("response", lambda got: bodies.append(got.text()) if got.request.resource_type == "document" else None)
    begin_quiz(page)
    wait_for(lambda: any("/bai-lam/" in path for path in kept(page)), seconds=20)

    seen = json.dumps([page.content(), *bodies, *kept(page).values()], ensure_ascii=False)
    assert "Cắt nguồn điện" in seen
    for told_after_the_answer in ("Chạm vào người bị nạn", "is_right", '"right"', "hướng dẫn của ban chấp hành"):
        assert told_after_the_answer not in seen

    answer(page, right=False)
    hand_in(page)
    expect(page.locator(".callout.warn")).to_contain_text("0%")
    assert "Chạm vào người bị nạn" not in page.content()  # shown once passed
    wait_for(lambda: not any("/bai-lam/" in path for path in kept(page)), seconds=20)


def test_somebody_elses_attempt_is_not_to_be_seen(open_member, open_reader):
    reader = open_member("doan-vien-3")
    reader.page.goto(FIRST)
    finish(reader.page, "Khi thấy nguy hiểm")
    finish(reader.page, "Bài kiểm tra an toàn")
    begin_quiz(reader.page)
    address = re.sub(r"^https?://[^/]+", "", reader.page.url)

    open_reader().open(address, status=404)
    open_member("doan-vien-4").open(address, status=404)


def test_a_visitor_studies_without_an_account_and_the_device_remembers(open_reader):
    reader = open_reader(viewport=PHONE)
    page = reader.page
    reader.open(COURSE)
    page.get_by_role("link", name="Bắt đầu học").click()
    page.get_by_role("link", name="Học xong, sang bài 2").click()
    reader.open(COURSE)
    expect(page.get_by_role("link", name="Học tiếp bài 2")).to_be_visible()
    expect(page.locator(".course__progress")).to_contain_text("Đã học 1/3 bài")
    assert page.context.cookies() == []
    begin_quiz(page)
    answer(page)
    hand_in(page)
    expect(page.locator(".callout.ok")).to_contain_text("100%")
    reader.open(COURSE)
    expect(page.locator(".outline__lesson.done")).to_have_count(2)
    assert reader.complaints == []


def test_a_quiz_needs_no_script(open_reader):
    reader = open_reader(viewport=PHONE, java_script_enabled=False)
    page = reader.page
    reader.open(QUIZ)
    page.get_by_role("link", name="Trả lời câu hỏi").click()
    page.locator("main form [type=submit]").click()
    answer(page)
    hand_in(page)
    expect(page.locator(".callout.ok")).to_contain_text("100%")
    expect(page.locator(".answered")).to_contain_text("Chạm vào người bị nạn")


def test_a_quiz_by_keyboard_alone(open_reader):
    page = open_reader(viewport=DESKTOP).page
    begin_quiz(page)
    page.locator(".question input").first.focus()
    for _question in range(4):
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.type") != "submit":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1 ~ .callout")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_to_say_of_the_player(open_member, axe, scheme):
    reader = open_member(f"doan-vien-axe-{scheme}", color_scheme=scheme, bypass_csp=True)
    page = reader.page

    def check(name: str) -> None:
        page.evaluate(axe)
        found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS)
        assert [f"{rule['id']}: {node['target']}" for rule in found["violations"] for node in rule["nodes"]] == [], name
        assert reader.overflow() <= 0
        reader.keep_screenshot(f"training-{name}-{scheme}")

    page.goto("/dao-tao/thuong-luong-luong/")
    check("course")
    page.get_by_role("link", name="Bắt đầu học").click()
    check("lesson")
    finish(page, "Tìm số liệu trước khi ngồi vào bàn")
    finish(page, "Kiểm tra giữa khoá")
    page.get_by_role("link", name="Trả lời câu hỏi").click()
    check("rules")
    page.locator("main form [type=submit]").click()
    expect(page.locator(".question").first).to_be_visible()
    check("questions")
    hand_in(page)
    expect(page.locator("h1 ~ .callout")).to_be_visible()
    check("result")
    page.goto("/dao-tao/hoc/cua-toi/")
    check("mine")
    page.goto("/chung-nhan/")
    check("check")
    page.goto("/chung-nhan/0000-0000-0000-0000/")
    check("unknown")

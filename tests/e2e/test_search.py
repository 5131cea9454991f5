"""Searching in a real browser: with and without script, with a keyboard alone, on a phone, for checkers."""

import json
import re
import subprocess

import pytest
from playwright.sync_api import expect

from tests.e2e.reading import DESKTOP, PHONE
from tests.e2e.test_public_pages import AXE_TAGS
from tests.requirements import require_java, require_node_module
from tools.running_site import wait_for

pytestmark = pytest.mark.e2e

ADDRESSES = {
    "results": "/tim-kiem/?q=doan+vien",
    "filtered": "/tim-kiem/?q=doan+vien&loai=tin-bai&sap-xep=moi-nhat",
    "corrected": "/tim-kiem/?q=doann+vienn+kho+khawn",
    "nothing": "/tim-kiem/?q=doan+vien&loai=khong-co",
    "start": "/tim-kiem/",
    "no-word": "/tim-kiem/?q=%3F",
    "wrong-day": "/tim-kiem/?q=doan&tu=31/2/2025",
    "second-page": "/tim-kiem/?q=cong+doan&trang=2",
}


@pytest.fixture(scope="module", autouse=True)
def indexed(portal):
    """The demonstration has been indexed by the worker."""

    def found() -> bool:
        return json.loads(portal.get("/tim-kiem/?q=doan+vien&format=json")[1]).get("total", 0) > 10

    wait_for(found, seconds=120)


@pytest.fixture
def reader(open_reader):
    somebody = open_reader()
    yield somebody
    assert somebody.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_has_nothing_to_say(open_reader, viewport, scheme):
    reader = open_reader(viewport=viewport, color_scheme=scheme, bypass_csp=True)  # axe runs in the page
    axe = (require_node_module("axe-core") / "axe.min.js").read_text(encoding="utf-8")
    found = {}
    for name, address in ADDRESSES.items():
        reader.open(address)
        if name == "start":
            reader.page.locator("main input[name=q]").press_sequentially("cong doan")
            expect(reader.page.locator("main .suggested li").first).to_be_visible()
        reader.keep_screenshot(f"search-{name}-{viewport['width']}-{scheme}")
        reader.page.evaluate(axe)
        result = reader.page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS)
        violations = [f"{rule['id']}: {node['target']}" for rule in result["violations"] for node in rule["nodes"]]
        if violations:
            found[name] = violations

    assert found == {}


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_result_is_wider_than_its_window(open_reader, width, javascript):
    reader = open_reader(viewport={"width": width, "height": 800}, java_script_enabled=javascript)
    wide = {}
    for name, address in ADDRESSES.items():
        reader.open(address)
        if reader.overflow() > 0:
            wide[name] = reader.overflow()

    assert wide == {}


def test_the_html_checker_finds_no_error(portal, tmp_path):
    java = require_java()
    jar = require_node_module("vnu-jar") / "build" / "dist" / "vnu.jar"
    for name, address in ADDRESSES.items():
        (tmp_path / f"{name}.html").write_bytes(portal.get(address)[1])

    checked = subprocess.run(
        [java, "-jar", jar, "--format", "json", "--exit-zero-always", "--html", *tmp_path.glob("*.html")],
        capture_output=True,
        text=True,
        check=True,
    )

    messages = json.loads(checked.stderr or checked.stdout)["messages"]
    assert [f"{message['url']}: {message['message']}" for message in messages if message["type"] != "info"] == []


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_search_without_script(open_reader, viewport):
    reader = open_reader(java_script_enabled=False, viewport=viewport)
    page = reader.page
    reader.open("/")
    if viewport is PHONE:
        page.locator("header a[href='/tim-kiem/']").click()
        page.locator("main input[name=q]").fill("doan vien")
        page.locator("main button[type=submit]").first.click()
    else:
        page.locator("header input[name=q]").fill("doan vien")
        page.locator("header .searchbox button").click()
    expect(page).to_have_url(re.compile(r"/tim-kiem/\?q=doan\+vien$"))
    everything = page.locator(".found__head b").inner_text()

    if viewport is PHONE:
        page.locator("#bo-loc > summary").click()
    page.locator("input[name=loai][value=tin-bai]").check()
    page.get_by_role("button", name="Lọc tin").click()

    expect(page.locator(".found__head b")).not_to_have_text(everything)
    expect(page).to_have_url(re.compile("q=doan.vien.*loai=tin-bai"))
    page.locator(".chip.on").click()
    expect(page.locator(".found__head b")).to_have_text(everything)
    page.get_by_role("link", name="Mới nhất").click()
    expect(page.get_by_role("link", name="Mới nhất")).to_have_attribute("aria-current", "true")
    title = page.locator(".found__title a").first
    address = title.get_attribute("href")
    title.click()
    expect(page).to_have_url(re.compile(re.escape(address) + "$"))


@pytest.mark.parametrize(("viewport", "part"), [(PHONE, "main"), (DESKTOP, "main"), (DESKTOP, "header")])
def test_suggestions_with_the_keyboard_alone(open_reader, viewport, part):
    reader = open_reader(viewport=viewport, reduced_motion="reduce")
    page = reader.page
    reader.open("/tim-kiem/" if part == "main" else "/")
    field = page.locator(f"{part} input[name=q]")
    listbox = page.locator(f"{part} .suggested")
    expect(field).to_have_attribute("role", "combobox")

    field.press_sequentially("cong doan")
    expect(listbox).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator(f"{part} .searchbox [role=status]")).to_contain_text("gợi ý")
    assert field.get_attribute("aria-controls") == listbox.get_attribute("id")

    field.press("ArrowDown")
    first = listbox.locator("li").first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", first.get_attribute("id"))
    field.press("ArrowUp")
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    field.press("ArrowUp")
    expect(listbox.locator("li").last).to_have_attribute("aria-selected", "true")

    field.press("Escape")
    expect(listbox).to_be_hidden()
    expect(field).to_have_value("cong doan")
    field.press("ArrowDown")
    expect(listbox).to_be_visible()
    field.press("Tab")
    expect(listbox).to_be_hidden()

    field.focus()
    field.press("ArrowDown")
    expect(listbox).to_be_visible()
    field.press("ArrowDown")
    address = listbox.locator("li").first.get_attribute("data-url")
    field.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(address) + "$"))
    assert reader.complaints == []


def test_enter_without_a_choice_searches_what_was_typed(reader):
    reader.open("/")
    field = reader.page.locator("header input[name=q]")
    field.press_sequentially("tien luong")
    expect(reader.page.locator("header .suggested")).to_be_visible()

    field.press("Enter")

    expect(reader.page).to_have_url(re.compile(r"/tim-kiem/\?q=tien\+luong$"))


def test_a_suggestion_is_opened_by_a_touch(open_reader):
    reader = open_reader(viewport=PHONE, has_touch=True)
    reader.open("/tim-kiem/")
    reader.page.locator("main input[name=q]").press_sequentially("tien luo")
    line = reader.page.locator(".suggested li").first
    expect(line).to_be_visible()
    assert reader.overflow() <= 0
    reader.keep_screenshot("search-suggestions-360")
    address = line.get_attribute("data-url")

    line.tap()

    expect(reader.page).to_have_url(re.compile(re.escape(address) + "$"))


def test_marked_words_keep_their_own_spelling(reader):
    reader.open("/tim-kiem/?q=doan+vien")

    marked = reader.page.locator(".found mark").all_inner_texts()
    assert any("đoàn viên" in words.lower() for words in marked)


def test_filters_stay_open_beside_the_results_on_a_desk(reader):
    reader.open("/tim-kiem/?q=doan+vien")

    expect(reader.page.locator("#bo-loc fieldset").first).to_be_visible()
    expect(reader.page.locator("#bo-loc > summary")).to_be_hidden()

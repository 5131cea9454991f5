"""An editor without a designer makes an infographic; readers zoom into it with fingers, keys and without scripts."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from infographics.models import InfographicPage
from tests.e2e.editing import Table
from tests.e2e.reading import DESKTOP, PHONE, SMALLEST
from tools.running_site import wait_for

CHART = "/infographic/doc-nhanh-chinh-sach/luong-toi-thieu-bon-vung/"
PICTURES = "/infographic/bon-viec-nho-truoc-khi-bam-may/"
TITLE = "Chuyến xe quê nghỉ Tết ngày càng đông"


@contextmanager
def another_site(body: str) -> Iterator[str]:
    """A website of somebody else with one page; yields its address."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def transform(stage: Locator) -> tuple[float, float, float]:
    """How far the content is moved, and how much it is enlarged."""
    matrix = stage.locator(":scope > *").evaluate("content => getComputedStyle(content).transform")
    a, _b, _c, _d, x, y = map(float, re.findall(r"-?[\d.]+", matrix)) if matrix != "none" else (1, 0, 0, 1, 0, 0)
    return a, x, y


def opened(page: Page) -> Locator:
    dialog = page.locator("dialog.zoom")
    expect(dialog).to_be_visible()
    return dialog.locator(".zoom__stage")


def test_an_editor_makes_a_chart_from_a_table_and_readers_take_it_away(editor, open_reader):
    editor.begin(InfographicPage, "/infographic/")
    editor.fill_in({"title": TITLE, "summary": "Bốn năm, số chuyến tăng gần gấp ba."})
    table = Table(
        (("text", "Năm"), ("number", "Số chuyến")),
        (("2023", "18"), ("2024", "27"), ("2025", "41"), ("2026", "năm mươi")),
    )
    chart = {"kind": "line", "title": "Chuyến xe nghĩa tình", "subtitle": "Số chuyến mỗi năm", "table": table}
    editor.insert(InfographicPage, "panels", "chart", chart)
    editor.footer_button("action-publish").click()
    expect(editor.page.locator("main").get_by_text("năm mươi")).to_be_visible()  # the reason names the cell

    editor.turn_to_tab_of("panels-count")
    editor.named("panels-0-value-table-cell-3-1").fill("52")
    editor.publish()

    reader = open_reader(viewport=PHONE)
    reader.open("/infographic/")
    reader.page.get_by_role("link", name=TITLE).click()
    drawing = reader.page.get_by_role("img", name=re.compile("Chuyến xe nghĩa tình"))
    expect(drawing).to_be_visible()
    expect(reader.page.locator(".infographic__words")).to_contain_text("52")
    with reader.page.expect_download() as download:
        reader.page.locator(".panel__tools a[href$='1-square/']").click()
    assert Image.open(io.BytesIO(download.value.path().read_bytes())).size == (1080, 1080)

    def card_has_picture() -> bool:
        reader.open("/infographic/")
        return reader.page.locator(".card", has_text=TITLE).locator("img").count() == 1

    wait_for(card_has_picture)  # drawn by the worker
    assert reader.complaints == []


def test_a_reader_zooms_and_moves_with_the_keyboard_alone(open_reader):
    reader = open_reader(viewport=DESKTOP, reduced_motion="reduce")
    reader.open(CHART)
    reader.page.locator("[data-do=zoom]").focus()
    reader.page.keyboard.press("Enter")
    stage = opened(reader.page)
    expect(stage).to_be_focused()
    assert transform(stage) == (1, 0, 0)

    reader.page.keyboard.press("+")
    reader.page.keyboard.press("+")
    scale, x, _y = transform(stage)
    assert scale > 1.9
    reader.page.keyboard.press("ArrowRight")
    assert transform(stage)[1] < x
    reader.page.keyboard.press("0")
    assert transform(stage) == (1, 0, 0)
    reader.page.keyboard.press("Escape")

    expect(reader.page.locator("dialog.zoom")).to_have_count(0)
    expect(reader.page.locator("[data-do=zoom]")).to_be_focused()
    assert reader.complaints == []


@pytest.mark.parametrize("address", [CHART, PICTURES])
def test_a_reader_zooms_with_two_fingers_and_the_wheel(open_reader, address):
    reader = open_reader(viewport=PHONE, has_touch=True)
    reader.open(address)
    reader.page.locator(".panel__paper").first.click()
    stage = opened(reader.page)
    stage.evaluate(
        """stage => {
            stage.setPointerCapture = () => {};
            const send = (type, pointerId, clientX, clientY) =>
                stage.dispatchEvent(new PointerEvent(type, { pointerId, clientX, clientY, bubbles: true }));
            send("pointerdown", 1, 150, 300);
            send("pointerdown", 2, 210, 300);
            send("pointermove", 1, 90, 300);
            send("pointermove", 2, 270, 300);
            send("pointerup", 1, 90, 300);
            send("pointerup", 2, 270, 300);
        }"""
    )
    pinched = transform(stage)[0]
    assert pinched > 2
    stage.hover()
    reader.page.mouse.wheel(0, 300)

    wait_for(lambda: transform(stage)[0] < pinched, seconds=5)
    assert reader.complaints == []


@pytest.mark.parametrize("viewport", [SMALLEST, DESKTOP], ids=["smallest", "desktop"])
def test_the_open_viewer_is_in_order_for_everybody(open_reader, axe, viewport):
    reader = open_reader(viewport=viewport, bypass_csp=True)
    reader.open(CHART)
    reader.page.locator("[data-do=zoom]").click()
    opened(reader.page)
    reader.page.evaluate(axe)
    result = reader.page.evaluate("() => axe.run(document.querySelector('dialog.zoom'))")

    assert [f"{rule['id']}: {node['target']}" for rule in result["violations"] for node in rule["nodes"]] == []


def test_a_screen_reader_hears_the_chart_once_and_its_numbers_as_a_table(open_reader):
    reader = open_reader()
    reader.open(CHART)

    chart = reader.page.get_by_role("img", name="Lương tối thiểu từ 1/1/2026")
    expect(chart).to_have_count(1)
    expect(chart).to_have_accessible_description(re.compile("5,31"))
    table = reader.page.get_by_role("table", name="Lương tối thiểu từ 1/1/2026")
    expect(table.get_by_role("columnheader")).to_have_text(["Vùng", "Đến 31/12/2025", "Từ 1/1/2026"])


def test_without_scripts_the_picture_opens_itself_and_nothing_promises_more(open_reader):
    reader = open_reader(java_script_enabled=False, viewport=PHONE)
    reader.open(PICTURES)

    expect(reader.page.locator("[data-do=zoom]").first).to_be_hidden()
    reader.page.locator(".panel__paper").first.click()
    expect(reader.page).to_have_url(re.compile(r"/media/.*\.png$"))


def test_another_site_shows_it_in_a_frame(open_reader, portal):
    reader = open_reader()
    reader.open(CHART)
    reader.page.locator(".embed summary").click()
    code = reader.page.locator("#ma-nhung").input_value()
    stranger = open_reader()
    with another_site(code) as address:
        stranger.page.goto(address)
        frame = stranger.page.frame_locator("iframe")
        expect(frame.get_by_role("img")).to_be_visible()
        expect(frame.get_by_role("link")).to_have_attribute("href", portal.url + CHART)

"""A reader puts a photo into a frame on a telephone; the photo goes nowhere."""

import io
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.reading import PHONE, Reader
from tests.e2e.test_public_pages import AXE_TAGS

FRAME = "/khung-anh/an-toan-ve-nha/"
#: Of the demonstration's frame, which is a ring: its corner, and places of the photo.
RING, CORNER, MIDDLE, LEFT, RIGHT = (23, 97, 61), (8, 8), (540, 400), (120, 540), (960, 540)
RED, GREEN = (200, 30, 30), (30, 160, 60)


def photo(kind: str = "JPEG", **options: Any) -> dict[str, Any]:
    """Left half red, right half green."""
    made = Image.new("RGB", (1600, 1200), RED)
    made.paste(GREEN, (800, 0, 1600, 1200))
    written = io.BytesIO()
    made.save(written, kind, quality=95, **options)
    return {"name": "toi.jpg", "mimeType": f"image/{kind.lower()}", "buffer": written.getvalue()}


def put_in(reader: Reader, file: dict[str, Any]) -> Page:
    reader.open(FRAME)
    reader.page.locator(".maker [type=file]").set_input_files(file)  # type: ignore[arg-type]  # such a dict is allowed
    return reader.page


def downloaded(page: Page) -> Image.Image:
    with page.expect_download() as download:
        page.locator("[data-do=download]").click()
    assert download.value.suggested_filename == "an-toan-ve-nha.jpg"
    return Image.open(io.BytesIO(download.value.path().read_bytes())).convert("RGB")


def is_like(pixel: Any, colour: tuple[int, int, int]) -> bool:
    """JPEG changes colours a little."""
    return all(abs(one - other) < 26 for one, other in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_photo_is_framed_and_taken_away(open_reader, axe, scheme):
    reader = open_reader(viewport=PHONE, color_scheme=scheme, bypass_csp=True)
    page = put_in(reader, photo())
    expect(page.locator(".maker__canvas")).to_be_focused()
    expect(page.locator(".maker__tools")).to_be_visible()
    sent: list[tuple[str, int]] = []
    page.on("request", lambda request: sent.append((request.url, len(request.post_data_buffer or b""))))

    with page.expect_response("**/khung-anh/dem/**") as counted:
        made = downloaded(page)

    assert counted.value.status == 204
    assert made.size == (1080, 1080)
    assert is_like(made.getpixel(CORNER), RING)
    assert is_like(made.getpixel(LEFT), RED)
    assert is_like(made.getpixel(RIGHT), GREEN)
    # Inside Zalo nothing is saved by itself; there a finger is held on this picture.
    expect(page.locator(".maker__made img")).to_be_visible()
    assert [url for url, size in sent if size or (not url.startswith(("data:", "blob:")) and "/dem/" not in url)] == []
    page.evaluate(axe)
    result = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS)
    assert [f"{rule['id']}: {node['target']}" for rule in result["violations"] for node in rule["nodes"]] == []
    assert reader.overflow() <= 0
    reader.keep_screenshot(f"frame-{scheme}")
    assert reader.complaints == []


def test_the_photo_is_moved_turned_and_mirrored_by_keyboard(open_reader):
    reader = open_reader(viewport=PHONE)
    page = put_in(reader, photo())
    expect(page.locator(".maker__canvas")).to_be_focused()
    for _press in range(12):
        page.keyboard.press("ArrowRight")
    moved = downloaded(page)
    assert is_like(moved.getpixel(MIDDLE), RED)  # what was left of the middle is in it now

    page.locator("[data-do=begin]").press("Enter")
    page.locator("[data-do=mirror]").press("Enter")
    mirrored = downloaded(page)
    assert is_like(mirrored.getpixel(LEFT), GREEN)

    page.locator("[data-do=begin]").press("Enter")
    page.locator("[data-do=quarter]").press("Enter")
    turned = downloaded(page)
    assert is_like(turned.getpixel((540, 120)), RED)  # left is up now
    page.locator("[data-set=zoom]").fill("50")
    small = downloaded(page)
    assert is_like(small.getpixel((LEFT[0], 300)), (255, 255, 255))  # the photo no longer fills the frame
    assert reader.complaints == []


def test_a_finger_moves_and_two_turn_the_photo(open_reader):
    reader = open_reader(viewport=PHONE, has_touch=True)
    page = put_in(reader, photo())
    expect(page.locator(".maker__canvas")).to_be_focused()
    send = """(canvas, moves) => {
        canvas.setPointerCapture = () => {};
        const box = canvas.getBoundingClientRect();
        for (const [type, pointerId, x, y] of moves) {
            const place = { clientX: box.left + x * box.width, clientY: box.top + y * box.height };
            canvas.dispatchEvent(new PointerEvent(type, { pointerId, ...place, bubbles: true }));
        }
    }"""
    canvas = page.locator(".maker__canvas")
    canvas.evaluate(send, [["pointerdown", 1, 0.4, 0.5], ["pointermove", 1, 0.7, 0.5], ["pointerup", 1, 0.7, 0.5]])
    assert is_like(downloaded(page).getpixel(MIDDLE), RED)

    page.locator("[data-do=begin]").click()
    quarter = [["pointerdown", 1, 0.3, 0.5], ["pointerdown", 2, 0.7, 0.5]]
    quarter += [["pointermove", 1, 0.5, 0.3], ["pointermove", 2, 0.5, 0.7]]
    canvas.evaluate(send, [*quarter, ["pointerup", 1, 0.5, 0.3], ["pointerup", 2, 0.5, 0.7]])
    assert float(page.locator("[data-set=turn]").input_value()) == pytest.approx(90, abs=1)


def test_a_photo_taken_upright_stands_upright(open_reader):
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright: turn by 90° clockwise to show
    page = put_in(open_reader(viewport=PHONE), photo(exif=exif))
    expect(page.locator(".maker__canvas")).to_be_focused()
    made = downloaded(page)
    assert is_like(made.getpixel((540, 120)), RED)
    assert is_like(made.getpixel((540, 740)), GREEN)


def test_what_is_no_picture_is_refused_in_words(open_reader):
    reader = open_reader(viewport=PHONE)
    page = put_in(reader, {"name": "don.docx", "mimeType": "application/msword", "buffer": b"no picture"})
    expect(page.locator(".maker__status")).to_contain_text("JPEG")
    expect(page.locator(".maker__tools")).to_be_hidden()
    page.locator(".maker [type=file]").set_input_files(photo())
    expect(page.locator(".maker__tools")).to_be_visible()
    assert reader.complaints == []


def test_without_script_the_frame_itself_is_to_be_had(open_reader):
    reader = open_reader(viewport=PHONE, java_script_enabled=False)
    reader.open(FRAME)
    page = reader.page
    expect(page.locator(".maker .notice")).to_contain_text("JavaScript")
    expect(page.locator(".maker__choose")).to_be_hidden()
    with page.expect_download() as download:
        page.locator(".maker__plain a").click()
    assert Image.open(io.BytesIO(download.value.path().read_bytes())).mode == "RGBA"

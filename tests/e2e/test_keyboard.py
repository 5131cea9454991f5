"""The public pages with a keyboard alone: every stop is seen, everything can be opened, closed and left."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.reading import PHONE, Reader

pytestmark = pytest.mark.e2e
STOPS = 250

#: The look of what has the focus and of what stands around it, now and without the focus; and where it is.
LOOK = """() => {
    const stop = document.activeElement;
    if (!stop || stop === document.body || stop === document.documentElement) return null;
    const around = [];
    for (let part = stop; part && around.length < 4; part = part.parentElement) around.push(part);
    const look = () => around.map((part) => {
        const style = getComputedStyle(part);
        const outline = style.outlineStyle === "none" || parseFloat(style.outlineWidth) === 0 ? "" : style.outline;
        return [outline, style.boxShadow, style.backgroundColor, style.borderColor].join("|");
    }).join("\\n");
    const focused = look();
    stop.blur();
    const blurred = look();
    stop.focus({ preventScroll: true });
    const place = stop.getBoundingClientRect();
    return {
        name: `${stop.tagName} ${stop.className} ${stop.getAttribute("href") ?? stop.getAttribute("name") ?? ""}`,
        ring: focused !== blurred,
        inside: place.width > 0 && place.height > 0 && place.bottom > 0 && place.top < innerHeight
            && place.right > 0 && place.left < innerWidth,
    };
}"""


@pytest.fixture
def reader(open_reader):
    somebody = open_reader(reduced_motion="reduce")
    yield somebody
    assert somebody.complaints == []


def focus_on(page: Page, selector: str) -> bool:
    return bool(page.evaluate("selector => document.activeElement.matches(selector)", selector))


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something that matches has the focus."""
    for _stop in range(STOPS):
        page.keyboard.press("Tab")
        if focus_on(page, selector):
            return
    pytest.fail(f"{selector} is not reached on {page.url}")


@pytest.mark.parametrize("viewport", [PHONE, None], ids=["phone", "desktop"])
def test_every_stop_is_in_sight_and_shows_the_focus(open_reader, sample, viewport):
    reader = open_reader(reduced_motion="reduce", **({"viewport": viewport} if viewport else {}))
    unseen = {}
    for kind, path in sample.items():
        reader.page.goto(path)
        stops = []
        for _stop in range(STOPS):
            reader.page.keyboard.press("Tab")
            stop = reader.page.evaluate(LOOK)
            if stop is None:  # past the last one
                break
            stops.append(stop)
        assert len(stops) > 10, kind
        wrong = [stop["name"] for stop in stops if not (stop["ring"] and stop["inside"])]
        if wrong:
            unseen[f"{kind} {path}"] = wrong

    assert unseen == {}


def test_skip_link_leads_past_the_menu(reader):
    reader.open("/")
    reader.page.keyboard.press("Tab")
    skip = reader.page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()

    reader.page.keyboard.press("Enter")
    reader.page.keyboard.press("Tab")

    assert focus_on(reader.page, "main *")


def test_a_story_is_opened_from_the_front_page(reader):
    reader.open("/")
    tab_to(reader.page, "main .card__title a")
    title = reader.page.evaluate("document.activeElement.textContent")

    reader.page.keyboard.press("Enter")

    expect(reader.page.locator("h1")).to_have_text(title)


def test_questions_open_and_close(reader, sample):
    reader.open(sample["policies.ExplainerPage"])
    tab_to(reader.page, "#hoi-dap details:nth-of-type(2) summary")
    answer = reader.page.locator("#hoi-dap details").nth(1).locator(".rich")

    reader.page.keyboard.press("Enter")
    expect(answer).to_be_visible()
    reader.page.keyboard.press("Space")
    expect(answer).to_be_hidden()


def test_gallery_opens_turns_closes_and_gives_the_focus_back(reader, gallery_address):
    reader.open(gallery_address)
    page = reader.page
    tab_to(page, "photo-lightbox a")
    pictures = page.locator("photo-lightbox a")
    expect(pictures.first).to_be_focused()

    page.keyboard.press("Enter")
    dialog = page.locator("dialog.lightbox")
    expect(dialog).to_be_visible()
    assert focus_on(page, "dialog.lightbox *")
    expect(dialog.locator("img")).to_have_attribute("src", pictures.first.evaluate("link => link.href"))

    page.keyboard.press("ArrowRight")
    expect(dialog.locator(".figures")).to_have_text(re.compile("^2/"))
    expect(dialog.locator("img")).to_have_attribute("src", pictures.nth(1).evaluate("link => link.href"))
    page.keyboard.press("ArrowLeft")
    expect(dialog.locator(".figures")).to_have_text(re.compile("^1/"))
    page.keyboard.press("ArrowRight")
    for _stop in range(5):  # the focus stays inside
        page.keyboard.press("Tab")
        assert focus_on(page, "dialog.lightbox *, body")

    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(pictures.nth(1)).to_be_focused()


def test_gallery_closes_with_its_own_button(reader, gallery_address):
    reader.open(gallery_address)
    page = reader.page
    tab_to(page, "photo-lightbox a")
    page.keyboard.press("Enter")
    close = page.locator("dialog.lightbox .lightbox__bar button")
    close.focus()

    page.keyboard.press("Enter")

    expect(page.locator("dialog.lightbox")).to_be_hidden()
    assert focus_on(page, "photo-lightbox a")


def test_video_loads_on_enter_and_not_before(open_reader, sample):
    reader = open_reader()
    asked: list[str] = []

    def answer_for_youtube(route) -> None:
        asked.append(route.request.url)
        route.fulfill(content_type="text/html", body="<title>Video</title>")

    reader.page.route(re.compile("^https://"), answer_for_youtube)
    reader.open(sample["news.VideoPage"])
    tab_to(reader.page, "video-player a")
    assert asked == []

    reader.page.keyboard.press("Enter")

    frame = reader.page.locator("video-player iframe")
    expect(frame).to_have_attribute("src", re.compile(r"^https://www\.youtube-nocookie\.com/embed/"))
    expect(frame).to_be_focused()
    expect(frame).to_have_attribute("title", re.compile("."))
    assert len(asked) == 1
    assert reader.complaints == []


def test_filters_are_chosen_and_sent(reader):
    reader.open("/tin-tuc/")
    tab_to(reader.page, "[name=loai]")

    reader.page.keyboard.press("Space")
    tab_to(reader.page, "#bo-loc form button")
    reader.page.keyboard.press("Enter")

    expect(reader.page).to_have_url(re.compile(r"\?loai=[a-z-]+$"))  # empty dates stay out of the address
    tab_to(reader.page, ".chosen a.chip")
    reader.page.keyboard.press("Enter")
    expect(reader.page).to_have_url(re.compile("/tin-tuc/$"))


def test_appearance_is_switched_and_remembered(reader):
    reader.open("/")
    tab_to(reader.page, "theme-button button")
    button = reader.page.locator("theme-button button").locator("visible=true")
    expect(button).to_have_attribute("aria-pressed", "false")

    reader.page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    reader.page.reload()

    expect(reader.page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(button).to_have_attribute("aria-pressed", "true")


def test_phone_menu_opens_closes_and_leads_on(open_reader):
    reader: Reader = open_reader(viewport=PHONE)
    reader.open("/")
    page = reader.page
    tab_to(page, "#trinh-don > summary")
    entry = page.locator("#trinh-don nav a").first

    page.keyboard.press("Enter")
    expect(entry).to_be_visible()
    page.keyboard.press("Tab")
    expect(entry).to_be_focused()
    page.keyboard.press("Escape")
    expect(entry).to_be_hidden()
    expect(page.locator("#trinh-don > summary")).to_be_focused()

    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile(r":\d+/$"))
    assert reader.complaints == []


def test_log_in_is_done_with_the_keyboard(reader):
    reader.open("/tai-khoan/login/")
    tab_to(reader.page, "[name=login]")
    reader.page.keyboard.type("nobody")
    tab_to(reader.page, "[name=password]")
    reader.page.keyboard.type("wrong")
    reader.page.keyboard.press("Enter")

    expect(reader.page.locator("main form [role=alert]").locator("visible=true")).to_be_visible()

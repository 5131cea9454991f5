"""How pages look and behave for readers with different devices, settings and intentions."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.e2e.reading import DESKTOP, PHONE

pytestmark = pytest.mark.e2e

MODES = {
    "light-360": {"viewport": PHONE, "color_scheme": "light"},
    "dark-360": {"viewport": PHONE, "color_scheme": "dark"},
    "light-1280": {"viewport": DESKTOP, "color_scheme": "light"},
    "dark-1280": {"viewport": DESKTOP, "color_scheme": "dark"},
    "still": {"viewport": DESKTOP, "reduced_motion": "reduce"},
    "forced-colours": {"viewport": DESKTOP, "forced_colors": "active"},
    "more-contrast": {"viewport": PHONE, "contrast": "more"},
}


def expected_complaint(kind: str, complaint: str) -> bool:
    return kind == "404" and "404" in complaint


@pytest.mark.parametrize("mode", MODES)
def test_every_page_is_sound_in_every_setting(open_reader, sample, mode):
    reader = open_reader(**MODES[mode])
    wrong = {}
    for kind, path in sample.items():
        reader.page.goto(path)
        found = [complaint for complaint in reader.complaints if not expected_complaint(kind, complaint)]
        found += reader.broken_pictures() + reader.strangers()
        if reader.overflow() > 0:
            found.append(f"{reader.overflow()} px too wide")
        if mode == "still":
            found += reader.page.evaluate("document.getAnimations().map(animation => animation.constructor.name)")
        if found:
            wrong[f"{kind} {path}"] = found
        if mode[-1].isdigit():
            reader.keep_screenshot(f"{kind}-{mode}")
        reader.complaints.clear()
        reader.requests.clear()

    assert wrong == {}


def test_still_pages_do_not_glide(open_reader, sample):
    reader = open_reader(reduced_motion="reduce")
    reader.open(sample["policies.ExplainerPage"])

    assert reader.page.locator("html").evaluate("html => getComputedStyle(html).scrollBehavior") == "auto"


@pytest.mark.parametrize(
    "kind", ["news.ArticlePage", "policies.ExplainerPage", "policies.ProcedurePage", "news.PhotoStoryPage"]
)
def test_print_leaves_out_what_paper_cannot_do_and_adds_the_address(open_reader, sample, portal, kind):
    reader = open_reader(color_scheme="dark")
    reader.open(sample[kind])
    reader.load_pictures()
    expect(reader.page.locator("svg.qr")).to_be_hidden()

    printed = reader.page.pdf(format="A4")
    reader.page.emulate_media(media="print")

    assert printed.startswith(b"%PDF")
    for part in (".masthead", ".nav", ".footer", "share-links", ".skip", ".crumbs"):
        assert not [piece for piece in reader.page.locator(part).all() if piece.is_visible()], part
    expect(reader.page.locator("svg.qr")).to_be_visible()
    expect(reader.page.locator(".address")).to_contain_text(sample[kind])
    assert not [answer for answer in reader.page.locator(".disclosure .rich").all() if not answer.is_visible()]
    colours = reader.page.locator("h1").evaluate("h1 => getComputedStyle(h1).color")
    assert re.findall(r"\d+", colours)[:3] == ["0", "0", "0"]
    reader.keep_screenshot(f"{kind}-print")


def test_links_in_the_text_are_numbered_on_paper(open_reader, demo_addresses, portal):
    with_link = next(
        path
        for path in demo_addresses
        if re.search(rb'class="prose.*<a href="https://', portal.get(path)[1], re.DOTALL)
    )
    reader = open_reader()
    reader.open(with_link)

    reader.page.pdf()

    assert reader.page.locator(".print-links li").count() == reader.page.locator(".print-number").count() > 0


def test_nothing_leaves_the_portal_before_play_is_pressed(open_reader, sample):
    reader = open_reader()
    reader.page.route(re.compile("^https://"), lambda route: route.abort())
    reader.open(sample["news.VideoPage"])
    reader.load_pictures()
    reader.page.mouse.wheel(0, 5000)
    player = reader.page.locator("video-player a").first
    player.hover()
    assert reader.strangers() == []

    with reader.page.expect_request(re.compile(r"^https://www\.youtube-nocookie\.com/embed/[\w-]{11}\?")):
        player.click()


def test_sharing_needs_no_script_of_others(open_reader, sample, portal):
    reader = open_reader(permissions=["clipboard-read", "clipboard-write"])
    reader.open(sample["news.ArticlePage"])
    own = urlsplit(portal.url).netloc
    sources = reader.page.locator("script[src]").evaluate_all("scripts => scripts.map(script => script.src)")
    assert {urlsplit(source).netloc for source in sources} == {own}
    assert not reader.page.locator("script:not([src]):not([type='application/ld+json'])").count()

    links = reader.page.locator("share-links a")
    for link in links.all():
        address = link.get_attribute("href") or ""
        assert sample["news.ArticlePage"] in str(parse_qs(urlsplit(address).query))
        expect(link).to_have_attribute("rel", re.compile("noopener"))
    assert [urlsplit(link.get_attribute("href") or "").netloc.split(".")[-2] for link in links.all()] == [
        "zalo",
        "facebook",
    ]

    reader.page.locator("share-links [data-do=copy]").click()
    expect(reader.page.locator("[role=status] .toast")).to_be_visible()
    assert urlsplit(reader.page.evaluate("navigator.clipboard.readText()")).path == sample["news.ArticlePage"]
    assert (reader.complaints, reader.strangers()) == ([], [])


def test_listing_filters_stay_in_the_address_and_in_the_form(open_reader):
    reader = open_reader()
    reader.open("/tin-tuc/")
    box = reader.page.locator("#bo-loc")
    box.locator("[name=loai][value=tin-bai]").check()
    box.locator("[name=tu]").fill("1/1/2020")
    box.locator("form button").click()
    expect(reader.page).to_have_url(re.compile("loai=tin-bai"))
    expect(box.locator("[name=loai][value=tin-bai]")).to_be_checked()
    expect(box.locator("[name=tu]")).to_have_value("1/1/2020")
    expect(reader.page.locator(".chosen a.chip")).to_have_count(2)

    reader.page.locator("a[rel=next]").click()

    assert parse_qs(urlsplit(reader.page.url).query).keys() >= {"loai", "tu", "trang"}
    assert not reader.page.locator(".results .card__badge").count()

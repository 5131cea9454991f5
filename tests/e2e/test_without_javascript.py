"""Everything that readers need works in a browser that runs no script."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import PASSWORD
from tests.e2e.reading import PHONE
from tools.running_site import wait_for

pytestmark = pytest.mark.e2e


@pytest.fixture
def reader(open_reader):
    somebody = open_reader(java_script_enabled=False)
    yield somebody
    assert somebody.complaints == []


def titles(page) -> list[str]:
    return page.locator(".results .card__title").all_inner_texts()


def assert_loaded(picture: Locator) -> None:
    wait_for(lambda: picture.evaluate("picture => picture.complete && picture.naturalWidth > 0"), seconds=30)


def test_front_page_leads_to_sections_and_stories(reader):
    reader.open("/")
    expect(reader.page.locator("h1")).to_have_count(1)
    assert not [tool for tool in reader.page.locator(".js-only").all() if tool.is_visible()]

    reader.page.locator(".nav a[href='/tin-tuc/']").click()
    expect(reader.page).to_have_url(re.compile("/tin-tuc/$"))
    story = reader.page.locator(".results .card:not(.bare) .card__title a").first
    title = story.inner_text()
    story.click()

    expect(reader.page.locator("h1")).to_have_text(title)
    assert_loaded(reader.page.locator("main img").first)


def test_phone_menu_opens_and_leads_on(open_reader):
    reader = open_reader(java_script_enabled=False, viewport=PHONE)
    reader.open("/")
    entry = reader.page.locator("#trinh-don a[href='/chinh-sach/']")
    expect(entry).to_be_hidden()

    reader.page.locator("#trinh-don > summary").click()
    entry.click()

    expect(reader.page).to_have_url(re.compile("/chinh-sach/$"))


@pytest.mark.parametrize("viewport", [PHONE, None], ids=["phone", "desktop"])
def test_filters_are_sent_with_the_forms_own_button(open_reader, viewport):
    reader = open_reader(java_script_enabled=False, **({"viewport": viewport} if viewport else {}))
    reader.open("/tin-tuc/")
    box = reader.page.locator("#bo-loc")
    choice = box.locator("[name=loai][value=video]")
    if not choice.is_visible():
        box.locator("> summary").click()

    choice.check()
    box.locator("form button").click()

    expect(reader.page).to_have_url(re.compile("loai=video"))
    assert titles(reader.page)
    assert len(titles(reader.page)) == reader.page.locator(".results .card__badge").count()
    reader.page.locator(".chosen a.chip").first.click()
    expect(reader.page).not_to_have_url(re.compile("loai=video"))


def test_dates_that_make_no_sense_get_an_answer_in_words(reader):
    reader.open("/tin-tuc/")
    box = reader.page.locator("#bo-loc")
    if not box.locator("[name=tu]").is_visible():
        box.locator("> summary").click()

    box.locator("[name=tu]").fill("45/13/2025")
    box.locator("form button").click()

    expect(reader.page.locator("[role=alert]")).to_be_visible()


def test_pages_of_a_listing_are_plain_links(reader):
    reader.open("/tin-tuc/")
    first = titles(reader.page)

    reader.page.locator("a[rel=next]").click()
    second = titles(reader.page)
    reader.page.locator(".pages").get_by_role("link", name=re.compile("1$")).click()

    assert second
    assert not set(first) & set(second)
    assert titles(reader.page) == first


def test_article_can_be_shared_and_offers_nothing_that_does_not_work(reader, sample):
    reader.open(sample["news.ArticlePage"])

    assert reader.page.locator("share-links a").count() == 2
    assert not [button for button in reader.page.locator("share-links button").all() if button.is_visible()]
    assert reader.page.locator("main p").count() > 2


def test_questions_of_an_explainer_open(reader, sample):
    reader.open(sample["policies.ExplainerPage"])
    questions = reader.page.locator("#hoi-dap details")
    expect(questions.nth(0).locator(".rich")).to_be_visible()
    expect(questions.nth(1).locator(".rich")).to_be_hidden()

    questions.nth(1).locator("summary").click()

    expect(questions.nth(1).locator(".rich")).to_be_visible()


def test_procedure_is_complete(reader, sample):
    reader.open(sample["policies.ProcedurePage"])

    expect(reader.page.locator("#cac-buoc li").first).to_be_visible()
    expect(reader.page.locator("#giay-to li").first).to_be_visible()


def test_photo_story_shows_every_picture(reader, sample):
    reader.open(sample["news.PhotoStoryPage"])

    numbers = reader.page.locator(".story__number").all_inner_texts()
    assert numbers[-1] == f"{len(numbers)}/{len(numbers)}"
    for picture in reader.page.locator(".story img").all():
        picture.scroll_into_view_if_needed()
        assert_loaded(picture)


def test_gallery_opens_the_picture_itself(open_reader, gallery_address):
    reader = open_reader(java_script_enabled=False)
    reader.open(gallery_address)
    picture = reader.page.locator("photo-lightbox a").first

    with reader.page.expect_response(re.compile("/media/")) as answer:
        picture.click()

    assert answer.value.status == 200
    assert answer.value.headers["content-type"].startswith("image/")


def test_video_is_a_plain_link_to_the_video(reader, sample):
    reader.open(sample["news.VideoPage"])

    address = reader.page.locator("video-player a").get_attribute("href") or ""
    assert re.match(r"https://(www\.)?youtu", address)
    expect(reader.page.locator("main details[open]").first).to_be_visible()  # what is said, in words
    assert reader.strangers() == []


def test_unit_says_who_to_ask(reader, sample):
    reader.open(sample["organisations.UnitIndexPage"])
    reader.page.locator(f"main a[href='{sample['organisations.UnitPage']}']").first.click()

    expect(reader.page.locator("h1")).to_have_count(1)
    expect(reader.page.locator("a[href^='tel:']").locator("visible=true").first).to_be_visible()


def test_lost_reader_finds_a_way_on(open_reader):
    reader = open_reader(java_script_enabled=False)
    reader.open("/khong-co-trang-nay/", status=404)

    expect(reader.page.locator("main a[href='/']")).to_be_visible()


def test_log_in_works(reader):
    reader.open("/tai-khoan/login/")
    reader.page.locator("[name=login]").fill("admin")
    reader.page.locator("[name=password]").fill("wrong")
    reader.page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(reader.page.locator("main form [role=alert]").locator("visible=true")).to_be_visible()

    reader.page.locator("[name=password]").fill(PASSWORD)
    reader.page.get_by_role("button", name="Đăng nhập", exact=True).click()

    expect(reader.page).to_have_url(re.compile("/admin/$"))


def brightness(page) -> float:
    colour = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    red, green, blue = map(float, re.findall(r"[\d.]+", colour)[:3])
    return (red + green + blue) / 3


def test_appearance_follows_the_system(open_reader, sample):
    for path in (sample["home.HomePage"], sample["news.ArticlePage"]):
        seen = {}
        for scheme in ("light", "dark"):
            reader = open_reader(java_script_enabled=False, color_scheme=scheme)
            reader.open(path)
            seen[scheme] = brightness(reader.page)

        assert seen["light"] > 200
        assert seen["dark"] < 60

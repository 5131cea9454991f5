"""A film of the portal's own on a telephone, and the pictures of a photo story, large."""

import subprocess

import pytest
from playwright.sync_api import expect

from tests.e2e.reading import DESKTOP, PHONE
from tests.requirements import require_java, require_node_module
from tools.running_site import wait_for

pytestmark = pytest.mark.e2e
STATE = "film => [film.currentTime, film.paused, film.readyState, film.textTracks[0].cues?.length ?? 0]"


@pytest.fixture(scope="session")
def film_address(portal, demo_addresses) -> str:
    """The demonstration's video whose file lies on the portal."""
    videos = (path for path in demo_addresses if path.startswith("/tin-tuc/video/"))
    return next(path for path in videos if b"<video " in portal.get(path)[1])


@pytest.fixture(scope="session")
def story_address(demo_addresses) -> str:
    return next(path for path in demo_addresses if "tan-ca-o-ben-say" in path)


def test_a_film_is_asked_for_at_play_and_not_before(open_reader, film_address):
    reader = open_reader(viewport=PHONE)
    answers = []
    reader.page.on("response", lambda answer: answers.append(answer) if answer.url.endswith(".mp4") else None)
    reader.open(film_address)
    reader.load_pictures()
    film = reader.page.locator("video")
    assert answers == []
    assert reader.overflow() <= 0
    assert film.get_attribute("poster")

    film.evaluate("film => film.play()")
    wait_for(lambda: film.evaluate(STATE)[0] > 0.5)

    assert [answer.status for answer in answers] == [206]
    assert answers[0].headers["content-range"].startswith("bytes 0-")
    assert answers[0].headers["content-type"] == "video/mp4"
    assert film.evaluate(STATE)[3] == 8  # captions
    assert film.evaluate("film => film.textTracks[0].mode") == "showing"
    assert film.evaluate("film => [film.videoWidth, film.error]") == [512, None]

    reader.page.locator("a[data-seconds]").nth(3).click()
    wait_for(lambda: film.evaluate(STATE)[0] > 10.5)
    assert not film.evaluate(STATE)[1]
    assert reader.page.url.endswith("#t=10.6")
    expect(film).to_be_focused()
    assert reader.complaints == []
    assert reader.strangers() == []


def test_an_address_may_name_a_moment(open_reader, film_address):
    reader = open_reader(viewport=PHONE)
    reader.open(f"{film_address}#t=0:12")
    assert reader.page.locator("video").evaluate("film => film.currentTime") == 12


def test_moments_lead_into_the_film_without_scripts(open_reader, film_address):
    reader = open_reader(viewport=PHONE, java_script_enabled=False)
    reader.open(film_address)

    expect(reader.page.locator("video")).to_have_attribute("controls", "")
    expect(reader.page.locator(".transcript p").first).to_be_visible()
    address = reader.page.locator("a[data-seconds]").nth(1).get_attribute("href")
    assert address.endswith(".mp4#t=3.0")


def test_a_film_opened_by_itself_plays(open_reader, film_address):
    reader = open_reader()
    reader.open(film_address)
    address = reader.page.locator("video source").evaluate("source => source.src")

    reader.page.goto(address)
    film = reader.page.locator("video")
    film.evaluate("film => { film.muted = true; return film.play(); }")
    wait_for(lambda: film.evaluate("film => film.currentTime") > 0.3)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_to_say(browser, browser_context_args, film_address, story_address, axe, scheme):
    context = browser.new_context(**browser_context_args, viewport=PHONE, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    for path in (film_address, story_address):
        page.goto(path)
        page.evaluate(axe)
        found = page.evaluate("() => axe.run(document)")["violations"]
        assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == [], path
    page.locator("a.story__picture").first.click()
    expect(page.locator("dialog.lightbox")).to_be_visible()
    assert [each["id"] for each in page.evaluate("() => axe.run('dialog')")["violations"]] == []
    context.close()


def test_the_html_checker_finds_no_error(portal, film_address, story_address, tmp_path):
    jar = require_node_module("vnu-jar") / "build" / "dist" / "vnu.jar"
    for number, path in enumerate((film_address, story_address)):
        (tmp_path / f"{number}.html").write_bytes(portal.get(path)[1])
    checked = subprocess.run(
        [require_java(), "-jar", jar, "--exit-zero-always", "--html", *tmp_path.glob("*.html")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert [line for line in checked.stderr.splitlines() if "info" not in line] == []


def test_the_checker_of_contents_misses_captions(browser, browser_context_args, portal, film_address, axe):
    """The rule that Wagtail's checker is given: axe-core's own never finds such a film wrong."""
    from pages.content_checks import AllContentChecks

    rule = next(rule for rule in AllContentChecks.axe_custom_rules if rule["id"] == "film-without-captions")
    context = browser.new_context(**browser_context_args, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{portal.url}{film_address}")
    page.evaluate(axe)
    run = """rule => { axe.configure({ rules: [rule] });
        return axe.run("main", { runOnly: [rule.id] }).then(({ violations }) => violations.length); }"""
    assert page.evaluate(run, rule) == 0
    page.evaluate("delete document.querySelector('video').dataset.captions")
    assert page.evaluate(run, rule) == 1
    context.close()


def test_a_picture_of_a_story_has_an_address(open_reader, story_address):
    for scripts in (True, False):
        reader = open_reader(viewport=PHONE, java_script_enabled=scripts)
        reader.open(f"{story_address}#anh-3")
        figure = reader.page.locator("#anh-3")
        wait_for(lambda figure=figure: -5 < figure.bounding_box()["y"] < 120)
        assert reader.page.locator("#anh-3 .story__number").get_attribute("href") == "#anh-3"


def test_the_large_pictures_of_a_story_by_keyboard(open_reader, story_address):
    reader = open_reader(viewport=DESKTOP)
    reader.open(story_address)
    page = reader.page
    page.locator("#anh-2 a.story__picture").focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog.lightbox")
    expect(dialog.locator(".figures")).to_have_text("2/7")
    expect(dialog.locator("img")).to_have_js_property("alt", page.locator("#anh-2 img").get_attribute("alt"))
    page.keyboard.press("ArrowRight")
    expect(dialog.locator(".lightbox__caption")).to_contain_text("Nhà trẻ cạnh cổng số 3.")
    assert page.url.endswith("#anh-3")
    page.keyboard.press("End")
    expect(dialog.locator(".figures")).to_have_text("7/7")
    page.keyboard.press("ArrowRight")
    expect(dialog.locator(".figures")).to_have_text("1/7")
    page.keyboard.press("End")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("#anh-7 a.story__picture")).to_be_focused()
    assert "#" not in page.url
    assert reader.complaints == []


def test_the_way_back_closes_a_large_picture(open_reader, story_address):
    reader = open_reader(viewport=PHONE)
    reader.open(story_address)
    reader.page.locator("#anh-1 a.story__picture").click()
    expect(reader.page.locator("dialog.lightbox")).to_be_visible()

    reader.page.go_back()

    expect(reader.page.locator("dialog.lightbox")).to_be_hidden()
    assert reader.page.url.endswith(story_address)


def test_a_swipe_turns_and_a_telephone_gets_a_telephones_size(open_reader, story_address):
    reader = open_reader(viewport=PHONE, has_touch=True)
    reader.open(story_address)
    reader.page.locator("#anh-1 a.story__picture").click()
    dialog = reader.page.locator("dialog.lightbox")
    expect(dialog.locator(".figures")).to_have_text("1/7")
    wait_for(lambda: "width-800" in dialog.locator("img").evaluate("picture => picture.currentSrc"))
    swipe = """(stage, [from, to]) => { for (const [kind, x] of [["touchstart", from], ["touchend", to]]) {
        const touch = new Touch({ identifier: 1, target: stage, clientX: x, clientY: 300 });
        const touches = kind === "touchend" ? [] : [touch];
        stage.dispatchEvent(new TouchEvent(kind, { touches, changedTouches: [touch], bubbles: true }));
    } }"""
    stage = dialog.locator(".lightbox__stage")
    stage.evaluate(swipe, [300, 60])
    expect(dialog.locator(".figures")).to_have_text("2/7")
    stage.evaluate(swipe, [60, 300])
    expect(dialog.locator(".figures")).to_have_text("1/7")
    stage.evaluate(swipe, [200, 190])
    expect(dialog.locator(".figures")).to_have_text("1/7")


def test_pictures_further_down_wait_until_they_are_near(open_reader, story_address):
    reader = open_reader(viewport=PHONE, java_script_enabled=False)
    reader.open(story_address)

    loading = [picture.get_attribute("loading") for picture in reader.page.locator(".story img").all()]

    assert loading == [None, None, *["lazy"] * 5]

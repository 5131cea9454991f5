"""An editor sends stories to a channel: words, preview, time; an alarm when the key breaks; mended, it goes on."""

import base64
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count

import pytest
from playwright.sync_api import Locator, expect

from news.models import ArticlePage
from tests.crossposting.fakes import webhook
from tests.e2e.editing import VIETNAM, Editor, Rich
from tests.e2e.stories import SECTION
from tests.requirements import require_node_module
from tools.running_site import wait_for

CHANNEL = "Bảng tin xưởng đóng tàu"
NEW_KEY = "whsec_" + base64.b64encode(b"another key of 24 letters").decode()
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
numbers = count(1)


@pytest.fixture(scope="module")
def receiver():
    """Whoever gets the posts: checks signatures, and keeps what is well signed."""
    with webhook.FakeReceiver().running() as fake:
        yield fake


@pytest.fixture(scope="module")
def channel(editor, receiver) -> Iterator[int]:
    """A channel made in the admin, and switched off afterwards; returns its number."""
    editor.page.goto("/admin/channels/new/?network=webhook")
    editor.fill_in({"name": CHANNEL, "config_url": f"{receiver.url}/hook", "key_secret": webhook.SECRET})
    editor.press(editor.page.locator("footer [type=submit]"))
    found = re.search(r"/channels/edit/(\d+)/", editor.page.url)
    assert found, editor.page.url
    number = int(found.group(1))
    yield number
    editor.page.goto(f"/admin/channels/edit/{number}/")
    editor.named("enabled").set_checked(False)
    editor.press(editor.page.locator("footer [type=submit]"))


@pytest.fixture(scope="module")
def change_key() -> Iterator[Callable[[str], None]]:
    """Let the receiver want another key to the end of this module: the channel, once mended, keeps it."""
    with pytest.MonkeyPatch.context() as patch:
        yield lambda key: patch.setattr(webhook, "SECRET", key)


@pytest.fixture
def title() -> str:
    return f"Ca ba nghỉ sớm tối thứ {next(numbers)} để xem bóng đá"


def begin(editor: Editor, title: str) -> None:
    editor.begin(ArticlePage, SECTION)
    editor.named("title").fill(title)
    editor.insert(ArticlePage, "body", "paragraph", Rich("Quản đốc đồng ý sau một buổi họp ngắn."))


def row(editor: Editor, channel: int) -> Locator:
    """The channel in the tab «Sharing», with its fields open."""
    place = editor.page.locator(f'[data-sharing-channel="{channel}"]')
    editor.turn_to_tab_of(f"sharing-{channel}-wanted")
    place.locator("details").evaluate("details => { details.open = true; }")
    return place


def titles(receiver) -> list[str]:
    return [post["data"]["title"] for post in receiver.posts]


def deliveries(editor: Editor, channel: int, title: str) -> Locator:
    """The story's row in the ledger."""
    editor.page.goto(f"/admin/deliveries/?channel={channel}")
    return editor.page.locator("main tr").filter(has_text=title)


def test_what_is_typed_is_previewed_published_and_arrives(editor, channel, receiver, title):
    begin(editor, title)
    place = row(editor, channel)
    expect(place.locator("[data-sharing-post]")).to_contain_text(title)

    editor.named(f"sharing-{channel}-text").fill("Tối nay cả xưởng về sớm!\nMời đoàn viên xem chung.")
    editor.named(f"sharing-{channel}-hashtags").fill("bóng đá, ca ba")
    expect(place.locator("[data-sharing-post]")).to_contain_text("Mời đoàn viên xem chung.")
    expect(place.locator("[data-sharing-post]")).to_contain_text("#BóngĐá #CaBa")
    expect(place.locator("[data-sharing-typed]")).to_contain_text(" 49 ")
    editor.publish()

    wait_for(lambda: title in titles(receiver))
    text = receiver.posts[-1]["data"]["text"]
    assert text.startswith("Tối nay cả xưởng về sớm!\nMời đoàn viên xem chung.\n\nhttp")
    assert text.endswith("\n#BóngĐá #CaBa")
    assert deliveries(editor, channel, title).count() == 1


def test_a_planned_post_shows_its_time_is_called_off_and_tried_again(editor, channel, receiver, title):
    moment = (datetime.now(VIETNAM) + timedelta(days=2)).replace(hour=9, minute=15)
    begin(editor, title)
    place = row(editor, channel)
    editor.named(f"sharing-{channel}-timing").select_option("at")
    editor.fill_plain(f"sharing-{channel}-at", f"{moment:%d/%m/%Y %H:%M}")
    expect(place.locator("[data-sharing-post]")).to_contain_text(f"{moment:%H:%M %d/%m/%Y}")
    editor.publish()

    wait_for(lambda: deliveries(editor, channel, title).count())
    line = deliveries(editor, channel, title)
    expect(line).to_contain_text(f"{moment:%H:%M %d/%m/%Y}")
    line.locator("a").first.click()
    editor.press(editor.page.locator("form[action*='/cancel/'] button"))
    assert title not in titles(receiver)
    editor.press(editor.page.locator("form[action*='/retry/'] button"))
    wait_for(lambda: title in titles(receiver))


def test_a_broken_key_raises_an_alarm_and_once_mended_the_post_arrives(editor, channel, receiver, title, change_key):
    change_key(NEW_KEY)
    begin(editor, title)
    editor.publish()

    def alarm() -> bool:
        editor.page.goto("/admin/")
        return editor.page.locator("[role=alert]").filter(has_text=CHANNEL).is_visible()

    wait_for(alarm)
    editor.page.locator("[role=alert]").filter(has_text=CHANNEL).locator("a").click()
    expect(editor.page.locator("main [role=alert]")).to_be_visible()
    editor.fill_in({"key_secret": NEW_KEY})
    editor.press(editor.page.locator("footer [type=submit]"))

    wait_for(lambda: title in titles(receiver))
    assert not alarm()
    assert titles(receiver).count(title) == 1


@pytest.mark.parametrize("width", [360, 1280])
def test_the_tab_is_in_order_for_everybody(editor, channel, demo_addresses, width):
    axe = (require_node_module("axe-core") / "axe.min.js").read_text(encoding="utf-8")
    before = editor.page.viewport_size
    editor.page.set_viewport_size({"width": width, "height": 900})
    editor.edit(next(path for path in demo_addresses if path.startswith(SECTION) and path != SECTION))
    place = row(editor, channel)
    expect(place.locator("[data-sharing-post] img")).to_be_visible()

    editor.page.evaluate(axe)
    result = editor.page.evaluate(
        "tags => axe.run(document.querySelector('[role=tabpanel]:not([hidden])'), "
        "{runOnly: {type: 'tag', values: tags}})",
        AXE_TAGS,
    )
    overflow = editor.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    editor.page.set_viewport_size(before)

    assert [f"{rule['id']}: {node['target']}" for rule in result["violations"] for node in rule["nodes"]] == []
    assert overflow <= 0

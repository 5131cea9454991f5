"""Editors write every type of page with every block, and readers read it."""

import re
from dataclasses import dataclass
from datetime import datetime

import pytest
from playwright.sync_api import Error, expect

from core.blocks.body import BodyBlock
from pages.models import BasePage
from tests.e2e import stories
from tests.e2e.editing import VIETNAM, Chosen, Editor, next_minute
from tests.e2e.reading import DESKTOP, PHONE, SMALLEST, Reader
from tests.e2e.stories import CREATED, EDITED, Story
from tools.running_site import wait_for

ALL = [*CREATED, *EDITED]
MINUTE_AND_A_HALF = 90.0
pytestmark = pytest.mark.e2e

by_type = pytest.mark.parametrize("story", ALL, ids=lambda story: story.name)
created_by_type = pytest.mark.parametrize("story", CREATED, ids=lambda story: story.name)


@dataclass
class Outcome:
    """How the writing of a page went; what went wrong fails the tests of that page, not those of the others."""

    due: datetime | None = None
    error: BaseException | None = None


class Newsroom:
    """All pages, written one after another; each goes live at a full minute, while the next is being written."""

    def __init__(self, site, editor: Editor) -> None:
        self.site = site
        self.editor = editor
        self.outcomes: dict[str, Outcome] = {}

    def work(self) -> None:
        self.create_unit()
        for story in ALL:
            if story is stories.UNIT:
                self.editor.wait_until_found("snippets/choose/organisations/unit/results/", stories.UNIT_SHORT_NAME)
            try:
                self.outcomes[story.name] = Outcome(due=self.write(story))
            except (AssertionError, Error) as error:
                self.outcomes[story.name] = Outcome(error=error)

    def create_unit(self) -> None:
        """A unit page needs its unit."""
        self.editor.page.goto("/admin/snippets/organisations/unit/add/")
        self.editor.fill_in(
            {
                "name": stories.UNIT_NAME,
                "short_name": stories.UNIT_SHORT_NAME,
                "kind": "grassroots",
                "parent": Chosen("Các Khu công nghiệp"),
                "phone": "0238 555 0123",
                "members": "402",
            }
        )
        self.editor.press(self.editor.page.locator("footer [type=submit]").first)

    def write(self, story: Story) -> datetime:
        """Write, save as a draft, preview twice, schedule."""
        editor = self.editor
        if story.is_created:
            editor.begin(story.model, story.parent)
            editor.named("title").press_sequentially(story.title)
        else:
            editor.edit(story.address)
        editor.fill_in(story.fields)
        for stream, blocks in story.streams.items():
            for kind, value in blocks:
                editor.insert(story.model, stream, kind, value)
        editor.save_draft()
        if story.is_created and not story.is_of_unit:
            assert editor.address(story.parent) == story.address
        self.look_at_previews(story)
        assert not self.is_out(story), "a draft is seen by readers"
        due = next_minute()
        editor.schedule(due)
        assert not self.is_out(story) or datetime.now(VIETNAM) >= due, "out before its time"
        return due

    def look_at_previews(self, story: Story) -> None:
        expect(self.editor.preview().locator("main")).to_contain_text(story.sign)
        large = self.editor.preview_in_new_tab()
        expect(large.locator("main")).to_contain_text(story.sign)
        assert Reader(large).broken_pictures() == []
        large.close()

    def is_out(self, story: Story) -> bool:
        status, body = self.site.get(story.address)
        if not story.sign:  # the front page, composed without this section
            return status == 200 and "An toàn – Sức khoẻ</h2>" not in re.sub(r"</?a[^>]*>", "", body.decode())
        return status == 200 and story.sign in body.decode()

    def wait_until_out(self, story: Story) -> None:
        outcome = self.outcomes[story.name]
        if outcome.error:
            raise outcome.error
        wait_for(lambda: self.is_out(story), seconds=MINUTE_AND_A_HALF)


@pytest.fixture(scope="module")
def newsroom(portal, editor):
    """Everything written."""
    room = Newsroom(portal, editor)
    room.work()
    return room


def test_the_journeys_know_every_type_and_every_block():
    types = {model for model in BasePage.__subclasses__() if not model._meta.abstract}
    types |= {model for parent in BasePage.__subclasses__() for model in parent.__subclasses__()}

    assert {story.model for story in ALL} == types
    assert {kind for kind, _value in stories.ARTICLE.streams["body"]} == set(BodyBlock().child_blocks)


@by_type
def test_page_goes_live_by_itself_and_reads_well(newsroom, open_reader, story):
    newsroom.wait_until_out(story)
    for name, viewport in (("360", PHONE), ("1280", DESKTOP)):
        reader = open_reader(viewport=viewport)
        reader.open(story.address)

        words = reader.text()
        assert [part for part in story.words() if " ".join(part.split()) not in words] == []
        assert [alt for alt in story.pictures() if not reader.sees_picture(alt)] == []
        assert reader.broken_pictures() == []
        assert reader.overflow() <= 0
        assert (reader.complaints, reader.strangers()) == ([], [])
        reader.keep_screenshot(f"written-{story.name}-{name}")
    reader.page.set_viewport_size(SMALLEST)
    assert reader.overflow() <= 0


@by_type
def test_page_is_where_readers_look_for_it(newsroom, open_reader, story):
    newsroom.wait_until_out(story)
    for listing in story.listed:
        reader = open_reader(viewport=PHONE)
        reader.open(listing)

        links = reader.page.locator(f"main a[href='{story.address}']")
        assert links.count(), listing
        folded = links.first.locator("xpath=ancestor::details[not(@open)]/summary")
        if folded.count():  # small units stand folded away below the union they belong to
            folded.first.click()
        expect(links.first).to_be_visible()
        assert reader.broken_pictures() == []
        assert reader.complaints == []
        links.first.click()
        expect(reader.page.locator("h1")).to_contain_text(story.title)

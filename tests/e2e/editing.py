"""The admin as an editor's hands know it: forms, blocks, choosers, previews, publishing.

Fields are found by the names that the form posts, buttons by what they do; no label is relied on, so that a better
Vietnamese word breaks no test.
"""

import io
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tools.running_site import wait_for

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
#: A date chooser knows whole minutes; an entry made in the last seconds of one would not be in the future any more.
TIME_TO_SAVE = timedelta(seconds=12)


@dataclass(frozen=True)
class Rich:
    """Text for a rich text field, a paragraph an entry."""

    paragraphs: tuple[str, ...]

    def __init__(self, *paragraphs: str) -> None:
        object.__setattr__(self, "paragraphs", paragraphs)


@dataclass(frozen=True)
class Chosen:
    """Something that is there already, found in its chooser by these words."""

    words: str


@dataclass(frozen=True)
class NewPicture:
    """A photograph that the editor uploads in the chooser."""

    title: str
    alt: str
    credit: str = "Ảnh: Ban Tuyên giáo"

    def file(self) -> dict[str, Any]:
        """Draw a real JPEG, different for every title: the admin notices when a picture is there already."""
        picture = Image.linear_gradient("L").resize((1600, 1067)).convert("RGB")
        seed = sum(map(ord, self.title))
        draw = ImageDraw.Draw(picture)
        for number in range(12):
            place = (number * 137 + seed * 7) % 1400
            colour = ((seed * 3 + number * 20) % 256, (seed + number * 45) % 256, 90 + number * 12)
            draw.ellipse([place, number * 70, place + 220 + seed % 90, number * 70 + 240], fill=colour)
        written = io.BytesIO()
        picture.save(written, "JPEG", quality=82)
        return {"name": "IMG_0412.JPG", "mimeType": "image/jpeg", "buffer": written.getvalue()}


@dataclass(frozen=True)
class NewFrame(NewPicture):
    """A frame with a clear middle that the editor uploads in the chooser."""

    def file(self) -> dict[str, Any]:
        """Draw a PNG."""
        frame = Image.new("RGBA", (1200, 1200), "#b81d16")
        frame.paste((0, 0, 0, 0), (120, 120, 1080, 1080 - len(self.title)))
        written = io.BytesIO()
        frame.save(written, "PNG")
        return {"name": "khung.png", "mimeType": "image/png", "buffer": written.getvalue()}


@dataclass(frozen=True)
class NewFile:
    """A document that the editor uploads in the chooser."""

    title: str

    def file(self) -> dict[str, Any]:
        """Write a small PDF."""
        text = b"%PDF-1.4\n%" + self.title.encode() + b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"
        return {"name": "thoa-uoc-2026.pdf", "mimeType": "application/pdf", "buffer": text}


@dataclass(frozen=True)
class Table:
    """A table: columns as (type, heading), rows of cells."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]


def next_minute() -> datetime:
    """The first full minute that is still far enough away to save a form before it."""
    return (datetime.now(VIETNAM) + TIME_TO_SAVE).replace(second=0, microsecond=0) + timedelta(minutes=1)


@dataclass
class Editor:
    """Somebody who works in the admin, in one tab."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on(
            "pageerror",
            # The preview's own checker says so when the preview is renewed quickly.
            lambda error: (
                self.complaints.append(f"{self.page.url}: {error}") if "Axe is already" not in str(error) else None
            ),
        )
        self.page.on(
            "console",
            lambda message: (
                self.complaints.append(f"{self.page.url}: {message.text}")
                if "Content Security Policy" in message.text
                else None
            ),
        )
        self.page.on(
            "response",
            lambda answer: self.complaints.append(f"{answer.url}: {answer.status}") if answer.status >= 500 else None,
        )

    def log_in(self, name: str, password: str) -> None:
        """Through the log-in page that the admin leads to."""
        self.page.goto("/admin/")
        self.page.locator("[name=login]").fill(name)
        self.page.locator("[name=password]").fill(password)
        self.page.locator("[name=password]").press("Enter")
        self.page.wait_for_url("**/admin/")

    # Opening ----------------------------------------------------------------------------------------------------

    def page_id(self, path: str) -> int:
        """The number of the published page at an address, as the admin's own page chooser learns it."""
        slug = path.strip("/").rpartition("/")[2]
        which = f"slug={slug}" if slug else "type=home.HomePage"
        answer = self.page.request.get(f"/admin/api/main/pages/?{which}&fields=_,id,html_url&limit=20")
        return next(
            item["id"] for item in answer.json()["items"] if urlsplit(item["meta"]["html_url"] or "").path == path
        )

    def begin(self, model: Any, parent: str) -> None:
        """Open an empty form: from the list of what may stand below the parent."""
        form = f"/add/{model._meta.app_label}/{model._meta.model_name}/"
        self.page.goto(f"/admin/pages/{self.page_id(parent)}/add_subpage/")
        if form not in self.page.url:  # with one possible type the admin opens its form at once
            self.page.locator(f"main a[href*='{form}']").click()
        expect(self.page.locator("[name=title]")).to_be_visible()

    def edit(self, path: str) -> None:
        """Open the form of a published page."""
        self.page.goto(f"/admin/pages/{self.page_id(path)}/edit/")

    # Filling in -------------------------------------------------------------------------------------------------

    def fill_in(self, fields: dict[str, Any]) -> None:
        """Fill fields by name, on whichever tab they are."""
        for name, value in fields.items():
            self.turn_to_tab_of(name)
            self.fill(name, value)

    def turn_to_tab_of(self, name: str) -> None:
        """Open the tab that holds a field."""
        tab = self.named(name).first.evaluate("field => field.closest('[role=tabpanel]')?.id ?? ''")
        if tab:
            self.page.locator(f"[role=tab][href='#{tab}']").first.click()

    def named(self, name: str) -> Locator:
        """The field that posts under this name."""
        return self.page.locator(f'[name="{name}"]')

    def fill(self, name: str, value: Any) -> None:
        """Fill one field, chooser, table, struct or list, told apart by what is to go into it."""
        match value:
            case dict():
                for child, part in value.items():
                    self.fill(f"{name}-{child}", part)
            case list():
                self.fill_list(name, value)
            case Rich():
                self.write(name, value)
            case Table():
                self.fill_table(name, value)
            case NewPicture() | NewFile() | Chosen():
                self.choose(name, value)
            case bool():
                self.named(name).set_checked(value)
            case _:
                self.fill_plain(name, value)

    def fill_plain(self, name: str, value: str) -> None:
        entry = self.named(name)
        if entry.evaluate("field => field.tagName") == "SELECT":
            entry.select_option(value)
            return
        entry.fill(value)
        if entry.evaluate("field => Boolean(jQuery(field).data('xdsoft_datetimepicker'))"):
            self.leave_date_chooser()

    def leave_date_chooser(self) -> None:
        """A date chooser covers what is below it until one clicks elsewhere."""
        chooser = self.page.locator(".xdsoft_datetimepicker").locator("visible=true")
        expect(chooser).to_have_count(1)
        elsewhere = self.page.locator(".w-dialog__title").locator("visible=true")
        if elsewhere.count():
            elsewhere.click()
        else:
            self.page.mouse.click(640, 4)  # the empty upper edge
        expect(chooser).to_have_count(0)

    def fill_list(self, name: str, values: list[Any]) -> None:
        """Fill the items that a list block begins with, and add the others."""
        count = self.named(f"{name}-count")
        add = self.page.locator(
            f'[name="{name}-count"] ~ [data-streamfield-list-container] > [data-streamfield-list-add]'
        )
        for number, value in enumerate(values):
            if number >= int(count.input_value()):
                add.last.click()
            self.fill(f"{name}-{number}-value", value)

    def text_of(self, name: str) -> Locator:
        """Where one types into a rich text field."""
        return self.page.locator(f'[name="{name}"] ~ .Draftail-Editor__wrapper [contenteditable=true]')

    def write(self, name: str, text: Rich) -> None:
        """Type paragraphs."""
        self.text_of(name).click()
        for number, paragraph in enumerate(text.paragraphs):
            if number:
                self.page.keyboard.press("Enter")
            self.page.keyboard.insert_text(paragraph)
        # The editor hands its text to the form a moment later.
        expect(self.named(name)).to_have_value(re.compile(re.escape(text.paragraphs[-1])))

    def fill_table(self, name: str, table: Table) -> None:
        """Add columns by kind and rows, and fill in the cells."""
        block = self.page.locator(".typed-table-block").filter(has=self.named(f"{name}-column-count"))
        kinds = [kind for kind, _heading in table.columns]
        for number, (kind, heading) in enumerate(table.columns):
            block.locator("[data-append-column]").click()
            block.locator(".add-column-menu button").nth(0 if kind == "text" else 1).click()
            self.named(f"{name}-column-{number}-heading").fill(heading)
        assert kinds == [self.named(f"{name}-column-{n}-type").input_value() for n in range(len(kinds))]
        for number, row in enumerate(table.rows):
            if number:  # the first comes with the first column
                block.locator("[data-add-row]").click()
            for column, cell in enumerate(row):
                self.named(f"{name}-cell-{number}-{column}").fill(cell)

    def insert(self, model: Any, stream: str, kind: str, value: Any) -> None:
        """Insert a block at the end of a stream, through the block chooser where there is a choice."""
        blocks = model._meta.get_field(stream).stream_block.child_blocks
        self.turn_to_tab_of(f"{stream}-count")
        number = int(self.named(f"{stream}-count").input_value())
        adders = self.page.locator(f'[name="{stream}-count"] ~ [data-streamfield-stream-container] > div > button')
        adders.last.click()
        if len(blocks) > 1:
            # By place: the chooser shows them in the order of the model.
            self.page.locator(".w-combobox:visible").get_by_role("option").nth(list(blocks).index(kind)).click()
        expect(self.named(f"{stream}-{number}-type")).to_have_value(kind)
        if value is not None:
            self.fill(f"{stream}-{number}-value", value)

    # Choosers ---------------------------------------------------------------------------------------------------

    def choose(self, name: str, value: Chosen | NewPicture | NewFile) -> None:
        """Choose or upload something in the chooser of a field."""
        chooser = self.page.locator(f"[id='{name}-chooser'], [id='id_{name}-chooser']")
        if self.named(name).input_value():  # to choose something else is in a menu
            chooser.locator("[data-w-dropdown-target=toggle]").click()
        chooser.locator("[data-chooser-action-choose]").locator("visible=true").first.click()
        dialog = self.page.locator(".modal-content")
        if isinstance(value, Chosen):
            dialog.locator("[name=q]").first.fill(value.words)
            options = dialog.locator("a.choose-page, [data-chooser-modal-choice]").filter(has_text=value.words)
            expect(options.first).to_be_visible()
            options.first.click()
        else:
            self.upload(dialog, value)
        expect(dialog).to_have_count(0)
        expect(self.named(name)).not_to_have_value("")

    def upload(self, dialog: Locator, value: NewPicture | NewFile) -> None:
        dialog.locator("[role=tab][href='#tab-upload']").click()
        form = dialog.locator("#tab-upload")
        form.locator("[type=file]").set_input_files(value.file())  # type: ignore[arg-type]  # Playwright takes such a dict
        form.locator("[name$=-upload-title]").fill(value.title)
        if isinstance(value, NewPicture):
            form.locator("[name$=-upload-description]").fill(value.alt)
            form.locator("[name$=-upload-credit]").fill(value.credit)
        form.locator("button[type=submit]").click()

    def wait_until_found(self, choices: str, words: str) -> None:
        """Wait until a chooser finds something; the worker makes the index, and on a first start it takes a minute."""
        address = f"/admin/{choices}?q={quote(words)}"
        wait_for(lambda: re.search("chosen/|choose-page", self.page.request.get(address).text()))

    # Saving, previewing, publishing -----------------------------------------------------------------------------

    def press(self, button: Locator) -> None:
        """Press a button that posts the form, and wait for the answer's word of success."""
        self.page.evaluate("document.body.dataset.before = ''")
        button.click()
        answered = self.page.locator("body:not([data-before])")
        expect(answered.locator(".messages .success").first).to_be_visible(timeout=20_000)

    def footer_button(self, name: str) -> Locator:
        """A button at the foot of the form; all but the first are in a menu."""
        button = self.page.locator(f"[name='{name}']")
        if not button.is_visible():
            self.page.locator("footer [data-w-dropdown-target=toggle]").click()
        return button

    def save_draft(self) -> None:
        self.press(self.page.locator("footer .action-save"))

    def publish(self) -> None:
        self.press(self.footer_button("action-publish"))

    def submit_for_review(self) -> None:
        self.press(self.footer_button("action-submit"))

    def schedule(self, moment: datetime) -> None:
        """Set the moment of publication and publish: from then on the worker's schedule has it."""
        panel = self.page.locator("[data-side-panel=status]")
        if not panel.is_visible():
            self.page.locator("[data-side-panel-toggle=status]").click()
        self.page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").click()
        when = f"{moment:%d/%m/%Y %H:%M}"
        self.named("go_live_at").fill(when)
        self.leave_date_chooser()
        expect(self.named("go_live_at")).to_have_value(when)
        self.press(self.page.locator("#schedule-publishing-dialog .action-save"))
        self.publish()

    def address(self, parent: str) -> str:
        """Where the page of the open form will stand."""
        return f"{parent}{self.named('slug').input_value()}/"

    def preview(self) -> FrameLocator:
        """The preview beside the form."""
        if not self.page.locator("[data-side-panel=preview]").is_visible():
            self.page.locator("[data-side-panel-toggle=preview]").click()
        return self.page.frame_locator("#w-preview-iframe")

    def preview_in_new_tab(self) -> Page:
        """The preview as large as a reader sees the page."""
        self.preview()
        with self.page.context.expect_page() as opened:
            self.page.locator("[data-w-preview-target=newTab]").click()
        return opened.value

    def from_header_menu(self, action: str) -> None:
        """Open what the menu beside the page's name offers: move, unpublish, delete."""
        self.page.locator("header [data-w-dropdown-target=toggle]").first.click()
        self.page.locator(f"[data-w-dropdown-target=content] a[href*='/{action}/']:visible").click()
        self.page.wait_for_url(re.compile(f"/{action}/"))

    def confirm(self) -> None:
        """Say yes on the page that asks."""
        self.press(self.page.locator("main form [type=submit]:visible").first)

    def number(self) -> int:
        """The page's number, from the address of its form."""
        found = re.search(r"/pages/(\d+)/", self.page.url)
        assert found, self.page.url
        return int(found.group(1))

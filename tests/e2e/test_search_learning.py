"""What readers seek in vain reaches an editor, and what the editor does about it reaches the next reader."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.e2e.reading import PHONE
from tools.running_site import wait_for

pytestmark = pytest.mark.e2e

#: A word that no text of the demonstration holds and no correction leads away from.
WORD = "zubavoki"
#: The same thing in words that the portal uses.
MEANT = "thương lượng"
#: A browser that does not say it is driven by a machine: machines are not counted.
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36"
#: The worker counts every minute.
COUNTED = 100.0


@pytest.fixture
def reader(open_reader):
    reader = open_reader(user_agent=BROWSER)
    yield reader
    assert reader.complaints == []


def results(reader):
    return reader.page.locator("main a[data-key]")


def report(editor, **query: str) -> str:
    address = "/admin/tim-kiem/?" + "&".join(f"{name}={quote(value)}" for name, value in query.items())
    return editor.page.request.get(address).text()


def test_a_word_sought_in_vain_becomes_a_synonym_that_finds(reader, editor):
    reader.open(f"/tim-kiem/?q={WORD}")
    expect(results(reader)).to_have_count(0)
    wait_for(lambda: WORD in report(editor), seconds=COUNTED)

    editor.page.goto("/admin/tim-kiem/")
    row = editor.page.locator("tr").filter(has_text=WORD)
    row.locator("a[href*='/synonym/add/']").click()
    expect(editor.named("forms")).to_have_value(re.compile(WORD))
    editor.named("forms").fill(f"{WORD}\n{MEANT}")
    editor.press(editor.page.locator("footer .action-save, footer [type=submit]").first)

    with editor.page.context.expect_page() as opened:  # the message's button leads to the search
        editor.page.locator(".messages a[href*='/tim-kiem/']").click()
    expect(opened.value.locator("main a[data-key]").first).to_be_visible()
    opened.value.close()
    reader.page.reload()
    expect(results(reader).first).to_be_visible()
    wait_for(lambda: WORD not in report(editor), seconds=COUNTED)
    assert WORD in report(editor, xem="nhieu-nhat")


def test_a_suggested_result_stands_first_and_its_click_is_counted(reader, editor):
    query = "muốn hỏi luật sư"
    editor.page.goto(f"/admin/snippets/search/bestbet/add/?q={quote(query)}")
    editor.fill_in({"address": "/chinh-sach/", "title": "Góc chính sách trả lời"})
    editor.press(editor.page.locator("footer .action-save, footer [type=submit]").first)

    reader.open(f"/tim-kiem/?q={quote('Muon hoi luat su')}")
    first = results(reader).first
    expect(first).to_have_text("Góc chính sách trả lời")
    with reader.page.expect_request("**/tim-kiem/bam/") as sent:
        first.click()
    assert sent.value.method == "POST"
    reader.page.wait_for_url("**/chinh-sach/")

    def clicked() -> bool:
        page = report(editor, xem="nhieu-nhat")
        line = re.search(r"Muon hoi luat su.*?</tr>", page, re.DOTALL)
        return bool(line and re.search(r'Lượt bấm">\s*1\b', line[0]))

    wait_for(clicked, seconds=COUNTED)


def test_the_report_fits_a_telephone(browser, browser_context_args, logged_in):
    context = browser.new_context(**{**browser_context_args, "viewport": PHONE, "storage_state": logged_in})
    page = context.new_page()
    for address in ("/admin/tim-kiem/", "/admin/tu-viet-tat/"):
        page.goto(address)
        assert page.locator("html").evaluate("html => html.scrollWidth - html.clientWidth") == 0
    context.close()

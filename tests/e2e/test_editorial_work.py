"""What editors do with a page once it is there: change, take down, move, delete, review; and how they write."""

import re
from itertools import count

import pytest
from playwright.sync_api import Route, expect

from news.models import ArticlePage
from organisations.roles import Role
from tests.e2e.conftest import PASSWORD
from tests.e2e.editing import Chosen, Editor, Rich
from tests.e2e.reading import reader_options
from tests.e2e.stories import OTHER_SECTION, SECTION
from tools.running_site import wait_for

pytestmark = pytest.mark.e2e
AT_ONCE = 5.0
numbers = count(1)

WORD_PASTE = """
<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><style><!-- p.MsoNormal {font-family:".VnTime",serif; font-size:14.0pt; color:red} --></style></head>
<body lang="VI" style="tab-interval:36.0pt"><!--StartFragment-->
<p class="MsoNormal" style="margin-top:6pt;text-align:justify">
<span style="font-family:'Times New Roman';
font-size:14pt;color:#C00000">Ban Chấp hành <b>thống nhất</b> ba việc.<o:p></o:p></span></p>
<p class="MsoNormal"><font face=".VnTime" size="5" color="red">Việc thứ nhất làm ngay trong tháng.</font></p>
<ul type="disc"><li class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span style="font-family:Arial">Khám sức
khoẻ</span></li><li class="MsoListParagraph"><span style="font-family:Arial">Sửa nhà ăn</span></li></ul>
<!--EndFragment--></body></html>
"""


@pytest.fixture
def article(editor):
    """A small published article; returns its address."""
    title = f"Lịch trực tư vấn tuần {next(numbers)} ở cảng"
    editor.begin(ArticlePage, SECTION)
    editor.named("title").fill(title)
    editor.insert(ArticlePage, "body", "paragraph", Rich("Luật sư ngồi ở phòng công đoàn từ tám giờ."))
    address = editor.address(SECTION)
    editor.publish()
    return address


def listing(portal, path: str) -> str:
    return portal.get(path)[1].decode()


def test_a_change_reaches_readers_when_it_is_published(portal, editor, article):
    assert portal.status(article) == 200
    editor.edit(article)
    editor.fill_in({"summary": "Tuần này trực thêm tối thứ Năm."})

    editor.save_draft()
    assert "tối thứ Năm" not in listing(portal, article)
    editor.publish()

    for path in (article, SECTION, "/tin-tuc/"):
        wait_for(lambda path=path: "tối thứ Năm" in listing(portal, path), seconds=AT_ONCE)


def test_a_button_waits_for_the_saving_that_is_on_its_way(editor):
    page = editor.page
    saving: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.headers.get("accept", "").startswith("application/json") and not saving:
            saving.append(route)
        else:
            route.continue_()

    editor.begin(ArticlePage, SECTION)
    form = page.url
    page.route(form, hold)
    page.wait_for_timeout(2500)  # what is typed earlier counts as what the form began with
    editor.named("title").press_sequentially(f"Đội văn nghệ xưởng may tập lần {next(numbers)}")
    editor.insert(ArticlePage, "body", "paragraph", Rich("Tối thứ Sáu, sân trước."))
    address = editor.address(SECTION)
    wait_for(lambda: page.wait_for_timeout(100) or saving)
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.is_navigation_request() else None)

    page.evaluate("document.body.dataset.before = ''")
    editor.footer_button("action-publish").click()
    page.wait_for_timeout(500)
    assert not posts
    saving[0].continue_()

    expect(page.locator("body:not([data-before]) .messages .success").first).to_be_visible()
    assert form not in posts  # the button spoke to the page that the saving had made
    assert page.request.get(address).ok
    assert not page.request.get(address.removesuffix("/") + "-2/").ok
    page.unroute(form)


def test_a_page_taken_down_is_gone_everywhere_at_once(portal, editor, article):
    assert article in listing(portal, SECTION)
    editor.edit(article)

    editor.from_header_menu("unpublish")
    editor.confirm()

    assert portal.status(article) == 404
    for path in ("/", "/tin-tuc/", SECTION):
        wait_for(lambda path=path: article not in listing(portal, path), seconds=AT_ONCE)


def test_the_old_address_of_a_moved_page_leads_to_the_new_one(portal, editor, article, open_reader):
    editor.edit(article)
    editor.from_header_menu("move")
    editor.choose("new_parent_page", Chosen("Đời sống đoàn viên"))
    editor.page.locator("main form [type=submit]").locator("visible=true").click()
    editor.page.wait_for_url("**/confirm/**")
    editor.confirm()
    moved = article.replace(SECTION, OTHER_SECTION)

    reader = open_reader()
    reader.open(article)

    assert reader.page.url.endswith(moved)
    assert moved in listing(portal, OTHER_SECTION)
    assert article not in listing(portal, SECTION)


def test_a_deleted_page_is_gone(portal, editor, article):
    editor.edit(article)

    editor.from_header_menu("delete")
    editor.confirm()

    assert portal.status(article) == 404
    wait_for(lambda: article not in listing(portal, SECTION), seconds=AT_ONCE)


def create_user(editor: Editor, name: str, role: Role) -> None:
    editor.page.goto("/admin/users/new/")
    editor.fill_in(
        {
            "username": name,
            "email": f"{name}@congdoan.example",
            "first_name": name,
            "last_name": "Đặng",
            "password1": PASSWORD,
            "password2": PASSWORD,
        }
    )
    editor.turn_to_tab_of("groups")
    editor.page.get_by_label(role.value, exact=True).check()
    editor.press(editor.page.locator("main form [type=submit]").locator("visible=true").first)


def assign(editor: Editor, unit: str, names: list[str]) -> None:
    """Let users edit for a unit, on the unit's own form."""
    editor.page.goto("/admin/snippets/organisations/unit/")
    editor.page.locator("main a[href*='/unit/edit/']").filter(has_text=unit).first.click()
    for name in names:
        number = int(editor.named("assignments-TOTAL_FORMS").input_value())
        editor.page.locator("#id_assignments-ADD").click()
        editor.named(f"assignments-{number}-user").select_option(label=f"Đặng {name}")
    editor.press(editor.page.locator("footer [type=submit]").first)


def test_a_contributors_text_is_reviewed_before_readers_see_it(portal, browser, browser_context_args, editor):
    number = next(numbers)
    names = [f"ctv-{number}", f"btv-{number}"]
    title = f"Ca đêm thứ {number} ở cảng có thêm bữa nóng"
    for name, role in zip(names, (Role.CONTRIBUTOR, Role.EDITOR), strict=True):
        create_user(editor, name, role)
    assign(editor, "Cảng Cửa Lam", names)
    people = []
    for name in names:
        context = browser.new_context(**reader_options(browser_context_args))
        people.append(Editor(context.new_page()))
        people[-1].log_in(name, PASSWORD)
    contributor, reviewer = people

    contributor.begin(ArticlePage, SECTION)
    contributor.named("title").press_sequentially(title)
    contributor.insert(ArticlePage, "body", "paragraph", Rich("Bếp mở lại từ một giờ sáng."))
    contributor.fill_in({"unit": Chosen("Cảng Cửa Lam")})
    address = contributor.address(SECTION)
    assert not contributor.page.locator("[name=action-publish]").count()
    contributor.submit_for_review()
    assert portal.status(address) == 404

    reviewer.page.goto("/admin/")
    reviewer.page.locator("main a").filter(has_text=title).first.click()
    reviewer.page.locator("footer [data-w-dropdown-target=toggle]").click()
    approve = "[data-workflow-action-name=approve]:not([data-workflow-action-modal-url])"
    reviewer.press(reviewer.page.locator(approve))

    wait_for(lambda: portal.status(address) == 200, seconds=AT_ONCE)
    assert address in listing(portal, SECTION)
    assert [person.complaints for person in people] == [[], []]
    for person in people:
        person.page.context.close()


def test_the_address_keeps_the_sound_of_the_title_while_one_types(editor):
    editor.begin(ArticlePage, SECTION)

    editor.named("title").press_sequentially("Đoàn viên Đồng Nứa")

    expect(editor.named("slug")).to_have_value("doan-vien-dong-nua")


def test_text_pasted_from_word_keeps_paragraphs_bold_and_lists_and_drops_fonts(editor, portal):
    editor.begin(ArticlePage, SECTION)
    editor.named("title").fill(f"Ba việc của Ban Chấp hành {next(numbers)}")
    editor.insert(ArticlePage, "body", "paragraph", None)
    editor.text_of("body-0-value").click()
    editor.page.evaluate(
        """html => {
            const held = new DataTransfer();
            held.setData("text/html", html);
            held.setData("text/plain", "Ban Chấp hành thống nhất ba việc.");
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true }));
        }""",
        WORD_PASTE,
    )
    expect(editor.named("body-0-value")).to_have_value(re.compile("Sửa nhà ăn"))
    address = editor.address(SECTION)
    editor.publish()

    text = listing(portal, address).partition('class="prose"')[2].partition('class="print')[0]

    assert "<b>thống nhất</b>" in text
    assert "Việc thứ nhất làm ngay trong tháng.</p>" in text
    assert "<ul>" in text
    assert "<li" in text
    assert not [trace for trace in ("<font", "style=", "Mso", "VnTime", "<o:p", "<span") if trace in text]

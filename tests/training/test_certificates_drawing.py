import re
import sys
import unicodedata

import pytest
from django.utils import translation
from qrcode.constants import ERROR_CORRECT_M

from core.qr import qr_path
from tests.training.certificates import ADDRESS, EXTREMES, inside, make, pages_of, require_pdf, text_of
from training.certificates import drawing
from training.certificates.diploma import Kind
from training.certificates.drawing import PdfUnavailable, draw_pdf, pdf_available, render_html

MARGIN = 12 * 72 / 25.4
each_extreme = pytest.mark.parametrize("name", EXTREMES)


def own_files():
    require_pdf()
    from training.certificates import own_files

    return own_files


def visible(html):
    return " ".join(re.sub("<[^>]*>", "", html.replace("<wbr>", "").partition("<body>")[2]).split())


def test_the_page_says_everything_once():
    html = render_html(make())
    words = visible(html)
    with translation.override("vi"):
        assert f"{Kind.COURSE.deed} Thương lượng lương cho cán bộ công đoàn cơ sở" in words
        assert make().place_and_date.replace("\u00a0", " ") in words.replace("\u00a0", " ")
    for text in (
        "Nguyễn Thị Ánh Tuyết",
        "Công ty May Lam Bắc",
        "7K3M-9QXT-04BD-VH2R",
        "28/30 câu đúng",
        "2 giờ 10 phút",
    ):
        assert words.count(text) == 1, text
    assert f'<a href="{ADDRESS}">' in html
    assert "congdoan.example/chung-nhan/7K3M9QXT04BDVH2R" in words


def test_what_is_not_known_leaves_no_trace():
    html = render_html(EXTREMES["least"])
    assert not re.search(r'class="(unit|facts|signed__title|signed__name|actions)"', html)


def test_words_are_text_and_never_markup():
    html = render_html(make(holder="<b>Ánh</b>", title="A & B <i>", unit='"x"', result="<u>"))
    assert "<b>" not in html
    assert "<i>" not in html
    assert "<u>" not in html
    assert "A &amp; B &lt;i&gt;" in html


def test_the_page_is_vietnamese_whoever_asks():
    with translation.override("en"):
        html = render_html(make())
    assert '<html lang="vi">' in html
    with translation.override("vi"):
        assert html == render_html(make())


def test_a_page_on_screen_leads_to_the_pdf_and_home():
    html = render_html(make(), pdf_address="/chung-nhan/7K3M.pdf", home="/")
    assert '<a class="actions__pdf" href="/chung-nhan/7K3M.pdf">' in html
    assert '<a href="/">' in html


def test_letters_of_other_scripts_are_left_to_the_fonts_of_the_machine():
    html = render_html(make(holder="សុខ Łukasz 陳文"))
    assert re.findall('<span class="other-script">(.*?)</span>', html) == ["សុខ", "陳文"]


def test_the_qr_code_is_the_address_and_bears_some_dirt():
    side, path = qr_path(ADDRESS, correction=ERROR_CORRECT_M)
    html = render_html(make())
    assert f'viewBox="0 0 {side} {side}"' in html
    assert f' d="{path}"' in html


def test_the_pdf_says_what_the_page_says():
    require_pdf()
    text = text_of(draw_pdf(make()))
    for said in (
        "Nguyễn Thị Ánh Tuyết",
        "Công ty May Lam Bắc",
        "7K3M-9QXT-04BD-VH2R",
        "Trần Quốc Đạt",
        "28/30 câu đúng",
    ):
        assert said in text, said
    assert "Thương lượng lương cho cán bộ công đoàn cơ sở" in text


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_vietnamese_letters_come_out_whole(form):
    require_pdf()
    name = "Đỗ Thị Ẵm Nguyễn-Ỷ"
    pdf = draw_pdf(make(holder=unicodedata.normalize(form, name)))
    assert name in text_of(pdf)
    assert pdf == draw_pdf(make(holder=name))


def test_letters_that_the_web_font_lacks_are_drawn():
    require_pdf()
    assert "Łukasz Müller Čơ H’Ŭ" in text_of(draw_pdf(make(holder="Łukasz Müller Čơ H’Ŭ")))


@each_extreme
def test_whatever_it_says_it_is_one_sheet_and_nothing_leaves_it(name):
    require_pdf()
    ((width, height, words),) = pages_of(draw_pdf(EXTREMES[name]))
    assert (round(width), round(height)) == (842, 595)  # A4, across
    for word in words:
        assert word.left >= 94 / 25.4 * 72 - 1, word
        assert word.right <= width - MARGIN + 1, word
        assert word.top >= MARGIN, word
        assert word.bottom <= height - MARGIN + 3, word


@each_extreme
def test_no_words_lie_over_others(name):
    require_pdf()
    ((_width, _height, words),) = pages_of(draw_pdf(EXTREMES[name]))
    placed = [word for word in words if word.text.strip("\u200b")]
    for number, first in enumerate(placed):
        for second in placed[number + 1 :]:
            across = min(first.right, second.right) - max(first.left, second.left)
            down = min(first.bottom, second.bottom) - max(first.top, second.top)
            # A word's box is as high as its line might be: lines touch, letters do not.
            assert across <= 1 or down <= 0.35 * min(first.bottom - first.top, second.bottom - second.top), (
                first,
                second,
            )


def test_the_pdf_names_itself_and_can_be_read_aloud():
    require_pdf()
    content = inside(draw_pdf(make()))
    assert b'pdfuaid:part="1"' in content
    assert b"/Marked true" in content
    assert b"/Lang (vi)" in content
    assert len(re.findall(rb"/S /H1\b", content)) == 1
    assert len(re.findall(rb"/Alt\b", content)) == len(re.findall(rb"/S /Figure", content)) == 2  # emblem and QR code
    assert len(re.findall(rb"/S /Link\b", content)) == content.count(f"/URI ({ADDRESS})".encode()) >= 1
    assert "Liên đoàn Lao động tỉnh Lam Giang".encode() in content


def test_the_pdf_has_its_own_fonts_and_is_small():
    require_pdf()
    pdf = draw_pdf(make())
    content = inside(pdf)
    fonts = set(re.findall(rb"/BaseFont /([A-Z]{6}\+[\w#-]+)", content))
    assert len(fonts) == 2
    assert all(b"Be" in font and b"Vietnam" in font for font in fonts)
    assert len(set(re.findall(rb"/FontFile[23]? (\d+)", content))) == 2
    assert len(pdf) < 60_000


def test_without_pango_there_is_a_sentence_instead(monkeypatch):
    class NoPango:
        def find_spec(self, name, path=None, target=None):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [NoPango(), *sys.meta_path])
    with pytest.raises(PdfUnavailable, match="Pango"):
        draw_pdf(make())


@pytest.fixture
def forgetful():
    pdf_available.cache_clear()
    yield
    pdf_available.cache_clear()


@pytest.mark.usefixtures("forgetful")
def test_a_machine_without_pango_says_so(monkeypatch):
    monkeypatch.setattr(drawing, "LIBRARIES", ("libpango-of-no-machine.so.0",))
    monkeypatch.setattr(sys, "platform", "linux")
    assert not pdf_available()


@pytest.mark.parametrize(
    "url",
    [
        "https://congdoan.example/static/css/certificate.css",
        "http://portal.invalid/static/css/certificate.css",
        "https://portal.invalid/",
        "https://portal.invalid/static/../pyproject.toml",
        "https://portal.invalid/static/%2e%2e/pyproject.toml",
        "https://portal.invalid/static/css/none.css",
        "https://portal.invalid/drawing-fonts/../drawing.py",
        "https://portal.invalid/media/anh.jpg",
        "file:///etc/passwd",
        "data:text/css,p{}",
        "/static/css/certificate.css",
        "",
    ],
)
def test_nothing_is_fetched_but_the_portals_own_files(url):
    fetch = own_files().OwnFiles()
    with pytest.raises(ValueError, match="not a file of the portal"):
        fetch(url)
    assert fetch.refused == [url]


def test_the_portals_own_files_are_read():
    fetch = own_files().OwnFiles()
    sheet = fetch("https://portal.invalid/static/css/certificate.css?v=1")
    assert (sheet.content_type, b"@page" in sheet.read()) == ("text/css", True)
    assert len(fetch("https://portal.invalid/drawing-fonts/BeVietnamPro-400.ttf").read()) > 10_000
    assert fetch.refused == []


def test_a_diploma_without_its_style_sheet_is_never_handed_out(monkeypatch):
    monkeypatch.setattr(own_files(), "_static_file", lambda name: None)
    with pytest.raises(RuntimeError, match=r"certificate\.css"):
        draw_pdf(make())

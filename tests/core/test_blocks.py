"""Shared blocks: named for editors, previewable, safe, and sound when what they point to is gone."""

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from hypothesis import given, strategies as st
from wagtail.blocks import StreamBlock
from wagtail.models import PageViewRestriction
from wagtail.rich_text import RichText

from core.blocks.body import BodyBlock
from core.blocks.media import embed_url, validate_youtube_url, youtube_id
from core.blocks.reading import reading_minutes
from core.blocks.text import SafeRichTextBlock, sanitise_rich_text
from news.models import ArticlePage
from pages.models import BasePage
from policies.blocks import PolicyBodyBlock
from tests import factories

BLOCKS = {**PolicyBodyBlock().child_blocks}


def render(value) -> str:
    """Render as a page does: with a request in the context."""
    return value.render_as_block({"request": RequestFactory().get("/")})


def stream(name, value, block: StreamBlock | None = None):
    return (block or PolicyBodyBlock()).normalize([(name, value)])


@pytest.mark.parametrize("name", BLOCKS)
def test_editors_can_tell_what_a_block_is_for(name):
    block = BLOCKS[name]
    assert str(block.label)
    assert str(block.label) != name
    assert block.meta.icon
    assert block.meta.icon != "placeholder"
    assert str(block.meta.description)


def test_policy_pages_have_every_shared_block():
    assert set(BodyBlock().child_blocks) < set(BLOCKS)


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_renders_from_its_preview(name, db):
    for _number in range(4):
        factories.make_image()
    factories.make_article(title="Bài để xem thử")
    block = BLOCKS[name]
    html = block.render(block.get_preview_value(), {"request": RequestFactory().get("/")})
    if name != "document":  # an empty library has no file to show
        assert html.strip()


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_previews_in_an_empty_library(name, db):
    block = BLOCKS[name]
    block.render(block.get_preview_value(), {"request": RequestFactory().get("/")})


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_renders_without_any_value(name, db):
    """Drafts are previewed half-filled."""
    block = BLOCKS[name]
    block.render(block.normalize(block.get_default()), {"request": RequestFactory().get("/")})


@pytest.mark.parametrize("name", BLOCKS)
def test_the_admin_previews_a_block(name, admin_client):
    from django.urls import reverse

    factories.make_image()
    block = BLOCKS[name]
    response = admin_client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert response.status_code == 200


DANGEROUS = [
    ("<p>a<script>alert(1)</script>b</p>", "script"),
    ("<p style='position:fixed'>a</p>", "style"),
    ("<style>body{display:none}</style><p>a</p>", "display"),
    ("<p onclick='alert(1)'>a</p>", "onclick"),
    ("<a href='javascript:alert(1)'>a</a>", "javascript"),
    ("<a href='JaVaScRiPt:alert(1)'>a</a>", "alert"),
    ("<a href='java\tscript:alert(1)'>a</a>", "alert"),
    ("<a href='data:text/html,<script>1</script>'>a</a>", "data:"),
    ("<a href='vbscript:x'>a</a>", "vbscript"),
    ("<iframe src='https://example.org'></iframe>", "iframe"),
    ("<object data='x'></object><embed src='x'>", "embed"),
    ("<img src=x onerror=alert(1)>", "onerror"),
    ("<svg onload=alert(1)></svg>", "onload"),
    ("<form action='/x'><input></form>", "form"),
    ("<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>", "<img"),
    ("<base href='https://example.org/'>", "base"),
    ("<meta http-equiv='refresh' content='0'>", "refresh"),
    ("<p class='masthead' id='top'>a</p>", "masthead"),
]


@pytest.mark.parametrize(("html", "trace"), DANGEROUS)
def test_rich_text_keeps_nothing_that_runs_or_restyles(html, trace):
    assert trace not in sanitise_rich_text(html)
    block = SafeRichTextBlock()
    assert trace not in block.get_prep_value(RichText(html))
    assert trace not in block.clean(RichText(f"<p>x</p>{html}")).source


@pytest.mark.parametrize(
    "html",
    [
        '<p>Một <b>hai</b> <a href="https://example.org/?a=1&amp;b=2">ba</a></p>',
        '<p><a linktype="page" id="3">trang</a> <a linktype="document" id="4">tệp</a></p>',
        "<ul><li>một</li><li>hai</li></ul><h3>Ba</h3><hr>",
        '<p><a href="/don-vi/">đơn vị</a> <a href="tel:18000042">gọi</a> <a href="mailto:a@example.org">thư</a></p>',
        '<p><a href="#hoi-dap">xuống dưới</a></p>',
    ],
)
def test_rich_text_keeps_what_the_editor_makes(html):
    assert sanitise_rich_text(html) == html


@given(st.text())
def test_sanitising_is_idempotent(text):
    once = sanitise_rich_text(text)
    assert sanitise_rich_text(once) == once
    assert "<script" not in once.lower()


@given(st.text(alphabet="<>/=\"' abijsconrtpxlk:\t\n&#;"))
def test_sanitised_text_holds_no_event_and_no_script(text):
    html = sanitise_rich_text(f"<p {text}>a</p><a href='{text}'>b</a>")
    assert " on" not in html.split(">")[0]
    assert "javascript:" not in html.lower().replace("&#x", "")


def test_dangerous_rich_text_is_never_stored_however_it_comes(section):
    page = factories.make_article(section)
    page.body = [("paragraph", RichText("<p>sạch<script>alert(1)</script></p>")), ("callout", {
        "kind": "info", "title": "Hay", "text": RichText("<p onclick='x()'>chú ý</p>")})]  # fmt: skip
    page.save(clean=False)
    page.save_revision(clean=False).publish()
    stored = ArticlePage.objects.get(pk=page.pk)
    assert "script" not in str(stored.body)
    assert "onclick" not in str(stored.body)
    assert "sạch" in str(stored.body)
    assert "alert" not in str(stored.latest_revision.content)


YOUTUBE = [
    ("https://www.youtube.com/watch?v=aqz-KE-bpKQ", "aqz-KE-bpKQ"),
    ("https://youtube.com/watch?v=aqz-KE-bpKQ&t=42s&list=PLx", "aqz-KE-bpKQ"),
    ("http://m.youtube.com/watch?app=desktop&v=aqz-KE-bpKQ", "aqz-KE-bpKQ"),
    ("https://youtu.be/aqz-KE-bpKQ?si=abc", "aqz-KE-bpKQ"),
    ("https://www.youtube.com/shorts/aqz-KE-bpKQ", "aqz-KE-bpKQ"),
    ("https://www.youtube.com/live/aqz-KE-bpKQ?feature=share", "aqz-KE-bpKQ"),
    ("https://www.youtube.com/embed/aqz-KE-bpKQ/", "aqz-KE-bpKQ"),
    ("https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ", "aqz-KE-bpKQ"),
    ("https://WWW.YouTube.com/watch?v=aqz-KE-bpKQ", "aqz-KE-bpKQ"),
    ("https://www.youtube.com/watch?v=short", ""),
    ("https://www.youtube.com/watch?v=aqz-KE-bpKQtoolong", ""),
    ("https://www.youtube.com/watch?v=đấyđủchữcái", ""),
    ("https://www.youtube.com/", ""),
    ("https://www.youtube.com/@congdoan", ""),
    ("https://evil.example.org/watch?v=aqz-KE-bpKQ", ""),
    ("https://youtube.com.evil.example.org/watch?v=aqz-KE-bpKQ", ""),
    ("https://vimeo.com/76979871", ""),
    ("javascript:alert('youtube.com')", ""),
    ("http://[", ""),
    ("không phải địa chỉ", ""),
    ("", ""),
]


@pytest.mark.parametrize(("url", "video"), YOUTUBE)
def test_the_video_of_an_address(url, video):
    assert youtube_id(url) == video
    if video:
        assert embed_url(url).startswith(f"https://www.youtube-nocookie.com/embed/{video}")
        validate_youtube_url(url)
    else:
        assert embed_url(url) == ""
        with pytest.raises(ValidationError):
            validate_youtube_url(url)


class TestRelatedPages:
    @pytest.fixture
    def other(self, section):
        return factories.make_article(section, title="Bài liên quan rất hay")

    def shown(self, page) -> str:
        value = BodyBlock().to_python([{"type": "related", "value": {"title": "", "pages": [page.pk]}}])
        return render(value)

    def test_a_published_page_is_shown(self, other):
        assert "Bài liên quan rất hay" in self.shown(other)

    def test_an_unpublished_page_vanishes(self, other):
        other.unpublish()
        assert "Bài liên quan rất hay" not in self.shown(other)

    def test_a_deleted_page_vanishes(self, other):
        pk = other.pk
        other.delete()
        other.pk = pk
        assert "Bài liên quan rất hay" not in self.shown(other)

    def test_an_expired_page_vanishes_before_the_worker_comes(self, other):
        from django.utils import timezone

        BasePage.objects.filter(pk=other.pk).update(expire_at=timezone.now())
        assert "Bài liên quan rất hay" not in self.shown(other)

    @pytest.mark.parametrize("kind", ["login", "password", "groups"])
    def test_a_restricted_page_vanishes(self, other, kind):
        PageViewRestriction.objects.create(page=other, restriction_type=kind, password="x")
        assert "Bài liên quan rất hay" not in self.shown(other)

    def test_a_page_below_a_restricted_one_vanishes(self, other, section):
        PageViewRestriction.objects.create(page=section, restriction_type="login")
        assert "Bài liên quan rất hay" not in self.shown(other)

    def test_the_order_is_the_editors(self, section):
        pages = [factories.make_article(section, title=f"Bài thứ {n}") for n in "123"]
        wanted = [pages[2].pk, pages[0].pk, pages[1].pk]
        value = BodyBlock().to_python([{"type": "related", "value": {"title": "", "pages": wanted}}])
        html = render(value)
        assert html.index("Bài thứ 3") < html.index("Bài thứ 1") < html.index("Bài thứ 2")


def test_a_lost_picture_file_leaves_the_rest_of_the_page(db):
    image = factories.make_image()
    factories.lose_file(image)
    picture = {"image": image, "alt": "", "caption": "chú thích còn đây", "credit": ""}
    for name, value in [
        ("image", picture),
        ("gallery", {"title": "Bộ ảnh", "items": [picture, picture]}),
        ("video", {"url": factories.YOUTUBE, "title": "Phim", "poster": image, "duration": "", "transcript": ""}),
    ]:
        assert render(stream(name, value)).strip()


def test_a_deleted_picture_and_file_leave_the_rest_of_the_page(db):
    image, document = factories.make_image(), factories.make_document()
    value = BodyBlock().to_python([
        {"type": "paragraph", "value": "<p>còn chữ</p>"},
        {"type": "image", "value": {"image": image.pk, "alt": "", "caption": "", "credit": ""}},
        {"type": "gallery", "value": {"title": "", "items": [{"image": image.pk}, {"image": image.pk}]}},
        {"type": "document", "value": {"document": document.pk, "title": "", "note": ""}},
        {"type": "video", "value": {"url": factories.YOUTUBE, "title": "Phim", "poster": image.pk}},
    ])  # fmt: skip
    image.delete()
    document.delete()
    assert "còn chữ" in render(value)


def test_words_in_plain_fields_are_escaped(db):
    evil = "<script>alert(1)</script>"
    values = {
        "heading": {"text": evil},
        "quote": {"text": evil, "speaker": evil, "role": evil},
        "callout": {"kind": "info", "title": evil, "text": RichText("<p>a</p>")},
        "facts": {"items": [{"label": evil, "value": evil}]},
        "hotline": {"name": evil, "phone": evil, "hours": evil, "note": evil},
        "links": {"title": evil, "items": [{"title": evil, "url": "https://example.org/", "description": evil}]},
        "steps": {"title": evil, "items": [{"title": evil, "text": RichText("")}]},
        "video": {"url": factories.YOUTUBE, "title": evil, "poster": None, "duration": evil, "transcript": ""},
        "before_after": {"before_title": evil, "before_text": "", "after_title": evil, "after_text": ""},
    }
    for name, value in values.items():
        assert "<script>alert" not in render(stream(name, value)), name
    table = BLOCKS["table"].to_python({
        "caption": evil, "source": evil,
        "table": {"columns": [{"type": "text", "heading": evil}], "rows": [{"values": [evil]}], "caption": evil},
    })  # fmt: skip
    assert "<script>alert" not in render(stream("table", table))


def test_a_hotline_dials_only_what_a_telephone_dials(db):
    html = render(stream("hotline", {"name": "Tư vấn", "phone": "(+84) 1800-0042 máy lẻ", "hours": "", "note": ""}))
    assert "tel:+8418000042" in html


@pytest.mark.django_db  # a page asks for its content type, unless another test has loaded it
class TestReadingTime:
    @pytest.mark.parametrize(("syllables", "minutes"), [(0, 0), (1, 1), (240, 1), (241, 2), (2400, 10)])
    def test_minutes(self, syllables, minutes):
        body = [("paragraph", RichText(f"<p>{'chữ ' * syllables}</p>"))] if syllables else []
        assert reading_minutes(ArticlePage(title="x", body=body)) == minutes

    def test_markup_ids_and_types_are_not_read(self):
        plain = ArticlePage(title="x", body=[("paragraph", RichText(f"<p>{'chữ ' * 240}</p>"))])
        link = '<a href="https://example.org/a b c">chữ</a> '
        marked = ArticlePage(title="x", body=[("paragraph", RichText(f"<p>{link * 240}</p>"))])
        assert reading_minutes(plain) == reading_minutes(marked) == 1

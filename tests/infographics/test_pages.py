"""Infographics as readers, editors, other sites and networks meet them."""

import io
import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from wagtail.blocks import StructBlockValidationError
from wagtail.models import PageViewRestriction

from images.models import PortalImage
from infographics.blocks import PREVIEW, ChartBlock
from infographics.models import InfographicIndexPage, InfographicPage, InfographicSeriesPage
from outbox.worker import run_pending
from search.sources.pages import load
from tests import factories
from tests.form_data import Filler, querydict

pytestmark = [pytest.mark.django_db(databases=["default", "visits"]), pytest.mark.usefixtures("media_root")]


def picture_panel(image, alt="Tổ trưởng nhắc điểm nguy hiểm.") -> str:
    return json.dumps([{"type": "picture", "value": {"image": image.pk, "alt": alt}}])


def chart_panel(**changes) -> str:
    return json.dumps([{"type": "chart", "value": {**PREVIEW, **changes}}])


def read(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def series(title: str) -> InfographicSeriesPage:
    index = InfographicIndexPage.objects.get()
    return factories.add_page(index, InfographicSeriesPage(title=title, slug="loat"))


def test_everything_on_a_chart_stands_there_in_words_too():
    page = factories.make_infographic(title="Lương tối thiểu bốn vùng")

    html = read(page.url)
    words = re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL)

    assert "<svg" in html
    assert "4,96" in page.in_words
    for number in ("5,31", "4,73", "4,14", "3,70"):
        assert words.count(number) == 2  # in a sentence, and in the table


def test_the_words_of_a_chart_change_with_its_numbers():
    page = factories.make_infographic()
    table = {**PREVIEW["table"], "rows": [{"values": ["I", "4,96", "6,02"]}]}
    page.panels = json.loads(chart_panel(table=table))
    page.save_revision().publish()

    html = read(page.url)

    assert "6,02" in InfographicPage.objects.get(pk=page.pk).in_words
    assert "6,02" in html
    assert "5,31" not in html


def test_a_picture_without_words_is_refused():
    page = factories.make_infographic()
    page.panels, page.text_alternative = json.loads(picture_panel(factories.make_image())), ""

    with pytest.raises(ValidationError) as refusal:
        page.full_clean()

    assert list(refusal.value.message_dict) == ["text_alternative"]


def test_words_are_kept_as_the_editor_wrote_them_and_cleaned():
    page = factories.make_infographic(text_alternative="<p>Lời của tôi.</p><script>alert(1)</script>")

    assert page.text_alternative == "<p>Lời của tôi.</p>"


def test_it_is_found_by_a_number_that_stands_on_the_chart_only():
    page = factories.make_infographic(title="Một bảng là đủ")

    (document,) = load([page.pk])

    assert "4,73" in document.text
    assert document.kind == "infographic"


@pytest.mark.parametrize(
    ("name", "size"),
    [("portrait", (1080, 1350)), ("square", (1080, 1080)), ("wide", (1200, 630)), ("story", (1080, 1920))],
)
def test_a_chart_is_taken_away_in_several_sizes(name, size):
    page = factories.make_infographic(slug="luong")

    answer = Client().get(f"{page.url}tai/1-{name}/")

    assert f'filename="luong-1-{name}.png"' in answer["Content-Disposition"]
    assert Image.open(io.BytesIO(b"".join(answer.streaming_content))).size == size


def test_a_chart_is_taken_away_for_print():
    answer = Client().get(f"{factories.make_infographic().url}tai/1-svg/")

    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")


@pytest.mark.parametrize("path", ["tai/2-portrait/", "tai/1-huge/", "tai/0-wide/", "tai/1-wide/x/", "nhung/x/", "x/"])
def test_what_is_not_there_is_not_found(path):
    assert Client().get(f"{factories.make_infographic().url}{path}").status_code == 404


def test_a_picture_is_no_chart_to_download_and_a_chart_no_picture():
    picture = factories.make_infographic(panels=picture_panel(factories.make_image()), text_alternative="<p>Chữ.</p>")

    assert Client().get(f"{picture.url}tai/1-wide/").status_code == 404
    assert Client().get(f"{picture.url}tai/1-svg/").status_code == 404
    assert Client().get(f"{factories.make_infographic().url}tai/1-1080/").status_code == 404


def test_a_large_picture_is_taken_away_whole_or_smaller():
    image = factories.make_image(size=(2000, 3000))
    page = factories.make_infographic(panels=picture_panel(image), text_alternative="<p>Chữ.</p>", slug="bon-viec")

    html = read(page.url)
    answer = Client().get(f"{page.url}tai/1-1080/")

    assert f'href="{image.file.url}" download' in html
    assert f'href="{page.url}tai/1-1080/" download' in html
    assert 'filename="bon-viec-1-1080.jpg"' in answer["Content-Disposition"]
    assert Image.open(io.BytesIO(b"".join(answer.streaming_content))).size == (1080, 1620)


def test_a_small_picture_is_not_made_larger():
    page = factories.make_infographic(
        panels=picture_panel(factories.make_image(size=(900, 1200))), text_alternative="<p>Chữ.</p>"
    )

    assert "tai/1-1080/" not in read(page.url)
    assert Client().get(f"{page.url}tai/1-1080/").status_code == 404


def test_a_lost_file_is_not_found():
    image = factories.make_image(size=(2000, 3000))
    page = factories.make_infographic(panels=picture_panel(image), text_alternative="<p>Chữ.</p>")
    image.file.storage.delete(image.file.name)

    assert Client().get(f"{page.url}tai/1-1080/").status_code == 404
    assert "Chữ." in read(page.url)


def test_nothing_of_a_draft_can_be_had():
    page = factories.make_infographic(live=False)

    for path in ("", "nhung/", "tai/1-wide/", "tai/1-svg/"):
        assert Client().get(f"/infographic/{page.slug}/{path}").status_code == 404


def test_nothing_of_a_closed_page_can_be_had():
    page = factories.make_infographic()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    for path in ("", "nhung/", "tai/1-wide/", "tai/1-svg/"):
        answer = Client().get(f"{page.url}{path}")
        assert (answer.status_code, "<svg" in answer.content.decode()) == (302, False)


def test_another_site_may_frame_the_embedded_page_and_nothing_else():
    page = factories.make_infographic(title="Ba con số")

    embedded, whole = Client().get(f"{page.url}nhung/"), Client().get(page.url)

    assert "X-Frame-Options" not in embedded
    assert "frame-ancestors *" in embedded["Content-Security-Policy"]
    assert embedded["X-Robots-Tag"] == "noindex"
    assert page.full_url in embedded.content.decode()
    assert "frame-ancestors 'self'" in whole["Content-Security-Policy"]
    assert "&lt;iframe src=&quot;" in whole.content.decode()
    assert f"{page.full_url}nhung/&quot;" in whole.content.decode()


def test_an_infographic_knows_its_place_in_its_series():
    parent = series("Đọc nhanh chính sách")
    pages = [factories.make_infographic(parent, days_ago=days) for days in (9, 5, 1)]

    assert "Infographic, loạt “Đọc nhanh chính sách” 2/3" in read(pages[1].url)
    listed = read(parent.url)
    assert all(page.title in listed for page in pages)
    assert parent.title in read("/infographic/")


def test_the_worker_draws_the_cover_until_an_editor_chooses_one(django_capture_on_commit_callbacks):
    page = factories.make_infographic(title="Lương")
    run_pending()
    page = InfographicPage.objects.get(pk=page.pk)
    first = page.cover

    assert first is not None
    assert abs(first.width / first.height - 16 / 9) < 0.01
    assert "4,73" in first.description

    page.panels = json.loads(chart_panel(title="Đổi tiêu đề"))
    page.save_revision().publish()
    run_pending()
    page = InfographicPage.objects.get(pk=page.pk)
    assert page.cover_id not in (None, first.pk)

    chosen = factories.make_image("Ảnh do biên tập chọn")
    page.cover = chosen
    page.save_revision().publish()
    run_pending()
    assert InfographicPage.objects.get(pk=page.pk).cover == chosen


def test_the_same_chart_is_drawn_into_the_library_once():
    page = factories.make_infographic()
    run_pending()
    before = PortalImage.objects.count()
    InfographicPage.objects.get(pk=page.pk).save_revision().publish()
    run_pending()

    assert PortalImage.objects.count() == before


def test_a_picture_deleted_from_the_library_leaves_the_page_in_order():
    image = factories.make_image()
    page = factories.make_infographic(panels=picture_panel(image), text_alternative="<p>Bốn việc nhỏ.</p>")
    assert page.cover == image
    image.delete()

    assert "Bốn việc nhỏ." in read(page.url)
    assert Client().get(f"{page.url}nhung/").status_code == 200


def test_the_feed_tells_it_in_words():
    factories.make_infographic(title="Lương tối thiểu bốn vùng")

    feed = Client().get("/nguon-tin/infographic/rss.xml")
    content = (b"".join(feed.streaming_content) if feed.streaming else feed.content).decode()

    assert "Lương tối thiểu bốn vùng" in content
    assert "4,73" in content


def test_the_explanation_is_linked_while_readers_may_see_it():
    explainer = factories.make_explainer(title="Lương tối thiểu vùng từ 1/1/2026")
    page = factories.make_infographic(explained_in=explainer)
    assert explainer.url in read(page.url)

    explainer.unpublish()
    assert explainer.url not in read(page.url)


def test_a_table_that_cannot_be_drawn_is_refused_with_row_and_column():
    table = {**PREVIEW["table"], "rows": [{"values": ["I", "bốn triệu", "5,31"]}]}
    value = ChartBlock().to_python({**PREVIEW, "table": table})

    with pytest.raises(StructBlockValidationError) as refusal:
        ChartBlock().clean(value)

    (message,) = refusal.value.block_errors["table"].messages
    assert "bốn triệu" in message


def test_a_row_to_stress_must_be_there():
    value = ChartBlock().to_python({**PREVIEW, "highlight": 5})

    with pytest.raises(StructBlockValidationError) as refusal:
        ChartBlock().clean(value)

    assert list(refusal.value.block_errors) == ["highlight"]
    assert ChartBlock().clean(ChartBlock().to_python({**PREVIEW, "highlight": 4})).chart.highlight == 3


def test_an_editor_sees_why_a_chart_was_refused_and_loses_nothing(admin_client):
    index = InfographicIndexPage.objects.get()
    form = InfographicPage.get_edit_handler().get_form_class()(instance=InfographicPage())
    data = Filler().everything(form, title="Sai số", slug="", go_live_at="", expire_at="")
    cells = [key for key in data if "-cell-0-" in key and data[key] == "5,31"]
    url = reverse("wagtailadmin_pages:add", args=["infographics", "infographicpage", index.pk])

    answer = admin_client.post(url, querydict({**data, cells[0]: "năm triệu", "action-publish": "1"}))

    assert answer.status_code == 200
    assert answer.content.decode().count(json.dumps("năm triệu")[1:-1]) >= 2  # in its cell and in the reason
    assert not InfographicPage.objects.filter(title="Sai số").exists()


def test_a_page_costs_the_same_queries_whatever_there_is():
    parent = series("Loạt")
    page = factories.make_infographic(parent, cover=factories.make_image())

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(page.url)
        return len(captured)

    for days in range(1, 5):  # as many as stand below it
        factories.make_infographic(parent, days_ago=days)
    read(page.url)
    few = queries()
    for days in range(5, 20):
        factories.make_infographic(parent, days_ago=days)

    assert queries() == few
    assert few <= 22


def test_the_front_page_shows_the_newest(django_capture_on_commit_callbacks):
    page = factories.make_infographic(title="Bảng lương mới nhất")

    assert page.title in read("/")

"""What every kind of content becomes in the index."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from core.blocks.plain_text import html_paragraphs
from organisations.models import FormerName
from search.documents import SearchDocument
from search.registry import enrich, facets, kinds, sources
from search.sources.pages import visible_ids
from tests import factories
from tests.search.live_index import *  # noqa: F403  # pytest finds fixtures by their names

pytestmark = pytest.mark.django_db


def document(source: str, pk: int) -> SearchDocument:
    [found] = sources()[source].load([pk])
    return found


def test_an_article_tells_where_it_belongs(section):
    federation = factories.make_unit("Liên đoàn Lao động tỉnh", short_name="LĐLĐ tỉnh")
    unit = factories.make_unit("Công đoàn Dệt may", parent=federation)
    topic, main = factories.make_topic("Tiền lương"), factories.make_topic("Đối thoại")
    author = factories.make_person("Đặng Thị Ánh", is_author=True)
    page = factories.make_article(
        section,
        title="Tăng lương vùng I",
        summary="Từ tháng sau.",
        unit=unit,
        main_topic=main,
        topics=[topic],
        authors=[author],
        cover_caption="Ca sáng",
    )
    made = document("page", page.pk)
    assert made.key == f"page:{page.pk}"
    assert (made.kind, made.title, made.summary) == ("tin-bai", "Tăng lương vùng I", "Từ tháng sau.")
    assert made.url == page.url
    assert made.context == "Việc làm – Tiền lương · Đối thoại · Tiền lương · Công đoàn Dệt may"
    assert made.text == "Công đoàn cơ sở đã thương lượng lại thang lương.\nCa sáng\nĐặng Thị Ánh"
    assert made.facets == {
        "kind": ("tin-bai",),
        "section": (section.slug,),
        "topic": (main.slug, topic.slug),
        "year": (str(timezone.localtime(page.display_date).year),),
        "unit": (federation.slug, unit.slug),
    }
    assert made.above == (*page.get_ancestors().order_by("path").values_list("pk", flat=True), page.pk)
    assert made.date == page.display_date
    assert made.fades
    assert made.shown["kind"] == "tin bài"
    assert made.shown["section"] == section.title
    assert made.shown["unit"] == "Công đoàn Dệt may"


BODY = [
    ("heading", {"text": "Ba đợt thương lượng"}),
    ("paragraph", "<p>Vùng I: <b>5.310</b>.000 đồng.</p><ul><li>Một</li><li>Hai &amp; ba</li></ul>"),
    ("quote", {"text": "Khi hai bên cùng nhìn", "speaker": "Nguyễn Thị Hạnh", "role": "Chủ tịch"}),
    ("callout", {"kind": "warn", "title": "Coi chừng", "text": "<p>Hạn chót</p>"}),
    ("steps", {"title": "", "items": [{"title": "Tìm vùng", "text": "<p>Theo xã</p>"}]}),
    ("hotline", {"name": "Tư vấn", "phone": "1800 0042", "hours": "", "note": ""}),
    ("links", {"title": "", "items": [{"title": "Tra cứu", "url": "https://example.org/bi-mat", "description": ""}]}),
    ("video", {"url": factories.YOUTUBE, "title": "Chuyến phà", "duration": "", "transcript": "<p>Lời kể</p>"}),
]
TABLE = {
    "caption": "Lương tối thiểu",
    "source": "Nghị định",
    "table": {
        "columns": [{"type": "text", "heading": "Vùng"}, {"type": "number", "heading": "Đồng"}],
        "rows": [{"values": ["I", "5.310.000"]}, {"values": ["II", "4.730.000"]}],
        "caption": "",
    },
}


def test_all_that_is_read_is_text_and_nothing_else(section):
    page = factories.make_article(section, body=BODY)
    page.body.raw_data.append({"type": "table", "value": TABLE, "id": "11111111-1111-4111-8111-111111111111"})
    page.save()
    text = document("page", page.pk).text
    assert text.splitlines() == [
        "Ba đợt thương lượng",
        "Vùng I: 5.310.000 đồng.",
        "Một",
        "Hai & ba",
        "Khi hai bên cùng nhìn",
        "Nguyễn Thị Hạnh",
        "Chủ tịch",
        "Coi chừng",
        "Hạn chót",
        "Tìm vùng",
        "Theo xã",
        "Tư vấn",
        "1800 0042",
        "Tra cứu",
        "Chuyến phà",
        "Lời kể",
        "Lương tối thiểu",
        "Vùng · Đồng",
        "I · 5.310.000",
        "II · 4.730.000",
        "Nghị định",
    ]


def test_procedures_and_explainers_are_read_whole(policy_index, procedure_index):
    procedure = factories.make_procedure(
        procedure_index,
        time_limit="5 ngày làm việc",
        place="<p>Tại công đoàn</p>",
        steps=[("step", {"title": "Nộp đơn", "text": "<p>Theo mẫu</p>"})],
        questions=[("question", {"question": "Có mất phí không?", "answer": "<p>Không</p>"})],
        basis=[("basis", {"number": "145/2020/NĐ-CP", "kind": "Nghị định", "title": "Hướng dẫn", "articles": ""})],
    )
    made = document("page", procedure.pk)
    for words in ("5 ngày làm việc", "Tại công đoàn", "Nộp đơn", "Theo mẫu", "Có mất phí không?", "145/2020/NĐ-CP"):
        assert words in made.text.splitlines()
    assert "in_force" not in made.text
    assert made.facets["section"] == (policy_index.slug, procedure_index.slug)
    assert (made.kind, made.fades, made.numbers) == ("thu-tuc", False, ())


def test_a_video_is_found_by_its_transcript(section):
    made = document("page", factories.make_video(section, transcript="<p>Bốn giờ sáng trên bến</p>").pk)
    assert "Bốn giờ sáng trên bến" in made.text
    assert "youtube" not in made.text


def test_sections_and_standard_pages_are_pages_without_a_date(section, home):
    made = document("page", section.pk)
    assert (made.kind, made.date, made.facets["section"]) == ("trang", None, (section.slug,))
    above = factories.make_standard_page(title="Giới thiệu")
    below = document("page", factories.make_standard_page(above, title="Lịch sử").pk)
    assert (below.kind, below.context, below.fades) == ("trang", "Giới thiệu", False)
    assert "year" not in below.facets


def test_the_front_page_is_no_result(home):
    assert home.pk not in set(visible_ids())
    assert list(sources()["page"].load([home.pk])) == []


def test_drafts_expired_and_restricted_pages_are_left_out(section):
    seen = factories.make_article(section)
    draft = factories.make_article(section, live=False)
    expired = factories.make_article(section, expire_at=timezone.now() - timedelta(seconds=1))
    closed = factories.make_section(title="Nội bộ")
    inside = factories.make_article(closed)
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    ids = [page.pk for page in (seen, draft, expired, closed, inside)]
    assert [made.key for made in sources()["page"].load(ids)] == [f"page:{seen.pk}"]
    assert set(visible_ids()) & set(ids) == {seen.pk}


def test_a_unit_is_found_by_all_its_names(unit_index):
    parent = factories.make_unit("Liên đoàn Lao động tỉnh")
    unit = factories.make_unit("Công đoàn Dệt may", short_name="CĐ Dệt may", parent=parent, address="12 Lê Lợi")
    FormerName.objects.create(unit=unit, name="Công đoàn Sợi")
    made = document("unit", unit.pk)
    assert (made.kind, made.title, made.context) == ("don-vi", "Công đoàn Dệt may", "Liên đoàn Lao động tỉnh")
    assert made.url == f"/don-vi/{unit.slug}/"
    assert made.text.splitlines() == ["CĐ Dệt may", "Công đoàn Sợi", "12 Lê Lợi"]
    assert made.facets["unit"] == (parent.slug, unit.slug)


def test_a_unit_with_a_page_is_one_result(unit_index):
    unit = factories.make_unit("Công đoàn Dệt may", address="12 Lê Lợi")
    page = factories.make_unit_page(unit)
    assert list(sources()["unit"].load([unit.pk])) == []
    made = document("page", page.pk)
    assert (made.kind, made.url) == ("don-vi", f"/don-vi/{unit.slug}/")
    assert "12 Lê Lợi" in made.text


def test_a_person_is_found_with_position_and_unit():
    unit = factories.make_unit("Công đoàn Dệt may")
    person = factories.make_person("Đặng Thị Ánh", role="Chủ tịch", unit=unit, bio="Viết về ca đêm.", phone="0909")
    made = document("person", person.pk)
    assert (made.kind, made.url, made.context) == ("nguoi", person.url, "Chủ tịch · Công đoàn Dệt may")
    assert made.text == "Viết về ca đêm."


def test_a_file_is_found_unless_its_folder_is_closed(media_root):
    root = Collection.get_first_root_node()
    closed = root.add_child(instance=Collection(name="Nội bộ"))
    below = closed.add_child(instance=Collection(name="Hồ sơ"))
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    seen = factories.make_document("Mẫu đơn", source="Ban Tổ chức")
    hidden = [factories.make_document("Mật", collection=folder) for folder in (closed, below)]
    made = document("file", seen.pk)
    assert (made.kind, made.title, made.context, made.url) == ("tep", "Mẫu đơn", "Ban Tổ chức", seen.url)
    assert made.shown["format"] == "PDF"
    assert list(sources()["file"].load([file.pk for file in hidden])) == []
    assert not set(sources()["file"].visible_ids()) & {file.pk for file in hidden}


def test_another_app_may_add_to_what_a_source_says(media_root):
    from search import registry  # its table is put back below

    file = factories.make_document("Mẫu đơn")
    kept = dict(registry._enrichers)
    registry._enrichers.clear()
    try:
        enrich("file")(
            lambda files: {pk.pk: registry.Enrichment(text=("Nội dung",), numbers=("12/KH",)) for pk in files}
        )
        made = document("file", file.pk)
    finally:
        registry._enrichers.clear()
        registry._enrichers.update(kept)
    assert (made.text, made.numbers) == ("Nội dung", ("12/KH",))


def test_ids_come_in_ascending_order(section):
    for _number in range(3):
        factories.make_article(section)
    for source in sources().values():
        ids = list(source.visible_ids())
        assert ids == sorted(ids)


def test_every_kind_in_the_index_has_words(section):
    factories.make_article(section)
    factories.make_unit()
    for source in sources().values():
        for made in source.load(list(source.visible_ids())):
            assert str(kinds()[made.kind].label)
            assert made.title
            assert made.url.startswith("/")


def test_facets_give_words_for_their_values(section):
    topic, unit = factories.make_topic("Tiền lương"), factories.make_unit("Công đoàn Dệt may")
    labels = {facet.key: facet.labels for facet in facets()}
    assert [facet.param for facet in facets()][:5] == ["loai", "muc", "chu-de", "don-vi", "nam"]
    assert labels["section"]([section.slug, "khong-co"]) == {section.slug: section.title}
    assert labels["topic"]([topic.slug]) == {topic.slug: "Tiền lương"}
    assert labels["unit"]([unit.slug]) == {unit.slug: "Công đoàn Dệt may"}
    assert labels["kind"](["tin-bai"]) == {"tin-bai": "tin bài"}
    assert labels["year"](["2025"]) == {"2025": "2025"}


def _queries_to_load(source: str, ids: list[int]) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert len(list(sources()[source].load(ids))) == len(ids)
    return len(asked)


def test_many_cost_as_many_queries_as_few(section, media_root):
    parent = factories.make_unit()
    made: dict[str, list[int]] = {"page": [], "unit": [], "person": [], "file": []}
    for number in range(12):
        unit, topic = factories.make_unit(parent=parent), factories.make_topic()
        FormerName.objects.create(unit=unit, name=f"Tên cũ {number}")
        page = factories.make_article(section, unit=unit, topics=[topic], body=BODY)
        made["page"].append(page.pk)
        made["unit"].append(unit.pk)
        made["person"].append(factories.make_person(f"Người {number}", unit=unit).pk)
        made["file"].append(factories.make_document().pk)
    for source, ids in made.items():
        _queries_to_load(source, ids)  # content types and sites are read once a process
        assert _queries_to_load(source, ids[:2]) == _queries_to_load(source, ids), source
        assert _queries_to_load(source, ids) <= 13, source


@pytest.mark.parametrize(
    ("html", "paragraphs"),
    [
        ("", []),
        ("<p>Công <b>đoàn</b></p>", ["Công đoàn"]),
        ("<p>Một<br/>hai</p><hr/><h3>Ba</h3>", ["Một", "hai", "Ba"]),
        ('<p><a href="https://x.vn/?a=1&amp;b=2">Lương &lt; 5</a></p>', ["Lương < 5"]),
    ],
)
def test_rich_text_in_paragraphs(html, paragraphs):
    assert list(html_paragraphs(html)) == paragraphs

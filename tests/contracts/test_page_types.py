"""What every type of page must be able to do, whichever app it belongs to: a new type is tested by being there."""

import json
import unicodedata

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import get_page_models
from wagtail.test.utils.form_data import rich_text

from home.models import HomePage
from organisations.models import Unit
from pages.models import BasePage
from search.registry import kinds, sources
from tests import factories
from tests.form_data import Filler, querydict

TYPES = {model._meta.label: model for model in get_page_models() if model.is_creatable}
#: The front page stands from the start, once; there is nothing below which a second could be made.
MADE_BY_EDITORS = {label: model for label, model in TYPES.items() if model is not HomePage}
TITLE = "Đoàn viên Đông Lâu đối thoại"

every_type = pytest.mark.parametrize("model", TYPES.values(), ids=TYPES)
every_type_made_by_editors = pytest.mark.parametrize("model", MADE_BY_EDITORS.values(), ids=MADE_BY_EDITORS)


@pytest.fixture
def province(db):
    """Something to choose from in every field."""
    section = factories.make_section(title="Đời sống")
    parent = factories.make_unit("Liên đoàn Lao động tỉnh", kind="federation")
    factories.make_unit("Công đoàn Dệt may", parent=parent)
    for name in ("Tiền lương", "An toàn"):
        factories.make_topic(name)
    factories.make_person("Đặng Thị Ánh", is_author=True)
    factories.make_article(section)  # what other pages refer to
    factories.make_course(title="Khoá học đầu tiên")
    factories.make_bank(*(factories.question(f"Câu {number}?", "Có", "Không") for number in range(3)))
    return section


@pytest.fixture
def filler(province):
    return Filler()


def parent_of(model) -> BasePage:
    """A page below which the type may be made; where there may be only one, the present one makes room."""
    parents = list(BasePage.objects.type(*model.allowed_parent_page_models()).order_by("path"))
    if model.max_count is not None:
        for present in model.objects.all():
            BasePage.objects.get(pk=present.pk).specific.delete()
        parents = [page for page in parents if BasePage.objects.filter(pk=page.pk).exists()]
    parent = next(page for page in parents if model.can_create_at(page))
    return BasePage.objects.get(pk=parent.pk).specific


def form_of(model, instance=None):
    return model.get_edit_handler().get_form_class()(instance=instance or model())


def address_for_new(model, parent: BasePage, view: str = "wagtailadmin_pages:add") -> str:
    return reverse(view, args=[model._meta.app_label, model._meta.model_name, parent.pk])


def unfilled_reasons(response) -> str:
    form = response.context["form"] if response.context and "form" in response.context else None
    return f"{response.status_code} {form.errors.as_json() if form is not None else ''}"


def publish(client: Client, model, parent: BasePage, data: dict) -> BasePage:
    """Create and publish through the admin; fail with the form's own reasons when it refuses."""
    before = set(model.objects.values_list("pk", flat=True))
    response = client.post(address_for_new(model, parent), {**data, "action-publish": "1"})
    assert response.status_code == 302, unfilled_reasons(response)
    page = model.objects.exclude(pk__in=before).get()
    assert page.live
    return page


def filled(filler: Filler, model, **given) -> dict:
    """Every field filled; scheduled for no other time, and the unit still without a page of its own."""
    given = {
        "title": TITLE,
        "slug": "",
        "go_live_at": "",
        "expire_at": "",
        "hot_until": "",
        "featured_until": "",
        "prerequisites": [],  # no course waits for itself
        **given,
    }
    return filler.everything(form_of(model), **given)


def read(page: BasePage) -> str:
    response = Client().get(page.url)
    assert response.status_code == 200, page.url
    return response.content.decode()


@every_type
def test_a_type_has_a_name_for_editors_in_their_language(model):
    label = str(model._meta.verbose_name)
    assert label != model.__name__
    assert not label.isascii() or label in {"video", "infographic", "trang infographic"}


@pytest.mark.any_database
@every_type
def test_a_type_is_offered_only_where_it_belongs(model, province):
    allowed = set(model.allowed_parent_page_models())
    for other in TYPES.values():
        offered = model in other.creatable_subpage_models()
        assert offered == (other in allowed), f"below {other._meta.label}"
    assert BasePage not in allowed or model is HomePage


@pytest.mark.any_database
@every_type
def test_the_admin_refuses_a_type_elsewhere(model, province, admin_client):
    allowed = {*model.allowed_parent_page_models()}
    elsewhere = next(
        page.specific for page in BasePage.objects.filter(depth__gt=1) if page.specific_class not in allowed
    )
    response = admin_client.get(address_for_new(model, elsewhere))
    assert response.status_code == 302
    assert response["Location"] == reverse("wagtailadmin_home")


def test_the_base_page_itself_is_never_offered(admin_client, home):
    assert BasePage._meta.label not in TYPES
    assert admin_client.get(address_for_new(BasePage, home)).status_code == 302


def test_only_one_front_page(admin_client, home):
    assert not HomePage.can_create_at(home.get_parent())


@every_type_made_by_editors
def test_everything_filled_created_published_edited_read(model, filler, admin_client):
    parent = parent_of(model)
    page = publish(admin_client, model, parent, filled(filler, model))
    assert page.slug == (
        page.unit.slug if model._meta.label == "organisations.UnitPage" else "doan-vien-dong-lau-doi-thoai"
    )
    assert page.get_parent().pk == parent.pk
    assert TITLE in read(page) or (page.unit and page.unit.name in read(page))

    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert admin_client.get(edit).status_code == 200
    data = filled(filler, model, title="Tiêu đề đã sửa", slug=page.slug)
    if "unit" in data:
        data["unit"] = str(page.unit_id)
    response = admin_client.post(edit, {**data, "action-publish": "1"})
    assert response.status_code == 302, unfilled_reasons(response)
    page = model.objects.get(pk=page.pk)
    assert page.title == "Tiêu đề đã sửa"
    assert "Tiêu đề đã sửa" in read(page) or page.unit


@every_type_made_by_editors
def test_only_what_is_required(model, filler, admin_client):
    """The empty state: an editor in a hurry fills nothing else."""
    given = {"title": "Chỉ có tiêu đề", "slug": ""}
    if model._meta.label == "organisations.UnitPage":
        given["unit"] = str(Unit.objects.first().pk)
    if model._meta.label == "news.VideoPage":
        given["video_url"] = factories.YOUTUBE
    if model._meta.label == "infographics.InfographicPage":  # its pictures need words
        given["text_alternative"] = rich_text("<p>Bốn việc nhỏ.</p>")
    page = publish(admin_client, model, parent_of(model), filler.only_required(form_of(model), **given))
    assert page.slug in {"chi-co-tieu-de", page.unit.slug if page.unit else ""}
    read(page)


@every_type
def test_an_existing_page_can_be_edited_and_previewed(model, filler, admin_client):
    page = model.objects.first() or publish(admin_client, model, parent_of(model), filled(filler, model))
    given = {"slug": page.slug, **({"unit": str(page.unit_id)} if page.unit_id else {})}
    data = filled(filler, model, title="Xem thử đã", **given)
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    answer = admin_client.post(preview, data)
    assert answer.json() == {"is_valid": True, "is_available": True}, answer.content
    for mode, _label in page.preview_modes:
        shown = admin_client.get(preview, {"mode": mode})
        assert shown.status_code == 200
    assert model.objects.get(pk=page.pk).title != "Xem thử đã"
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = admin_client.post(edit, data)  # saved as a draft
    assert response.status_code == 302, unfilled_reasons(response)
    assert model.objects.get(pk=page.pk).get_latest_revision_as_object().title == "Xem thử đã"


@pytest.mark.any_database
@every_type_made_by_editors
def test_a_new_page_can_be_previewed_before_it_is_saved(model, filler, admin_client):
    parent = parent_of(model)
    before = model.objects.count()
    preview = address_for_new(model, parent, "wagtailadmin_pages:preview_on_add")
    answer = admin_client.post(preview, filled(filler, model))
    assert answer.json() == {"is_valid": True, "is_available": True}, answer.content
    for mode, _label in model().preview_modes:
        shown = admin_client.get(preview, {"mode": mode})
        assert shown.status_code == 200
        assert TITLE in shown.content.decode() or model._meta.label == "organisations.UnitPage"
    assert model.objects.count() == before


@pytest.mark.any_database
@every_type_made_by_editors
def test_a_preview_of_nothing_but_a_title(model, filler, admin_client):
    """Wagtail previews while the editor types: required fields are still empty then."""
    preview = address_for_new(model, parent_of(model), "wagtailadmin_pages:preview_on_add")
    data = filler.only_required(
        form_of(model), title="Mới gõ", **{"unit": ""} if "unit" in form_of(model).fields else {}
    )
    if "video_url" in data:
        data["video_url"] = ""
    answer = admin_client.post(preview, data)
    assert answer.status_code == 200
    if answer.json()["is_valid"]:
        assert admin_client.get(preview).status_code == 200


@pytest.mark.any_database
@every_type_made_by_editors
def test_a_draft_needs_only_a_title(model, filler, admin_client):
    data = filler.only_required(form_of(model), title="Nháp", slug="")
    for name in ("unit", "video_url"):
        if name in data:
            data[name] = ""
    parent = parent_of(model)
    response = admin_client.post(address_for_new(model, parent), data)
    if response.status_code == 200:  # refused: then it says why, in Vietnamese
        assert not str(response.context["form"].errors).isascii()
        return
    page = model.objects.latest("pk")
    assert not page.live
    assert admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    assert admin_client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 200
    assert Client().get(page.url or "/khong-co/").status_code == 404


@pytest.mark.any_database
@every_type_made_by_editors
def test_what_a_page_shows_may_vanish(model, filler, admin_client):
    page = publish(admin_client, model, parent_of(model), filled(filler, model))
    filler.image.delete()
    filler.document.delete()
    filler.film.delete()
    filler.captions.delete()
    if filler.page.pk != page.pk and BasePage.objects.filter(pk=filler.page.pk).exists():
        BasePage.objects.get(pk=filler.page.pk).specific.delete()
    read(model.objects.get(pk=page.pk))
    assert admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


@every_type_made_by_editors
def test_readers_can_search_for_it(model, filler, admin_client):
    page = publish(admin_client, model, parent_of(model), filled(filler, model))
    [document] = sources()["page"].load([page.pk])
    assert (document.title, document.url) == (page.title, page.url)
    assert document.kind in kinds()
    assert document.above[-1] == page.pk
    if [field for field in model._meta.local_fields if isinstance(field, StreamField)]:
        assert filler.words in document.text
        assert "http" not in document.text
        assert "<" not in document.text


@pytest.mark.any_database
@every_type_made_by_editors
def test_a_picture_file_may_be_lost(model, filler, admin_client):
    page = publish(admin_client, model, parent_of(model), filled(filler, model))
    factories.lose_file(filler.image)
    filler.image.renditions.all().delete()
    read(page)


@every_type_made_by_editors
def test_pasted_control_characters_are_left_out(model, province, admin_client):
    filler = Filler(words="Lương\x00 thưởng\u200b\x1b", rich="<p>dán\x0b từ Word\u200b</p>")
    page = publish(
        admin_client, model, parent_of(model), filled(filler, model, title="Tin\x00 nóng\u200b \ufeffhổi\x07")
    )
    assert page.title == "Tin nóng hổi"
    html = read(page)
    assert not {"\x00", "\x1b", "\x0b", "\x07", "\u200b"} & set(html)


@every_type_made_by_editors
def test_decomposed_text_is_stored_composed(model, province, admin_client):
    filler = Filler(
        words=unicodedata.normalize("NFD", "Đối thoại ở Cửa Lam"), rich=unicodedata.normalize("NFD", "<p>Đã ký</p>")
    )
    title = "Thoả ước lao động tập thể " * 9  # 234 letters; decomposed more than the column's 255
    page = publish(
        admin_client, model, parent_of(model), filled(filler, model, title=unicodedata.normalize("NFD", title))
    )
    assert page.title == title.strip()
    html = read(page)
    assert unicodedata.is_normalized("NFC", html)


@pytest.mark.any_database
@every_type_made_by_editors
def test_scripts_in_rich_text_never_reach_readers(model, province, admin_client):
    """Sent past the editor's own script, which would not send such a thing."""
    filler = Filler(words="<script>alert('xss')</script>", rich="<p>chu</p>")
    data = filled(filler, model, title="<img src=x onerror=alert(2)>")
    evil = json.loads(rich_text("<p>chu</p>"))
    evil["blocks"][0] |= {
        "text": "<script>alert('xss')</script> bam vao day",
        "entityRanges": [{"offset": 0, "length": 7, "key": 0}],
    }
    evil["entityMap"] = {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert('xss')"}}}
    sent = {
        key: json.dumps(evil) if isinstance(value, str) and '"text": "chu"' in value else value
        for key, value in data.items()
    }
    assert sent != data or not any(key.startswith(("body-", "changed-", "transcript", "place")) for key in data)
    html = read(publish(admin_client, model, parent_of(model), sent))
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "javascript:alert" not in html
    if sent != data:
        assert "bam vao day" in html


@every_type_made_by_editors
def test_an_over_long_title_is_refused_in_words(model, filler, admin_client):
    parent = parent_of(model)
    response = admin_client.post(
        address_for_new(model, parent), {**filled(filler, model, title="dài " * 90), "action-publish": "1"}
    )
    assert response.status_code == 200
    [message] = response.context["form"].errors["title"]
    assert "255" in message
    assert "ký tự" in message


@pytest.mark.any_database
@every_type_made_by_editors
def test_a_title_of_nothing_visible_is_refused_in_words(model, filler, admin_client):
    data = {**filled(filler, model, title="\u200b\x00"), "action-publish": "1"}
    response = admin_client.post(address_for_new(model, parent_of(model)), data)
    assert response.status_code == 200
    assert "title" in response.context["form"].errors
    assert not str(response.context["form"].errors["title"]).isascii()


@pytest.mark.parametrize("title", ["!!!", "…", "🎉🎉", "١٢٣", "中文"])
def test_a_title_without_a_letter_still_gets_an_address(title, filler, admin_client):
    model = TYPES["news.ArticlePage"]
    page = publish(admin_client, model, parent_of(model), filled(filler, model, title=title))
    assert page.slug
    assert page.slug.isascii()
    read(page)


@every_type_made_by_editors
def test_two_pages_of_the_same_title_get_different_addresses(model, filler, admin_client):
    if model.max_count == 1:
        return
    parent = parent_of(model)
    first = publish(admin_client, model, parent, filled(filler, model))
    data = filled(filler, model)
    if model._meta.label == "organisations.UnitPage":
        data["unit"] = str(Unit.objects.exclude(pk=first.unit_id).first().pk)
    second = publish(admin_client, model, parent, data)
    assert first.slug != second.slug


@pytest.mark.any_database
@every_type_made_by_editors
def test_the_form_speaks_vietnamese(model, filler, admin_client):
    html = admin_client.get(address_for_new(model, parent_of(model))).content.decode()
    for word in ("Nội dung", "Phân loại", "Chia sẻ", "Tiêu đề"):
        assert word in html, word


@pytest.mark.any_database
@every_type_made_by_editors
def test_the_form_takes_what_its_own_page_holds(model, filler, admin_client):
    """Bound from stored values alone: saving without a change loses nothing."""
    page = publish(admin_client, model, parent_of(model), filled(filler, model))
    form = form_of(model, model.objects.get(pk=page.pk))
    for name, field in form.fields.items():
        if hasattr(field, "block"):
            stored, sent = form.initial[name], filled(filler, model)
            names = [block.block_type for block in stored]
            value = field.widget.value_from_datadict(querydict(sent), {}, name)
            assert names == [block.block_type for block in value]
            assert names == list(dict.fromkeys(names))

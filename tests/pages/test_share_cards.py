"""Share cards: drawn once for each state of a page, found by old addresses too."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from core.drawing import SHAPES, SQUARE, STORY
from outbox.worker import run_pending
from pages.share_cards import card_url, digest, draw, drawn, pictures_of, stored_name
from tests import factories


def answer(client, address: str) -> int:
    response = client.get(address)
    response.close()
    return response.status_code


@pytest.fixture
def page(section):
    return factories.make_article(section, title="Thẻ chia sẻ", cover=factories.make_image())


def test_a_card_is_a_picture_of_the_right_size(page, client):
    response = client.get(card_url(page))
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(b"".join(response.streaming_content))).size == (1200, 630)


def test_a_card_is_drawn_once(page):
    draw(page)
    before = default_storage.get_modified_time(stored_name(page))
    draw(page)
    assert default_storage.get_modified_time(stored_name(page)) == before


def test_a_new_title_gives_a_new_address_and_the_old_one_still_answers(page, client):
    old = card_url(page)
    page.title = "Tiêu đề mới"
    page.save_revision().publish()
    page.refresh_from_db()
    assert card_url(page) != old
    assert answer(client, old) == 200


def test_what_is_not_drawn_does_not_change_the_address(page):
    before = digest(page)
    page.summary = "Tóm tắt khác"
    assert digest(page) == before


def test_a_lost_cover_leaves_a_card_without_picture(page, client):
    factories.lose_file(page.cover)
    assert answer(client, card_url(page)) == 200


def test_drafts_have_no_card(section, client):
    draft = factories.make_article(section, live=False)
    assert answer(client, card_url(draft)) == 404


def test_the_worker_draws_the_card_after_publication(section):
    draft = factories.make_article(section, live=False, title="Thẻ do tiến trình nền vẽ")
    draft.save_revision().publish()
    draft.refresh_from_db()
    assert not default_storage.exists(stored_name(draft))
    run_pending()
    assert default_storage.exists(stored_name(draft))


def test_every_shape_has_an_address_and_its_size(page, client):
    for shape in SHAPES.values():
        response = client.get(card_url(page, shape))
        assert Image.open(io.BytesIO(b"".join(response.streaming_content))).size == shape.size
    assert answer(client, card_url(page, STORY).replace("story", "round")) == 404


def test_the_worker_draws_every_shape(section):
    draft = factories.make_article(section, live=False)
    draft.save_revision().publish()
    draft.refresh_from_db()
    run_pending()
    assert all(default_storage.exists(stored_name(draft, shape)) for shape in SHAPES.values())


def test_of_old_items_only_the_card_for_links_is_drawn_at_once(section):
    draft = factories.make_article(section, live=False, display_date=timezone.now() - timedelta(days=30))
    draft.save_revision().publish()
    draft.refresh_from_db()
    run_pending()
    assert [default_storage.exists(stored_name(draft, shape)) for shape in SHAPES.values()] == [True, False, False]


def test_a_chosen_picture_and_without_a_cover_the_first_of_the_text_are_drawn(section):
    red = factories.make_image(size=(1300, 1300), colour="#ff0000")
    cover = factories.make_image(size=(1300, 1300))
    image = {"image": red, "alt": "", "caption": "", "credit": ""}
    covered = factories.make_article(section, cover=cover)
    chosen = factories.make_article(section, cover=cover, share_image=red)
    told = factories.make_article(section, body=[("image", image)])

    def is_red(page) -> bool:
        card = Image.open(io.BytesIO(drawn(page, SQUARE)))
        colour = card.getpixel((540, 200))
        return isinstance(colour, tuple) and colour[0] > 200

    assert [is_red(page) for page in (covered, chosen, told)] == [False, True, True]
    assert pictures_of(chosen) == [cover]
    assert pictures_of(told) == [red]


def test_a_page_without_cover_is_drawn_anew_after_each_publication(section):
    page = factories.make_article(section)
    before = digest(page)
    page.save_revision().publish()
    page.refresh_from_db()
    assert digest(page) != before

"""Share cards: drawn once for each state of a page, found by old addresses too."""

import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from outbox.worker import run_pending
from pages.share_cards import card_url, digest, draw, stored_name
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

"""Share cards: whatever the words and the picture, a card of the right size comes out."""

import io

import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image

from core.drawing import SIZE, CardContent, draw_share_card
from tests.factories import png_bytes


def drawn(**content) -> Image.Image:
    card = Image.open(io.BytesIO(draw_share_card(CardContent(**content))))
    assert card.format == "JPEG"
    return card


@pytest.mark.parametrize(
    "content",
    [
        {"title": "Hơn 41.000 công nhân thương lượng lại lương trước Tết"},
        {"title": "Ờ Ố Ễ Ự", "kicker": "TIỀN LƯƠNG", "date": "16/12/2025", "site_name": "Công đoàn Hoà Lam"},
        {"title": ""},
        {"title": "dài " * 200, "kicker": "chủ đề " * 40, "site_name": "tên " * 80},
        {"title": "mộttừrấtdài" * 60},
        {"title": "dòng một\ndòng hai", "kicker": "hai\ndòng", "site_name": "ba\ndòng"},
        {"title": "có ảnh", "picture": "wide"},
        {"title": "ảnh đứng", "picture": "tall"},
    ],
    ids=lambda content: content["title"][:12],
)
def test_a_card_is_drawn(content):
    sizes = {"wide": (900, 30), "tall": (20, 700)}
    if "picture" in content:
        content = {**content, "picture": png_bytes(*sizes[content["picture"]])}
    assert drawn(**content).size == SIZE


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=120), st.text(max_size=40))
def test_any_words_can_be_drawn(title, kicker):
    assert drawn(title=title, kicker=kicker).size == SIZE


def test_title_and_picture_change_the_card():
    plain = draw_share_card(CardContent(title="Một"))
    assert plain != draw_share_card(CardContent(title="Hai"))
    assert plain != draw_share_card(CardContent(title="Một", picture=png_bytes()))
    assert plain == draw_share_card(CardContent(title="Một"))

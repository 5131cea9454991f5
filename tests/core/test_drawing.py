"""Share cards: whatever the words and the picture, a card of the right size comes out."""

import io

import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image

from core.drawing import SHAPES, SQUARE, STORY, WIDE, CardContent, draw_share_card
from tests.factories import png_bytes


def drawn(shape=WIDE, **content) -> Image.Image:
    card = Image.open(io.BytesIO(draw_share_card(CardContent(**content), shape)))
    assert card.format == "JPEG"
    return card


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
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
        {"title": "ảnh lớn", "picture": "large"},
    ],
    ids=lambda content: content["title"][:12],
)
def test_a_card_is_drawn(content, shape):
    sizes = {"wide": (900, 30), "tall": (20, 700), "large": (2000, 1500)}
    if "picture" in content:
        content = {**content, "picture": png_bytes(*sizes[content["picture"]])}
    assert drawn(shape, **content).size == shape.size


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=120), st.text(max_size=40))
def test_any_words_can_be_drawn(title, kicker):
    for shape in SHAPES.values():
        assert drawn(shape, title=title, kicker=kicker).size == shape.size


def test_title_and_picture_change_the_card():
    plain = draw_share_card(CardContent(title="Một"))
    assert plain != draw_share_card(CardContent(title="Hai"))
    assert plain != draw_share_card(CardContent(title="Một", picture=png_bytes(800, 700)))
    assert plain == draw_share_card(CardContent(title="Một"))


@pytest.mark.parametrize("shape", [WIDE, SQUARE, STORY], ids=lambda shape: shape.name)
def test_a_picture_smaller_than_its_place_is_not_enlarged(shape):
    width, height = shape.place
    card = drawn(shape, title="Ảnh nhỏ", picture=png_bytes(round(width * 0.8), round(height * 0.8), "#ff0000"))
    left, top, right, bottom = shape.picture
    middle = card.getpixel(((left + right) // 2, (top + bottom) // 2))
    corner = card.getpixel((left + 8, top + 40))

    assert middle[0] > 200
    assert corner[0] < 60


def test_a_picture_that_would_be_lost_in_its_place_is_left_out():
    assert draw_share_card(CardContent(title="Một", picture=png_bytes(320, 180))) == draw_share_card(
        CardContent(title="Một")
    )


def test_of_an_infographic_the_upper_end_is_shown():
    tall = Image.new("RGB", (1080, 3000), "#0000ff")
    tall.paste("#ff0000", (0, 0, 1080, 560))
    written = io.BytesIO()
    tall.save(written, "PNG")

    card = drawn(SQUARE, title="Đồ hoạ", picture=written.getvalue())
    assert card.getpixel((540, 540))[0] > 200

import re

import pytest
from hypothesis import given, settings, strategies as st

from portal.environment import BASE_DIR
from tests.training.certificates import EXTREMES, LONG_NAME, LONG_TITLE, make
from training.certificates.setting import (
    BOLD,
    HOLDER,
    SMALL,
    TITLE,
    WORDS_WIDTH,
    Setting,
    balanced,
    setting_of,
    wrap,
)

SHEET = (BASE_DIR / "static" / "css" / "certificate.css").read_text(encoding="utf-8")
vietnamese = st.text(alphabet="aAẴựyY WnN-g", max_size=250)


def sizes(name, variable):
    found = re.findall(rf"^\.{name}-(\d) {{.*?--{variable}: ([\d.]+)pt;", SHEET, re.MULTILINE)
    assert [int(place) for place, _size in found] == list(range(len(found)))
    return tuple(float(size) for _place, size in found)


def test_the_style_sheet_has_the_same_sizes():
    assert sizes("holder", "holder") == HOLDER
    assert sizes("title", "title") == TITLE
    names = ("small", "h1", "foot", "proof")
    assert tuple(zip(*(sizes("small", name) for name in names), strict=True)) == SMALL


def test_usual_words_have_the_largest_sizes():
    assert setting_of(make()) == Setting(0, 0, 0)


def test_a_long_title_shrinks_before_the_name():
    setting = setting_of(make(title=LONG_TITLE))
    assert setting.holder == 0
    assert setting.title > 0


@pytest.mark.parametrize("name", ["least", "long name", "long title", "two lines of capitals", "all long"])
def test_the_name_is_larger_than_the_title_and_this_than_the_rest(name):
    setting = setting_of(EXTREMES[name])
    assert HOLDER[setting.holder] > TITLE[setting.title] > SMALL[setting.small][0]


def test_lines_are_of_like_length():
    lines = balanced("Thương lượng lương cho cán bộ công đoàn cơ sở", 26)
    assert lines == ["Thương lượng lương cho", "cán bộ công đoàn cơ sở"]
    assert balanced("W" * 200, 26) == ["W" * 200]
    assert " ".join(balanced(LONG_NAME, 20)) == LONG_NAME


@given(vietnamese, st.sampled_from(HOLDER))
@settings(deadline=None)
def test_no_letter_is_lost_and_no_line_too_long(text, size):
    text = " ".join(text.split())
    lines = wrap(text, size, BOLD, WORDS_WIDTH)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(wrap(line, size, BOLD, WORDS_WIDTH)) == 1 for line in lines)

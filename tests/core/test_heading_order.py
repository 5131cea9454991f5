"""Headings of an editor's text: no level is left out, and what was written alike stays alike."""

import re

import pytest
from django.template import Context, Template


def levels(html: str) -> list[int]:
    shown = Template("{% load portal_text %}{% heading_order %}" + html + "{% endheading_order %}").render(Context())
    assert [int(level) for level in re.findall(r"</h(\d)>", shown)] == [int(n) for n in re.findall(r"<h(\d)", shown)]
    return [int(level) for level in re.findall(r"<h(\d)", shown)]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ([2, 3, 3, 2], [2, 3, 3, 2]),
        ([3, 3, 3], [2, 2, 2]),
        ([3, 2, 3], [2, 2, 3]),
        ([2, 4, 4, 3], [2, 3, 3, 3]),
        ([4, 3, 2, 4], [2, 2, 2, 3]),
        ([], []),
    ],
)
def test_levels(written, shown):
    assert levels("".join(f"<h{level}>Mục</h{level}><p>Lời.</p>" for level in written)) == shown

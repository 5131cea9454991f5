"""Texts of posts by a template: «{tiêu đề}», «{liên kết}» and so on, filled in and cut to what a network takes."""

import re
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.text import vietnamese_slug
from crossposting import hashtags
from crossposting.channels.contract import Announcement
from crossposting.counting import Measure, shorten

TITLE, SUMMARY, LINK, HASHTAGS, SECTION = "title", "summary", "link", "hashtags", "section"
#: As editors write them; the plain English words are understood too, with or without marks.
WRITTEN = {TITLE: "tiêu đề", SUMMARY: "tóm tắt", LINK: "liên kết", HASHTAGS: "hashtag", SECTION: "chuyên mục"}
_MEANT = {vietnamese_slug(word): name for name, word in WRITTEN.items()} | {name: name for name in WRITTEN}
_PLACE = re.compile(r"\{([^{}]*)\}")
#: Three words and dots say nothing.
LEAST = 20


def places() -> str:
    """All placeholders, for people."""
    return ", ".join(f"{{{word}}}" for word in WRITTEN.values())


def names_in(template: str) -> set[str]:
    """Which placeholders a template has."""
    return {_meant(found[1]) for found in _PLACE.finditer(template)}


def _meant(word: str) -> str:
    return _MEANT.get(vietnamese_slug(word), "")


def check(template: str) -> None:
    """Raise in words what an editor has to mend."""
    for found in _PLACE.finditer(template):
        if not _meant(found[1]):
            raise ValidationError(
                _("«%(place)s» is not known here. Use %(places)s."), params={"place": found[0], "places": places()}
            )
    if re.search(r"[{}]", _PLACE.sub("", template)):
        raise ValidationError(_("A brace is missing. Each placeholder is written like %(example)s."),
                              params={"example": f"{{{WRITTEN[TITLE]}}}"})  # fmt: skip
    if not names_in(template) & {TITLE, LINK}:
        raise ValidationError(
            _("Name %(title)s or %(link)s: without them all posts would read the same."),
            params={"title": f"{{{WRITTEN[TITLE]}}}", "link": f"{{{WRITTEN[LINK]}}}"},
        )


def fill(announcement: Announcement, *, room: int, measure: Measure) -> str:
    """The template with everything in it; what is too long is cut from the summary first, then from the title."""
    template = announcement.template
    values = {
        TITLE: announcement.title,
        SUMMARY: announcement.summary,
        LINK: announcement.url,
        HASHTAGS: hashtags.written(announcement.hashtags),
        SECTION: announcement.section,
    }
    for name in (SUMMARY, TITLE):
        if measure(_filled(template, values)) <= room:
            break
        times = max(1, sum(_meant(found[1]) == name for found in _PLACE.finditer(template)))
        frame = measure(_filled(template, {**values, name: ""}))
        cut = shorten(values[name], (room - frame) // times - 2, measure)  # 2: the line's own ends
        values[name] = "" if name == SUMMARY and measure(cut) < LEAST else cut
    return _filled(template, values)


def _filled(template: str, values: Mapping[str, str]) -> str:
    """Lines that held nothing but empty places are left out."""
    lines = []
    for line in template.splitlines():
        filled = _PLACE.sub(lambda found: values[_meant(found[1])] if _meant(found[1]) else found[0], line)
        if filled.strip() or not _PLACE.search(line):
            lines.append(filled.strip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

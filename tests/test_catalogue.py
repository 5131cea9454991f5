"""Our own messages: all translated, all placeholders kept, none missing."""

import re
import string

import polib
import pytest
from django.conf import settings

from portal.environment import BASE_DIR
from tests.requirements import require_program
from tools import check_messages

CATALOGUE = polib.pofile(str(BASE_DIR / check_messages.CATALOGUE))
UPSTREAM = polib.pofile(str(BASE_DIR / "locale" / "upstream" / "vi" / "LC_MESSAGES" / "django.po"))
PERCENT = re.compile(r"%\((\w+)\)[sdif]|%[sdif]")
# Words that mean the same here and in a library, said here in the portal's own way.
OURS_ON_PURPOSE = {
    "Cancel", "Created", "For search engines", "Note", "Settings", "Views", "key", "queries", "query", "traceback",
}  # fmt: skip


def texts(entry: polib.POEntry) -> list[str]:
    return [entry.msgstr] if entry.msgstr else list(entry.msgstr_plural.values())


def places(text: str) -> set[str]:
    """The places of a message: %(count)s and {count}."""
    names = {match[1] or match[0] for match in PERCENT.finditer(text)}
    try:
        return names | {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}
    except ValueError:  # a lone brace is text
        return names


def test_every_message_is_translated_and_none_is_a_guess():
    assert check_messages.incomplete(CATALOGUE) == []


def test_vietnamese_has_one_plural_form():
    assert CATALOGUE.metadata["Plural-Forms"] == "nplurals=1; plural=0;"
    assert all(set(entry.msgstr_plural) == {0} for entry in CATALOGUE if entry.msgid_plural)


def test_places_of_messages_are_kept():
    wrong = []
    for entry in CATALOGUE:
        allowed = places(entry.msgid) | places(entry.msgid_plural)
        # «1 trang» may name its number in words: the plural says what one form for all must have.
        needed = places(entry.msgid_plural or entry.msgid)
        wrong += [entry.msgid for text in texts(entry) if not needed <= places(text) <= allowed]
    assert wrong == []


def test_beginning_end_and_line_ends_are_kept():
    for entry in CATALOGUE:
        for text in texts(entry):
            assert text == text.strip() or entry.msgid != entry.msgid.strip(), entry.msgid
            assert text.startswith("\n") == entry.msgid.startswith("\n"), entry.msgid


def test_messages_shared_with_a_library_do_not_change_its_meaning():
    """Ours win over the libraries' own: a short word used here in another sense would change the whole admin."""
    known = {(entry.msgctxt, entry.msgid): texts(entry) for entry in UPSTREAM if not entry.obsolete}
    changed = {
        entry.msgid
        for entry in CATALOGUE
        if (theirs := known.get((entry.msgctxt, entry.msgid))) and _plain(theirs) != _plain(texts(entry))
    }
    assert changed <= OURS_ON_PURPOSE


def _plain(found: list[str]) -> list[str]:
    """Without the two ways of placing a tone: khóa and khoá are one word."""
    pairs = {"óa": "oá", "òa": "oà", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "óe": "oé", "ủy": "uỷ", "úy": "uý", "ụy": "uỵ"}
    result = []
    for text in found:
        for old, new in pairs.items():
            text = text.replace(old, new)  # noqa: PLW2901  # one text through all pairs
        result.append(text)
    return result


def test_the_portals_words_win_over_the_libraries():
    ours, upstream = (str(folder) for folder in settings.LOCALE_PATHS)
    assert upstream.startswith(ours)


@pytest.mark.gettext
def test_the_catalogue_is_up_to_date_with_code_and_templates(tmp_path):
    require_program("xgettext")
    require_program("msgmerge")
    check_messages.collect(check_messages.copy_of_project(tmp_path))
    collected = polib.pofile(str(tmp_path / check_messages.CATALOGUE))

    assert check_messages.incomplete(collected) == []
    assert check_messages.unlike(CATALOGUE, collected) == []

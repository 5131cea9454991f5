"""Message catalogues are compiled without gettext, when they have changed."""

import gettext
import io
import json
import os

from django.core.management import call_command

from portal.catalogues import compile_stale

CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Latest news"
msgstr "Tin mới nhất"

msgid "%(count)s story"
msgid_plural "%(count)s stories"
msgstr[0] "%(count)s tin"

#, fuzzy
msgid "Unsure"
msgstr "Không chắc"
"""


def write_catalogue(folder, text=CATALOGUE):
    path = folder / "vi" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_catalogue_is_compiled_and_readable(tmp_path):
    source = write_catalogue(tmp_path)

    assert compile_stale([tmp_path]) == [source.with_suffix(".mo")]

    messages = gettext.translation("django", tmp_path, ["vi"])
    assert messages.gettext("Latest news") == "Tin mới nhất"
    assert messages.ngettext("%(count)s story", "%(count)s stories", 5) == "%(count)s tin"
    assert messages.gettext("Unsure") == "Unsure"


def test_an_unchanged_catalogue_is_left_and_a_changed_one_is_not(tmp_path):
    source = write_catalogue(tmp_path)
    compiled = compile_stale([tmp_path])[0]

    assert compile_stale([tmp_path]) == []
    newer = compiled.stat().st_mtime_ns + 1_000_000_000
    os.utime(source, ns=(newer, newer))
    assert compile_stale([tmp_path]) == [compiled]
    assert [path.name for path in compiled.parent.iterdir() if path.name.startswith(".")] == []


def test_a_missing_folder_is_no_fault(tmp_path):
    assert compile_stale([tmp_path / "none"]) == []


def test_the_command_reports_what_it_wrote(tmp_path, settings):
    settings.LOCALE_PATHS = [tmp_path]
    source = write_catalogue(tmp_path)
    output = io.StringIO()

    call_command("compile_catalogues", "--json", stdout=output)

    assert json.loads(output.getvalue()) == {"written": [str(source.with_suffix(".mo"))]}

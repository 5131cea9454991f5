"""Words of the same meaning: what editors add and switch off counts at once, in every process."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from outbox.models import Consequence
from portal.environment import BASE_DIR
from search import lexicon
from search.analysis.lexicon import Lexicon
from search.lexicon import built_in, current_lexicon, switch_built_in
from search.models import AbbreviationOff, Synonym
from search.models.editorial import MAX_SPELLING_LENGTH
from search.renewal import LEXICON, Renewed
from search.spelling import spelling_key, spellings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture(autouse=True)
def groups(monkeypatch):
    """The groups that the lexicon was made of last."""
    made = []

    class Watched(Lexicon):
        def __init__(self, groups) -> None:
            made[:] = [(tuple(forms), one_way) for forms, one_way in groups]
            super().__init__(made)

    monkeypatch.setattr(lexicon, "Lexicon", Watched)

    def now() -> list[tuple[tuple[str, ...], bool]]:
        current_lexicon()
        return list(made)

    return now


# Spellings ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CĐCS, công đoàn cơ sở", ("CĐCS", "công đoàn cơ sở")),
        ("CĐCS\r\ncông  đoàn\tcơ sở\n\n", ("CĐCS", "công đoàn cơ sở")),
        ("a; b,, c ;", ("a", "b", "c")),
        (" , \n", ()),
        ("", ()),
    ],
)
def test_a_field_holds_one_spelling_per_line_or_several_between_commas(text, expected):
    assert spellings(text) == expected


@pytest.mark.parametrize(
    "other",
    ["HÒA GIẢI", "hoà giải", "hoa giai", "  hoà,  giải! ", "ho\u0300a gia\u0309i", "hòa\u200b giải", "«Hòa giải»"],
)
def test_spellings_of_the_same_words_have_one_key(other):
    assert spelling_key(other) == spelling_key("hòa giải") == "hoa giai"


def test_d_with_stroke_and_final_y_are_folded():
    assert spelling_key("Đình công") == spelling_key("dinh cong")
    assert spelling_key("kỹ thuật") == spelling_key("kĩ thuật")
    assert spelling_key("?!") == ""


# Validation -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("forms", "message"),
    [
        ("", "không để trống"),
        ("CĐCS", "ít nhất hai từ"),
        ("CĐCS,", "ít nhất hai từ"),
        ("CĐCS, cđcs", "là một"),
        ("hoà giải\nHÒA GIẢI", "là một"),
        ("CĐCS, công đoàn cơ sở, Công Đoàn Cơ Sở", "là một"),
        ("CĐCS, …", "không có chữ cái"),
        ("CĐCS, " + "x" * 101, "quá dài"),
        ("công đoàn cơ sở\ncdcs", "Tìm kiếm đã tự biết «CĐCS = công đoàn cơ sở»"),
        ("\n".join(f"từ {number}" for number in range(21)), "nhiều nhất 20"),
    ],
)
def test_what_says_nothing_is_refused_in_plain_words(forms, message):
    with pytest.raises(ValidationError) as refused:
        Synonym(forms=forms).full_clean()

    assert message in " ".join(refused.value.message_dict["forms"])


def test_what_another_entry_says_already_is_refused_with_its_name():
    first = Synonym.objects.create(forms="quà Tết, tiền Tết, thưởng Tết")

    with pytest.raises(ValidationError, match="quà Tết = tiền Tết = thưởng Tết"):
        Synonym(forms="tien tet\nQUÀ TẾT").full_clean()
    Synonym(forms="quà Tết, lì xì").full_clean()
    first.full_clean()


def test_an_entry_is_named_by_its_words_and_their_direction():
    assert str(Synonym(forms="CĐCS\ncông đoàn cơ sở")) == "CĐCS = công đoàn cơ sở"
    assert str(Synonym(forms="BTV, ban thường vụ, biên tập viên", one_way=True)) == (
        "BTV → ban thường vụ, biên tập viên"
    )


def test_text_is_stored_composed():
    synonym = Synonym.objects.create(forms="ho\u0300a gia\u0309i, thu\u031bo\u031bng lu\u031bo\u031b\u0323ng")

    assert Synonym.objects.get(pk=synonym.pk).spellings == ("hòa giải", "thương lượng")


# The lexicon ----------------------------------------------------------------------------------------------------------


def test_without_editors_it_holds_what_is_built_in(groups):
    assert groups() == [(tuple(forms), one_way) for forms, one_way in Lexicon.builtin_groups()]
    assert groups()


def test_what_editors_add_change_and_delete_counts_at_once(groups):
    groups()
    synonym = Synonym.objects.create(forms="quà Tết, tiền Tết")
    assert (("quà Tết", "tiền Tết"), False) in groups()

    synonym.forms, synonym.one_way = "quà Tết, lì xì", True
    synonym.save()
    assert (("quà Tết", "lì xì"), True) in groups()
    assert (("quà Tết", "tiền Tết"), False) not in groups()

    synonym.delete()
    assert groups() == [(tuple(forms), one_way) for forms, one_way in Lexicon.builtin_groups()]


def test_a_built_in_abbreviation_can_be_switched_off_and_on(groups):
    first = built_in()[0]
    assert first.switched_on
    switch_built_in(first.key, on=False)
    switch_built_in(first.key, on=False)

    assert (first.forms, first.one_way) not in groups()
    assert not built_in()[0].switched_on
    assert AbbreviationOff.objects.count() == 1
    switch_built_in(first.key, on=True)
    assert (first.forms, first.one_way) in groups()


def test_a_key_names_the_same_words_only():
    forms_of = {}
    for group in built_in():
        assert forms_of.setdefault(group.key, set(map(spelling_key, group.forms))) == set(
            map(spelling_key, group.forms)
        )
        assert len(group.key) <= MAX_SPELLING_LENGTH

    assert len(forms_of) > 20


def test_reading_it_again_costs_no_query(django_assert_num_queries):
    current_lexicon()

    with django_assert_num_queries(0):
        assert current_lexicon() is current_lexicon()


def test_making_it_costs_the_same_for_few_words_and_many():
    counts = []
    for number in (2, 40):
        for place in range(number):
            Synonym.objects.create(forms=f"từ {number} {place}, chữ {number} {place}")
        with CaptureQueriesContext(connection) as queries:
            current_lexicon()
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_change_is_made_up_for_when_the_process_dies_before_it_tells():
    Consequence.objects.all().delete()
    Synonym.objects.create(forms="quà Tết, tiền Tết")

    assert [row.payload["keys"] for row in Consequence.objects.filter(kind="generations")] == [[LEXICON]]


def test_without_generations_every_search_reads_anew(monkeypatch, caplog):
    made = []
    renewed = Renewed(LEXICON, lambda: made.append(1) or len(made))

    def fail(keys):
        raise OSError("no space")

    monkeypatch.setattr("search.renewal.generations.fingerprint", fail)

    assert [renewed(), renewed()] == [1, 2]
    assert "cannot be read" in caplog.text


def test_what_changes_while_it_is_read_is_read_again():
    made = []

    def make() -> int:
        made.append(1)
        if len(made) == 1:
            Synonym.objects.create(forms="quà Tết, tiền Tết")  # another process commits meanwhile
        return len(made)

    renewed = Renewed(LEXICON, make)

    assert [renewed(), renewed(), renewed()] == [1, 2, 2]


PROCESS = """
import sys
import django
django.setup()
from search.renewal import LEXICON, Renewed
made = []
renewed = Renewed(LEXICON, lambda: made.append(1) or len(made))
print(renewed(), flush=True)
for line in sys.stdin:
    print(renewed(), flush=True)
"""


@pytest.mark.slow
def test_two_web_processes_read_anew_at_their_next_search(tmp_path, django_capture_on_commit_callbacks):
    """Real processes; what each counts is how often it has read."""
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    processes = []
    for _number in range(2):
        process = subprocess.Popen(
            [sys.executable, "-c", PROCESS],
            cwd=BASE_DIR,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout.readline() == "1\n"
        processes.append(process)

    def ask() -> list[int]:
        for process in processes:
            process.stdin.write("search\n")
            process.stdin.flush()
        return [int(process.stdout.readline()) for process in processes]

    try:
        assert ask() == [1, 1]
        with django_capture_on_commit_callbacks(execute=True):
            Synonym.objects.create(forms="quà Tết, tiền Tết")
        assert ask() == [2, 2]
        assert ask() == [2, 2]
        with django_capture_on_commit_callbacks(execute=True):
            switch_built_in(built_in()[0].key, on=False)
        assert ask() == [3, 3]
    finally:
        for process in processes:
            process.stdin.close()
            process.wait(timeout=30)
            process.stdout.close()

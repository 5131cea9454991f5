"""Counts of syllables and pairs: added up by one writer, read by many."""

import subprocess
import sys

import pytest

from search.analysis.questions import PRIOR
from search.analysis.syllables import exact
from search.analysis.tokens import exact_keys
from search.analysis.vocabulary import Counts, Vocabulary

CONG, DOAN, LUONG = exact("công"), exact("đoàn"), exact("lương")


def counts_of(*lines: str) -> Counts:
    counts = Counts()
    for line in lines:
        counts.add([exact_keys(line)])
    return counts


@pytest.fixture
def vocabulary(tmp_path):
    opened = Vocabulary(tmp_path / "vocabulary")
    yield opened
    opened.close()


def test_an_empty_one_knows_nothing_and_fails_at_nothing(vocabulary):
    assert (vocabulary.total, vocabulary.documents) == (1, 1)
    assert list(vocabulary.syllables(at_least=1)) == []
    with vocabulary.read() as reader:
        assert reader.count(CONG) == 0
        assert reader.variants("cong") == {}
        assert reader.pairs("cong", "doan") == {}
        assert reader.rarity(CONG) > 0


def test_counts_add_up(vocabulary):
    vocabulary.merge(counts_of("công đoàn", "Công Đoàn cộng"))
    vocabulary.merge(counts_of("công đoàn cong"))

    assert (vocabulary.total, vocabulary.documents) == (8, 3)
    with vocabulary.read() as reader:
        assert reader.variants("cong") == {CONG: 3, exact("cộng"): 1, "cong": 1}
        assert reader.pairs("cong", "doan") == {f"{CONG}_{DOAN}": 3}
        assert set(reader.pairs("doan", "cong")) == {f"{DOAN}_{exact('cộng')}", f"{DOAN}_cong"}


def test_merging_the_same_twice_doubles_it(vocabulary):
    for _time in range(2):
        vocabulary.merge(counts_of("công đoàn cơ sở", "lương"))

    with vocabulary.read() as reader:
        assert [reader.count(key) for key in (CONG, DOAN, LUONG)] == [2, 2, 2]
    assert (vocabulary.total, vocabulary.documents) == (10, 4)


def test_merging_nothing_changes_nothing(vocabulary):
    vocabulary.merge(counts_of("công đoàn"))
    vocabulary.merge(Counts())

    assert (vocabulary.total, vocabulary.documents) == (2, 1)


def test_what_was_added_is_seen_after_it_was_looked_at(vocabulary):
    vocabulary.merge(counts_of("lương", "lương"))
    assert "luong" in vocabulary.neighbours
    assert "cong" not in vocabulary.neighbours
    assert vocabulary.total == 2

    vocabulary.merge(counts_of("công", "công"))
    assert "cong" in vocabulary.neighbours
    assert vocabulary.total == 4


def test_two_readers_look_at_once_each_at_what_was_there_when_it_began(vocabulary):
    vocabulary.merge(counts_of("công đoàn"))
    with vocabulary.read() as first:
        assert first.count(CONG) == 1
        vocabulary.merge(counts_of("công lương"))
        with vocabulary.read() as second:
            assert second.count(CONG) == 2
            assert second.count(LUONG) == 1
            assert first.count(LUONG) == 0
            assert first.pairs("cong", "luong") == {}


READER = """
import sys
from pathlib import Path
from search.analysis.vocabulary import Vocabulary
for line in sys.stdin:
    vocabulary = Vocabulary(Path(sys.argv[1]))
    with vocabulary.read() as reader:
        print(vocabulary.total, sum(reader.variants("cong").values()), flush=True)
    vocabulary.close()
"""


@pytest.mark.slow
def test_another_process_reads_while_this_one_writes(vocabulary, tmp_path):
    command = [sys.executable, "-c", READER, str(tmp_path / "vocabulary")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def look() -> str:
            process.stdin.write("look\n")
            process.stdin.flush()
            return process.stdout.readline().strip()

        assert look() == "1 0"
        vocabulary.merge(counts_of("công đoàn"))
        assert look() == "2 1"
        with vocabulary.read():
            vocabulary.merge(counts_of("công lương"))
            assert look() == "4 2"
        process.stdin.close()
        assert process.wait(timeout=30) == 0


def test_it_is_kept_when_it_is_closed(tmp_path):
    first = Vocabulary(tmp_path / "vocabulary")
    first.merge(counts_of("công đoàn"))
    first.close()

    again = Vocabulary(tmp_path / "vocabulary")
    assert again.total == 2
    again.close()


def test_rare_words_tell_more(vocabulary):
    vocabulary.merge(counts_of(*["công đoàn"] * 20, "công lương", "thai sản"))

    assert vocabulary.rarity(exact("thai")) > vocabulary.rarity(DOAN) > vocabulary.rarity(CONG) > 0
    assert vocabulary.rarity("xyz") >= vocabulary.rarity(exact("thai"))
    with vocabulary.read() as reader:
        assert reader.rarity(CONG) == vocabulary.rarity(CONG)
        assert reader.pair_rarity(CONG, LUONG) > reader.pair_rarity(CONG, DOAN)


def test_only_what_stands_there_often_enough_is_listed(vocabulary):
    vocabulary.merge(counts_of("công công đoàn cộng lương"))

    assert set(vocabulary.syllables(at_least=1)) == {"cong", "doan", "luong"}
    assert set(vocabulary.syllables(at_least=2)) == {"cong"}


def test_the_words_that_ask_are_known_beforehand(vocabulary):
    nao = exact("nào")
    vocabulary.merge(counts_of("nào"))

    with vocabulary.read() as reader:
        assert reader.count(nao) == PRIOR + 1
        assert reader.count(exact("thế")) == PRIOR
        assert reader.pairs("the", "nao") == {f"{exact('thế')}_{nao}": PRIOR}


@pytest.mark.parametrize("word", ["x" * 1_000, "工" * 300, "đ" * 500, "a\x00b", ""])
def test_words_that_no_text_has_can_be_stored_and_asked(vocabulary, word):
    counts = Counts()
    counts.add([[key for key in (word, CONG) if key]])
    vocabulary.merge(counts)

    with vocabulary.read() as reader:
        reader.count(exact(word))
        reader.pairs(word, word)
        reader.pair_rarity(word, CONG)
        assert reader.count(CONG) == 1

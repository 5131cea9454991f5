"""The words of a build are counted the same by one process as by two."""

import pytest

from search.analysis.counting import WordCount
from search.analysis.tokens import Streams
from search.analysis.vocabulary import Vocabulary

DOCUMENTS = [
    [("Công đoàn cơ sở", 1), ("Luật Công đoàn", 1), ("Đoàn viên công đoàn được bảo vệ.", 1)],
    [("Tiền lương", 1), ("", 1), ("Lương tối thiểu vùng; tiền lương.", 1)],
    [("", 1), ("", 1), ("", 1)],
    [("Công đoàn", 1), ("", 1), ("Công đoàn ngành", 1)],
]


def counted(vocabulary: Vocabulary, *, alone: int) -> WordCount:
    words = WordCount(vocabulary, alone=alone)
    for document in DOCUMENTS:
        words.add(Streams(document).joined)
    return words


def content(vocabulary: Vocabulary) -> list[object]:
    with vocabulary.read() as reader:
        syllables = {plain: reader.variants(plain) for plain in vocabulary.syllables(at_least=1)}
        pairs = {(a, b): reader.pairs(a, b) for a in syllables for b in syllables}
        return [
            vocabulary.total,
            vocabulary.documents,
            syllables,
            {key: found for key, found in pairs.items() if found},
        ]


@pytest.fixture
def vocabularies(tmp_path):
    opened = [Vocabulary(tmp_path / name) for name in ("one", "two")]
    yield opened
    for vocabulary in opened:
        vocabulary.close()


def test_a_process_of_its_own_counts_the_same(vocabularies):
    alone, beside = vocabularies
    counted(alone, alone=100).finish()
    counted(beside, alone=2).finish()

    assert alone.documents == len(DOCUMENTS)
    assert content(beside) == content(alone)


def test_nothing_is_stored_of_a_build_that_is_given_up(vocabularies):
    alone, beside = vocabularies
    for vocabulary, limit in ((alone, 100), (beside, 0)):
        counted(vocabulary, alone=limit).give_up()
        assert vocabulary.total == 1
        assert list(vocabulary.syllables(at_least=1)) == []


def test_a_counting_process_that_dies_fails_the_build(vocabularies):
    words = counted(vocabularies[0], alone=0)
    words._helper.kill()
    words._helper.wait()

    with pytest.raises(OSError, match=r"pipe|ended"):
        words.finish()
    words.give_up()

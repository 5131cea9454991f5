"""Counting in arrays comes to the same as counting in dictionaries, however the work is cut."""

from hypothesis import given, strategies as st

from search.analysis.bulk_counting import BulkCounts
from search.analysis.vocabulary import Counts

WORDS = st.sampled_from(["cong1", "doan2", "luong", "tien2", "nguoi2", "lao", "dong5"])
LINES = st.lists(st.lists(WORDS, max_size=8), max_size=4)


def content(counts):
    return counts.documents, dict(counts.syllables()), dict(counts.pairs())


@given(documents=st.lists(LINES, max_size=12), at_once=st.integers(1, 40))
def test_arrays_and_dictionaries_agree(documents, at_once):
    ours, plain = BulkCounts(at_once=at_once), Counts()
    for lines in documents:
        ours.add(lines)
        plain.add(lines)

    assert content(ours) == content(plain)


def test_pairs_seen_once_are_dropped_beyond_the_limit():
    counts = BulkCounts(at_once=1, most_pairs=2)
    counts.add([["tien2", "luong"]])
    counts.add([["tien2", "luong"], ["lao", "dong5"]])
    assert len(dict(counts.pairs())) == 2

    counts.add([["cong1", "doan2"]])

    assert dict(counts.pairs()) == {("tien2", "luong"): 2}
    assert dict(counts.syllables())["doan2"] == 1

"""What documents have in common with one another: its rarest words as a question."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from search.analysis.ranking import LONGEST
from search.analysis.syllables import folded
from search.analysis.tokens import PAIR
from search.analysis.vocabulary import Reader, Vocabulary
from search.engines.contract import AnyOf, Plan, Term

WORDS, PAIRS = 12, 20
TITLE_TIMES = 4


def similar_plan(title_keys: Sequence[str], keys: Sequence[str], vocabulary: Vocabulary) -> Plan:
    """Ask for the words and pairs by which a document differs from most; its title's count most."""
    keys = keys[:LONGEST]
    words = Counter(keys) + Counter({key: count * TITLE_TIMES for key, count in Counter(title_keys).items()})
    pairs: Counter[tuple[str, str]] = Counter(pairwise(keys))
    pairs.update({pair: count * TITLE_TIMES for pair, count in Counter(pairwise(title_keys)).items()})
    with vocabulary.read() as reader:
        words_worth = {key: _saturated(count) * reader.rarity(key) for key, count in words.items() if key.isalpha()}
        pairs_worth = {pair: _saturated(count) * reader.pair_rarity(*pair) for pair, count in pairs.items()}
        # What only this document says finds nothing else.
        shared = {pair: worth for pair, worth in pairs_worth.items() if _stands_elsewhere(reader, pair)}
    terms = [
        *(Term("x", key, 0.3) for key in _best(words_worth, WORDS)),
        *(Term("xp", PAIR.join(pair)) for pair in _best(shared, PAIRS)),
    ]
    # Without terms nothing is alike; no condition at all would find everything.
    return Plan(match=AnyOf(tuple(terms), at_least=min(2, len(terms))), score=tuple(terms))


def _stands_elsewhere(reader: Reader, pair: tuple[str, str]) -> bool:
    counts = reader.pairs(folded(pair[0]), folded(pair[1]))
    return counts.get(PAIR.join(pair), 0) > 1


def _saturated(count: int) -> float:
    return count / (count + 1.5)


def _best[T](worth: dict[T, float], number: int) -> list[T]:
    return sorted(worth, key=lambda item: -worth[item])[:number]

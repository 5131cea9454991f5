"""The language of questions: words that ask and say little about the answer.

Legal texts do not ask, so an index of them neither knows these words nor how little they matter.
"""

from collections.abc import Sequence
from itertools import pairwise

from search.analysis.syllables import exact, folded
from search.analysis.tokens import PAIR, words

_PHRASES = (
    "như thế nào",
    "thế nào",
    "hay không",
    "có được không",
    "được không",
    "có phải không",
    "phải không",
    "là gì",
    "làm gì",
    "những gì",
    "gồm những gì",
    "bao gồm những gì",
    "cần những gì",
    "gồm những ai",
    "những ai",
    "là ai",
    "ra sao",
    "làm sao",
    "tại sao",
    "vì sao",
    "thì sao",
    "bao nhiêu",
    "bao lâu",
    "bao giờ",
    "khi nào",
    "lúc nào",
    "nơi nào",
    "ở đâu",
    "đến đâu",
    "trường hợp nào",
    "cơ quan nào",
    "ai được",
    "cho hỏi",
    "xin hỏi",
    "cho tôi hỏi",
    "tôi muốn hỏi",
    "tôi muốn biết",
    "cho em hỏi",
    "ạ",
    "nhỉ",
    "vậy",
    "thì",
    "là",
    "tôi",
    "em",
    "mình",
    "quy định như thế nào",
    "được quy định như thế nào",
    "được quy định ra sao",
    "theo quy định",
    "có bị",
    "có được",
    "có phải",
    "là bao nhiêu",
    "trong bao lâu",
    "thế nào là",
)
#: Words and pairs that ask; what remains of their weight is in ``WEIGHT``.
_ASKING_WORDS = "thế nào gì ai sao bao nhiêu lâu hay không ra ạ nhỉ vậy hỏi tôi em mình xin"
_ASKING_PHRASES = (
    "như thế nào",
    "hay không",
    "là gì",
    "gồm những gì",
    "được quy định như thế nào",
    "ra sao",
    "quy định ra sao",
    "bao nhiêu",
    "là bao nhiêu",
    "bao lâu",
    "khi nào",
    "trường hợp nào",
    "có được",
    "được không",
    "có phải",
    "phải không",
    "cho tôi hỏi",
    "tôi muốn hỏi",
    "xin hỏi",
    "thì sao",
    "làm sao",
    "vì sao",
    "tại sao",
    "những ai",
)
WEIGHT = 0.2
#: How often an index is taken to have seen each phrase before it has seen anything.
PRIOR = 60


def _keys(text: str) -> list[str]:
    return [exact(word) for word in words(text)]


ASKING: frozenset[str] = frozenset(
    {
        *_keys(_ASKING_WORDS),
        *(PAIR.join(pair) for phrase in _ASKING_PHRASES for pair in pairwise(_keys(phrase))),
    }
)

PRIOR_SYLLABLES: dict[str, dict[str, int]] = {}
PRIOR_PAIRS: dict[tuple[str, str], dict[str, int]] = {}
for _phrase in _PHRASES:
    for _key in _keys(_phrase):
        PRIOR_SYLLABLES.setdefault(folded(_key), {})[_key] = PRIOR
    for _first, _second in pairwise(_keys(_phrase)):
        PRIOR_PAIRS.setdefault((folded(_first), folded(_second)), {})[f"{_first}{PAIR}{_second}"] = PRIOR


def asking_weight(token: str) -> float:
    """How much of its weight a word or pair (exact keys) keeps."""
    return WEIGHT if token in ASKING else 1.0


def asking_places(keys: Sequence[str]) -> set[int]:
    """The places of words that ask, with those that only lead to one: all of «được quy định như thế nào»."""
    places: set[int] = set()
    run: list[int] = []
    for at, key in enumerate(keys):
        if run and f"{keys[at - 1]}{PAIR}{key}" not in ASKING:
            run = []
        run.append(at)
        if key in ASKING or places.intersection(run):
            places.update(run)
    return places

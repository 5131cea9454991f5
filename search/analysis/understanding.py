"""From a reader's line to a plan: what it may mean, how it is spelled, what it must find and what ranks it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from math import ceil

from search.analysis.asking import MAX_WORDS, Asked, take_apart
from search.analysis.correction import Corrector, Reading
from search.analysis.lexicon import Expansion, Lexicon
from search.analysis.marking import Marker
from search.analysis.numbers import BARE, KIND, AskedNumber, asked_numbers, unglue
from search.analysis.questions import asking_places, asking_weight
from search.analysis.ranking import WordRanker
from search.analysis.syllables import exact, folded
from search.analysis.tokens import PAIR, words
from search.analysis.typing import spelled
from search.analysis.vocabulary import Vocabulary
from search.engines.contract import AllOf, AnyOf, Clause, Plan, Term

#: So many things a result is asked to hold; a longer question is ranked by all of its words, found by the rarest.
MOST_PARTS = 6

#: Fields of the index; both engines have them.
EXACT, EXACT_PAIRS, FOLDED, OWN_NUMBERS, CITED_NUMBERS = "x", "xp", "f", "n", "c"

PAIR_WEIGHT = 0.5
#: What a word weighs without its marks where nobody knows which it has.
FOLDED_WEIGHT = 0.2
#: So many spellings of each word are tried for a phrase typed without marks.
PHRASE_VARIANTS = 12
EXPANSION_WEIGHT = 0.6
OWN_NUMBER_WEIGHT, CITED_NUMBER_WEIGHT = 40.0, 4.0
NUMBER_WORD = 0.1
#: A word that stands in about half of all documents is neither asked for nor marked.
TELLING_RARITY = 0.7
#: One that stands in three of four tells nothing, and looking through its documents takes most of the time.
RANKING_RARITY = 0.3


@dataclass(frozen=True)
class Understood:
    """What a line means.

    ``applied`` is the spelling searched when it is not the one typed, ``proposed`` one to offer. ``looser`` asks for
    less, for when nothing is found.
    """

    text: str
    plan: Plan
    applied: str = ""
    proposed: str = ""
    empty: bool = False
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    looser: Plan | None = None
    _marked: tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[tuple[str, str]]] = field(
        default=(frozenset(), frozenset(), frozenset(), frozenset()), repr=False
    )

    @cached_property
    def _marker(self) -> Marker:
        return Marker(*self._marked)

    def marks(self, text: str) -> list[tuple[int, int]]:
        """The places in an original text that answer the question, as start and end."""
        return self._marker.marks(text)


def understand(line: str, vocabulary: Vocabulary | None, lexicon: Lexicon, *, exact: bool = False) -> Understood:
    """Read a line. ``exact`` searches what was typed, without mending it. Never raises for what a reader wrote."""
    asked = take_apart(line)
    found = unglue(words(asked.wanted))[:MAX_WORDS]
    if not found and not asked.excluded:
        return Understood(asked.text, Plan(), empty=True)
    return _Understanding(asked, found, vocabulary, lexicon, verbatim=exact).result()


class _Understanding:
    def __init__(
        self, asked: Asked, found: list[str], vocabulary: Vocabulary | None, lexicon: Lexicon, *, verbatim: bool
    ) -> None:
        self.asked = asked
        self.found = found
        self.vocabulary = vocabulary
        self.lexicon = lexicon
        self.as_typed = verbatim or vocabulary is None
        self.typed = [exact(word) for word in found]
        self.plain = [folded(word) for word in found]
        self.numbers = asked_numbers(self.plain)
        self.reading = self._read()
        self.keys = list(self.reading.keys)
        self.read_plain = [folded(key) for key in self.keys]
        self.expansions = list(lexicon.expansions(self.keys, self.read_plain))

    def _read(self) -> Reading:
        as_typed = Reading(tuple(self.typed), frozenset(), frozenset())
        if self.vocabulary is None or self.as_typed or not self.found:
            return as_typed
        fixed = {at for number in self.numbers if _strong(number) for at in range(number.start, number.end)}
        fixed |= self.lexicon.spelled_right(self.typed, self.plain)
        with self.vocabulary.read() as reader:
            return Corrector(reader, self.vocabulary.neighbours).read(self.found, frozenset(fixed))

    # The spelling shown to the reader -----------------------------------------------------------------------------

    def result(self) -> Understood:
        restored = any(
            key != typed and at not in self.reading.slips
            for at, (key, typed) in enumerate(zip(self.keys, self.typed, strict=True))
        )
        spelling = self._spelling() if restored or self.reading.slips else ""
        parts = self._parts()
        plan = self._plan(parts, self._at_least(len(parts)))
        number_tokens = tuple(dict.fromkeys(token for part in self._number_terms() for token in part))
        return Understood(
            text=self.asked.text,
            plan=plan,
            looser=replace(plan, match=self._match(parts, max(1, len(parts) // 2))) if len(parts) > 1 else None,
            applied=spelling if self.reading.slips else "",
            proposed="" if self.reading.slips else spelling,
            empty=not parts and not self.asked.excluded,
            phrases=self.asked.phrases,
            excluded=self.asked.excluded,
            numbers=number_tokens,
            _marked=self._marked(),
        )

    def _spelling(self) -> str:
        """The line as it was read: words that were not changed keep their spelling."""
        read = [
            word if key == typed else spelled(key)
            for word, key, typed in zip(self.found, self.keys, self.typed, strict=True)
        ]
        return " ".join(read)

    # What must be found -------------------------------------------------------------------------------------------

    def _parts(self) -> list[Clause]:
        """One clause per thing asked for; a result must satisfy enough of them. Words that only ask are left out."""
        taken: set[int] = set()
        parts: list[Clause] = []
        for number in self.numbers:
            if _strong(number):
                places = range(number.start, number.end)
                taken.update(places)
                tokens = [token.token for token in number.tokens if token.weight >= KIND]
                named = [Term(field, token) for token in tokens for field in (OWN_NUMBERS, CITED_NUMBERS)]
                parts.append(AnyOf((*named, AllOf(tuple(Term(FOLDED, self.plain[at]) for at in places)))))
        for expansion in self.expansions:
            places = range(expansion.start, expansion.end)
            if not taken.intersection(places):
                taken.update(places)
                parts.append(self._any_form(expansion))
        asking = sorted(asking_places(self.keys) - taken)
        content = [at for at in range(len(self.keys)) if at not in taken and at not in asking]
        content = self._without_common(content, others=bool(parts))
        wanted = self._telling(content if content or parts else asking, MOST_PARTS - min(len(parts), MOST_PARTS - 1))
        return [*parts, *(self._word(at) for at in wanted)]

    def _without_common(self, places: list[int], *, others: bool) -> list[int]:
        """Leave out words that stand in most documents («của», «về»), unless nothing else was asked."""
        if self.vocabulary is None:
            return places
        rarity = self.vocabulary.rarity
        telling = [at for at in places if rarity(self.keys[at]) >= TELLING_RARITY]
        return telling if telling or others else places

    def _telling(self, places: list[int], most: int) -> list[int]:
        """The rarest words, each once: what they find is what the question is about, and they are quick to look up."""
        places = list({self.read_plain[at]: at for at in places}.values())
        if self.vocabulary is not None and len(places) > most:
            rarity = self.vocabulary.rarity
            places = sorted(places, key=lambda at: -rarity(self.keys[at]))[:most]
        return places

    def _word(self, at: int) -> Clause:
        return Term(FOLDED, self.read_plain[at])

    def _any_form(self, expansion: Expansion) -> Clause:
        own = tuple(self._word(at) for at in range(expansion.start, expansion.end))
        others = (tuple(Term(FOLDED, folded(key)) for key in form) for form in expansion.forms)
        forms: list[tuple[Clause, ...]] = [own, *others]
        return AnyOf(tuple(AllOf(form) if len(form) > 1 else form[0] for form in forms))

    @staticmethod
    def _at_least(parts: int) -> int:
        """A short question is meant whole; a long one need not be answered word by word."""
        return parts if parts <= 3 else ceil(parts * 0.7)

    def _plan(self, parts: list[Clause], at_least: int) -> Plan:
        excluded = (clause for part in self.asked.excluded if (clause := self._phrase(part)))
        return Plan(
            match=self._match(parts, at_least),
            score=tuple(self._scores()),
            without=tuple(excluded),
            ranker=self._ranker(),
            strict=bool(self._phrases) or len(parts) <= 3,
        )

    @cached_property
    def _phrases(self) -> list[Clause]:
        return [clause for phrase in self.asked.phrases if (clause := self._phrase(phrase))]

    def _match(self, parts: list[Clause], at_least: int) -> Clause | None:
        match: Clause | None = None
        if parts:
            match = parts[0] if len(parts) == 1 else AnyOf(tuple(parts), at_least=at_least)
        return AllOf((*([match] if match else []), *self._phrases)) if self._phrases else match

    def _phrase(self, text: str) -> Clause | None:
        """Words next to one another; without marks typed, marks do not matter."""
        found = words(text)
        keys, plain = [exact(word) for word in found], [folded(word) for word in found]
        if not found:
            return None
        bare = keys == plain
        if len(found) == 1:
            return Term(FOLDED, plain[0]) if bare else Term(EXACT, keys[0])
        if not bare:
            return AllOf(tuple(Term(EXACT_PAIRS, PAIR.join(pair)) for pair in pairwise(keys)))
        if self.vocabulary is None:
            return AllOf(tuple(Term(FOLDED, key) for key in plain))
        with self.vocabulary.read() as reader:
            variants = [_commonest(reader.variants(key)) or [key] for key in plain]
        return AllOf(tuple(_any_pair(first, second) for first, second in pairwise(variants)))

    # What ranks ---------------------------------------------------------------------------------------------------

    def _scores(self) -> Iterator[Clause]:
        weights = self._word_weights()
        yield from _weighted(EXACT, self._that_rank(list(zip(self.keys, weights, strict=True))))
        paired = ((pair, PAIR_WEIGHT * asking_weight(pair) * min(both)) for pair, both in self._weighed_pairs(weights))
        yield from _weighted(EXACT_PAIRS, paired)
        unknown = range(len(self.plain)) if self.as_typed and self.typed == self.plain else self.reading.unknown
        yield from _weighted(FOLDED, ((self.plain[at], FOLDED_WEIGHT * self._asks(at)) for at in sorted(unknown)))
        for expansion in self.expansions:
            for form in expansion.forms[:3]:
                yield from _weighted(EXACT, ((key, EXPANSION_WEIGHT) for key in form))
                yield from _weighted(EXACT_PAIRS, ((pair, EXPANSION_WEIGHT * PAIR_WEIGHT) for pair in _pairs(form)))
        for part in self._number_terms():
            for token, weight in part.items():
                yield Term(OWN_NUMBERS, token, weight * OWN_NUMBER_WEIGHT, flat=True)
                yield Term(CITED_NUMBERS, token, weight * CITED_NUMBER_WEIGHT, flat=True)

    def _that_rank(self, weighed: list[tuple[str, float]]) -> list[tuple[str, float]]:
        if self.vocabulary is None:
            return weighed
        rarity = self.vocabulary.rarity
        return [(key, weight) for key, weight in weighed if rarity(key) >= RANKING_RARITY] or weighed

    def _word_weights(self) -> list[float]:
        """Words that ask weigh less, and so do those that only spell a number: its own tokens say it better."""
        in_number = {at for number in self.numbers if _strong(number) for at in range(number.start, number.end)}
        return [NUMBER_WORD if at in in_number else asking_weight(key) for at, key in enumerate(self.keys)]

    def _weighed_pairs(self, weights: list[float]) -> Iterator[tuple[str, tuple[float, float]]]:
        kept = (1.0 if weight > NUMBER_WORD else weight for weight in weights)
        return zip(_pairs(self.keys), pairwise(kept), strict=True)

    def _asks(self, at: int) -> float:
        return asking_weight(self.keys[at])

    def _number_terms(self) -> Iterator[dict[str, float]]:
        for number in self.numbers:
            strong = _strong(number)
            best: dict[str, float] = {}
            for token in number.tokens:
                if strong or token.weight > BARE or len(self.found) <= 2:
                    best[token.token] = max(best.get(token.token, 0.0), token.weight / 5)
            yield best

    def _ranker(self) -> WordRanker | None:
        # Which number it is says more than any number of words around it.
        if self.vocabulary is None or any(_strong(number) for number in self.numbers):
            return None
        keys = self._ranked_keys()
        with self.vocabulary.read() as reader:
            weights = {key: reader.rarity(key) * asking_weight(key) for key in dict.fromkeys(keys)}
            pairs = {
                (first, second): reader.pair_rarity(first, second) * asking_weight(f"{first}{PAIR}{second}")
                for first, second in pairwise(keys)
            }
        return WordRanker(tuple(keys), weights, pairs, self.vocabulary.rarity)

    def _ranked_keys(self) -> list[str]:
        """The words in order, abbreviations written out: that is how titles have them."""
        keys: list[str] = []
        at = 0
        longer = {e.start: e for e in self.expansions if e.end - e.start == 1 and len(e.forms[0]) > 1}
        while at < len(self.keys):
            keys += longer[at].forms[0] if at in longer else (self.keys[at],)
            at += 1
        return keys

    def _marked(self) -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[tuple[str, str]]]:
        """Exact and folded keys to mark, number tokens, and pairs; words that only ask are not marked.

        A common word says something only beside its neighbour: «về» is not marked, «công đoàn» is, on a union's site.
        """
        asking = asking_places(self.keys)
        content = [at for at in range(len(self.keys)) if at not in asking] or list(range(len(self.keys)))
        pairs = {(self.keys[at], self.keys[after]) for at, after in pairwise(content) if after == at + 1}
        if self.vocabulary is not None:
            rarity = self.vocabulary.rarity
            content = [at for at in content if rarity(self.keys[at]) >= TELLING_RARITY] or content
        exact_keys = {self.keys[at] for at in content}
        # A word that was not read with certainty may stand in the text with any marks.
        plain = {self.read_plain[at] for at in content if self.as_typed or at in self.reading.unknown}
        for expansion in self.expansions:
            exact_keys.update(key for form in expansion.forms for key in form)
        numbers = {token for part in self._number_terms() for token, weight in part.items() if weight > BARE / 5}
        return frozenset(exact_keys), frozenset(plain), frozenset(numbers), frozenset(pairs)


def _commonest(variants: dict[str, int]) -> list[str]:
    return sorted(variants, key=lambda key: -variants[key])[:PHRASE_VARIANTS]


def _any_pair(first: list[str], second: list[str]) -> Clause:
    return AnyOf(tuple(Term(EXACT_PAIRS, f"{one}{PAIR}{other}") for one in first for other in second))


def _strong(number: AskedNumber) -> bool:
    """Whether more than bare digits say that a document is meant."""
    return number.end - number.start > 1


def _pairs(keys: Sequence[str]) -> Iterator[str]:
    return (PAIR.join(pair) for pair in pairwise(keys))


def _weighted(field_name: str, tokens: Iterable[tuple[str, float]]) -> Iterator[Term]:
    """One term per token: a word typed twice weighs once."""
    best: dict[str, float] = {}
    for token, weight in tokens:
        best[token] = max(best.get(token, 0.0), weight)
    return (Term(field_name, token, weight) for token, weight in best.items())

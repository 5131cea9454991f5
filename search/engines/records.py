"""A document as both engines store it: its token streams, and its original words for the result."""

from datetime import UTC, datetime
from functools import cached_property

from search.analysis import ANALYSIS_VERSION
from search.analysis.numbers import borne_tokens, heading_numbers, printed_tokens
from search.analysis.ranking import CONTEXT_WEIGHT, TEXT_WEIGHT, TITLE_WEIGHT, forward
from search.analysis.syllables import clean
from search.analysis.tokens import Streams
from search.analysis.vocabulary import Counted
from search.documents import SearchDocument

#: Of what is stored; with the analysis's own version it says whether an index can be used by this code.
SCHEMA_VERSION = 3
VERSION = f"{SCHEMA_VERSION}.{ANALYSIS_VERSION}"
#: Stands for «no date» in the field by which results are sorted: before all dates.
NO_DATE = -1_000_000_000_000


class Record:
    """A document, analysed."""

    def __init__(self, document: SearchDocument) -> None:
        self.source = document
        self.key = document.key
        self.fingerprint = document.fingerprint()

    @cached_property
    def parts(self) -> tuple[str, str, str]:
        """Title (with numbers), context and text (with summary), clean."""
        source = self.source
        title = source.title if not source.numbers else f"{source.title}\n{' '.join(source.numbers)}"
        text = f"{source.summary}\n{source.text}" if source.summary else source.text
        return clean(title), clean(source.context), clean(text)

    @cached_property
    def streams(self) -> Streams:
        """The words of the parts."""
        return Streams(zip(self.parts, (TITLE_WEIGHT, CONTEXT_WEIGHT, TEXT_WEIGHT), strict=True))

    @property
    def forward(self) -> bytes:
        """What the second look reads."""
        return forward(*self.streams.lines)

    @cached_property
    def own_numbers(self) -> set[str]:
        """Tokens of the numbers it bears itself, and of its date."""
        source = self.source
        tokens = heading_numbers(source.text)
        tokens |= borne_tokens(source.title, title=True)
        for line in (*source.numbers, *source.context.splitlines()):
            tokens |= borne_tokens(line)
        for number in source.numbers:
            tokens |= printed_tokens(number)
        if source.date:
            tokens.add(f"@{source.date:%Y%m%d}")
        return tokens

    @cached_property
    def cited_numbers(self) -> set[str]:
        """Tokens of all other numbers and dates in it."""
        return printed_tokens("\n".join(self.parts)) - self.own_numbers

    @property
    def facets(self) -> list[str]:
        """Facet and value in one word."""
        return [f"{key}={value}" for key, values in self.source.facets.items() for value in values]

    @property
    def timestamp(self) -> int:
        """The date in seconds of the epoch."""
        return int(self.source.date.timestamp()) if self.source.date else NO_DATE

    def count_into(self, counts: Counted) -> None:
        """Add its words to the vocabulary's counts."""
        counts.add(self.streams.lines)


def moment(timestamp: int | float | bool | None) -> datetime | None:
    """The date of a timestamp; None for none."""
    if timestamp is None or timestamp <= NO_DATE:
        return None
    return datetime.fromtimestamp(timestamp, UTC)

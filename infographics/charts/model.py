"""What a chart is: plain values that know nothing of drawing, and the limits of each kind."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ChartError(ValidationError):
    """Why a table cannot be drawn: ``messages`` holds sentences for the editor that name row and column."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the table.

    ``values`` are the numbers in the unit of the chart, None where the table has none; ``written`` are the same as the
    editor wrote them, which is how they are shown, down to the decimals.
    """

    label: str
    values: tuple[float | None, ...]
    written: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """All that is drawn. ``columns`` are the heads of the values, oldest first; ``highlight`` is the index of a row."""

    kind: str
    title: str
    subtitle: str = ""
    unit: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    highlight: int | None = None
    source: str = ""
    credit: str = ""
    paper: str = "sun"


#: What an editor chooses from.
KINDS: dict[str, Promise] = {
    "bar": _("Bars: compare amounts"),
    "line": _("Line: a course over time"),
    "share": _("Shares: parts of a whole"),
    "number": _("Large numbers"),
    "before_after": _("Before and after"),
}

PAPERS: dict[str, Promise] = {
    "sun": _("Yellow paper"),
    "white": _("White paper"),
    "navy": _("Navy blue paper"),
}

#: Width and height in pixels of a PNG at its normal size, and units of the SVG's viewBox.
FORMATS: dict[str, tuple[int, int]] = {
    "portrait": (1080, 1350),
    "square": (1080, 1080),
    "wide": (1200, 630),
    "story": (1080, 1920),
}


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How large a table of one kind may be; ``rows_of`` the most rows by number of columns."""

    rows_of: dict[int, int]
    least_rows: int = 1
    least_columns: int = 1
    gaps: bool = False  # whether a cell may be empty

    @property
    def columns(self) -> int:
        """The most columns of values."""
        return max(self.rows_of)


#: Beyond these the letters of the smallest format would be too small to read.
LIMITS: dict[str, Limits] = {
    "bar": Limits(rows_of={1: 12, 2: 10, 3: 6}, gaps=True),
    "line": Limits(rows_of={1: 24, 2: 24, 3: 24}, least_rows=2, gaps=True),
    "share": Limits(rows_of={1: 30}, least_rows=2),
    "number": Limits(rows_of={1: 3}),
    "before_after": Limits(rows_of={2: 8}, least_columns=2),
}

#: The most parts of a whole that are drawn; smaller ones are added up as «other».
MOST_PARTS = 7
#: In letters; a longer label is refused, since it would be cut beyond recognition.
LONGEST_LABEL = 120

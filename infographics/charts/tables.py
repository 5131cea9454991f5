"""Reads the table an editor wrote, and says in plain sentences what keeps it from being drawn."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from django.utils.translation import gettext as _, ngettext, pgettext

from core.text import clean_text
from infographics.charts.model import FORMATS, KINDS, LIMITS, LONGEST_LABEL, PAPERS, Chart, ChartError, Limits, Row
from infographics.charts.numerals import MOST_DIGITS, Numeral, read_number
from infographics.charts.typeface import undrawable

#: What people write where a table has no number.
_EMPTY = {"", "-", "\u2013", "\u2014", "\u2212", "…", "..."}
_BREAKS = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")


def one_line(text: str) -> str:
    """Text without line breaks, control characters and doubled spaces; no-break spaces stay."""
    return _BREAKS.sub(" ", clean_text(text)).strip()


def read_table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], *, kind: str
) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Turn cells into the heads of the values and rows, ready for a :class:`Chart`.

    The first cell of a row is its label. ``columns`` are the heads: of the values alone, or of labels and values when
    there are as many heads as cells. Empty rows and empty last columns are left out.

    :raises ChartError: with one sentence per fault, naming row and column as the editor counts them.
    """
    limits = LIMITS[_known(kind)]
    cells = [[one_line(cell) for cell in row] for row in rows]
    heads, count = _heads([one_line(head) for head in columns], cells)
    faults: list[str] = []
    read: list[Row] = []
    numerals: list[Numeral] = []
    for number, row in enumerate(cells, start=1):
        if any(row):
            padded = [*row, *[""] * count][: count + 1]
            read.append(_row(padded, number, heads, limits, faults, numerals))
    faults += _size_faults(len(read), count, limits, kind) + list(_head_faults(heads, kind))
    if any(n.dot_thousand for n in numerals) and any(n.dot_fraction for n in numerals):
        faults.append(
            _("Some numbers have a dot before decimals, others before thousands. Write decimals with a comma: 5,31.")
        )
    found = tuple(read)
    if not faults:
        faults += _kind_faults(kind, found, unit="")
    if faults:
        raise ChartError(faults)
    return tuple(heads), found


def checked(chart: Chart) -> Chart:
    """The same chart with clean text, ready to be drawn.

    :raises ChartError: when it was put together without :func:`read_table` and cannot be drawn.
    """
    limits = LIMITS[_known(chart.kind)]
    if chart.paper not in PAPERS:
        raise ChartError(_("There is no paper “%(paper)s”.") % {"paper": chart.paper})
    widths = {len(row.values) for row in chart.rows} | {len(row.written) for row in chart.rows}
    count = max(widths, default=0)
    faults = _size_faults(len(chart.rows), count, limits, chart.kind)
    if len(widths) > 1 or not all(map(_drawable, chain.from_iterable(row.values for row in chart.rows))):
        faults.append(_("Every row needs as many numbers as the others, none of them infinite."))
    faults = faults or _kind_faults(chart.kind, chart.rows, unit=chart.unit)
    if faults:
        raise ChartError(faults)
    heads = [one_line(head) for head in chart.columns[:count]]
    heads += [""] * (count - len(heads))
    if chart.kind == "before_after":
        named = (pgettext("column of a chart", "Before"), pgettext("column of a chart", "After"))
        heads = [head or name for head, name in zip(heads, named, strict=True)]
    return replace(
        chart,
        title=one_line(chart.title),
        subtitle=one_line(chart.subtitle),
        unit=one_line(chart.unit),
        columns=tuple(heads),
        rows=tuple(
            replace(row, label=one_line(row.label), written=tuple(map(one_line, row.written))) for row in chart.rows
        ),
        source=one_line(chart.source),
        credit=one_line(chart.credit),
        highlight=chart.highlight if chart.highlight in range(len(chart.rows)) else None,
    )


def known_format(name: str) -> tuple[int, int]:
    """Width and height of a format."""
    if name not in FORMATS:
        raise ChartError(_("There is no format “%(format)s”.") % {"format": name})
    return FORMATS[name]


def is_percent(chart: Chart) -> bool:
    """Whether the numbers are per cent: the unit says so, or every number does."""
    return chart.unit == "%" or _all_percent(chart.rows)


def tolerance(rows: Sequence[Row]) -> Decimal:
    """By how much rounded per cents may miss 100."""
    decimals = [numeral.decimals for numeral in map(read_number, (row.written[0] for row in rows)) if numeral]
    return sum((Decimal("0.5").scaleb(-places) for places in decimals), Decimal(0))


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise ChartError(_("There is no chart of the kind “%(kind)s”.") % {"kind": kind})
    return kind


def _heads(heads: list[str], cells: list[list[str]]) -> tuple[list[str], int]:
    """The heads of the values, and how many values a row has."""
    width = max((len(row) for row in cells), default=0)
    if len(heads) >= width > 1:
        heads = heads[1:]
    count = max(width - 1, 0)
    heads = [*heads, *[""] * count][:count]
    while count > 1 and not heads[count - 1] and not any(row[count] for row in cells if len(row) > count):
        count -= 1
    return heads[:count], count


def _row(
    cells: list[str], number: int, heads: list[str], limits: Limits, faults: list[str], numerals: list[Numeral]
) -> Row:
    label, values, written = cells[0], [], []
    faults += _label_faults(label, number)
    for index, cell in enumerate(cells[1:], start=1):
        numeral = None if cell in _EMPTY else read_number(cell)
        values.append(numeral.value if numeral else None)
        written.append(cell if numeral else "")
        if numeral:
            numerals.append(numeral)
        elif cell not in _EMPTY or not limits.gaps:
            faults.append(_cell_fault(cell, number, heads[index - 1] or str(index)))
    return Row(label=label, values=tuple(values), written=tuple(written))


def _label_faults(label: str, number: int) -> Iterator[str]:
    if not label:
        yield _("Row %(row)s has no label: write in its first cell what the number is about.") % {"row": number}
    if len(label) > LONGEST_LABEL:
        yield _("The label of row %(row)s is too long: at most %(most)s letters.") % {
            "row": number,
            "most": LONGEST_LABEL,
        }
    if strange := undrawable(label):
        yield _("The label of row %(row)s has a sign that cannot be drawn: %(sign)s. Write a word instead.") % {
            "row": number,
            "sign": strange,
        }


def _cell_fault(cell: str, number: int, column: str) -> str:
    place = {"row": number, "column": column, "cell": cell[:40], "digits": MOST_DIGITS}
    if cell in _EMPTY:
        return _("Row %(row)s, column %(column)s: a number is missing.") % place
    if re.fullmatch(r"[-\u2212+]?[0-9.,]{16,}", cell):
        return _("Row %(row)s, column %(column)s: the number has more than %(digits)s digits.") % place
    return (
        _("Row %(row)s, column %(column)s: “%(cell)s” is not a number. Write it as 4.960.000 or 5,31, without words.")
        % place
    )


def _head_faults(heads: list[str], kind: str) -> Iterator[str]:
    for number, head in enumerate(heads, start=1):
        if not head and len(heads) > 1 and kind != "before_after":  # whose columns have names of their own
            yield _("Column %(column)s has no heading.") % {"column": number}
        if len(head) > LONGEST_LABEL:
            yield _("The heading of column %(column)s is too long: at most %(most)s letters.") % {
                "column": number,
                "most": LONGEST_LABEL,
            }
        if strange := undrawable(head):
            yield _("The heading of column %(column)s has a sign that cannot be drawn: %(sign)s.") % {
                "column": number,
                "sign": strange,
            }


def _size_faults(rows: int, columns: int, limits: Limits, kind: str) -> list[str]:
    if not rows:
        return [_("The table is empty: write at least one row.")]
    if columns < limits.least_columns or columns > limits.columns:
        return [_columns_fault(columns, limits)]
    if rows < limits.least_rows:
        return [_("This kind of chart needs at least %(least)s rows.") % {"least": limits.least_rows}]
    most = limits.rows_of.get(columns, min(limits.rows_of.values()))
    if rows > most:
        return [
            ngettext(
                "The table has %(rows)s rows; with %(columns)s column of numbers this kind of chart takes %(most)s.",
                "The table has %(rows)s rows; with %(columns)s columns of numbers this kind of chart takes %(most)s.",
                columns,
            )
            % {"rows": rows, "columns": columns, "most": most}
        ]
    return []


def _columns_fault(columns: int, limits: Limits) -> str:
    wanted = {"columns": columns, "least": limits.least_columns, "most": limits.columns}
    if limits.least_columns == limits.columns:
        return (
            ngettext(
                "This kind of chart takes %(most)s column of numbers; the table has %(columns)s.",
                "This kind of chart takes %(most)s columns of numbers; the table has %(columns)s.",
                limits.columns,
            )
            % wanted
        )
    return _("This kind of chart takes %(least)s to %(most)s columns of numbers; the table has %(columns)s.") % wanted


def _kind_faults(kind: str, rows: Sequence[Row], *, unit: str) -> list[str]:
    if not LIMITS[kind].gaps and any(value is None for row in rows for value in row.values):
        return [_("A number is missing: this kind of chart needs one in every cell.")]
    if kind == "share":
        return _share_faults(rows, unit)
    values = [row.values for row in rows]
    if kind == "line" and any(sum(value is not None for value in series) < 2 for series in zip(*values, strict=True)):
        return [_("A line needs at least two points in every column.")]
    if all(value is None for value in chain.from_iterable(values)):
        return [_("The table has no numbers.")]
    return []


def _share_faults(rows: Sequence[Row], unit: str) -> list[str]:
    faults = [
        _("Row %(row)s (%(label)s): a share cannot be below zero.") % {"row": number, "label": row.label}
        for number, row in enumerate(rows, start=1)
        if (row.values[0] or 0) < 0
    ]
    total = sum((Decimal(repr(row.values[0] or 0.0)) for row in rows), Decimal(0))
    if not faults and not total:
        faults.append(_("All shares are zero: there is nothing to draw."))
    if not faults and (unit == "%" or _all_percent(rows)) and total > 100 + tolerance(rows):
        faults.append(_("The shares add up to more than 100 per cent."))
    return faults


def _all_percent(rows: Sequence[Row]) -> bool:
    return bool(rows) and all(cell.endswith("%") for row in rows for cell in row.written if cell)


def _drawable(value: float | None) -> bool:
    return value is None or abs(value) < 10.0**MOST_DIGITS

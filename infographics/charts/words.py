"""Says in words what a chart shows, for those who do not see it and for search."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from infographics.charts.changes import change, relative_change
from infographics.charts.model import Chart, Row
from infographics.charts.numerals import shown
from infographics.charts.shares import parts_of
from infographics.charts.tables import checked, is_percent

_MISSING = "–"


def describe(chart: Chart) -> str:
    """Return sentences with every number once, the highest and lowest row, and the change for before and after.

    :raises ChartError: when the chart cannot be drawn.
    """
    chart = checked(chart)
    sentences = [_heading(chart), *(_row(chart, row) for row in chart.rows), *_extremes(chart)]
    if chart.kind == "share":
        sentences = [_heading(chart), *_parts(chart), *_extremes(chart)]
    return " ".join(sentence for sentence in sentences if sentence)


def _heading(chart: Chart) -> str:
    unit = _("Unit: %(unit)s") % {"unit": chart.unit} if chart.unit not in {"", "%"} else ""
    return " ".join(_sentence(part) for part in (chart.title, chart.subtitle, unit) if part)


def _sentence(words: str) -> str:
    return f"{words}." if words and words[-1] not in ".!?…" else words


def _row(chart: Chart, row: Row) -> str:
    years = chart.kind == "number"
    numbers = [shown(written, chart.unit, years=years) or _MISSING for written in row.written]
    if chart.kind == "before_after":
        return _before_after(chart, row, numbers)
    if len(numbers) == 1:
        return _("%(label)s: %(number)s.") % {"label": row.label, "number": numbers[0]}
    named = "; ".join(
        _("%(column)s %(number)s") % {"column": head, "number": number} if head else number
        for head, number in zip(chart.columns, numbers, strict=True)
    )
    return _("%(label)s: %(number)s.") % {"label": row.label, "number": named}


def _before_after(chart: Chart, row: Row, numbers: list[str]) -> str:
    words = {
        "label": row.label,
        "first": chart.columns[0],
        "second": chart.columns[1],
        "before": numbers[0],
        "after": numbers[1],
        "change": change(row, percent=is_percent(chart)),
    }
    relative = "" if is_percent(chart) else relative_change(row)
    if not relative:
        return _("%(label)s: %(first)s %(before)s; %(second)s %(after)s; change %(change)s.") % words
    return _("%(label)s: %(first)s %(before)s; %(second)s %(after)s; change %(change)s (%(relative)s).") % {
        **words,
        "relative": relative,
    }


def _parts(chart: Chart) -> Iterator[str]:
    for part in parts_of(chart, most=len(chart.rows) + 1):  # every number, also of what is drawn as «other»
        number = f"{part.percent} ({part.written})" if part.written else part.percent
        yield _("%(label)s: %(number)s.") % {"label": part.label, "number": number}


def _extremes(chart: Chart) -> Iterator[str]:
    """Name the rows with the highest and the lowest number of each column, without saying the numbers again."""
    if chart.kind == "number":
        return
    for index, head in enumerate(chart.columns):
        ranked = [(value, row.label) for row in chart.rows if (value := row.values[index]) is not None]
        if len({value for value, _label in ranked}) < 2:
            continue
        least, most = min(ranked)[0], max(ranked)[0]
        low, high = (", ".join(label for value, label in ranked if value == edge) for edge in (least, most))
        words = {"column": head, "high": high, "low": low}
        if head and len(chart.columns) > 1:
            yield _("%(column)s: highest %(high)s, lowest %(low)s.") % words
        else:
            yield _("Highest: %(high)s; lowest: %(low)s.") % words

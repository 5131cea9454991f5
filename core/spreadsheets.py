"""Tables to download, for spreadsheets: CSV and XLSX. No text in them is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

Row = Sequence[Any]
#: What spreadsheets take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@")
_HIDDEN = ("\t", "\r", "\n")
#: Tells Excel that a CSV file is UTF-8.
_MARK = "\ufeff"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_SHEET_NAME = 31
WIDEST, NARROWEST = 60, 8
_NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def inert(text: str) -> str:
    """Words that no spreadsheet takes for a formula when it reads them from CSV."""
    return f"'{text}" if text.startswith(_HIDDEN) or text.lstrip().startswith(_FORMULA) else text


def csv_response(name: str, rows: Iterable[Row]) -> HttpResponse:
    """A CSV file to download; ``name`` has no ending."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerows([inert(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return _file(_MARK + written.getvalue(), f"{name}.csv", "text/csv; charset=utf-8")


def xlsx_response(name: str, title: str, rows: Iterable[Row]) -> HttpResponse:
    """An XLSX file to download, with one sheet; the first row holds the headings.

    Text stays text: telephone numbers keep their zero, and what looks like a formula is none.
    """
    from openpyxl import Workbook  # heavy, and seldom needed
    from openpyxl.cell import WriteOnlyCell  # as above
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # as above
    from openpyxl.styles import Font  # as above

    table = [list(row) for row in rows]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title.translate(_NOT_IN_SHEET_NAMES).strip("' ")[:LONGEST_SHEET_NAME] or None)
    sheet.freeze_panes = "A2"
    for column, width in enumerate(_widths(table)):
        sheet.column_dimensions[chr(ord("A") + column)].width = width
    for number, row in enumerate(table):
        cells = []
        for value in row:
            text = isinstance(value, str)
            cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value) if text else value)
            if text:
                cell.data_type = "s"
                cell.quotePrefix = value.lstrip().startswith(_FORMULA)
            if number == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
    content = io.BytesIO()
    book.save(content)
    return _file(content.getvalue(), f"{name}.xlsx", XLSX)


def _widths(table: list[list[Any]]) -> list[int]:
    """A width for each column (26 at most) in which most of it can be read."""
    columns = max((len(row) for row in table), default=0)
    return [
        min(WIDEST, max(NARROWEST, 2 + max(len(str(row[column])) for row in table if column < len(row))))
        for column in range(min(columns, 26))
    ]


def _file(content: str | bytes, name: str, content_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)

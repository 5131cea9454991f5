"""Lists of members as people have them: pasted from a spreadsheet, or a file of one."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from core.text import clean_text, vietnamese_slug

MOST_ROWS = 3000
LARGEST_FILE = 2 * 1024 * 1024
#: A spreadsheet is a packed archive: more than this unpacked was not made by a person.
LARGEST_UNPACKED = 60 * 1024 * 1024
LONGEST_CELL = 300
#: Lines above the heads of columns: the name of the union, a title, a date.
MOST_TITLE_LINES = 15
_ENCODINGS = ("utf-8-sig", "utf-16")
_HEADS = {
    "code": {"ma", "ma-doan-vien", "ma-dv", "ma-so", "ma-the", "so-the", "so-the-doan-vien",
             "so-dien-thoai", "dien-thoai", "sdt", "code", "member-code"},
    "name": {"ho-ten", "ho-va-ten", "ten-doan-vien", "ho-va-ten-doan-vien", "ho-ten-doan-vien", "name", "full-name"},
    "family": {"ho", "ho-dem", "ho-va-ten-dem", "ho-va-dem", "ho-lot", "ho-va-chu-lot"},
    "given": {"ten"},
    "email": {"email", "e-mail", "thu-dien-tu", "dia-chi-email", "thu"},
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Line:
    """One person as the list has it. ``number`` counts from 1, as the list was typed."""

    number: int
    code: str
    name: str
    email: str = ""

    @property
    def as_text(self) -> str:
        """As it stands in the field where lists are mended."""
        return "\t".join((self.code, self.name, self.email)).rstrip("\t")


def read_text(text: str) -> list[Line]:
    """A pasted list: columns apart by tabs, else semicolons, else commas."""
    text = clean_text(text.replace("\r\n", "\n").replace("\r", "\n"))
    mark = next((mark for mark in ("\t", ";", ",") if mark in text), "\t")
    try:
        # In what is pasted, a quotation mark is one; taken for the beginning of a cell it would swallow what follows.
        source = io.StringIO(text)
        if mark == "\t":
            return read_rows(csv.reader(source, delimiter=mark, quoting=csv.QUOTE_NONE))
        return read_rows(csv.reader(source, delimiter=mark))
    except csv.Error:
        raise ValidationError(_("This list could not be read. Copy it from the spreadsheet again.")) from None


def read_file(name: str, content: bytes) -> list[Line]:
    """A CSV or XLSX file."""
    if len(content) > LARGEST_FILE:
        raise ValidationError(_("The file is larger than 2 MB. Keep only the columns code, full name and e-mail."))
    if name.lower().endswith(".xlsx"):
        return _read_spreadsheet(content)
    if name.lower().endswith((".csv", ".txt", ".tsv")):
        return read_text(_decode(content))
    raise ValidationError(_("Upload a .xlsx or .csv file. Other files: open them in a spreadsheet and save as .xlsx."))


def _decode(content: bytes) -> str:
    for encoding in _ENCODINGS:
        if encoding == "utf-16" and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError(_("The letters of this file cannot be read. Save it as «CSV UTF-8», or as .xlsx."))


def _read_spreadsheet(content: bytes) -> list[Line]:
    unreadable = ValidationError(_("This file could not be read. Open it in a spreadsheet and save it as .xlsx again."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
                raise unreadable
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        raise unreadable from None
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its size need not be true
        most = MOST_ROWS + MOST_TITLE_LINES + 1
        return read_rows([_cell(cell) for cell in row[:40]] for row in sheet.iter_rows(max_row=most, values_only=True))
    except IndexError:
        raise unreadable from None
    finally:
        book.close()


def _cell(value: Any) -> str:
    """A telephone number that a spreadsheet took for a number has no digits after the point."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else clean_text(str(value))


def read_rows(rows: Iterable[Sequence[str]]) -> list[Line]:
    """Lines by what the heads of columns say; without heads, code, name and e-mail in this order.

    Columns with other heads are not read at all: what a portal does not know it cannot lose.
    """
    table = [[" ".join(cell[: LONGEST_CELL + 1].split()) for cell in row] for row in rows]
    start, columns = _find_heads(table)
    lines = []
    for number, row in enumerate(table[start:], start=start + 1):
        values = {what: row[place] for what, place in columns.items() if place < len(row)}
        name = values.get("name") or f"{values.get('family', '')} {values.get('given', '')}".strip()
        line = Line(number=number, code=values.get("code", ""), name=name, email=values.get("email", ""))
        if line.code or line.name or line.email:
            lines.append(line)
    if len(lines) > MOST_ROWS:
        raise ValidationError(_("At most %(most)d people at once. Divide the list.") % {"most": MOST_ROWS})
    return lines


def _find_heads(table: list[list[str]]) -> tuple[int, dict[str, int]]:
    for index, row in enumerate(table[:MOST_TITLE_LINES]):
        columns: dict[str, int] = {}
        for place, cell in enumerate(row):
            slug = vietnamese_slug(cell)
            what = next((what for what, heads in _HEADS.items() if slug in heads), None)
            if what is not None:
                columns.setdefault(what, place)
        if "code" in columns and ("name" in columns or {"family", "given"} <= set(columns) or "given" in columns):
            return index + 1, columns
    return 0, {"code": 0, "name": 1, "email": 2}

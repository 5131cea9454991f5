"""Tables to download: whatever is in them, they open, and nothing in them is a formula."""

import csv
import io

import pytest
from openpyxl import load_workbook

from core.spreadsheets import csv_response, inert, xlsx_response

FORMULAS = ["=1+1", "+84 912", "-2", "@SUM(A1)", " =1", "\t=1", "\r\n=cmd|' /C calc'!A0", "\u00a0=1"]
STRANGE = ["\x01\x0b", "a" * 1000, "Ẵm\u200b", "", "dòng một\ndòng hai", '"trích", dẫn', "0912345678"]


def sheet_of(response):
    return load_workbook(io.BytesIO(response.content)).active


@pytest.mark.parametrize("word", FORMULAS)
def test_a_formula_is_text(word):
    [_head, [cell, _number]] = csv.reader(
        io.StringIO(csv_response("bang", [["Đầu", "Số"], [word, -5]]).content.decode())
    )
    assert cell.startswith("'")
    sheet = sheet_of(xlsx_response("bang", "Bảng", [["Đầu", "Số"], [word, -5]]))
    assert sheet["A2"].data_type != "f"
    assert sheet["B2"].value == -5


@pytest.mark.parametrize("word", STRANGE)
def test_any_text_goes_into_a_table(word):
    assert csv_response("bang", [["Đầu"], [word]]).content.startswith("\ufeff".encode())
    sheet = sheet_of(xlsx_response("bang", "Bảng", [["Đầu"], [word]]))
    assert sheet["A2"].value == (word.replace("\x01\x0b", "") or None)


@pytest.mark.parametrize("title", ["*[]:?/\\'", "", "Tên rất dài " * 9, "'trong nháy'"])
def test_any_title_names_a_sheet(title):
    assert len(sheet_of(xlsx_response("bang", title, [["Đầu"], [None]])).title) <= 31


def test_ordinary_words_are_left_alone():
    assert [inert(word) for word in ("Đỗ Thị Ẵm", "a=b", "3-4", "'")] == ["Đỗ Thị Ẵm", "a=b", "3-4", "'"]


def test_a_table_without_rows_is_a_file():
    assert sheet_of(xlsx_response("bang", "Bảng", [])).max_row == 1
    assert csv_response("bang", [])["Content-Disposition"] == 'attachment; filename="bang.csv"'

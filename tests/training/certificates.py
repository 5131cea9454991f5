"""Diplomas for the tests, usual ones and those that hardly fit; and what their PDFs say."""

import os
import re
import subprocess
import zlib
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree

from tests.requirements import require_or_skip, require_program
from training.certificates.diploma import Diploma
from training.certificates.drawing import pdf_available

ADDRESS = "https://congdoan.example/chung-nhan/7K3M9QXT04BDVH2R/"
XHTML = "{http://www.w3.org/1999/xhtml}"
LONG_NAME = ("Công Tằng Tôn Nữ Thị Ẵm Nguyễn-Ỷ Ẩm Ướt Ngưỡng Nghiêng Khuỷu Trường Thượng Phương " * 3)[:199].strip()
LONG_TITLE = ("Kỹ năng thương lượng tập thể về tiền lương và thời giờ làm việc ở khu công nghiệp " * 3)[:199].strip()


def make(**words) -> Diploma:
    """A usual diploma, but for these words."""
    usual = {
        "holder": "Nguyễn Thị Ánh Tuyết",
        "title": "Thương lượng lương cho cán bộ công đoàn cơ sở",
        "kind": "course",
        "unit": "Công đoàn cơ sở Công ty May Lam Bắc",
        "issued": date(2026, 2, 5),
        "code": "7K3M9QXT04BDVH2R",
        "address": ADDRESS,
        "organisation": "Liên đoàn Lao động tỉnh Lam Giang",
        "place": "Lam Giang",
        "signer_title": "Chủ tịch",
        "signer": "Trần Quốc Đạt",
        "result": "28/30 câu đúng",
        "hours": "2 giờ 10 phút",
    }
    return Diploma(**{**usual, **words})


def filled(holder, title) -> dict[str, str]:
    """Long words everywhere."""
    details = dict.fromkeys(("unit", "organisation", "place", "signer_title", "result", "hours"), title)
    return {"holder": holder, "title": title, "signer": holder, **details}


EXTREMES = {
    "least": make(holder="Y", title="A", unit="", signer="", signer_title="", place="", result="", hours=""),
    "long name": make(holder=LONG_NAME),
    "long title": make(title=LONG_TITLE),
    "two lines of capitals": make(holder="ĐỖ THỊ ẴM NGUYỄN-Ỷ HOÀNG PHỦ ẨM", title="ẤN TƯỢNG VỀ ẨM THỰC " * 4),
    "all long": make(**filled(LONG_NAME, LONG_TITLE)),
    "all wide": make(**filled("W" * 200, "M" * 200)),
    "all without spaces": make(**filled("Ẵ" * 200, "ự" * 200)),
    "other scripts": make(holder="Ольга Łukasz Γιώργος", title="Ж" * 150),
    "long address": make(address=f"https://congdoan.example/{'chung-nhan/' * 12}7K3M9QXT04BDVH2R/"),
}


@dataclass(frozen=True)
class Word:
    """A word where it stands on the sheet, in points from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def require_pdf() -> None:
    """Ask for what draws PDFs, and for what reads them."""
    require_or_skip(pdf_available(), "needs Pango (on Debian libpango-1.0-0, libpangoft2-1.0-0, libharfbuzz-subset0)")
    require_program("pdftotext")


def read(pdf: bytes, *options: str) -> str:
    """What poppler reads in a PDF."""
    command = ["pdftotext", *options, "-", "-"]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    return subprocess.run(command, input=pdf, capture_output=True, check=True, env=environment).stdout.decode()


def inside(pdf: bytes) -> bytes:
    """All that a PDF holds, unpacked."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return pdf + b"".join(unpacked(stream) for stream in streams)


def unpacked(stream: bytes) -> bytes:
    """A part of a PDF; as it is, where it is not packed."""
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def text_of(pdf: bytes) -> str:
    """The words of a PDF, with single spaces between."""
    return " ".join(read(pdf).replace("\u200b", "").split())


def pages_of(pdf: bytes) -> list[tuple[float, float, list[Word]]]:
    """Each page's width, height and words."""
    document = re.sub("<!DOCTYPE[^>]*>", "", read(pdf, "-bbox"))
    return [
        (
            float(page.attrib["width"]),
            float(page.attrib["height"]),
            [word_of(word) for word in page.iter(f"{XHTML}word")],
        )
        for page in ElementTree.fromstring(document).iter(f"{XHTML}page")
    ]


def word_of(element) -> Word:
    """A word as poppler writes it."""
    return Word(element.text or "", *(float(element.attrib[side]) for side in ("xMin", "yMin", "xMax", "yMax")))

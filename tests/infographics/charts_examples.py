"""Charts with which the drawings are tried, and how to read an SVG again."""

from dataclasses import dataclass
from xml.etree import ElementTree

from infographics.charts import Chart, read_table
from infographics.charts.typeface import ABOVE, BELOW, width_of

SVG = "{http://www.w3.org/2000/svg}"
WAGES = (
    ("I", "4.960.000", "5.310.000"),
    ("II", "4.410.000", "4.730.000"),
    ("III", "3.860.000", "4.140.000"),
    ("IV", "3.450.000", "3.700.000"),
)
LONG = (
    "Công đoàn Các khu công nghiệp và chế xuất",
    "Liên đoàn Lao động thành phố Lam Giang",
    "Công đoàn ngành Giáo dục và Đào tạo",
    "Công đoàn ngành Y tế",
    "Công đoàn Viên chức tỉnh",
    "Công đoàn Công ty cổ phần Dệt may Sông Lam – Chi nhánh Bến Sậy",
    "Công đoàn ngành Xây dựng",
    "Công đoàn cơ sở Công ty TNHH Điện tử Hoà Bình Việt Nam",
    "Liên đoàn Lao động huyện Ẳng Ẩm Ự",
    "Công đoàn Giao thông vận tải",
    "Công đoàn Nông nghiệp và Phát triển nông thôn",
    "Công đoàn cơ sở Bệnh viện Đa khoa tỉnh",
)


def make(kind, columns, rows, **others) -> Chart:
    """A chart of a table as an editor writes it."""
    heads, read = read_table(columns, rows, kind=kind)
    words = {"title": "Lương tối thiểu từ 1/1/2026", "source": "Nghị định 293/2025/NĐ-CP", "credit": "Công đoàn"}
    return Chart(kind=kind, columns=heads, rows=read, **{**words, **others})


def long_rows(*columns):
    """Rows with long labels and these columns of numbers."""
    return [[label, *map(str, numbers)] for label, *numbers in zip(LONG, *columns, strict=False)]


def usual() -> dict[str, Chart]:
    """A chart of each kind as the portal would publish it."""
    return {
        "bar": make("bar", ["Đến 31/12/2025", "Từ 1/1/2026"], WAGES, unit="đồng", subtitle="Đồng một tháng"),
        "line": make(
            "line",
            ["FDI", "Trong nước"],
            [[f"{month}/2025", f"{7 + month / 10:.1f}".replace(".", ","), f"6,{month:02}"] for month in range(1, 13)],
            unit="triệu đồng",
        ),
        "share": make("share", [""], [["Tiền lương", "41 %"], ["Thời giờ", "19,5 %"], ["Ăn ca", "14 %"]]),
        "number": make("number", [""], [["suất quà Tết", "12.480"], ["chuyến xe", "156"], ["tỷ đồng", "9,7"]]),
        "before_after": make("before_after", ["Trước", "Sau"], WAGES, unit="đồng", highlight=0),
    }


def extreme() -> dict[str, Chart]:
    """Charts at the limits: long words, outliers, zero, numbers below zero, gaps."""
    amounts = [120_000, 95_000, 51_000, 23_000, 11_000, 9_800, 7_000, 3_300, 900, 420, 120, 0]
    title = "Số đoàn viên tham gia chương trình khám sức khoẻ miễn phí theo từng đơn vị trong chín tháng đầu năm 2025"
    source = "Ban Tổ chức – Kiểm tra, Ban Chính sách – Pháp luật và Ban Tuyên giáo – Nữ công của Liên đoàn Lao động"
    return {
        "twelve bars": make("bar", [""], long_rows(amounts), title=title, unit="người", source=source, subtitle=title),
        "pairs": make("bar", ["2024", "2025"], long_rows(amounts[:10], [a - 7_000 for a in amounts[:10]])),
        "threes": make(
            "bar", ["2023", "2024", "2025"], [*long_rows([1] * 5, [200] * 5, [9] * 5), ["Không", "", "–", "0"]]
        ),
        "below zero": make(
            "bar",
            ["Quý II", "Quý III"],
            [["Dệt may", "−3,2", "1,4"], ["Điện tử", "5,6", "-7,25"], ["Da giày", "0", "0"], ["Gỗ", "", "120,5"]],
            unit="%",
        ),
        "all below zero": make("bar", [""], [["A", "-5"], ["B", "-999.999"]]),
        "all zero": make("bar", [""], [["A", "0"], ["B", "0"]]),
        "fifteen digits": make(
            "bar", ["a", "b"], [["A", "999.999.999.999.999", "-1"], ["B", "1", "999.999.999.999.999"]]
        ),
        "thousandfold": make("bar", [""], [["A", "1.000.000"], ["B", "1.000"]], highlight=1),
        "24 points": make(
            "line",
            [LONG[0], LONG[1], LONG[2]],
            [
                [f"Tháng {n % 12 + 1}/2025", str(100 - n * n), str(n * 7), "" if n in {3, 4} else str(n)]
                for n in range(24)
            ],
            title=title,
            unit="người",
            highlight=7,
        ),
        "long points": make("line", [""], long_rows(amounts), unit="đồng"),
        "trough": make(
            "line", [""], [["Quý I", "5"], ["Quý II", "0"], ["Quý III", "6"], ["Quý IV", "0"], ["Quý V", "9"]]
        ),
        "three long points": make("line", [""], [[LONG[5], "400"], [LONG[7], "0"], ["Y", "1"]]),
        "two points": make("line", [""], [["2024", "1.000.000.000"], ["2025", "-3"]]),
        "flat line": make("line", ["a", "b", "c"], [["2024", "5", "5", "5"], ["2025", "5", "5", "5"]]),
        "flat below zero": make("line", [""], [["2024", "-5"], ["2025", "-5"]]),
        "many shares": make(
            "share", [""], long_rows([1200, 950, 2, 23, 11, 98, 7, 33, 9, 42]), title=title, highlight=1
        ),
        "tiny shares": make("share", [""], [["A", "99,97%"], ["B", "0,01%"], ["C", "0,01%"], ["D", "0,01%"]]),
        "long figures": make(
            "number", [""], [[LONG[5], "999.999.999.999"], [LONG[7], "1"], [LONG[0], "−3,2"]], unit="tỷ đồng"
        ),
        "one figure": make("number", [""], [["năm thành lập", "1975"]]),
        "outlier": make(
            "before_after",
            ["Trước khi có thoả ước", "Sau khi có thoả ước lao động tập thể"],
            long_rows([10, 10, 11, 11, 1000, 12, 0, 13], [12, 10, 14, 9, 1800, 20, 5, 13]),
            title=title,
        ),
        "per cent": make("before_after", ["", ""], [["Nữ", "51,2%", "49,8%"], ["Nam", "48,8%", "50,2%"]]),
        "large changes": make("before_after", ["", ""], [["A", "1", "999.999.999.999"], ["B", "999.999.999.999", "0"]]),
    }


@dataclass(frozen=True)
class Line:
    """A line of text with the room it takes on the paper."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Line", slack: float = 1.0) -> bool:
        """Whether the letters of both lie over each other."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > slack
            and min(self.bottom, other.bottom) - max(self.top, other.top) > slack
        )


def lines_of(svg: str, *, above: float = ABOVE, below: float = BELOW) -> list[Line]:
    """Every line of text as measured with the fonts."""
    lines = []
    for element in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        x, y, size = (float(element.attrib[name]) for name in ("x", "y", "font-size"))
        text = element.text or ""
        width = width_of(text, size, element.attrib["font-weight"])
        left = x - {"start": 0, "middle": width / 2, "end": width}[element.get("text-anchor", "start")]
        lines.append(Line(text, left, y - above * size, left + width, y + below * size))
    return lines


def words_of(svg: str) -> str:
    """All words that are drawn, without the description."""
    return " ".join(line.text for line in lines_of(svg))

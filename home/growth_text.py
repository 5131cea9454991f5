"""Varied Vietnamese text for tests of scale, the same for the same seed.

Sentences are put together from parts, so that a hundred thousand pages hold many different words, names, numbers and
document numbers. They read like news but say nothing about anybody.
"""

from collections.abc import Sequence
from random import Random

PLACES = (
    "Lam Bắc", "Cửa Lam", "Phú Lộc", "Bến Sậy", "Đông Lâu", "Tân Sông", "Gò Dâu", "Vĩnh Hoà", "An Thạnh", "Hoà Lam",
    "Đồng Nứa", "Suối Mây", "Bãi Ngự", "Trà Lũy", "Xuân Đài", "Yên Phụ", "Mỹ Khê", "Long Giang", "Thạch Bàn", "Kỳ Ổn",
)  # fmt: skip
TRADES = (
    "may", "da giày", "điện tử", "chế biến gỗ", "thuỷ sản", "cao su", "xây dựng", "vận tải", "y tế", "giáo dục", "dệt",
    "nhựa", "cơ khí", "bưu điện", "điện lực", "cấp nước", "môi trường đô thị", "khách sạn", "cảng biển", "thực phẩm",
)  # fmt: skip
SUBJECTS = (
    "công đoàn cơ sở", "tổ công đoàn", "ban chấp hành", "người lao động", "công nhân ca đêm", "nữ đoàn viên", "thợ trẻ",
    "tổ tư vấn pháp luật", "hội đồng an toàn", "nhà ăn tập thể", "đội văn nghệ", "quỹ trợ vốn", "lớp học buổi tối",
)  # fmt: skip
ACTIONS = (
    "thương lượng", "ký thoả ước", "đối thoại", "khảo sát", "tập huấn", "kiểm tra", "hỗ trợ", "thăm hỏi", "vận động",
    "giám sát", "bàn giao", "tổng kết", "khen thưởng", "hướng dẫn", "tiếp nhận ý kiến", "công khai", "rà soát",
)  # fmt: skip
MATTERS = (
    "tiền lương tối thiểu", "bữa ăn ca", "thưởng Tết", "giờ làm thêm", "bảo hiểm xã hội", "nhà ở công nhân", "nhà trẻ",
    "hợp đồng lao động", "khám sức khoẻ định kỳ", "phòng chống bệnh nghề nghiệp", "thẻ đoàn viên điện tử", "xe đưa đón",
    "lao động nữ", "tranh chấp tập thể", "kinh phí công đoàn", "đào tạo nâng bậc", "vệ sinh nơi làm việc",
    "nghỉ phép năm",
)  # fmt: skip
RESULTS = (
    "được giải quyết ngay tại chỗ", "có hiệu lực từ quý sau", "được ghi vào biên bản", "tăng so với năm trước",
    "giảm một phần ba", "được niêm yết ở bảng tin", "sẽ báo lại trong mười ngày", "áp dụng cho cả lao động thời vụ",
    "được cả hai bên ký nhận", "chờ ý kiến của cấp trên", "đã chuyển đến từng tổ", "được đa số biểu quyết tán thành",
)  # fmt: skip
FAMILY = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
)
MIDDLE = ("Văn", "Thị", "Đức", "Minh", "Thanh", "Ngọc", "Quốc", "Thu", "Hải", "Kim", "Xuân", "Hữu")
GIVEN = (
    "An",
    "Ánh",
    "Bình",
    "Chi",
    "Dũng",
    "Đào",
    "Giang",
    "Hạnh",
    "Hùng",
    "Khánh",
    "Lan",
    "Mai",
    "Nam",
    "Oanh",
    "Phúc",
    "Quý",
    "Sơn",
    "Thảo",
    "Tuấn",
    "Uyên",
    "Vinh",
    "Yến",
)
DOCUMENT_KINDS = (
    ("Nghị định", "NĐ-CP"),
    ("Kế hoạch", "KH-LĐLĐ"),
    ("Hướng dẫn", "HD-LĐLĐ"),
    ("Quyết định", "QĐ-LĐLĐ"),
    ("Thông tư", "TT-BNV"),
)


class Writer:
    """Writes titles, summaries and bodies from one stream of chance."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def _one(self, options: Sequence[str]) -> str:
        return self.random.choice(options)

    def person(self) -> str:
        """A made-up name."""
        return f"{self._one(FAMILY)} {self._one(MIDDLE)} {self._one(GIVEN)}"

    def number(self) -> str:
        """A count as Vietnamese newspapers print it."""
        value = self.random.choice((self.random.randint(3, 99), self.random.randint(100, 9999)))
        return f"{value:,}".replace(",", ".")

    def document(self) -> str:
        """A made-up document with a number of the usual form."""
        kind, suffix = self.random.choice(DOCUMENT_KINDS)
        return f"{kind} {self.random.randint(1, 400)}/{self.random.randint(2015, 2026)}/{suffix}"

    def title(self) -> str:
        """A headline."""
        place, trade, matter = self._one(PLACES), self._one(TRADES), self._one(MATTERS)
        action, subject = self._one(ACTIONS), self._one(SUBJECTS)
        patterns = (
            f"{place}: {self.number()} công nhân ngành {trade} {action} về {matter}",
            f"{subject.capitalize()} {place} {action} {matter} cho {self.number()} người",
            f"{matter.capitalize()} ở {place}: {self.number()} ý kiến, {self._one(RESULTS)}",
            f"Ngành {trade} {action} {matter}, {self.number()} đoàn viên {place} hưởng lợi",
            f"{self.number()} ngày theo chân {subject} ở {place}: chuyện {matter}",
        )
        return self._one(patterns)

    def sentence(self) -> str:
        """A sentence."""
        place, matter, trade, result = map(self._one, (PLACES, MATTERS, TRADES, RESULTS))
        patterns = (
            f"Tại {place}, {self._one(SUBJECTS)} đã {self._one(ACTIONS)} về {matter}, nội dung này {result}.",
            f"Theo {self.document()}, {matter} của ngành {trade} {result}.",
            f"Trong {self.number()} người được hỏi, hơn một nửa nhắc đến {matter}.",
            f"“Chúng tôi muốn {matter} được {self._one(ACTIONS)} sớm hơn”, {self.person()}, thợ ngành {trade}, nói.",
            f"{self._one(SUBJECTS).capitalize()} {place} dành {self.number()} triệu đồng cho {matter}.",
            f"Từ tháng {self.random.randint(1, 12)}, {matter} {result} ở {self.number()} doanh nghiệp.",
        )
        return self._one(patterns)

    def paragraph(self) -> str:
        """A paragraph of three to five sentences, as stored rich text."""
        return f"<p>{' '.join(self.sentence() for _ in range(self.random.randint(3, 5)))}</p>"

    def summary(self) -> str:
        """One or two sentences."""
        return " ".join(self.sentence() for _ in range(self.random.randint(1, 2)))[:400]

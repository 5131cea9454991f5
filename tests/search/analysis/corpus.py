"""Some ninety short documents of a trade union, and the ways in which a number of one of them is asked for."""

from datetime import UTC, datetime

from search.documents import SearchDocument

#: Title, and what is said about it. Each becomes one document of its own and three that repeat some of it.
TOPICS = [
    (
        "Chế độ thai sản của lao động nữ",
        "Lao động nữ sinh con được nghỉ thai sản sáu tháng. Trong thời gian nghỉ, người mẹ hưởng trợ cấp thai sản.",
    ),
    (
        "Chế độ ốm đau của người lao động",
        "Người lao động nghỉ việc vì ốm đau được hưởng chế độ theo số ngày nghỉ. Hồ sơ gồm giấy ra viện.",
    ),
    (
        "Nghỉ phép năm của người lao động",
        "Người lao động làm đủ một năm được nghỉ phép mười hai ngày và hưởng nguyên lương.",
    ),
    (
        "Đại hội công đoàn cơ sở nhiệm kỳ mới",
        "Đại hội công đoàn cơ sở bầu ban chấp hành gồm chín ủy viên. Đại biểu thảo luận về phương hướng hoạt động.",
    ),
    (
        "Kinh phí công đoàn hằng năm",
        "Doanh nghiệp trích nộp kinh phí công đoàn bằng hai phần trăm quỹ tiền lương. Kinh phí được nộp mỗi tháng.",
    ),
    (
        "Tiền lương làm thêm giờ vào ban đêm",
        "Làm thêm giờ vào ban đêm được trả tiền lương cao hơn ngày thường. Bảng lương phải công khai.",
    ),
    (
        "Thương lượng tập thể tại doanh nghiệp",
        "Công đoàn cơ sở thương lượng với doanh nghiệp để ký thỏa ước lao động tập thể có lợi cho người lao động.",
    ),
    (
        "Đoàn phí của đoàn viên công đoàn",
        "Đoàn viên đóng đoàn phí mỗi tháng. Tổ trưởng công đoàn thu đoàn phí và ghi vào sổ.",
    ),
    (
        "Tai nạn lao động và cách khai báo",
        "Khi xảy ra tai nạn lao động, người sử dụng lao động phải khai báo ngay và giữ nguyên hiện trường.",
    ),
    (
        "Bảo hiểm thất nghiệp cho người mất việc",
        "Người mất việc nộp hồ sơ hưởng bảo hiểm thất nghiệp trong ba tháng. Trợ cấp thất nghiệp trả theo tháng.",
    ),
    (
        "Hòa giải tranh chấp lao động",
        "Hòa giải viên mời hai bên đến hòa giải tranh chấp lao động. Biên bản hòa giải có chữ ký của hai bên.",
    ),
    (
        "Khám sức khỏe định kỳ cho công nhân",
        "Công nhân làm việc nặng nhọc được khám sức khỏe hai lần mỗi năm. Bác sĩ ghi kết quả vào sổ sức khỏe.",
    ),
    (
        "Nhà ở xã hội dành cho công nhân",
        "Công nhân thu nhập thấp được thuê nhà ở xã hội gần khu công nghiệp. Mỗi căn hộ rộng ba mươi mét vuông.",
    ),
    (
        "Quà Tết cho công nhân xa quê",
        "Liên đoàn lao động tặng quà Tết cho công nhân khó khăn. Chuyến xe nghĩa tình đưa công nhân về quê.",
    ),
    (
        "Hợp đồng lao động và thời gian thử việc",
        "Hợp đồng lao động ghi rõ công việc và thời gian thử việc. Tiền lương thử việc do hai bên thỏa thuận.",
    ),
    (
        "Giải bóng đá công nhân viên chức lao động",
        "Giải bóng đá có mười sáu đội của các công đoàn cơ sở. Trận chung kết đá vào sáng chủ nhật.",
    ),
    (
        "Kỹ thuật an toàn trong xưởng dệt",
        "Thợ dệt học kỹ thuật an toàn trước khi đứng máy. Mũ bảo hộ và găng tay được phát miễn phí.",
    ),
]
#: Number, what a title says of it, date.
BORNE = [
    ("145/2020/NĐ-CP", "Nghị định 145/2020/NĐ-CP về điều kiện lao động", "2020-12-14"),
    ("245/2018/NĐ-CP", "Nghị định về quản lý chi phí số 245/2018/NĐ-CP", "2018-03-01"),
    ("145/2018/NĐ-CP", "Nghị định 145/2018/NĐ-CP về canh tác lúa", "2018-10-12"),
    ("145/2020/TT-BTC", "Thông tư 145/2020/TT-BTC về biểu mẫu", "2020-06-02"),
    ("749/QĐ-TTg", "Quyết định số 749/QĐ-TTg về chương trình chuyển đổi số", "2020-06-03"),
    ("02-NQ/TU", "Nghị quyết 02-NQ/TU về nhà ở của công nhân", "2021-04-20"),
    ("03/CTrHĐ-LĐLĐ", "Chương trình hành động 03/CTrHĐ-LĐLĐ", "2023-02-07"),
    ("57/2020/QH14", "Luật 57/2020/QH14", "2020-06-16"),
    ("08/2021/TT-BLĐTBXH", "Thông tư 08/2021/TT-BLĐTBXH", "2021-08-05"),
    ("1908/QĐ-TLĐ", "Quyết định 1908/QĐ-TLĐ về quản lý tài chính công đoàn", "2016-12-19"),
    ("31/HD-TLĐ", "Hướng dẫn 31/HD-TLĐ về xây dựng kế hoạch", "2022-05-09"),
    ("02/2020/UBTVQH14", "Pháp lệnh 02/2020/UBTVQH14 về ưu đãi", "2020-12-09"),
    ("02/2020/TT-BXD", "Thông tư 02/2020/TT-BXD về định mức", "2020-07-20"),
    (
        "07/2018/TTLT-BCA-BQP-TANDTC-VKSNDTC-BTC",
        "Thông tư liên tịch 07/2018/TTLT-BCA-BQP-TANDTC-VKSNDTC-BTC",
        "2018-02-09",
    ),
    (
        "07/2018/TTLT-BCA-BQP-TANDTC-VKSNDTC-BNV",
        "Thông tư liên tịch 07/2018/TTLT-BCA-BQP-TANDTC-VKSNDTC-BNV",
        "2018-04-03",
    ),
    ("12/KH-LĐLĐ", "Kế hoạch 12/KH-LĐLĐ tổ chức Tháng Công nhân", "2024-03-11"),
]
DATED = "page:9100"


def document(number: int, title: str, text: str = "", day: str = "2024-05-01", **fields) -> SearchDocument:
    return SearchDocument(
        key=f"page:{number}",
        kind="tin-bai",
        title=title,
        url=f"/bai/{number}/",
        text=text,
        date=datetime.fromisoformat(day).replace(tzinfo=UTC),
        **fields,
    )


def key_of(number: str) -> str:
    """The document that bears a number."""
    return f"page:{9_000 + [borne for borne, _title, _day in BORNE].index(number)}"


def documents() -> list[SearchDocument]:
    made = []
    for place, (title, text) in enumerate(TOPICS):
        first, _dot, rest = text.partition(". ")
        made.append(document(place, title, text))
        made.append(document(100 + place, f"Hỏi đáp: {title}", f"Bạn đọc hỏi về việc này. {first}."))
        made.append(document(200 + place, f"Hội nghị trao đổi số {place}", f"Hội nghị bàn nhiều việc. {rest or first}"))
        made.append(document(300 + place, f"Bản tin quý {place}", f"{text} Bản tin cũng nói về: {title}."))
    for place, (number, title, day) in enumerate(BORNE):
        made.append(document(9_000 + place, title, "Văn bản có hiệu lực từ ngày ký.", day, numbers=(number,)))
        cited = f"Công đoàn cơ sở thực hiện {title}. Mọi việc theo đúng {number}, căn cứ {number}."
        made.append(document(9_200 + place, f"Triển khai {number} tại cơ sở", cited, "2024-01-15"))
    made.append(document(9_100, "Hội nghị tổng kết phong trào", "Hội nghị ngày 16/12/2025 tại hội trường lớn."))
    return made


def spellings(number: str) -> set[str]:
    """Ways to ask for a number: whole and in parts, glued and apart, with and without marks."""
    head, _slash, suffix = number.partition("/")
    digits, year = head, ""
    if "-" in head:
        digits, _dash, kind = head.partition("-")
        suffix = f"{kind}/{suffix}"
    elif suffix[:4].isdigit():
        year, _slash, suffix = suffix.partition("/")
    apart = suffix.replace("/", " ").replace("-", " ")
    whole = f"{digits} {year} {apart}" if year else f"{digits} {apart}"
    bare = whole.translate(UNMARKED).lower()
    glued = "".join(apart.split())
    slashed = f"{digits}/{year}" if year else digits
    return {
        number,
        number.lower(),
        number.upper(),
        number.translate(UNMARKED).lower(),
        number.replace("/", " / ").replace("-", " - "),
        number.replace("-", "–"),
        whole,
        bare,
        bare.replace(" ", "-"),
        f"số {number}",
        f"văn bản {number}",
        f"  {number}?",
        f"0{number}",
        f"{slashed}/{glued}",
        f"{slashed}/{glued.translate(UNMARKED).lower()}",
    }


UNMARKED = str.maketrans("ĐđÀ", "DdA")

"""What the journeys write: a page of every type, in real Vietnamese, with every block."""

from dataclasses import dataclass, field
from typing import Any

from contests.models import ContestIndexPage, ContestPage
from core.text import vietnamese_slug
from events.models import EventIndexPage, EventPage
from frames.models import FrameIndexPage, FramePage
from home.models import HomePage, StandardPage
from infographics.models import InfographicIndexPage, InfographicPage, InfographicSeriesPage
from news.models import ArticlePage, NewsIndexPage, PhotoStoryPage, SectionPage, VideoPage
from organisations.models import UnitIndexPage, UnitPage
from policies.models import ExplainerPage, PolicyIndexPage, ProcedureIndexPage, ProcedurePage
from tests.e2e.editing import Chosen, NewFile, NewFrame, NewPicture, Rich, Table
from training.models import ClassPage, CoursePage, LessonPage, MaterialPage, TrainingIndexPage

SECTION = "/tin-tuc/viec-lam-tien-luong/"
OTHER_SECTION = "/tin-tuc/doi-song-doan-vien/"
UNIT_NAME = "Công đoàn Công ty Nước mắm Đông Hải"
UNIT_SHORT_NAME = "Nước mắm Đông Hải"
#: Choices, addresses and switches: readers see what they do, not their words.
NOT_READ = {"kind", "url", "status", "layout", "show_procedures", "is_hot", "is_featured", "video_url", "slug"}
NOT_READ |= {"start", "end", "alt", "rounds-0-opens_at", "rounds-0-closes_at"}
#: Read on the card and in lists, not on the page.
ON_CARDS = {"who", "effective_from"}


@dataclass(frozen=True)
class Story:
    """A page to be written: where, what into which field, which blocks, and where readers should find it."""

    model: Any
    parent: str
    title: str
    fields: dict[str, Any]
    streams: dict[str, list[tuple[str, Any]]] = field(default_factory=dict)
    listed: tuple[str, ...] = ()

    @property
    def is_created(self) -> bool:
        """Whether editors make such pages; the fixed ones are only edited."""
        return not self.model.max_count

    @property
    def is_of_unit(self) -> bool:
        """Whether the page presents a unit, which has an address and a page without words already."""
        return "unit" in self.fields

    @property
    def address(self) -> str:
        """Where the page stands: where its address field, filled in while the title was typed, says."""
        if not self.is_created:
            return self.parent
        return f"{self.parent}{vietnamese_slug(UNIT_SHORT_NAME if self.is_of_unit else self.title)}/"

    @property
    def sign(self) -> str:
        """Words by which a reader sees that the new version is there."""
        return self.title if self.is_created and not self.is_of_unit else self.fields.get("summary", "")

    @property
    def name(self) -> str:
        """The type, as ``manage.py urls`` names it."""
        return self.model._meta.label

    def words(self) -> list[str]:
        """Everything an editor typed that a reader should find on the page."""
        typed = [*filter(None, [self.title]), *told(self.fields)]
        for blocks in self.streams.values():
            typed += told([value for _kind, value in blocks])
        return typed

    def pictures(self) -> list[str]:
        """The text alternatives of the pictures uploaded for the page, but for a cover."""
        found: list[str] = []
        for blocks in self.streams.values():
            found += [value["image"].alt for _kind, value in blocks if isinstance(value, dict) and _uploaded(value)]
        return found


def _uploaded(value: dict[str, Any]) -> bool:
    return isinstance(value.get("image"), NewPicture)


def told(value: Any) -> list[str]:
    """The words in what goes into a field."""
    match value:
        case dict():
            return [word for key, part in value.items() if key not in NOT_READ | ON_CARDS for word in told(part)]
        case list():
            return [word for part in value for word in told(part)]
        case Rich():
            return list(value.paragraphs)
        case Table():
            return [heading for _kind, heading in value.columns] + [cell for row in value.rows for cell in row]
        case str():
            return [value]
    return []


def cover(title: str, alt: str) -> NewPicture:
    """A cover picture to upload."""
    return NewPicture(title, alt)


LIBRARY = [
    {"image": Chosen("Tan ca"), "caption": "Cổng số 2 lúc mười bảy giờ, trời còn sáng."},
    {"image": Chosen("Mùa gặt"), "caption": "Con em công nhân về quê gặt giúp bà."},
]

ARTICLE = Story(
    ArticlePage,
    SECTION,
    "Đoàn viên Đồng Nứa được ứng lương sớm trước mùa bão",
    {
        "summary": "Ba nghìn hai trăm thợ may được ứng nửa tháng lương để chằng chống nhà cửa, không phải trả lãi.",
        "cover": cover("Chằng chống nhà trước bão", "Hai thợ may buộc lại mái tôn của một dãy phòng trọ."),
        "cover_caption": "Dãy trọ của công nhân ở xã Đồng Nứa, chiều 20 tháng 11.",
        "main_topic": Chosen("Tiền lương"),
        "is_featured": True,
    },
    {
        "body": [
            (
                "paragraph",
                Rich(
                    "Sáng thứ Hai, phòng nhân sự dán bảng ứng lương ngay ở cổng xưởng.",
                    "Đến trưa, hơn tám trăm người đã ghi tên; ai cần gấp thì nhận tiền trong ngày.",
                ),
            ),
            ("heading", {"text": "Ứng trước, trừ dần trong ba tháng"}),
            (
                "image",
                {
                    "image": NewPicture("Bảng ứng lương ở cổng xưởng", "Tấm bảng ghi tên thợ ứng lương dựng ở cổng."),
                    "caption": "Bảng ứng lương được thay mỗi giờ một lần.",
                },
            ),
            ("gallery", {"title": "Một ngày ở Đồng Nứa", "items": LIBRARY}),
            (
                "quote",
                {
                    "text": "Có tiền trong tay từ hôm trước thì người ta mới dám đi mua dây, mua tôn.",
                    "speaker": "Đỗ Thị Thuỷ",
                    "role": "Tổ trưởng tổ công đoàn chuyền 9",
                },
            ),
            (
                "table",
                {
                    "caption": "Mức ứng theo bậc thợ, đồng",
                    "table": Table(
                        (("text", "Bậc thợ"), ("number", "Mức ứng")), (("Bậc 3", "3.100.000"), ("Bậc 5", "4.250.000"))
                    ),
                    "source": "Phòng nhân sự công ty",
                },
            ),
            (
                "document",
                {
                    "document": NewFile("Thoả thuận ứng lương mùa bão"),
                    "title": "Bản thoả thuận đã ký",
                    "note": "Ký ngày 18 tháng 11",
                },
            ),
            (
                "video",
                {
                    "url": "https://www.youtube.com/watch?v=aqz-KE-bpKQ",
                    "title": "Buộc mái tôn đúng cách trong bốn phút",
                    "poster": Chosen("Tiếp tế vùng lũ"),
                    "duration": "4:08",
                    "transcript": Rich("Luồn dây qua xà gồ trước, rồi mới kéo sang hai bên."),
                },
            ),
            (
                "callout",
                {"kind": "warn", "title": "Đừng ký giấy trắng", "text": Rich("Phiếu ứng phải ghi số tiền và kỳ trừ.")},
            ),
            (
                "steps",
                {
                    "title": "Muốn ứng lương, làm ba việc",
                    "items": [
                        {"title": "Ghi tên ở cổng xưởng", "text": Rich("Mang theo thẻ công nhân.")},
                        {"title": "Ký phiếu ứng", "text": Rich("Đọc kỹ kỳ trừ trước khi ký.")},
                        {"title": "Nhận tiền qua tài khoản", "text": Rich("Trong vòng một ngày làm việc.")},
                    ],
                },
            ),
            (
                "facts",
                {
                    "items": [
                        {"label": "Người được ứng", "value": "3.200"},
                        {"label": "Lãi phải trả", "value": "0 đồng"},
                    ]
                },
            ),
            (
                "hotline",
                {
                    "name": "Đường dây giúp thợ mùa bão",
                    "phone": "1800 0077",
                    "hours": "6:00–22:00",
                    "note": "Gọi không mất tiền",
                },
            ),
            (
                "links",
                {
                    "title": "Tra cứu thêm",
                    "items": [
                        {
                            "title": "Tin bão mới nhất",
                            "url": "https://example.org/bao",
                            "description": "Cập nhật ba giờ một lần",
                        }
                    ],
                },
            ),
            ("related", {"title": "Đọc tiếp", "pages": [Chosen("Kết nạp đoàn viên ngay tại cổng nhà máy")]}),
        ]
    },
    listed=("/", "/tin-tuc/", SECTION),
)

PHOTO_STORY = Story(
    PhotoStoryPage,
    "/tin-tuc/phong-su-anh/",
    "Bến cá Đông Hải khi gió mùa về",
    {
        "summary": "Ba giờ sáng, nghiệp đoàn bốc xếp đã xuống bến, đèn pin buộc trên trán.",
        "cover": cover("Bến cá lúc ba giờ sáng", "Phu bốc xếp đứng thành hàng chuyền những khay cá."),
        "is_hot": True,
    },
    {
        "body": [("paragraph", Rich("Mỗi chuyến ghe về là một cuộc chạy đua với đá lạnh."))],
        "photos": [
            (
                "photo",
                {
                    "image": NewPicture("Khay cá đầu tiên", "Một người phụ nữ đỡ khay cá còn ướt nước."),
                    "caption": "Khay cá đầu tiên lên bờ lúc 3 giờ 10.",
                    "credit": "Ảnh: Lê Đức Đồng",
                },
            ),
            *(("photo", picture) for picture in LIBRARY),
        ],
    },
    listed=("/", "/tin-tuc/", "/tin-tuc/phong-su-anh/"),
)

VIDEO = Story(
    VideoPage,
    "/tin-tuc/video/",
    "Một buổi thương lượng ở xưởng gỗ, quay từ đầu đến cuối",
    {
        "summary": "Hai bên ngồi bốn giờ, ra về với bảng lương mới và một cái bắt tay.",
        "cover": cover("Bàn thương lượng ở xưởng gỗ", "Hai hàng người ngồi đối diện nhau bên bàn gỗ dài."),
        "video_url": "https://youtu.be/aqz-KE-bpKQ",
        "duration": "6:42",
        "transcript": Rich("Chúng tôi đề nghị mở bảng lương ra trước đã.", "Được, hai bên cùng xem một con số."),
    },
    {
        "body": [
            ("paragraph", Rich("Đoạn phim do chính công nhân quay bằng điện thoại.")),
            ("callout", {"kind": "info", "title": "Xem có phụ đề", "text": Rich("Lời thoại đầy đủ ở cuối trang.")}),
        ]
    },
    listed=("/", "/tin-tuc/", "/tin-tuc/video/"),
)

NEW_SECTION = Story(
    SectionPage,
    "/tin-tuc/",
    "Đất và nước Đồng Nứa",
    {
        "summary": "Chuyện của những người làm công ăn lương ở vùng chiêm trũng.",
        "cover": cover("Cánh đồng chiêm trũng", "Ruộng lúa ngập nước dưới trời xám."),
    },
)

EXPLAINER = Story(
    ExplainerPage,
    "/chinh-sach/",
    "Nghỉ bão có được trả lương không?",
    {
        "summary": "Công ty cho nghỉ vì bão thì lương ngừng việc do hai bên thoả thuận, nhưng không được thấp hơn sàn.",
        "cover": cover("Xưởng đóng cửa tránh bão", "Cổng xưởng khép lại, bao cát chặn trước cửa."),
        "effective_from": "01/01/2026",
        "who": "Người làm theo hợp đồng lao động",
        "reviewed_on": "20/11/2026",
    },
    {
        "facts": [
            ("fact", {"label": "Từ khi nào", "value": "1/1/2026"}),
            ("fact", {"label": "Ít nhất", "value": "Lương tối thiểu vùng"}),
        ],
        "changed": [
            (
                "before_after",
                {
                    "before_title": "Trước kia",
                    "before_text": Rich("Nhiều nơi coi nghỉ bão là nghỉ không lương."),
                    "after_title": "Bây giờ",
                    "after_text": Rich("Mười bốn ngày đầu không được trả dưới mức sàn."),
                },
            ),
            ("paragraph", Rich("Quy định này áp dụng cả khi chỉ một phần xưởng phải dừng máy.")),
        ],
        "affected": [
            ("paragraph", Rich("Người làm toàn thời gian và người làm theo ca đều được hưởng.")),
            ("facts", {"items": [{"label": "Số ngày đầu được bảo đảm", "value": "14"}]}),
        ],
        "todo": [
            ("steps", {"items": [{"title": "Giữ thông báo nghỉ", "text": Rich("Chụp lại tin nhắn của tổ trưởng.")}]}),
            ("hotline", {"name": "Hỏi luật sư của công đoàn", "phone": "1800 0042", "hours": "7:30–17:00"}),
        ],
        "basis": [
            (
                "basis",
                {
                    "number": "45/2019/QH14",
                    "kind": "Bộ luật",
                    "title": "Bộ luật Lao động",
                    "articles": "Điều 99",
                    "status": "in_force",
                },
            )
        ],
        "questions": [
            (
                "question",
                {"question": "Đi làm bù thì tính thế nào?", "answer": Rich("Tính như ngày làm việc bình thường.")},
            ),
            (
                "question",
                {"question": "Nghỉ ba tuần thì sao?", "answer": Rich("Từ ngày mười lăm, hai bên thoả thuận.")},
            ),
        ],
    },
    listed=("/", "/chinh-sach/"),
)

PROCEDURE = Story(
    ProcedurePage,
    "/chinh-sach/thu-tuc/",
    "Xin hỗ trợ sửa nhà sau bão cho đoàn viên",
    {
        "summary": "Đoàn viên có nhà tốc mái được hỗ trợ một lần, hồ sơ một trang.",
        "cover": cover("Mái nhà tốc sau bão", "Ngôi nhà cấp bốn mất nửa mái tôn."),
        "time_limit": "5 ngày làm việc",
        "fee": "Không mất tiền",
        "result": "Tiền hỗ trợ chuyển vào tài khoản",
        "place": Rich("Văn phòng công đoàn cơ sở, tầng 1 nhà điều hành."),
    },
    {
        "steps": [
            ("step", {"title": "Chụp ảnh căn nhà", "text": Rich("Ba tấm: trước, sau và mái.")}),
            ("step", {"title": "Nộp đơn cho tổ trưởng", "text": Rich("Đơn viết tay cũng được nhận.")}),
        ],
        "papers": [("paper", {"name": "Đơn đề nghị hỗ trợ", "copies": "1 bản", "note": "Có chữ ký tổ trưởng"})],
        "forms": [("form", {"name": "Mẫu đơn hỗ trợ sửa nhà", "document": NewFile("Mẫu HT-07"), "note": "Điền tay"})],
        "body": [
            (
                "table",
                {
                    "caption": "Mức hỗ trợ, đồng",
                    "table": Table((("text", "Thiệt hại"), ("number", "Mức")), (("Tốc mái một phần", "5.000.000"),)),
                },
            ),
            ("quote", {"text": "Sáng nộp đơn, chiều hôm sau đã có người đến xem nhà."}),
        ],
        "basis": [
            (
                "basis",
                {"number": "118/QĐ-LĐLĐ", "kind": "Quyết định", "title": "Quy chế quỹ tương trợ", "status": "in_force"},
            )
        ],
        "questions": [
            ("question", {"question": "Thuê trọ có được xét không?", "answer": Rich("Có, nếu đồ đạc hư hỏng.")})
        ],
    },
    listed=("/", "/chinh-sach/", "/chinh-sach/thu-tuc/"),
)

UNIT = Story(
    UnitPage,
    "/don-vi/",
    UNIT_NAME,
    {
        "summary": "Bốn trăm người muối cá, ủ chượp và đóng chai bên cửa biển.",
        "cover": cover("Sân ủ chượp", "Những chum nước mắm xếp hàng dưới nắng."),
        "unit": Chosen(UNIT_SHORT_NAME),
    },
    {
        "body": [
            ("paragraph", Rich("Công đoàn họp với giám đốc vào thứ Sáu đầu tháng.")),
            (
                "image",
                {
                    "image": NewPicture("Bữa trưa ở sân ủ", "Công nhân ăn trưa dưới mái che cạnh sân ủ."),
                    "caption": "Bữa trưa có cá tươi mỗi ngày.",
                },
            ),
            ("facts", {"items": [{"label": "Đoàn viên", "value": "402"}]}),
        ]
    },
    listed=("/don-vi/",),
)

STANDARD = Story(
    StandardPage,
    "/",
    "Về ban biên tập Đông Hải",
    {
        "summary": "Ai viết cho cổng thông tin này, và làm sao để góp bài.",
        "cover": cover("Phòng biên tập", "Bốn người ngồi quanh chiếc bàn đầy báo."),
        "cover_caption": "Buổi họp tin sáng thứ Hai.",
    },
    {
        "body": [
            ("heading", {"text": "Gửi bài cho chúng tôi"}),
            ("paragraph", Rich("Bài của đoàn viên được đọc trong hai ngày.")),
            ("quote", {"text": "Cứ kể thật, phần chữ nghĩa để chúng tôi lo.", "speaker": "Đặng Văn Đức"}),
            (
                "links",
                {"title": "Xem thêm", "items": [{"title": "Cách chụp ảnh đẹp", "url": "https://example.org/anh"}]},
            ),
        ]
    },
)

SERIES = Story(
    InfographicSeriesPage,
    "/infographic/",
    "Mùa bão qua các con số",
    {
        "summary": "Mỗi tuần một hình, cả mùa bão.",
        "cover": cover("Bản đồ đường đi của bão", "Đường cong của một cơn bão đi vào bờ."),
    },
)

INFOGRAPHIC = Story(
    InfographicPage,
    "/infographic/",
    "Thợ may Đồng Nứa ứng lương mùa bão",
    {
        "summary": "Bốn xưởng, ba nghìn hai trăm người, trong năm ngày.",
        "text_alternative": Rich("Xưởng số một có đông người ứng lương nhất, gấp đôi xưởng số bốn."),
        "explained_in": Chosen("Kết nạp đoàn viên ngay tại cổng nhà máy"),
    },
    {
        "panels": [
            (
                "chart",
                {
                    "kind": "bar",
                    "title": "Ai đã ứng lương",
                    "subtitle": "Số người, theo xưởng",
                    "table": Table(
                        (("text", "Xưởng"), ("number", "Số người")),
                        (("Xưởng 1", "1.200"), ("Xưởng 4", "600")),
                    ),
                    "source": "Phòng nhân sự Đồng Nứa",
                },
            ),
            (
                "picture",
                {
                    "image": NewPicture("Tờ rơi về ứng lương", "Tờ rơi vẽ bốn bước ứng lương."),
                    "alt": "Tờ rơi vẽ bốn bước ứng lương.",
                },
            ),
        ],
        "sources": [("source", {"text": "Bảng ứng lương tháng mười một", "url": "https://example.org/ung-luong"})],
    },
    listed=("/infographic/",),
)

FRAME = Story(
    FramePage,
    "/khung-anh/",
    "Khung ảnh mùa bão Đồng Nứa",
    {
        "summary": "Thay ảnh đại diện để nhắc nhau chằng mái trước giờ bão vào.",
        "frame": NewFrame("Khung mùa bão", "Khung đỏ, chỗ trống ở giữa."),
        "words_to_post": "Nhà ai nấy chằng, mái ai nấy buộc.",
        "about": Rich("Ai thay ảnh trước thứ Sáu thì được một cuộn dây chằng."),
    },
    listed=("/khung-anh/",),
)

COURSE = Story(
    CoursePage,
    "/dao-tao/",
    "Đi bão về nhà an toàn",
    {
        "summary": "Hai bài ngắn cho tổ trưởng trước mùa bão.",
        "cover": cover("Tổ trưởng cầm loa", "Một tổ trưởng cầm loa tay đứng trước dãy xe ca."),
        "audience": "tổ trưởng và tài xế xe ca",
    },
    {"body": [("paragraph", Rich("Khoá học viết lại từ ba mùa bão ở Đồng Nứa."))]},
    listed=("/dao-tao/",),
)

LESSON = Story(
    LessonPage,
    "/dao-tao/thuong-luong-luong/",
    "Đọc lại biên bản của buổi trước",
    {"summary": "Mười phút trước giờ họp, cả tổ cùng đọc lại.", "minutes": "9"},
    {
        "body": [
            ("paragraph", Rich("Mỗi người đọc một đoạn, gạch dưới điều còn nợ.")),
            ("callout", {"kind": "info", "title": "Mẹo nhỏ", "text": Rich("Ghi số trang ra lề.")}),
        ]
    },
    listed=("/dao-tao/thuong-luong-luong/",),
)

CLASS = Story(
    ClassPage,
    "/dao-tao/",
    "Một buổi sơ cứu cho tổ trưởng Đồng Nứa",
    {
        "summary": "Băng bó, ép tim, gọi người: làm thử trên hình nộm.",
        "cover": cover("Ép tim trên hình nộm", "Hai người quỳ bên một hình nộm nằm trên chiếu."),
        "audience": "tổ trưởng và an toàn viên",
        "start": "11/12/2027 08:00",
        "end": "11/12/2027 11:30",
        "place": "Nhà văn hoá xã Đồng Nứa, phòng lớn",
        "hours": "3 giờ 30 phút",
    },
    {"body": [("paragraph", Rich("Mặc quần áo dễ cử động, mang theo nước uống."))]},
    listed=("/dao-tao/",),
)

MATERIAL = Story(
    MaterialPage,
    "/dao-tao/",
    "Tờ gấp chằng chống nhà cửa",
    {"summary": "Gấp làm ba, bỏ vừa túi áo.", "audience": "mọi đoàn viên"},
    {
        "parts": [
            ("slides", {"document": NewFile("Tờ gấp MB-03"), "title": "Tờ gấp in hai mặt", "note": "Giấy A4"}),
            ("link", {"url": "https://example.org/chang-chong", "title": "Phim hướng dẫn", "note": "Bốn phút"}),
        ],
        "body": [("paragraph", Rich("In màu hay đen trắng đều đọc rõ."))],
    },
    listed=("/dao-tao/",),
)

CONTEST = Story(
    ContestPage,
    "/cuoc-thi/",
    "Đố vui mùa bão Đồng Nứa",
    {
        "summary": "Năm câu, mười phút, ai cũng dự được.",
        "cover": cover("Cúp bằng vỏ lon", "Chiếc cúp làm bằng vỏ lon sơn vàng."),
        "audience": "gia đình đoàn viên Đồng Nứa",
        "rounds-0-title": "Vòng duy nhất",
        "rounds-0-opens_at": "01/12/2027 08:00",
        "rounds-0-closes_at": "05/12/2027 20:00",
        "rounds-0-bank": Chosen("Hiểu luật để bảo vệ mình"),
        "rounds-0-questions": "5",
    },
    {"body": [("paragraph", Rich("Kết quả đọc trên loa phường vào sáng Chủ nhật."))]},
    listed=("/cuoc-thi/",),
)

EVENT = Story(
    EventPage,
    "/lich-cong-tac/",
    "Diễn tập đưa thợ may về nhà trước bão",
    {
        "summary": "Cả xưởng tập một lần cho quen: ai lên xe nào, đi đường nào.",
        "kind": "hoat-dong",
        "start": "11/12/2027 14:00",
        "end": "11/12/2027 16:30",
        "place": "Sân xe ca xã Đồng Nứa",
        "chair": "Đỗ Thị Thuỷ, tổ trưởng chuyền 9",
        "participants": "Bốn mươi tổ trưởng và mười hai tài xế",
        "cover": cover("Hàng xe ca chờ thợ", "Ba chiếc xe ca đỗ hàng dọc trong sân."),
    },
    {
        "agenda": [
            ("part", {"title": "Trước khi xe lăn bánh"}),
            ("item", {"time": "14:10", "what": "Điểm danh theo tuyến", "who": "Các tổ trưởng"}),
        ],
        "papers": [
            ("paper", {"document": NewFile("Sơ đồ DT-07"), "title": "Sơ đồ mười hai tuyến xe", "note": "In khổ A3"}),
        ],
        "body": [("paragraph", Rich("Ai say xe thì báo trước một ngày."))],
    },
    listed=("/lich-cong-tac/danh-sach/", "/lich-cong-tac/2027/12/"),
)

#: The fixed pages, which are edited and never created: the new summary is what readers should see.
FRONT_PAGE = Story(
    HomePage,
    "/",
    "",
    {},
    {
        "bands": [
            ("policy", {"show_procedures": True}),
            ("section", {"section": Chosen("Việc làm – Tiền lương"), "layout": "big_rows"}),
            ("media", None),
            ("section", {"section": Chosen("Đời sống đoàn viên"), "layout": "three"}),
            ("units", None),
        ]
    },
)
INDEXES = [
    Story(
        model,
        address,
        title,
        {"summary": summary, "cover": cover(f"Ảnh bìa: {title}", f"Hình vẽ cho mục {title}.")},
    )
    for model, address, title, summary in (
        (NewsIndexPage, "/tin-tuc/", "Tin tức", "Mọi tin của công đoàn tỉnh, mới nhất ở trên cùng."),
        (PolicyIndexPage, "/chinh-sach/", "Chính sách", "Luật lệ bằng lời dễ hiểu, có số văn bản để tra."),
        (ProcedureIndexPage, "/chinh-sach/thu-tuc/", "Thủ tục", "Cần giấy gì, nộp ở đâu, bao lâu thì xong."),
        (TrainingIndexPage, "/dao-tao/", "Đào tạo", "Học trên điện thoại, lúc nào cũng được."),
        (ContestIndexPage, "/cuoc-thi/", "Cuộc thi", "Thi trên điện thoại, rút thăm ai cũng kiểm tra được."),
        (EventIndexPage, "/lich-cong-tac/", "Lịch công tác", "Tuần này họp gì, ở đâu, ai chủ trì."),
        (FrameIndexPage, "/khung-anh/", "Khung ảnh đại diện", "Chọn khung, ghép ảnh, tải về trong một phút."),
        (InfographicIndexPage, "/infographic/", "Infographic", "Chính sách và số liệu, vẽ thành hình."),
        (UnitIndexPage, "/don-vi/", "Đơn vị", "Từ liên đoàn tỉnh đến tổ công đoàn trong xưởng."),
    )
]

CREATED = [
    *(NEW_SECTION, PHOTO_STORY, VIDEO, EXPLAINER, PROCEDURE, STANDARD, UNIT),
    *(SERIES, INFOGRAPHIC, FRAME, COURSE, LESSON, CLASS, MATERIAL, CONTEST, EVENT, ARTICLE),
]
EDITED = [FRONT_PAGE, *INDEXES]

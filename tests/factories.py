"""Makes what tests need, with sensible defaults; each maker takes any further field as a keyword."""

import io
import json
from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts import consents
from accounts.models import Consent, User
from contests import entering
from contests.entering import Entrant, judge
from contests.models import Answer, ContestIndexPage, ContestPage, Entry, Prize, Round
from core.text import vietnamese_slug
from documents.models import PortalDocument
from documents.uploads import checked
from events.models import EventIndexPage, EventPage
from frames.models import FrameIndexPage, FramePage
from home.models import HomePage, StandardPage
from images.models import PortalImage
from infographics.blocks import PREVIEW
from infographics.models import InfographicIndexPage, InfographicPage
from news.models import ArticlePage, NewsIndexPage, PhotoStoryPage, SectionPage, VideoPage
from organisations.models import Person, Unit, UnitAssignment, UnitIndexPage, UnitPage
from organisations.roles import Role
from pages.models import BasePage
from policies.models import ExplainerPage, PolicyIndexPage, ProcedureIndexPage, ProcedurePage
from taxonomy.models import Topic
from training.certificates.codes import new_code
from training.models import (
    ClassPage,
    CoursePage,
    LessonPage,
    MaterialPage,
    Question,
    QuestionBank,
    QuestionOption,
    QuizPart,
    Registration,
    TrainingIndexPage,
)

PASSWORD = "một mật khẩu đủ dài"
YOUTUBE = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
_numbers = count(1)


def make_user(role: Role | None = None, *units: Unit, **fields: Any) -> User:
    """A user in a role's group, assigned to units."""
    number = next(_numbers)
    fields = {
        "username": f"nguoi-dung-{number}",
        "email": f"nguoi-dung-{number}@example.org",
        "last_name": "Nguyễn Văn",
        "first_name": f"Bình {number}",
        **fields,
    }
    user = User.objects.create_user(password=PASSWORD, **fields)
    if role:
        user.groups.add(Group.objects.get(name=role.value))
    for unit in units:
        UnitAssignment.objects.create(unit=unit, user=user)
    return user


def make_member(unit: Unit | None = None, *, agreed: bool = True, **fields: Any) -> User:
    """A member who has opened the account and, unless told otherwise, agreed to how data are handled."""
    fields.setdefault("member_code", f"09{next(_numbers):08d}")
    user = make_user(None, unit=unit, consent_version=0, **{"email": "", **fields})
    if agreed:
        consents.give(user, Consent.Occasion.ACTIVATION)
    return user


def make_superuser(**fields: Any) -> User:
    return make_user(is_superuser=True, is_staff=True, **fields)


@lru_cache
def png_bytes(width: int = 320, height: int = 180, colour: str = "#0b3a75") -> bytes:
    output = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(output, "PNG")
    return output.getvalue()


def make_image(title: str = "Công nhân ca sáng", **fields: Any) -> PortalImage:
    name = fields.pop("name", f"anh-{next(_numbers)}.png")
    width, height = fields.pop("size", (320, 180))
    colour = fields.pop("colour", "#0b3a75")
    file = ImageFile(io.BytesIO(png_bytes(width, height, colour)), name=name)
    fields = {"description": "Công nhân đứng trước cổng nhà máy", "credit": "Ảnh: Ban Tuyên giáo", **fields}
    return PortalImage.objects.create(title=title, file=file, **fields)


def make_frame_picture(*, border: int = 80, size: tuple[int, int] = (1080, 1080), **fields: Any) -> PortalImage:
    """A red border around nothing."""
    frame = Image.new("RGBA", size, "#b81d16")
    frame.paste((0, 0, 0, 0), (border, border, size[0] - border, size[1] - border))
    made = io.BytesIO()
    frame.save(made, "PNG")
    file = ImageFile(io.BytesIO(made.getvalue()), name=f"khung-{next(_numbers)}.png")
    fields = {"title": "Khung đỏ", "description": "Một khung đỏ", **fields}
    return PortalImage.objects.create(file=file, **fields)


def lose_file(image: PortalImage) -> None:
    """Delete the file behind a picture, as a broken disk or a careless hand does."""
    image.file.storage.delete(image.file.name)


def make_document(title: str = "Mẫu đơn gia nhập", **fields: Any) -> PortalDocument:
    fields.setdefault("file", ContentFile(b"%PDF-1.7\n%%EOF\n", name=f"tep-{next(_numbers)}.pdf"))
    return PortalDocument.objects.create(title=title, **fields)


FILM = Path(__file__).resolve().parents[1] / "news" / "demo" / "files" / "bon-viec-dau-ca.mp4"
CAPTIONS = """1
00:00:01,000 --> 00:00:03,000
Chị Lan: Nghe tiếng máy

2
00:00:08,000 --> 00:00:09,500
là biết nước lên.
"""


def make_film(title: str = "Chuyến phà cuối", **fields: Any) -> PortalDocument:
    """A film as an editor uploads it."""
    return _uploaded(SimpleUploadedFile("chuyen-pha.mp4", FILM.read_bytes()), title, fields)


def make_captions(text: str | bytes = CAPTIONS, name: str = "phu-de.srt", **fields: Any) -> PortalDocument:
    """Captions as an editor uploads them."""
    content = text.encode() if isinstance(text, str) else text
    return _uploaded(SimpleUploadedFile(name, content), "Phụ đề", fields)


def _uploaded(file: SimpleUploadedFile, title: str, fields: dict[str, Any]) -> PortalDocument:
    document = PortalDocument(title=title, file=checked(file), **fields)
    document.read_file()
    document.save()
    return document


def make_topic(name: str | None = None, **fields: Any) -> Topic:
    return Topic.objects.create(name=name or f"Chủ đề {next(_numbers)}", **fields)


def make_unit(name: str | None = None, **fields: Any) -> Unit:
    return Unit.objects.create(name=name or f"Công đoàn cơ sở số {next(_numbers)}", **fields)


def make_person(name: str = "Đặng Thị Ánh", **fields: Any) -> Person:
    return Person.objects.create(name=name, **fields)


def add_page[P: BasePage](parent: BasePage, page: P, *, live: bool = True, days_ago: float = 0) -> P:
    """Add a page below ``parent`` with one revision, published ``days_ago`` days ago or left a draft."""
    parent = BasePage.objects.get(pk=parent.pk)  # its number of children may have changed
    page.live = live
    if live:
        when = timezone.now() - timedelta(days=days_ago)
        page.first_published_at = page.last_published_at = when
        page.display_date = page.display_date or when
    parent.add_child(instance=page)
    revision = page.save_revision(clean=False)
    if live:
        type(page).objects.filter(pk=page.pk).update(live_revision=revision, has_unpublished_changes=False)
    return type(page).objects.get(pk=page.pk)


def _options(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: fields.pop(name) for name in ("live", "days_ago") if name in fields}


def _build[P: BasePage](model: type[P], fields: dict[str, Any]) -> P:
    topics, authors = fields.pop("topics", []), fields.pop("authors", [])
    fields.setdefault("title", f"{model._meta.verbose_name} {next(_numbers)}".capitalize())
    fields.setdefault("slug", f"{vietnamese_slug(fields['title'], max_length=60)}-{next(_numbers)}")
    page = model(**fields)
    page.topics = topics
    page.authors = authors
    return page


def make_section(parent: NewsIndexPage | None = None, **fields: Any) -> SectionPage:
    options = _options(fields)
    return add_page(parent or NewsIndexPage.objects.get(), _build(SectionPage, fields), **options)


def make_article(section: SectionPage | None = None, **fields: Any) -> ArticlePage:
    options = _options(fields)
    fields.setdefault("body", [("paragraph", "<p>Công đoàn cơ sở đã thương lượng lại thang lương.</p>")])
    return add_page(section or _any_section(), _build(ArticlePage, fields), **options)


def make_photo_story(section: SectionPage | None = None, **fields: Any) -> PhotoStoryPage:
    options = _options(fields)
    return add_page(section or _any_section(), _build(PhotoStoryPage, fields), **options)


def make_video(section: SectionPage | None = None, **fields: Any) -> VideoPage:
    options = _options(fields)
    fields = {"video_url": YOUTUBE, "duration": "6:42", **fields}
    return add_page(section or _any_section(), _build(VideoPage, fields), **options)


def _any_section() -> SectionPage:
    return SectionPage.objects.order_by("path").first() or make_section(title="Hoạt động công đoàn")


def make_explainer(parent: PolicyIndexPage | None = None, **fields: Any) -> ExplainerPage:
    options = _options(fields)
    return add_page(parent or PolicyIndexPage.objects.get(), _build(ExplainerPage, fields), **options)


def make_procedure(parent: ProcedureIndexPage | None = None, **fields: Any) -> ProcedurePage:
    options = _options(fields)
    return add_page(parent or ProcedureIndexPage.objects.get(), _build(ProcedurePage, fields), **options)


def make_unit_page(unit: Unit, **fields: Any) -> UnitPage:
    options = _options(fields)
    fields = {"title": unit.name, "slug": unit.slug, **fields}
    return add_page(UnitIndexPage.objects.get(), _build(UnitPage, {"unit": unit, **fields}), **options)


def make_standard_page(parent: BasePage | None = None, **fields: Any) -> StandardPage:
    options = _options(fields)
    return add_page(parent or HomePage.objects.get(), _build(StandardPage, fields), **options)


def make_infographic(parent: BasePage | None = None, **fields: Any) -> InfographicPage:
    options = _options(fields)
    fields.setdefault("panels", json.dumps([{"type": "chart", "value": PREVIEW}]))
    return add_page(parent or InfographicIndexPage.objects.get(), _build(InfographicPage, fields), **options)


def make_frame(**fields: Any) -> FramePage:
    options = _options(fields)
    if "frame" not in fields:
        fields["frame"] = make_frame_picture()
    return add_page(FrameIndexPage.objects.get(), _build(FramePage, fields), **options)


def make_course(**fields: Any) -> CoursePage:
    options = _options(fields)
    return add_page(TrainingIndexPage.objects.get(), _build(CoursePage, fields), **options)


def make_lesson(
    course: CoursePage, *, bank: QuestionBank | None = None, count: int | None = None, **fields: Any
) -> LessonPage:
    """A lesson to read; with a bank, one that asks its questions."""
    options = _options(fields)
    fields.setdefault("body", [] if bank else [("paragraph", "<p>Tìm hiểu số liệu trước khi ngồi vào bàn.</p>")])
    lesson = _build(LessonPage, fields)
    if bank:
        lesson.quiz_parts = [QuizPart(bank=bank, count=count)]
    return add_page(CoursePage.objects.get(pk=course.pk), lesson, **options)


def make_material(**fields: Any) -> MaterialPage:
    options = _options(fields)
    fields.setdefault("parts", [("link", {"url": "https://example.org/bai-giang", "title": "Bài giảng", "note": ""})])
    return add_page(TrainingIndexPage.objects.get(), _build(MaterialPage, fields), **options)


def make_class(*, days: float = 10, lasts: float = 3, **fields: Any) -> ClassPage:
    """A class that begins in so many days (has begun, when negative) and takes so many hours."""
    options = _options(fields)
    start = timezone.now() + timedelta(days=days)
    fields = {"start": start, "end": start + timedelta(hours=lasts), "place": "Hội trường tầng 2", **fields}
    return add_page(TrainingIndexPage.objects.get(), _build(ClassPage, fields), **options)


def make_event(start: Any = None, *, days: float = 1, hours: float | None = 3, **fields: Any) -> EventPage:
    """An event that begins at a moment, or in so many days, and takes so many hours (None: it says no end)."""
    options = _options(fields)
    start = start or timezone.now() + timedelta(days=days)
    fields = {"start": start, "end": None if hours is None else start + timedelta(hours=hours), **fields}
    return add_page(EventIndexPage.objects.get(), _build(EventPage, fields), **options)


def make_registration(page: ClassPage, name: str | None = None, **fields: Any) -> Registration:
    """A place in a class, as the sign-up gives it; ``present`` also marks it."""
    number = next(_numbers)
    if fields.pop("present", False):
        fields = {"attended_at": timezone.now(), "source": "list", **fields}
    fields = {"contact": f"09{number:08d}", "code": new_code(), **fields}
    return Registration.objects.create(page=page, name=name or f"Trần Thị Số {number}", **fields)


def make_contest(
    bank: QuestionBank,
    *,
    days: float = -1,
    lasts: float = 7,
    count: int = 3,
    prizes: Sequence[Prize] = (),
    **fields: Any,
) -> ContestPage:
    """A contest of one round that opens in so many days (has opened, when negative) and lasts so many."""
    options = _options(fields)
    opens = timezone.now() + timedelta(days=days)
    fields.setdefault("draw_source", "giải đặc biệt xổ số miền Bắc sau ngày đóng")
    page = _build(ContestPage, fields)
    page.rounds = [
        Round(title="Vòng 1", bank=bank, opens_at=opens, closes_at=opens + timedelta(days=lasts), questions=count)
    ]
    page.prizes = list(prizes)
    made = add_page(ContestIndexPage.objects.get(), page, **options)
    return ContestPage.objects.get(pk=made.pk)


def make_entry(round_: Round, *, right: int = 0, minutes: float = 5, **fields: Any) -> Entry:
    """Somebody who has handed in so many right answers after so many minutes."""
    number = next(_numbers)
    entrant = Entrant(
        known_as=fields.pop("known_as", f"09{number:08d}"),
        name=fields.pop("name", f"Trần Thị Số {number}"),
        unit=fields.pop("unit", None),
        user=fields.pop("user", None),
    )
    entry = entering.enter(round_, entrant, guess=fields.pop("guess", None))
    for place, question in enumerate(entry.drawn[:right], start=1):
        Answer.objects.create(entry=entry, number=place, given=question["right"][0])
    judge(entry, entry.started_at + timedelta(minutes=minutes))
    return entry


def make_bank(*questions: Question, title: str = "An toàn lao động", **fields: Any) -> QuestionBank:
    bank = QuestionBank.objects.create(title=title, **fields)
    for question in questions:
        question.bank = bank
        question.save()
    return bank


def question(text: str, right: str | Sequence[str], *wrong: str, kind: str = "single", **fields: Any) -> Question:
    """A question that is not saved yet; for pairs and orders ``right`` holds «a = b» and the things in order."""
    given = [right] if isinstance(right, str) else list(right)
    made = Question(text=text, kind=kind, **fields)
    options = [(*one.split(" = "), "")[:2] if kind == "match" else (one, "") for one in given]
    made.options = [
        QuestionOption(sort_order=place, text=words, partner=partner, is_right=kind in {"single", "multiple"})
        for place, (words, partner) in enumerate(options)
    ] + [QuestionOption(sort_order=10 + place, text=words) for place, words in enumerate(wrong)]
    return made

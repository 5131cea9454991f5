"""Who may study a lesson now, and how far somebody has come."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext as _, ngettext

from training.choices import Access
from training.models.records import Attempt, Enrolment, LessonRecord

if TYPE_CHECKING:
    from training.models import CoursePage, LessonPage

#: Minutes that a question takes, where no editor says how long a lesson is.
MINUTES_PER_QUESTION = 1


@dataclass(frozen=True)
class Gate:
    """Why a lesson cannot be studied yet, and what opens it."""

    reason: str
    message: str
    url: str = ""
    link: str = ""


@dataclass
class Step:
    """A lesson as one reader stands to it."""

    lesson: "LessonPage"
    number: int
    questions: int = 0
    is_done: bool = False
    is_locked: bool = False
    is_next: bool = False
    result: str = ""

    @property
    def kind(self) -> str:
        """How it is studied: by reading, watching, listening or answering."""
        return self.lesson.kind

    @property
    def kind_label(self) -> str:
        """The same in words."""
        if self.kind == "quiz":
            return ngettext("%(number)d question", "%(number)d questions", self.questions) % {"number": self.questions}
        return {"video": _("Video"), "audio": _("Recording")}.get(self.kind, _("To read"))

    @property
    def minutes(self) -> int:
        """How long it takes."""
        if self.lesson.minutes:
            return self.lesson.minutes
        return max(1, self.lesson.reading_minutes + self.questions * MINUTES_PER_QUESTION)


@dataclass
class Way:
    """All lessons of a course as one reader stands to them."""

    course: "CoursePage"
    steps: list[Step]
    enrolment: Enrolment | None = None
    #: Courses to be finished first that this member has not finished.
    missing: list["CoursePage"] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(step.is_done for step in self.steps)

    @property
    def percent(self) -> int:
        """The same as a share."""
        return round(100 * self.done / len(self.steps)) if self.steps else 0

    @property
    def minutes(self) -> int:
        """How long the course takes."""
        return sum(step.minutes for step in self.steps)

    @property
    def next(self) -> Step | None:
        """Where to go on: the first lesson that is not done."""
        return next((step for step in self.steps if not step.is_done), None)

    def step_of(self, lesson_id: int) -> Step | None:
        """The step of a lesson."""
        return next((step for step in self.steps if step.lesson.pk == lesson_id), None)


def way_of(course: "CoursePage", user: Any = None) -> Way:
    """The lessons of a course for one reader: two queries, and three more for a member."""
    from training.models import LessonPage  # the pages import this module

    lessons = LessonPage.objects.child_of(course).published().order_by("path").defer_streamfields()
    steps = [Step(lesson, number) for number, lesson in enumerate(lessons, start=1)]
    for step in steps:
        step.lesson._cached_parent_obj = course  # noqa: SLF001  # treebeard's own memory of a node's parent
    counts = questions_of(step.lesson.pk for step in steps)
    for step in steps:
        step.questions = counts.get(step.lesson.pk, 0)
    way = Way(course, steps)
    if user is not None and user.is_authenticated:
        _add_progress(way, user)
        way.missing = missing_prerequisites(course, user)
    _lock(way, strict=way.enrolment is not None or bool(user is not None and user.is_authenticated))
    return way


def questions_of(lesson_ids: Iterable[int]) -> dict[int, int]:
    """How many questions each lesson asks; one query."""
    from training.models import QuizPart  # as above

    active = Count("bank__questions", filter=Q(bank__questions__is_active=True))
    parts = QuizPart.objects.filter(lesson__in=list(lesson_ids)).annotate(active=active)
    asked = parts.annotate(asked=Least(Coalesce(F("count"), F("active")), F("active")))
    found: dict[int, int] = {}
    for lesson, number in asked.values_list("lesson_id", "asked"):
        found[lesson] = found.get(lesson, 0) + number
    return found


def _add_progress(way: Way, user: Any) -> None:
    way.enrolment = Enrolment.objects.filter(user=user, course=way.course.pk).first()
    if way.enrolment is None:
        return
    records = {record.lesson_id: record for record in LessonRecord.objects.filter(enrolment=way.enrolment)}
    best = best_results(user, [step.lesson.pk for step in way.steps if step.questions])
    for step in way.steps:
        record = records.get(step.lesson.pk)
        step.is_done = bool(record and record.done_at)
        if step.lesson.pk in best:
            step.result = _("scored %(percent)d%%") % {"percent": best[step.lesson.pk]}


def best_results(user: Any, lesson_ids: list[int]) -> dict[int, int]:
    """The best result of each quiz, in per cent; one query."""
    if not lesson_ids:
        return {}
    handed_in = Attempt.objects.filter(user=user, lesson__in=lesson_ids, submitted_at__isnull=False, is_late=False)
    found: dict[int, int] = {}
    for lesson, percent in handed_in.values_list("lesson_id", "percent"):
        found[lesson] = max(percent, found.get(lesson, 0))
    return found


def _lock(way: Way, *, strict: bool) -> None:
    """Mark the first lesson that is not done, and lock what comes after it; a visitor's browser does it there."""
    upcoming = way.next
    for step in way.steps:
        step.is_next = step is upcoming and way.enrolment is not None
        if strict and upcoming is not None:
            waits = way.course.in_order and step.number > upcoming.number and not step.is_done
            step.is_locked = waits or bool(way.missing)


def missing_prerequisites(course: "CoursePage", user: Any) -> list["CoursePage"]:
    """Published courses to be finished first that a member has not finished; two queries."""
    finished = Enrolment.objects.filter(user=user, completed_at__isnull=False).values("course_id")
    return list(prerequisites_of(course).exclude(pk__in=finished))


def prerequisites_of(course: "CoursePage") -> Any:
    """The published courses to be finished first, also of a draft that is only previewed."""
    from training.models import CoursePage  # the pages import this module

    return CoursePage.objects.published().filter(pk__in=[other.pk for other in course.prerequisites.all()])


def gate_of(way: Way, step: Step, user: Any) -> Gate | None:
    """What keeps a reader from a lesson; None when it is open."""
    signed_in = bool(user is not None and user.is_authenticated)
    if way.course.access == Access.MEMBERS and not signed_in:
        return Gate("sign_in", _("This course is for members. Log in to study it; your progress is kept for you."))
    if not signed_in:
        return None
    if way.missing:
        first = way.missing[0]
        return Gate("prerequisites", _("Finish another course first:"), first.url, first.title)
    if step.is_locked and way.next is not None:
        before = way.next.lesson
        return Gate(
            "order", _("This lesson opens when the ones before it are done. Go on with:"), before.url, before.title
        )
    return None


def studied_seconds(enrolment: Enrolment) -> int:
    """How long a member has had the lessons of a course open."""
    total = enrolment.lessons.aggregate(total=Sum("seconds"))["total"]
    return int(total or 0)

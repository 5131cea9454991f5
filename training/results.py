"""Results of members: figures by course and by unit, and a line for each person."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.utils.translation import gettext as _

from pages.models import BasePage
from training.certificates.codes import written
from training.models import Attempt, Enrolment, LessonPage

#: So many people are looked up at once.
AT_ONCE = 500


@dataclass
class Row:
    """One person in one course."""

    pk: int
    person: str
    unit: str
    course: str
    done: int
    total: int
    started_at: datetime
    completed_at: datetime | None
    #: As printed; empty without one, or where it was withdrawn.
    code: str = ""
    #: The best result of each quiz that counts, in the order of the lessons: title and per cent.
    results: list[tuple[str, int]] = field(default_factory=list)

    @property
    def lessons(self) -> str:
        """How many are done."""
        return f"{self.done}/{self.total}"

    @property
    def mean(self) -> int | None:
        """The mean of the best results; None without any."""
        return _mean([percent for _title, percent in self.results])

    @property
    def results_in_words(self) -> str:
        """Every quiz with its best result."""
        return "; ".join(f"{title}: {percent}%" for title, percent in self.results)


@dataclass
class Figures:
    """What came out for a course, for a unit or for everybody."""

    name: str
    enrolled: int = 0
    finished: int = 0
    certificates: int = 0
    results: list[int] = field(default_factory=list)

    @property
    def mean(self) -> int | None:
        """The mean of everybody's best results in the quizzes that count."""
        return _mean(self.results)


def _mean(results: list[int]) -> int | None:
    return round(sum(results) / len(results)) if results else None


def with_facts(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Enrolments with what :func:`rows` prints of them, in the same query."""
    return (
        enrolments.select_related("user", "unit", "certificate")
        .annotate(
            course_path=F("course__path"),
            present_title=F("course__title"),
            done=Count("lessons", filter=Q(lessons__done_at__isnull=False), distinct=True),
        )
        .only(
            "course_title",
            "started_at",
            "completed_at",
            *(f"user__{name}" for name in ("first_name", "last_name", "username")),
            "unit__name",
            "certificate__code",
            "certificate__revoked_at",
        )
    )


def rows(enrolments: Iterable[Any]) -> Iterator[Row]:
    """A line for each enrolment of :func:`with_facts`; two queries for each five hundred of them."""
    for some in batched(enrolments, AT_ONCE):
        lessons = _lessons_below({enrolment.course_path for enrolment in some if enrolment.course_path})
        counted = [pk for below in lessons.values() for pk, _title, is_graded in below if is_graded]
        best = _best_results(counted, {enrolment.user_id for enrolment in some if enrolment.user_id})
        for enrolment in some:
            yield _row(enrolment, lessons.get(enrolment.course_path or "", []), best)


def _row(enrolment: Any, lessons: list[tuple[int, str, bool]], best: dict[tuple[int, int], int]) -> Row:
    certificate = getattr(enrolment, "certificate", None)
    return Row(
        pk=enrolment.pk,
        person=str(enrolment.user) if enrolment.user else _("(account deleted)"),
        unit=enrolment.unit.name if enrolment.unit else "",
        course=enrolment.present_title or enrolment.course_title,
        done=min(enrolment.done, len(lessons)) if enrolment.course_path else enrolment.done,
        total=len(lessons) if enrolment.course_path else enrolment.done,
        started_at=enrolment.started_at,
        completed_at=enrolment.completed_at,
        code=written(certificate.code) if certificate and certificate.is_valid else "",
        results=[
            (title, best[enrolment.user_id, pk]) for pk, title, _graded in lessons if (enrolment.user_id, pk) in best
        ],
    )


def _lessons_below(paths: Iterable[str]) -> dict[str, list[tuple[int, str, bool]]]:
    """The published lessons of courses by the courses' paths: number, title, whether its quiz counts."""
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(path__startswith=path)
    found: dict[str, list[tuple[int, str, bool]]] = {}
    lessons = LessonPage.objects.published().filter(below).order_by("path")
    for path, pk, title, is_graded in lessons.values_list("path", "pk", "title", "is_graded"):
        found.setdefault(path[: -BasePage.steplen], []).append((pk, title, is_graded))
    return found


def _best_results(lessons: Iterable[int], users: Any) -> dict[tuple[int, int], int]:
    """The best result of each person in each quiz, in per cent. ``users`` are numbers, or a query for them."""
    handed_in = Attempt.objects.filter(
        lesson__in=list(lessons), user__in=users, submitted_at__isnull=False, is_late=False
    )
    best = handed_in.order_by().values_list("user_id", "lesson_id").annotate(best=Max("percent"))
    return {(user, lesson): percent for user, lesson, percent in best}


def figures(enrolments: QuerySet[Enrolment]) -> tuple[Figures, list[Figures], list[Figures]]:
    """In all, by course and by unit, those with most people first; three queries, however many people."""
    everybody = Figures(_("In all"))
    courses: dict[Any, Figures] = {}
    units: dict[Any, Figures] = {}
    of: dict[tuple[int, str], list[Figures]] = {}
    facts = enrolments.order_by().values_list(
        "user_id",
        "course__path",
        "course__title",
        "course_title",
        "unit_id",
        "unit__name",
        "completed_at",
        "certificate__code",
        "certificate__revoked_at",
    )
    for user, path, title, old_title, unit, unit_name, completed, code, revoked in facts.iterator():
        course = courses.setdefault(path or old_title, Figures(title or old_title))
        for one in (everybody, course, units.setdefault(unit, Figures(unit_name or _("Without a unit")))):
            one.enrolled += 1
            one.finished += completed is not None
            one.certificates += bool(code and revoked is None)
            if user and path:
                of.setdefault((user, path), []).append(one)
    graded = LessonPage.objects.published().filter(is_graded=True)
    course_of = {pk: path[: -BasePage.steplen] for pk, path in graded.values_list("pk", "path")}
    course_of = {pk: path for pk, path in course_of.items() if path in courses}
    people = enrolments.order_by().values("user")
    for (user, lesson), percent in _best_results(course_of, people).items():
        for one in of.get((user, course_of[lesson]), []):
            one.results.append(percent)
    return everybody, _most_first(courses), _most_first(units)


def _most_first(found: dict[Any, Figures]) -> list[Figures]:
    return sorted(found.values(), key=lambda one: (-one.enrolled, one.name))

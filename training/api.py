"""What the public interface shows of training. Banks, questions, answers and what people did stay inside."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from api import schemas
from api.batches import Batch
from api.parts import moment_field, page_link
from api.registry import Field, Shown, attribute, register_fields, register_text
from training import access
from training.choices import Access, LessonKind
from training.models import ClassPage, CoursePage, LessonPage, MaterialPage

LESSON = schemas.structure(
    {
        "number": schemas.integer(1),
        "kind": schemas.one_of(LessonKind.values),
        "minutes": schemas.integer(),
        "questions": schemas.integer(),
        "page": schemas.nullable(schemas.reference("PageLink")),
    }
)
AUDIENCE = attribute("audience", schemas.text(), _("For whom it is."))
CERTIFICATE = attribute("has_certificate", schemas.boolean(), _("Whether there is a certificate."))


def _lessons(page: Any, batch: Batch) -> list[dict[str, Any]]:
    return [
        {
            "number": step.number,
            "kind": step.kind,
            "minutes": step.minutes,
            "questions": step.questions,
            "page": page_link(step.lesson, batch),
        }
        for step in access.way_of(page).steps
    ]


def _prerequisites(page: Any, batch: Batch) -> list[Any]:
    links = (page_link(course, batch) for course in access.prerequisites_of(page).order_by("pk"))
    return [link for link in links if link]


def readable(lesson: Any) -> bool:
    """Whether everybody may read a lesson: the course is open to all."""
    return bool(lesson.course.access == Access.OPEN)


def register() -> None:
    """Called when the app is ready."""
    register_text(LessonPage, readable)
    register_fields(
        CoursePage,
        AUDIENCE,
        attribute("access", schemas.one_of(Access.values), _("Who may study the lessons.")),
        attribute("in_order", schemas.boolean(), _("Whether a lesson opens when the one before it is done.")),
        CERTIFICATE,
        Field(
            name="lessons",
            schema=schemas.array(LESSON),
            description=_("Its lessons in order; of questions, how many there are."),
            read=_lessons,
            shown=Shown.ALONE_ONLY,
        ),
        Field(
            name="prerequisites",
            schema=schemas.array(schemas.reference("PageLink")),
            description=_("Courses to finish first."),
            read=_prerequisites,
            shown=Shown.ALONE_ONLY,
        ),
    )
    register_fields(
        LessonPage, attribute("kind", schemas.one_of(LessonKind.values), _("How it is studied."), shown=Shown.ALONE)
    )
    register_fields(
        ClassPage,
        AUDIENCE,
        moment_field("start", _("When it begins.")),
        moment_field("end", _("When it ends.")),
        attribute("place", schemas.text(), _("Hall and address.")),
        attribute("hours", schemas.text(), _("How much time of learning it is.")),
        attribute("access", schemas.one_of(Access.values), _("Who may sign up.")),
        attribute("seats", schemas.nullable(schemas.integer(1)), _("How many seats there are; null without a limit.")),
        moment_field("sign_up_until", _("Until when one can sign up; null until it begins.")),
        attribute("is_cancelled", schemas.boolean(), _("Whether it is cancelled.")),
        attribute("cancelled_because", schemas.text(), _("Why it is cancelled.")),
        CERTIFICATE,
    )
    register_fields(MaterialPage, AUDIENCE)

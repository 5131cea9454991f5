"""The dashboard's panel of training: this month's figures, and quizzes that ask nothing or less than they should."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from core.dashboard import register_panel
from organisations.permissions import unit_scope
from pages.panels import QuietPanel
from training.choices import LessonKind
from training.models import Enrolment, LessonPage, QuizPart
from training.permissions import seen_by

#: Lines of each kind.
SHOWN = 5


class TrainingPanel(QuietPanel):
    """«Training»: not there where nobody has ever studied and nothing is to be mended. Four queries."""

    name = "training"
    order = 60
    permission = "training.view_enrolment"
    template_name = "training/admin/panel.html"

    def gather(self, request: Any) -> dict[str, Any]:
        """Figures of the calendar month, and what to mend."""
        user = request.user
        month = _figures(seen_by(user, Enrolment))
        silent = list(silent_lessons(user)[: SHOWN + 1])
        short = list(short_parts(user)[: SHOWN + 1])
        if not any(month.values()) and not silent and not short:
            return {}
        return {
            "month": month,
            "silent": silent[:SHOWN],
            "short": short[:SHOWN],
            "more": len(silent) > SHOWN or len(short) > SHOWN,
            "results_url": reverse("training_results:index"),
            "may_change": user.has_perm("training.change_questionbank"),
        }


def _figures(enrolments: QuerySet[Enrolment]) -> dict[str, int]:
    """Who began this month, who is under way, who finished this month, and how many courses they study."""
    begin = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    lately = begin - timedelta(days=60)
    under_way = Q(completed_at=None, started_at__gte=lately)
    figures: dict[str, int] = enrolments.order_by().aggregate(
        courses=Count("course", filter=under_way, distinct=True),
        under_way=Count("pk", filter=under_way),
        begun=Count("pk", filter=Q(started_at__gte=begin)),
        finished=Count("pk", filter=Q(completed_at__gte=begin)),
    )
    return figures


def silent_lessons(user: Any) -> QuerySet[LessonPage]:
    """Published lessons with a quiz that has no question to ask, of the user's units."""
    active = Count("quiz_parts__bank__questions", filter=Q(quiz_parts__bank__questions__is_active=True))
    lessons = LessonPage.objects.published().defer_streamfields().annotate(active=active, parts=Count("quiz_parts"))
    silent = lessons.filter(Q(parts__gt=0) | Q(kind=LessonKind.QUIZ), active=0).order_by("title")
    scope = unit_scope(user)
    return silent if scope is None else silent.filter(unit__in=scope)


def short_parts(user: Any) -> QuerySet[QuizPart]:
    """Quizzes that ask more questions of a bank than it has, of the user's units."""
    active = Count("bank__questions", filter=Q(bank__questions__is_active=True))
    parts = QuizPart.objects.filter(lesson__in=LessonPage.objects.published().values("pk")).annotate(active=active)
    short = parts.filter(active__gt=0, count__gt=F("active")).select_related("lesson", "bank").order_by("lesson__title")
    short = short.defer("lesson__body")
    scope = unit_scope(user)
    return short if scope is None else short.filter(lesson__unit__in=scope)


def register() -> None:
    """Called when the app is ready."""
    register_panel(TrainingPanel)

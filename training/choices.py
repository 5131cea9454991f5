"""Choices of the models."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Access(TextChoices):
    """Who may open the lessons of a course."""

    OPEN = "open", _("Everybody")
    MEMBERS = "members", _("Members who have signed in")


class Reveal(TextChoices):
    """When the right answers and explanations are shown after a quiz."""

    PASSED = "passed", _("Once one has passed")
    ALWAYS = "always", _("After each attempt")
    NEVER = "never", pgettext_lazy("right answers are shown", "Never")


class LessonKind(TextChoices):
    """How a lesson is studied."""

    READ = "read", _("To read")
    VIDEO = "video", _("Video")
    AUDIO = "audio", _("Recording")
    QUIZ = "quiz", _("Questions")

    @classmethod
    def of(cls, blocks: Iterable[str]) -> "LessonKind":
        """The kind of a lesson with such blocks; one without any consists of its questions."""
        names = set(blocks)
        if not names:
            return cls.QUIZ
        return next((cls(kind) for kind in ("video", "audio") if kind in names), cls.READ)

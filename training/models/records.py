"""What people have studied: kept on the server for members; what was answered, for everybody."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from training.certificates.codes import written


class Enrolment(models.Model):
    """A member in a course. The title stays when the course is deleted: what somebody learnt is theirs."""

    #: None once the member has deleted the account: the unit's figures stay, without a name.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="enrolments")
    course = models.ForeignKey("training.CoursePage", null=True, on_delete=models.SET_NULL, related_name="enrolments")
    course_title = models.CharField(_("course"), max_length=255)
    #: The unit that the member belonged to; results are counted for it.
    unit = models.ForeignKey(
        "organisations.Unit", verbose_name=_("unit"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    last_lesson = models.ForeignKey("training.LessonPage", null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField(_("begun"), default=timezone.now)
    completed_at = models.DateTimeField(_("finished"), null=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "course"], name="one_enrolment_per_course")]
        indexes = [models.Index(fields=["course", "completed_at"], name="enrolment_of_course")]
        verbose_name = _("course of a member")
        verbose_name_plural = _("courses of members")

    def __str__(self) -> str:
        return f"{self.user} – {self.course_title}"


class LessonRecord(models.Model):
    """A lesson that a member has opened, and when it was done."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="lessons")
    lesson = models.ForeignKey("training.LessonPage", on_delete=models.CASCADE, related_name="+")
    seconds = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "lesson"], name="one_record_per_lesson")]
        verbose_name = _("lesson of a member")
        verbose_name_plural = _("lessons of members")

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.lesson_id}"


class Attempt(models.Model):
    """One person's go at a quiz: what was drawn, with the right answers, and what was answered.

    ``drawn`` never leaves the server as it is: :mod:`training.questions.drawing` says what may be shown.
    """

    code = models.CharField(max_length=32, unique=True)
    lesson = models.ForeignKey("training.LessonPage", on_delete=models.CASCADE, related_name="attempts")
    #: None for a visitor, whose browser's session knows the code.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="quiz_attempts"
    )
    drawn = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    started_at = models.DateTimeField(default=timezone.now)
    #: After this moment, by the server's clock, answers count no more.
    due_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    points = models.FloatField(default=0)
    percent = models.PositiveSmallIntegerField(default=0)
    passed = models.BooleanField(default=False)
    is_late = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["user", "lesson", "submitted_at"], name="attempt_of_member"),
            models.Index(fields=["started_at"], name="attempt_of_visitor", condition=models.Q(user__isnull=True)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "lesson"],
                condition=models.Q(submitted_at__isnull=True, user__isnull=False),
                name="one_open_attempt_per_member",
            )
        ]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        """Whether answers are still awaited."""
        return self.submitted_at is None

    @property
    def seconds_left(self) -> int | None:
        """Until the time is over, not below zero; None without a limit."""
        return None if self.due_at is None else max(0, int((self.due_at - timezone.now()).total_seconds()))


class Certificate(index.Indexed, models.Model):
    """What a person has finished, as the public can check it. Stays when the course goes, goes when the member does."""

    class Kind(models.TextChoices):
        """What it certifies."""

        COURSE = "course", _("Course")
        CLASS = "class", _("Class")
        CONTEST = "contest", _("Contest")

    code = models.CharField(_("code"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.COURSE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="certificates")
    enrolment = models.OneToOneField(Enrolment, null=True, on_delete=models.CASCADE, related_name="certificate")
    registration = models.OneToOneField(
        "training.Registration", null=True, on_delete=models.SET_NULL, related_name="certificate"
    )
    unit = models.ForeignKey(
        "organisations.Unit", verbose_name=_("unit"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    holder = models.CharField(_("holder"), max_length=200)
    title = models.CharField(_("what was finished"), max_length=255)
    unit_name = models.CharField(_("unit"), max_length=200, blank=True)
    organisation = models.CharField(_("given by"), max_length=200, blank=True)
    signer = models.CharField(_("signed by"), max_length=120, blank=True)
    signer_role = models.CharField(_("position"), max_length=160, blank=True)
    result = models.CharField(_("result"), max_length=80, blank=True)
    hours = models.CharField(_("time of learning"), max_length=80, blank=True)
    issued_on = models.DateField(_("given on"), default=timezone.localdate)
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    revoked_because = models.CharField(_("reason"), max_length=300, blank=True)

    search_fields = [
        index.SearchField("holder"),
        index.AutocompleteField("holder"),
        index.AutocompleteField("title"),
        index.FilterField("kind"),
        index.FilterField("issued_on"),
        index.FilterField("revoked_at"),
        index.FilterField("unit"),
    ]

    class Meta:
        ordering = ["-issued_on", "-pk"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")

    def __str__(self) -> str:
        return f"{self.holder} – {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Cut what a name on paper cannot be longer than."""
        self.holder, self.title = self.holder[:200], self.title[:255]
        super().save(*args, **kwargs)

    @property
    def written_code(self) -> str:
        """The code in groups, as people read it out."""
        return written(self.code)

    @property
    def url(self) -> str:
        """Where anybody can check it."""
        return f"/chung-nhan/{self.written_code}/"

    @property
    def is_valid(self) -> bool:
        """Whether it has not been withdrawn."""
        return self.revoked_at is None

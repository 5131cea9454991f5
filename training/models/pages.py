"""The pages of training: the front, courses with their lessons, materials."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable

from archives.filters import KIND, TOPIC, UNIT, Filters
from archives.listing import Listing
from archives.views import listing_context
from core.blocks.body import BodyBlock
from pages.models import BasePage
from training import selectors
from training.blocks import LessonBodyBlock, MaterialBlock
from training.choices import Access, LessonKind, Reveal
from training.members import reader_of

#: Names below /dao-tao/ that are no pages: the worker of the browser, what it talks to, and tickets of classes.
RESERVED = {"hoc", "ngoai-tuyen", "ve"}


class TrainingIndexPage(BasePage):
    """All courses, classes and materials."""

    max_count = 1
    is_section = True
    parent_page_types = ["home.HomePage"]
    subpage_types = ["training.CoursePage", "training.ClassPage", "training.MaterialPage"]
    template = "training/listing.html"

    class Meta:
        verbose_name = _("training front")
        verbose_name_plural = _("training fronts")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the listing."""
        context = super().get_context(request, *args, **kwargs)
        listing = Listing(
            selectors.all_training(), Filters.parse(request.GET), path=self.url, groups=(KIND, TOPIC, UNIT)
        )
        context.update(listing_context(request, listing, heading=self.title, intro=self.summary))
        selectors.add_course_facts(listing.items)
        return context


class CoursePage(BasePage):
    """Lessons in order, with quizzes and, at the end, a certificate."""

    is_item = True
    listing_name = "training"
    admin_icon = "list-ol"
    page_description = _("Lessons to study one after another, with quizzes and a certificate at the end.")
    parent_page_types = ["training.TrainingIndexPage"]
    subpage_types = ["training.LessonPage"]
    template = "training/course_page.html"

    audience = models.CharField(
        _("for whom"), max_length=160, blank=True, help_text=_("Such as: new shop stewards. Shown below the title.")
    )
    body = StreamField(BodyBlock(required=False), verbose_name=_("about the course"), blank=True)
    access = models.CharField(
        _("who may study"),
        max_length=10,
        choices=Access.choices,
        default=Access.OPEN,
        help_text=_("Certificates are for members who have signed in, whichever you choose."),
    )
    in_order = models.BooleanField(
        _("lessons in order"), default=True, help_text=_("A lesson opens when the one before it is done.")
    )
    prerequisites = ParentalManyToManyField(
        "self",
        verbose_name=_("courses to finish first"),
        blank=True,
        symmetrical=False,
        related_name="opens",
        help_text=_("Members study this course once they have finished those."),
    )
    has_certificate = models.BooleanField(
        _("with certificate"), default=True, help_text=_("Given by itself to whoever finishes every lesson.")
    )
    signer = models.CharField(
        _("signed by"), max_length=120, blank=True, help_text=_("Printed on the certificate, with the position.")
    )
    signer_role = models.CharField(_("position"), max_length=160, blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("audience"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("access"), FieldPanel("in_order")]), FieldPanel("prerequisites")],
            heading=_("Access"),
        ),
        MultiFieldPanel(
            [FieldPanel("has_certificate"), FieldRowPanel([FieldPanel("signer"), FieldPanel("signer_role")])],
            heading=_("Certificate"),
        ),
    ]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def clean(self) -> None:
        """Courses cannot wait for each other, and the address must not be one of the portal's own."""
        super().clean()
        refuse_reserved(self.slug)
        if self.pk and self.pk in selectors.all_prerequisites(self.prerequisites.all()):
            raise ValidationError({"prerequisites": _("This course would have to be finished before itself.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the lessons and how far the reader has come."""
        context = super().get_context(request, *args, **kwargs)
        context.update(selectors.course_context(self, request))
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let the browser keep the page for a ride without network."""
        return _kept_offline(super().serve(request, *args, **kwargs))


class LessonPage(BasePage):
    """One lesson: text, pictures, video, recordings, files, and questions at the end."""

    of_units = True
    admin_icon = "doc-full-inverse"
    page_description = _("Text, video, files, and questions at the end if there are any.")
    parent_page_types = ["training.CoursePage"]
    subpage_types: list[str] = []
    template = "training/lesson_page.html"

    body = StreamField(LessonBodyBlock(required=False), verbose_name=_("lesson"), blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes to study"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
        help_text=_("Left empty, the portal reckons them from the text and the number of questions."),
    )
    is_graded = models.BooleanField(
        _("counts for the certificate"), default=True, help_text=_("Otherwise the questions are for practice only.")
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("needed to pass, in %"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text=_("Left empty: as many as one likes."),
    )
    minutes_allowed = models.PositiveSmallIntegerField(
        _("time limit in minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(300)],
        help_text=_("Counted by the portal's own clock. Left empty: no limit."),
    )
    reveal = models.CharField(
        _("right answers are shown"), max_length=10, choices=Reveal.choices, default=Reveal.PASSED
    )

    #: Derived: how the lesson is studied.
    kind = models.CharField(max_length=10, choices=LessonKind.choices, default=LessonKind.READ, editable=False)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        FieldPanel("minutes"),
        InlinePanel(
            "quiz_parts",
            heading=_("Questions"),
            label=_("questions from a bank"),
            help_text=_("Each person gets other questions, drawn at random. Without questions it is a lesson to read."),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("is_graded"), FieldPanel("pass_mark")]),
                FieldRowPanel([FieldPanel("attempts_allowed"), FieldPanel("minutes_allowed")]),
                FieldPanel("reveal"),
            ],
            heading=_("Rules of the quiz"),
            classname="collapsed",
        ),
    ]

    #: The unit is that of the course.
    classification_panels = BasePage.classification_panels[:1]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def derive(self) -> None:
        """A lesson belongs to its course's unit: whoever edits the course edits its lessons."""
        super().derive()
        self.kind = LessonKind.of(block.block_type for block in self.body)
        if self.depth and self.depth > 1:
            self.unit_id = self.get_parent().unit_id

    @property
    def course(self) -> CoursePage:
        """The course that the lesson belongs to."""
        parent: CoursePage = self.get_parent().specific_deferred
        return parent

    @property
    def has_quiz(self) -> bool:
        """Whether there are questions to answer."""
        return self.quiz_parts.exists()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the course around it, or why it cannot be studied yet."""
        context = super().get_context(request, *args, **kwargs)
        context.update(selectors.lesson_context(self, request))
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Remember where a member is, and let the browser keep the lesson for a ride without network."""
        from training import study  # it works on these models

        response = super().serve(request, *args, **kwargs)
        if getattr(response, "context_data", {}).get("gate"):
            return response
        member = reader_of(request)
        if member:
            study.open_lesson(member, self)
        return _kept_offline(response)


class QuizPart(Orderable):
    """So many questions of one bank."""

    lesson = ParentalKey(LessonPage, on_delete=models.CASCADE, related_name="quiz_parts")
    bank = models.ForeignKey(
        "training.QuestionBank", verbose_name=_("question bank"), on_delete=models.CASCADE, related_name="+"
    )
    count = models.PositiveSmallIntegerField(
        _("how many"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Drawn at random. Left empty: all of them."),
    )

    panels = [FieldPanel("bank"), FieldPanel("count")]

    class Meta(Orderable.Meta):
        verbose_name = _("questions from a bank")
        verbose_name_plural = _("questions from banks")

    def __str__(self) -> str:
        return f"{self.bank} ({self.count or '∞'})"


class MaterialPage(BasePage):
    """Slides, a video, a recording, papers or links for whoever teaches or studies alone."""

    is_item = True
    listing_name = "training"
    admin_icon = "folder-open-1"
    page_description = _("Slides, video, recordings, papers or links to study or to teach with.")
    parent_page_types = ["training.TrainingIndexPage"]
    subpage_types: list[str] = []
    template = "training/material_page.html"

    audience = models.CharField(_("for whom"), max_length=160, blank=True)
    parts = StreamField(MaterialBlock(), verbose_name=_("material"))
    body = StreamField(BodyBlock(required=False), verbose_name=_("about the material"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("audience"), FieldPanel("parts"), FieldPanel("body")]

    class Meta:
        verbose_name = _("training material")
        verbose_name_plural = _("training materials")

    def clean(self) -> None:
        """The address must not be one of the portal's own."""
        super().clean()
        refuse_reserved(self.slug)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what stands around it."""
        context = super().get_context(request, *args, **kwargs)
        context.update(selectors.material_context(self, request))
        return context


def refuse_reserved(slug: str) -> None:
    """Raise ValidationError where a page would hide something of the portal's own."""
    if slug in RESERVED:
        raise ValidationError({"slug": _("The portal needs this address itself. Choose another one.")})


def _kept_offline(response: HttpResponseBase) -> HttpResponseBase:
    """Say to the worker of the browser that the page may be opened without network; only to that browser."""
    response["X-Keep-Offline"] = "1"
    if response.cookies:
        patch_cache_control(response, private=True)
    return response

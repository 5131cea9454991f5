"""The question bank: questions with their answers, from which quizzes draw."""

import random
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel
from wagtail.models import Orderable, PreviewableMixin
from wagtail.search import index

from core.text import CleanTextMixin
from training.questions import draw, model as asked, right_answer_in_words


class QuestionBank(CleanTextMixin, index.Indexed, models.Model):
    """Questions on one subject; several quizzes may draw from it."""

    title = models.CharField(_("name"), max_length=160, help_text=_("Only editors see it."))
    unit = models.ForeignKey(
        "organisations.Unit",
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Whose editors look after the questions. Left empty: the federation's."),
    )
    note = models.CharField(_("note"), max_length=300, blank=True, help_text=_("Where the questions come from."))

    panels = [FieldPanel("title"), FieldPanel("unit"), FieldPanel("note")]
    search_fields = [index.SearchField("title"), index.AutocompleteField("title"), index.FilterField("unit")]

    class Meta:
        ordering = ["title"]
        verbose_name = _("question bank")
        verbose_name_plural = _("question banks")

    def __str__(self) -> str:
        return self.title


class Question(PreviewableMixin, CleanTextMixin, index.Indexed, ClusterableModel):
    """One question with its answers. An attempt keeps a copy: changes touch nobody's result.

    Whether it can be asked is seen by what writes it, the form and the pasting: answers are checked with the question.
    """

    bank = models.ForeignKey(
        QuestionBank, verbose_name=_("question bank"), on_delete=models.CASCADE, related_name="questions"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=list(asked.KINDS.items()), default="single")
    text = models.TextField(_("question"), max_length=1000)
    explanation = models.TextField(
        _("explanation"),
        max_length=2000,
        blank=True,
        help_text=_("Why this is right, and where it stands. Shown after the answer."),
    )
    is_active = models.BooleanField(
        _("in use"), default=True, help_text=_("Quizzes draw it. Switched off, it stays in the results of the past.")
    )

    panels = [
        FieldPanel("bank"),
        FieldRowPanel([FieldPanel("kind", heading=_("Kind of question")), FieldPanel("is_active")]),
        FieldPanel("text"),
        HelpPanel(
            content=_(
                "One or several right: write all answers and tick the right ones. Order: write them in the right order."
                " Match: write each pair in one row. Short answer: write every spelling that counts as right."
            )
        ),
        InlinePanel("options", heading=_("Answers"), label=_("answer"), min_num=1, max_num=12),
        FieldPanel("explanation"),
    ]
    search_fields = [
        index.SearchField("text"),
        index.AutocompleteField("text"),
        index.FilterField("bank"),
        index.FilterField("kind"),
        index.FilterField("is_active"),
    ]

    class Meta:
        ordering = ["bank", "pk"]
        indexes = [models.Index(fields=["bank", "is_active"], name="question_of_bank")]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.text if len(self.text) <= 90 else f"{self.text[:89]}…"

    def asked(self) -> asked.Question:
        """The question as drawing and grading know it."""
        options: Any = self.options.all()
        return asked.Question(
            id=self.pk or 0,
            kind=self.kind,
            text=self.text,
            options=tuple(asked.Option(one.text, one.is_right, one.partner) for one in options),
            explanation=self.explanation,
        )

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """As learners get it, and the right answer."""
        return "training/question_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Drawn anew each time."""
        drawn = draw(self.asked(), random.SystemRandom())
        return {
            "request": request,
            "shown": drawn.shown,
            "right": right_answer_in_words(drawn),
            "explanation": drawn.explanation,
            "problems": asked.problems(self.asked()),
            "noindex": True,
        }


class QuestionOption(CleanTextMixin, Orderable):
    """One answer: right or wrong, in its place, with its partner, or a spelling that counts."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="options")
    text = models.CharField(_("answer"), max_length=500)
    is_right = models.BooleanField(_("right"), default=False)
    partner = models.CharField(_("belongs to it"), max_length=500, blank=True, help_text=_("Only for pairs."))

    panels = [FieldPanel("text"), FieldRowPanel([FieldPanel("is_right"), FieldPanel("partner")])]

    class Meta(Orderable.Meta):
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return self.text

"""How training is found: lessons have a kind of their own, and those for members show no text outside."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from search.documents import SearchDocument
from search.registry import Kind, page_adapter, register_kind
from training.choices import Access
from training.models import LessonPage


def register() -> None:
    """Called when the app is ready."""
    register_kind(Kind(slug="bai-hoc", label=_("Lesson")), LessonPage)
    page_adapter(LessonPage)(hide_members_text)


def hide_members_text(page: Any, document: SearchDocument) -> SearchDocument:
    """A lesson for members is found by its title and summary alone."""
    course = page.course
    return replace(document, text="") if course.access == Access.MEMBERS else document

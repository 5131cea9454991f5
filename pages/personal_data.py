"""What a person has written."""

from typing import Any

from django.utils.translation import gettext as _

from core.personal_data import register_personal_data
from pages.models import BasePage


def export(user: Any) -> list[dict[str, Any]]:
    """Pages that the person began."""
    pages = BasePage.objects.filter(owner=user).order_by("pk")
    return [
        {"title": page.title, "address": page.url_path, "published": page.first_published_at, "is_live": page.live}
        for page in pages
    ]


def erase(user: Any) -> None:
    """Pages are the portal's and stay; that this person began them is forgotten."""
    BasePage.objects.filter(owner=user).update(owner=None)


def objection(user: Any) -> str | None:
    """Somebody must look after what is published."""
    if BasePage.objects.filter(owner=user, live=True).exists():
        return _("Pages that you wrote are published. Ask the administrator to hand them over and close your account.")
    return None


def register() -> None:
    """Called when the app is ready."""
    register_personal_data("pages", export=export, erase=erase, objection=objection, covers=["pages.BasePage"])

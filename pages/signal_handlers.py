"""Keeps derived columns right when the tree changes."""

from typing import Any

from wagtail.signals import post_page_move

from pages.models import BasePage


def update_section_after_move(sender: type, instance: BasePage, **kwargs: Any) -> None:
    """A moved item belongs to the section it now stands in; items below a moved section keep theirs."""
    section_id = BasePage.section_for(instance.get_parent()) if instance.listed else None
    if instance.section_id != section_id:
        BasePage.objects.filter(pk=instance.pk).update(section_id=section_id)
        instance.section_id = section_id


def connect() -> None:
    """Called when the app is ready."""
    post_page_move.connect(update_section_after_move, dispatch_uid="pages.section_after_move")

"""Buttons of lists that post: they work by Wagtail's own script, and each view they lead to takes a plain form too."""

from typing import Any

from wagtail.admin.widgets.button import BaseButton, Button


def posting_button(label: Any, url: str, icon: str, *, after: str = "") -> BaseButton:
    """A button that posts to an address and comes back to ``after``."""
    attributes = {
        "data-controller": "w-action",
        "data-action": "w-action#post",
        "data-w-action-url-value": url,
    }
    if after:
        attributes["data-w-action-next-value"] = after
    return Button(label, icon_name=icon, attrs=attributes)

"""What lists of work in the admin have in common: rows that are looked at and acted on, never created or edited."""

from typing import Any

from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import BaseButton, Button, HeaderButton

_MISSING = frozenset({"add_url_name", "edit_url_name", "delete_url_name", "history_url_name", "usage_url_name"})


def posting_button(label: Any, url: str, icon: str, *, after: str = "", header: bool = False) -> BaseButton:
    """A button that posts to an address, by Wagtail's own script, and comes back to ``after``."""
    attributes = {
        "data-controller": "w-action",
        "data-action": "w-action#post",
        "data-w-action-url-value": url,
    }
    if after:
        attributes["data-w-action-next-value"] = after
    return (HeaderButton if header else Button)(label, icon_name=icon, attrs=attributes)


class LookOnlyViewSet(ModelViewSet):
    """A list and the details of a row; a subclass names the addresses of both and of what can be done."""

    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Leave out the addresses of views that this list does not have."""
        given = super().get_common_view_kwargs(**kwargs)
        return {name: value for name, value in given.items() if name not in _MISSING}

    def register_admin_url_finder(self) -> None:
        """There is no edit view to find."""

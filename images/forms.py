"""The form for pictures in the admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm


class PortalImageForm(BaseImageForm):
    """Asks for the text alternative in words that say what it is for."""

    class Meta(BaseImageForm.Meta):
        labels = {"title": _("Name in the library"), "description": _("Text alternative")}
        help_texts = {
            "title": _("Only editors see it, to find the picture again."),
            "description": _(
                "One sentence that says what the picture shows. It is read out to people who cannot see it, "
                "and shown when the picture does not load. Not «picture of…», not the file's name."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "description" in self.fields:
            self.fields["description"].required = True

"""The file library's model; custom from the first migration, since it cannot be changed later."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument

from core.text import CleanTextMixin


class PortalDocument(CleanTextMixin, AbstractDocument):
    """A file that readers download, kept byte for byte as it was signed."""

    source = models.CharField(
        _("source"), max_length=160, blank=True, help_text=_("Who issued the file. Readers see it beside the link.")
    )

    admin_form_fields = ("title", "file", "source", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

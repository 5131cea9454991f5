"""The form of a file in the library."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

from documents.uploads import checked


class PortalDocumentForm(BaseDocumentForm):
    """Says what may be uploaded, and looks inside films and captions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].help_text = _(
                "Papers, tables, slides and recordings up to %(file)s; videos (MP4 or WebM) up to %(video)s; "
                "captions (.srt or .vtt)."
            ) % {
                "file": filesizeformat(settings.FILE_MAX_UPLOAD_SIZE),
                "video": filesizeformat(settings.VIDEO_MAX_UPLOAD_SIZE),
            }

    def clean_file(self) -> Any:
        """Look at a new file; one that is kept was looked at before."""
        file = self.cleaned_data["file"]
        return checked(file) if isinstance(file, UploadedFile) else file

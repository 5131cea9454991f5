"""The frames' feed."""

from django.utils.translation import gettext_lazy as _

from crossposting.feeds.registry import register_source
from crossposting.feeds.sources import CornerFeed
from frames.models import FrameIndexPage


def register() -> None:
    """Called when the app is ready."""
    register_source(CornerFeed("khung-anh", _("Avatar frames"), order=27, listing="frames", front=FrameIndexPage))

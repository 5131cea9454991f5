"""What the public interface shows of standing pages: their text."""

from api.registry import register_text
from home.models import StandardPage


def register() -> None:
    """Called when the app is ready."""
    register_text(StandardPage)

"""Pages in the admin: the dashboard's panels."""

from pages import panels

__all__ = ["panels"]

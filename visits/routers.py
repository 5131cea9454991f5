"""The counts have a database of their own, whatever the content's database is."""

from typing import Any

ALIAS = "visits"
APP = "visits"


class VisitsRouter:
    """Sends the models of this app to their database, and keeps all others out of it."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        """Where a model is read."""
        return ALIAS if model._meta.app_label == APP else None

    def db_for_write(self, model: Any, **hints: Any) -> str | None:
        """Where a model is written."""
        return ALIAS if model._meta.app_label == APP else None

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """Which tables a database gets."""
        if app_label == APP or db == ALIAS:
            return app_label == APP and db == ALIAS
        return None

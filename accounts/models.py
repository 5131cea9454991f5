"""The portal's own user, so that accounts can grow without touching what refers to them."""

from django.contrib.auth.models import AbstractUser

from core.text import CleanTextMixin


class User(CleanTextMixin, AbstractUser):
    """An editor or a member."""

    def get_full_name(self) -> str:
        """Vietnamese order: family name, then given name."""
        return f"{self.last_name} {self.first_name}".strip()

    def __str__(self) -> str:
        return self.get_full_name() or self.username

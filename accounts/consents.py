"""Telling members about their data, and keeping what they agreed to."""

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from accounts.models import Consent, ConsentText, DataRequest, User
from accounts.records import note

#: The text that a new portal begins with; the administrator replaces it by a new version. Content, not interface:
#: members agree to these very words.
FIRST_TEXT = Path(__file__).with_name("consent_text.txt")


def current_text() -> ConsentText:
    """The version that is in force. A migration writes the first one."""
    return ConsentText.objects.first() or ConsentText.objects.create(text=FIRST_TEXT.read_text("utf-8").strip())


def needs_asking(user: User) -> bool:
    """Whether a member has not agreed, or only to an earlier version."""
    return user.consent_version is not None and user.consent_version != current_text().pk


@transaction.atomic
def give(user: User, occasion: Consent.Occasion) -> None:
    """Keep that a member agrees to the version in force."""
    text = current_text()
    Consent.objects.create(user=user, text=text, occasion=occasion)
    user.consent_version = text.pk
    user.save(update_fields=["consent_version"])


@transaction.atomic
def withdraw(user: User) -> None:
    """Keep that a member agrees no more. From now on the account rests: it shows, hands out and deletes its data."""
    Consent.objects.filter(user=user, withdrawn_at=None).update(withdrawn_at=timezone.now())
    user.consent_version = 0
    user.save(update_fields=["consent_version"])
    note(DataRequest.Kind.WITHDRAWN)

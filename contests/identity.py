"""Who enters a contest: one person, one entry, and no telephone number in the database."""

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts import member_codes

_MOBILE = re.compile(r"0[35789]\d{8}")


def normal_phone(typed: str) -> str:
    """The one form of a mobile number however it is typed; raises ValidationError for anything else."""
    code = member_codes.normal_form(typed)
    if not _MOBILE.fullmatch(code):
        raise ValidationError(_("Write your mobile number, such as 0912 345 678."))
    return code


def name_of_member(user: Any) -> str:
    """What stands for a member: the member code, which may be the telephone number, or else the account itself."""
    return user.member_code or f"account:{user.pk}"


def identity(contest_id: int, name: str) -> str:
    """The keyed hash under which somebody's entry is found again.

    Keyed with the site's secret: the database alone tells no number. Another one in each contest, so that nobody
    sees from two lists that the same person stands in both. Hexadecimal, 64 characters.
    """
    text = f"{contest_id}:{name}"
    return salted_hmac("contests.identity", text, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()


def last_digits(name: str) -> str:
    """What a winner is recognised by in a public list: the last three digits of a number, "" for an account."""
    return name[-3:] if name.isascii() and name[-3:].isdigit() else ""

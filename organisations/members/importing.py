"""From a list to members: what each line would do, then doing it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import member_codes
from accounts.models import User, new_username, split_name
from organisations.members.lists import Line
from organisations.models import Member, Unit
from organisations.permissions import unit_scope

LONGEST_NAME = 150


class Outcome(Enum):
    """What a line does."""

    NEW = "new"
    KNOWN = "known"
    MOVED = "moved"
    WRONG = "wrong"


LABELS: dict[Outcome, str | Promise] = {
    Outcome.NEW: _("new"),
    Outcome.KNOWN: _("known already"),
    Outcome.MOVED: _("comes to this unit"),
    Outcome.WRONG: _("to be mended"),
}


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A line, what it does, and what there is to say about it."""

    line: Line
    outcome: Outcome
    code: str = ""
    email: str = ""
    notes: tuple[str | Promise, ...] = ()
    member: Any = None

    @property
    def label(self) -> str | Promise:
        """The outcome in words."""
        return LABELS[self.outcome]

    @property
    def is_wrong(self) -> bool:
        """Whether the line must be mended first."""
        return self.outcome is Outcome.WRONG

    @property
    def written_code(self) -> str:
        """As it will stand on the slip."""
        return member_codes.written(self.code) if self.code else self.line.code


def check(lines: Sequence[Line], unit: Unit, user: Any) -> list[Checked]:
    """What each line would do if this user brought the list in for this unit. Four queries, however many lines."""
    codes = [member_codes.normal_form(line.code) for line in lines]
    emails = [line.email.lower() for line in lines]
    known = Known(codes, emails, user)
    times = Counter(filter(None, codes))
    mails = Counter(filter(None, emails))
    return [
        _check_line(line, code, email, unit, known, twice=times[code] > 1, mail_twice=mails[email] > 1)
        for line, code, email in zip(lines, codes, emails, strict=True)
    ]


class Known:
    """Accounts that have codes or e-mails of a list."""

    def __init__(self, codes: Iterable[str], emails: Iterable[str], user: Any) -> None:
        wanted = set(filter(None, codes))
        addresses = set(filter(None, emails))
        self.scope = unit_scope(user)
        self.taken = dict(User.objects.filter(member_code__in=wanted).values_list("member_code", "pk"))
        members = Member.objects.filter(pk__in=self.taken.values()).select_related("unit")
        self.members = {member.member_code: member for member in members}
        self.owners: dict[str, int] = {}
        for address, owner in (
            *EmailAddress.objects.filter(email__in=addresses).values_list("email", "user_id"),
            *User.objects.annotate(plain=Lower("email")).filter(plain__in=addresses).values_list("plain", "pk"),
        ):
            self.owners.setdefault(address.lower(), owner)

    def may_touch(self, member: Member) -> bool:
        """A member of one's own units, or of none yet where nothing narrows the right."""
        return self.scope is None or member.unit_id in self.scope


def _check_line(
    line: Line, code: str, email: str, unit: Unit, known: Known, *, twice: bool, mail_twice: bool
) -> Checked:
    problems = _problems(line, code, email)
    member = known.members.get(code)
    if twice:
        problems.append(_("This code stands in the list more than once."))
    if mail_twice:
        problems.append(_("This e-mail stands in the list more than once."))
    if code in known.taken and (member is None or not known.may_touch(member)):
        problems.append(_("This code belongs to an account outside your units. Ask the administrator."))
    elif email and known.owners.get(email, member and member.pk) != (member and member.pk):
        problems.append(_("This e-mail belongs to another account."))
    if problems:
        return Checked(line=line, outcome=Outcome.WRONG, code=code, notes=tuple(problems))
    if member is None:
        return Checked(line=line, outcome=Outcome.NEW, code=code, email=email)
    notes: list[str | Promise] = []
    if member.get_full_name() != line.name:
        notes.append(_("The account keeps its name: %(name)s.") % {"name": member.get_full_name()})
    if email and member.email != email:
        notes.append(_("The account keeps its e-mail; the member changes it."))
    outcome = Outcome.KNOWN if member.unit_id == unit.pk else Outcome.MOVED
    return Checked(line=line, outcome=outcome, code=code, notes=tuple(notes), member=member)


def _problems(line: Line, code: str, email: str) -> list[str | Promise]:
    problems: list[str | Promise] = []
    if not line.code:
        problems.append(_("The code is missing."))
    elif not code:
        problems.append(
            _("A member code has 4 to 20 digits and letters, at least one digit, such as 0912 345 678 or CD-01234.")
        )
    if not line.name:
        problems.append(_("The name is missing."))
    elif len(line.name) > LONGEST_NAME:
        problems.append(_("The name is too long."))
    elif not any(letter.isalpha() for letter in line.name) or "@" in line.name:
        problems.append(_("This is no name. Are the columns in the order code, full name, e-mail?"))
    if email:
        try:
            validate_email(email)
        except ValidationError:
            problems.append(_("This is no e-mail address."))
    return problems


@transaction.atomic
def bring_in(checked: Sequence[Checked], unit: Unit) -> dict[Outcome, int]:
    """Make the new members and move those who come; wrong lines are left. Returns how many there were of each.

    Nobody's name or e-mail is written over. Raises IntegrityError if somebody else took a code this very moment.
    """
    new = []
    for one in checked:
        if one.outcome is Outcome.NEW:
            family, given = split_name(one.line.name)
            new.append(
                User(
                    username=new_username(),
                    last_name=family,
                    first_name=given,
                    email=one.email,
                    member_code=one.code,
                    unit=unit,
                    password=make_password(None),
                    consent_version=0,
                )
            )
    User.objects.bulk_create(new, batch_size=500)
    moved = [one.member.pk for one in checked if one.outcome is Outcome.MOVED]
    User.objects.filter(pk__in=moved).update(unit=unit)
    return {outcome: sum(one.outcome is outcome for one in checked) for outcome in Outcome}

"""Entering, answering and handing in: by the server's clock, each answer stored as it comes, nothing twice."""

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from contests.choices import Entrants
from contests.identity import identity, last_digits
from contests.models import Answer, Entry, Round
from contests.models.entries import new_code
from training.models import Question
from training.questions import Drawn, draw_many, grade, read_answer

if TYPE_CHECKING:
    from organisations.models import Unit

#: An answer that was under way when the time ran out still counts.
GRACE = timedelta(seconds=10)
#: So many entries whose time is over are judged in one transaction.
BATCH = 200


class Refused(Exception):  # noqa: N818  # a state, not a mistake
    """It cannot be done now; the message says why, in the reader's language."""


class Entered(Refused):
    """This person has entered the round already."""


@dataclass(frozen=True, kw_only=True)
class Entrant:
    """Who enters. ``known_as`` is a number or code in the form of :mod:`contests.identity`."""

    known_as: str
    name: str
    unit: "Unit | None" = None
    unit_name: str = ""
    user: Any = None


def enter(round_: Round, person: Entrant, *, guess: int | None = None, code: str = "") -> Entry:
    """Draw the questions and let the time run; with the code of an entry that this person has just made, that one.

    Raises Entered for somebody who has entered the round already, whose entry is nobody else's to see, and Refused
    where the round is not open or has no questions.
    """
    if not round_.is_open:
        raise Refused(_("This round is not open now."))
    if round_.page.entrants == Entrants.MEMBERS and person.user is None:
        raise Refused(_("This contest is for members. Log in to enter."))
    key = identity(round_.page_id, person.known_as)
    present = Entry.objects.valid().filter(round=round_, identity=key).first()
    if present is not None and present.code == code:
        return present
    if present is not None:
        raise _entered()
    drawn = draw_questions(round_)
    if not drawn:
        raise Refused(_("There are no questions in this round yet."))
    now = timezone.now()
    try:
        with transaction.atomic():
            return Entry.objects.create(
                code=code or new_code(),
                round=round_,
                user=person.user,
                identity=key,
                last_digits=last_digits(person.known_as),
                name=person.name,
                unit=person.unit,
                unit_name=person.unit.name if person.unit else person.unit_name,
                guess=guess if round_.asks_guess else None,
                drawn=[question.to_json() for question in drawn],
                started_at=now,
                due_at=round_.due(now),
            )
    except IntegrityError:  # pressed twice, or on two phones at once
        present = Entry.objects.valid().filter(round=round_, identity=key, code=code).first()
        if present is None:
            raise _entered() from None
        return present


def _entered() -> Entered:
    return Entered(
        _(
            "This number has entered this round already. If that was you, go on with the address of your entry, "
            "on the phone on which you began. If it was not, tell the organisers."
        )
    )


def entry_of(round_: Round, user: Any) -> Entry | None:
    """A member's own entry in a round."""
    return Entry.objects.valid().filter(round=round_, user=user).first() if user is not None else None


def draw_questions(round_: Round) -> list[Drawn]:
    """So many of the bank, at random, none twice, each mixed; two queries."""
    questions = Question.objects.filter(bank=round_.bank_id, is_active=True).prefetch_related("options").order_by("pk")
    return draw_many([question.asked() for question in questions], round_.questions, random.SystemRandom())


def questions_in(entry: Entry) -> list[Drawn]:
    """What was drawn."""
    return [Drawn.from_json(stored) for stored in entry.drawn]


def field_name(number: int) -> str:
    """The name under which a form posts the answer to the question with this number, from 1."""
    return f"cau-{number}"


def answer(entry: Entry, number: int, data: QueryDict) -> bool:
    """Keep the answer to one question in place of an earlier one; False if it came too late and changed nothing.

    The entry is locked first: an answer and the handing in cannot pass each other. Sent again, it changes nothing.
    """
    question = Drawn.from_json(entry.drawn[number - 1])
    given = read_answer(question, data, field_name(number))
    with transaction.atomic():
        row = Entry.objects.select_for_update().only("submitted_at", "due_at", "cancelled_at").get(pk=entry.pk)
        now = timezone.now()
        if row.submitted_at is not None or row.cancelled_at is not None or now > row.due_at + GRACE:
            return False
        Answer.objects.bulk_create(
            [Answer(entry_id=entry.pk, number=number, given=given, answered_at=now)],
            update_conflicts=True,
            unique_fields=["entry", "number"],
            update_fields=["given", "answered_at"],
        )
    return True


def answers_of(entry: Entry) -> dict[int, Any]:
    """What was answered, by the number of the question; a question left empty is not there."""
    stored = Answer.objects.filter(entry=entry).values_list("number", "given")
    return {number: given for number, given in stored if given is not None}


def hand_in(entry: Entry) -> Entry:
    """Judge what has been answered and close the entry; closed already, it stays as it is."""
    with transaction.atomic():
        locked = Entry.objects.select_for_update().get(pk=entry.pk)
        if locked.is_open:
            judge(locked, timezone.now())
    return locked


def judge(entry: Entry, now: Any) -> None:
    """Reckon the points of what was answered and close the entry; the caller has locked it."""
    answers = answers_of(entry)
    drawn = questions_in(entry)
    grades = [grade(question, answers.get(number)) for number, question in enumerate(drawn, start=1)]
    entry.points = round(sum(one.points for one in grades), 4)
    entry.percent = int(100 * entry.points / len(drawn) + 1e-9) if drawn else 0
    entry.submitted_at = min(now, entry.due_at)
    entry.seconds = max(0, round((entry.submitted_at - entry.started_at).total_seconds()))
    entry.save(update_fields=["points", "percent", "submitted_at", "seconds"])


def is_over(entry: Entry) -> bool:
    """Whether the time has run out, by the server's clock."""
    return timezone.now() > entry.due_at + GRACE


def close_overdue(round_id: int | None = None) -> int:
    """Judge entries that were begun and left; what was answered in time counts. Returns how many there were."""
    overdue = Entry.objects.filter(submitted_at=None, due_at__lt=timezone.now() - GRACE).order_by("pk")
    if round_id is not None:
        overdue = overdue.filter(round=round_id)
    closed = 0
    while ids := list(overdue.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            for entry in Entry.objects.select_for_update().filter(pk__in=ids, submitted_at=None):
                judge(entry, entry.due_at)
        closed += len(ids)
    return closed


def take_out(entry: Entry, reason: str) -> bool:
    """Let an entry count no more; its person may enter again. Whether it counted until now."""
    out = Entry.objects.valid().filter(pk=entry.pk)
    return bool(out.update(cancelled_at=timezone.now(), cancelled_because=reason[:300]))

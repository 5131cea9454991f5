"""What a question is: plain values that know nothing of drawing or grading, and what keeps one from being asked."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from core.text import clean_text
from training.questions.spelling import spelling

#: What an editor chooses from.
KINDS: dict[str, Promise] = {
    "single": gettext_lazy("One right answer"),
    "multiple": gettext_lazy("Several right answers"),
    "order": gettext_lazy("Put in order"),
    "match": gettext_lazy("Match in pairs"),
    "short": gettext_lazy("Short written answer"),
}

#: More options than these nobody weighs on a phone.
MOST_OPTIONS = 12
#: In letters.
LONGEST_TEXT = 2000
LONGEST_OPTION = 500
LONGEST_EXPLANATION = 4000


@dataclass(frozen=True)
class Option:
    """One line of answers; what it means depends on the kind of its question.

    * ``single`` and ``multiple``: an answer to choose, right or not.
    * ``order``: a thing to put in order; the options stand in the right order.
    * ``match``: ``text`` on the left belongs to ``partner`` on the right.
    * ``short``: one way of writing the right answer.
    """

    text: str
    is_right: bool = False
    partner: str = ""


@dataclass(frozen=True)
class Question:
    """A question as its editor wrote it; ``id`` is 0 as long as it is not stored."""

    id: int
    kind: str
    text: str
    options: tuple[Option, ...]
    explanation: str = ""


def alike(text: str) -> str:
    """What two texts have in common that a reader cannot tell apart: no case, no doubled spaces."""
    return " ".join(clean_text(text).casefold().split())


def problems(question: Question) -> list[str]:
    """What an editor must mend before the question can be asked: one sentence for each fault, none when it is fine.

    In a question to match, several on the left may have the same partner; no two on the left are alike.
    """
    checks = _CHECKS.get(question.kind)
    if checks is None:
        return [_("There is no question of the kind “%(kind)s”.") % {"kind": question.kind}]
    found = list(_text_problems(question))
    if len(question.options) > MOST_OPTIONS:
        count = {"most": MOST_OPTIONS, "count": len(question.options)}
        return [*found, _("A question takes at most %(most)s answers; this one has %(count)s.") % count]
    found += _option_problems(question.options)
    for check in checks:
        found += check(question.options)
    return found


def _text_problems(question: Question) -> Iterator[str]:
    if not clean_text(question.text).strip():
        yield _("The question has no text.")
    if len(question.text) > LONGEST_TEXT:
        yield _("The question is too long: at most %(most)s letters.") % {"most": LONGEST_TEXT}
    if len(question.explanation) > LONGEST_EXPLANATION:
        yield _("The explanation is too long: at most %(most)s letters.") % {"most": LONGEST_EXPLANATION}


def _option_problems(options: Iterable[Option]) -> Iterator[str]:
    for number, option in enumerate(options, start=1):
        if not alike(option.text):
            yield _("Answer %(number)s is empty.") % {"number": number}
        if max(len(option.text), len(option.partner)) > LONGEST_OPTION:
            yield _("Answer %(number)s is too long: at most %(most)s letters.") % {
                "number": number,
                "most": LONGEST_OPTION,
            }


def _at_least_two(options: tuple[Option, ...]) -> Iterator[str]:
    if len(options) < 2:
        yield _("At least two answers are needed.")


def _at_least_one(options: tuple[Option, ...]) -> Iterator[str]:
    if not options:
        yield _("At least one accepted answer is needed.")


def _none_alike(options: tuple[Option, ...]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for number, option in enumerate(options, start=1):
        text = alike(option.text)
        if text in seen:
            yield _("Answers %(first)s and %(second)s are alike.") % {"first": seen[text], "second": number}
        elif text:
            seen[text] = number


def _one_right(options: tuple[Option, ...]) -> Iterator[str]:
    right = sum(option.is_right for option in options)
    if right > 1:
        yield _("Only one answer can be right here; %(count)s are marked.") % {"count": right}
    yield from _some_right(options)


def _some_right(options: tuple[Option, ...]) -> Iterator[str]:
    if options and not any(option.is_right for option in options):
        yield _("No answer is marked as right.")


def _all_paired(options: tuple[Option, ...]) -> Iterator[str]:
    partners = [alike(option.partner) for option in options]
    for number, partner in enumerate(partners, start=1):
        if not partner:
            yield _("Pair %(number)s has no right-hand side.") % {"number": number}
    if len(partners) > 1 and all(partners) and len(set(partners)) == 1:
        yield _("All pairs have the same right-hand side: there is nothing to match.")


def _all_writable(options: tuple[Option, ...]) -> Iterator[str]:
    for number, option in enumerate(options, start=1):
        if alike(option.text) and not spelling(option.text):
            yield _("Accepted answer %(number)s has neither letters nor digits.") % {"number": number}


_CHECKS: dict[str, tuple[Callable[[tuple[Option, ...]], Iterator[str]], ...]] = {
    "single": (_at_least_two, _none_alike, _one_right),
    "multiple": (_at_least_two, _none_alike, _some_right),
    "order": (_at_least_two, _none_alike),
    "match": (_at_least_two, _none_alike, _all_paired),
    "short": (_at_least_one, _all_writable),
}

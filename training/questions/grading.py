"""Reads what a person answered and says what it is worth.

Names of form fields, for a question whose fields are called ``name``; all numbers count from 1 as shown:

* ``single`` and ``multiple``: ``name``, radio buttons or checkboxes whose values are the numbers of options.
* ``order``: ``name-0`` to ``name-n``, one select for each thing as shown, with its place.
* ``match``: ``name-0`` to ``name-n``, one select for each left hand side as shown, with its partner's number.
* ``short``: ``name``, a text.

An answer is a plain JSON value, so that it can be stored as it is: a number, a list of numbers in rising order, a list
of a number or None for each select, a text; None for a question left empty. What cannot be meant (a number that is not
there, two radio buttons, a file) counts as left empty.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core.text import clean_text
from training.questions.drawing import Drawn
from training.questions.model import LONGEST_OPTION
from training.questions.spelling import is_same

type Answer = int | list[int] | list[int | None] | str | None

#: In letters; what is written beyond is not read. No accepted answer is as long.
LONGEST_ANSWER = LONGEST_OPTION * 2


@dataclass(frozen=True)
class Grade:
    """What an answer is worth, from 0 to 1, and whether all of it is right."""

    points: float
    is_right: bool


def read_answer(drawn: Drawn, data: Mapping[str, Any], name: str) -> Answer:
    """Read the fields of a sent form (a QueryDict, or a mapping of values or lists); None when left empty."""
    if drawn.kind in {"order", "match"}:
        fields = range(len(drawn.right))
        return read_json_answer(drawn, [_only(_sent(data, f"{name}-{field}"), len(drawn.options)) for field in fields])
    values = _sent(data, name)
    if drawn.kind == "single":
        return _only(values, len(drawn.options))
    if drawn.kind == "multiple":
        return read_json_answer(drawn, values)
    return read_json_answer(drawn, values[-1] if values else None)


def read_json_answer(drawn: Drawn, value: object) -> Answer:
    """Read an answer that a script sent, or one that was stored; None when it is empty or makes no sense."""
    reader = _READERS.get(drawn.kind)
    return reader(drawn, value) if reader else None


def grade(drawn: Drawn, answer: object) -> Grade:
    """Say what an answer is worth; whatever it is, nothing is raised.

    * ``single`` and ``short``: all or nothing.
    * ``multiple``: every right choice counts one, every wrong one takes one away, over the number of right options.
      To choose everything earns nothing more than the share of right options above the wrong ones.
    * ``order``: the share of things that stand right behind the one they should follow. One step that is forgotten and
      put last costs two neighbours; by places it would cost all that come after. By chance a thing follows its right
      neighbour once in as many times as there are things, so guessing earns little.
    * ``match``: the share of right pairs.
    """
    read = read_json_answer(drawn, answer)
    if read is None:
        return Grade(0.0, is_right=False)
    points = min(1.0, max(0.0, _GRADERS[drawn.kind](drawn, read)))
    return Grade(points, is_right=points == 1.0)


def right_answer_in_words(drawn: Drawn) -> list[str]:
    """The right answer, a line for each part: to show with the explanation once the answer is graded."""
    if drawn.kind == "short":
        return list(drawn.accepted)
    return _in_words(drawn, drawn.right)


def answer_in_words(drawn: Drawn, answer: object) -> list[str]:
    """What a person answered, in the form of :func:`right_answer_in_words`; empty when nothing was answered."""
    match read_json_answer(drawn, answer):
        case None:
            return []
        case str(written):
            return [written]
        case int(number):
            return _in_words(drawn, [number])
        case numbers:
            return _in_words(drawn, numbers)


def _in_words(drawn: Drawn, numbers: Iterable[int | None]) -> list[str]:
    if drawn.kind == "order":
        placed = [(place, text) for place, text in zip(numbers, drawn.options, strict=True) if place]
        return [f"{place}. {text}" for place, text in sorted(placed)]
    chosen = [drawn.options[number - 1] if number else "…" for number in numbers]
    if drawn.kind == "match":
        return [f"{left} → {partner}" for left, partner in zip(drawn.lefts, chosen, strict=True)]
    return chosen


def _sent(data: Mapping[str, Any], name: str) -> list[Any]:
    """All values of a field."""
    if hasattr(data, "getlist"):
        return list(data.getlist(name))
    value = data.get(name)
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _number(value: object, most: int) -> int | None:
    """A number from 1 to ``most``, in digits or as it is."""
    if isinstance(value, str):
        value = value.strip()
        value = int(value) if len(value) <= 4 and value.isascii() and value.isdigit() else None
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 1 <= value <= most else None


def _numbers(values: Iterable[object], most: int) -> list[int]:
    return sorted({number for number in (_number(value, most) for value in values) if number})


def _only(values: Iterable[object], most: int) -> int | None:
    numbers = _numbers(values, most)
    return numbers[0] if len(numbers) == 1 else None


def _read_one(drawn: Drawn, value: object) -> Answer:
    return _number(value, len(drawn.options))


def _read_several(drawn: Drawn, value: object) -> Answer:
    values = value if isinstance(value, list | tuple) else [value]
    return _numbers(values, len(drawn.options)) or None


def _read_selects(drawn: Drawn, value: object) -> Answer:
    if not isinstance(value, list | tuple):
        return None
    count = len(drawn.right)
    numbers = [_number(item, len(drawn.options)) for item in value[:count]]
    return [*numbers, *[None] * (count - len(numbers))] if any(numbers) else None


def _read_text(_drawn: Drawn, value: object) -> Answer:
    if not isinstance(value, str):
        return None
    return " ".join(clean_text(value).split())[:LONGEST_ANSWER].strip() or None


def _grade_one(drawn: Drawn, answer: Any) -> float:
    return float(drawn.right == (answer,))


def _grade_several(drawn: Drawn, answer: Any) -> float:
    right = len(set(drawn.right).intersection(answer))
    wrong = len(answer) - right
    return (right - wrong) / max(1, len(drawn.right))


def _grade_order(drawn: Drawn, answer: Any) -> float:
    times = Counter(answer)
    chosen = {
        right: place if times[place] == 1 else None for right, place in zip(drawn.right, answer, strict=True)
    }  # a place taken twice is nobody's
    follows = [
        bool(chosen[place] and chosen[place + 1] == (chosen[place] or 0) + 1) for place in range(1, len(drawn.right))
    ]
    return sum(follows) / max(1, len(follows))


def _grade_pairs(drawn: Drawn, answer: Any) -> float:
    right = sum(number == partner for number, partner in zip(answer, drawn.right, strict=True))
    return right / max(1, len(drawn.right))


def _grade_text(drawn: Drawn, answer: Any) -> float:
    return float(any(is_same(accepted, answer) for accepted in drawn.accepted))


_READERS: dict[str, Callable[[Drawn, object], Answer]] = {
    "single": _read_one,
    "multiple": _read_several,
    "order": _read_selects,
    "match": _read_selects,
    "short": _read_text,
}
_GRADERS: dict[str, Callable[[Drawn, Any], float]] = {
    "single": _grade_one,
    "multiple": _grade_several,
    "order": _grade_order,
    "match": _grade_pairs,
    "short": _grade_text,
}

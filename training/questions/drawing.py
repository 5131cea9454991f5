"""A question as one person gets it: its options mixed, and what the server keeps to grade the answer."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from core.text import clean_text
from training.questions.model import Question, alike

_ABOUT = r"(?:đáp án|phương án|lựa chọn|câu trả lời|câu|ý|trường hợp|nội dung|quy định)"
#: «Tất cả các ý trên», «Cả ba …», «Không có đáp án nào đúng», «Ý kiến khác»: it speaks of the options around it.
_KEEPS_ITS_PLACE = re.compile(
    r"tất cả\b|cả (?:hai|ba|bốn|năm|sáu|[2-9])\b|mọi phương án\b"
    rf"|(?:các|hai|ba|bốn|cả|những) {_ABOUT}\b.*\b(?:trên|đều|đúng|sai)\b"
    rf"|không (?:có )?{_ABOUT} nào\b|{_ABOUT} khác\b|ý kiến khác\b"
    r"|.*\b(?:nêu|kể|ở|bên) trên\W*$|.*\btrên đều (?:đúng|sai)\b"
    r"|(?:all|both|none|neither) of\b"
)
#: «Cả A và B», «A, C đều đúng», «Đáp án B», «Ý 1 và 3»: a letter that would name another option after mixing. Letters
#: of the law («điểm a, b khoản 1») are none.
_NAMES_LETTERS = re.compile(
    rf"\b(?:cả|chỉ|chỉ có|{_ABOUT}) [a-l]\b(?! khoản)|\b{_ABOUT} [0-9]{{1,2}}\b(?! khoản)"
    r"|(?<!điểm )(?<!khoản )(?<!\w)[a-l] ?(?:,|;|&|\+|/|và|hoặc|hay|lẫn|and|or) ?(?:cả |ý |câu )?[a-l]\b(?! khoản)"
    r"|(?<!\w)[a-l] (?:đúng|sai|đều)\b"
)
_EXPLAINS_LETTERS = re.compile(r"\b(?:đáp án|phương án|lựa chọn|chọn|câu|ý)(?: đúng)?(?: là)?:? [a-l]\b(?! khoản)")


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A question with its options in the order one person sees them. It stays on the server; see :attr:`shown`.

    Options are numbered from 1 as shown. ``options`` are what is chosen from: answers, things to order, or the right
    hand sides to match, each once. ``lefts`` are the left hand sides. ``right`` is the right answer in the form in
    which answers are read: the numbers of the right options, the place of each thing in the right order, or the number
    of each left's partner. ``accepted`` are the answers of a ``short`` question.
    """

    id: int
    kind: str
    text: str
    options: tuple[str, ...] = ()
    lefts: tuple[str, ...] = ()
    right: tuple[int, ...] = ()
    accepted: tuple[str, ...] = ()
    explanation: str = ""

    @property
    def shown(self) -> dict[str, Any]:
        """What the browser may know, as plain JSON: ``kind``, ``text``, ``options`` and ``lefts`` in their order.

        Neither what is right nor an order from which it can be told: before they are mixed, things to order and
        right hand sides are put in the order of their letters.
        """
        return {"kind": self.kind, "text": self.text, "options": list(self.options), "lefts": list(self.lefts)}

    def to_json(self) -> dict[str, Any]:
        """Everything, the right answer too, as plain JSON for the server's store."""
        return {
            "id": self.id,
            "kind": self.kind,
            "text": self.text,
            "options": list(self.options),
            "lefts": list(self.lefts),
            "right": list(self.right),
            "accepted": list(self.accepted),
            "explanation": self.explanation,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Drawn":
        """Read what :meth:`to_json` wrote, and nothing else."""
        return cls(
            id=data["id"],
            kind=data["kind"],
            text=data["text"],
            options=tuple(data["options"]),
            lefts=tuple(data["lefts"]),
            right=tuple(data["right"]),
            accepted=tuple(data["accepted"]),
            explanation=data["explanation"],
        )


def draw(question: Question, chance: Random) -> Drawn:
    """Mix the options of a question for one person.

    Things to order are never shown in their right order. An option that speaks of the others («Tất cả …») keeps its
    place, and those above and below it stay above and below; where one names letters («Cả A và B»), or the explanation
    does, nothing is mixed.

    :raises ValueError: for a kind that does not exist. A question that has other :func:`problems` can be drawn, yet
        perhaps not answered.
    """
    if question.kind not in _PARTS:
        raise ValueError(f"There is no question of the kind {question.kind!r}.")
    return Drawn(
        id=question.id,
        kind=question.kind,
        text=_tidy(question.text),
        explanation=_tidy(question.explanation),
        **_PARTS[question.kind](question, chance),
    )


def draw_many(questions: Sequence[Question], count: int, chance: Random) -> list[Drawn]:
    """Pick questions at random, none twice, and draw each; all of them when there are fewer than wanted."""
    different = list(dict.fromkeys(questions))
    picked = chance.sample(different, max(0, min(count, len(different))))
    return [draw(question, chance) for question in picked]


def _choices(question: Question, chance: Random) -> dict[str, Any]:
    options = [question.options[index] for index in _mixed(question, chance)]
    return {
        "options": tuple(_tidy(option.text) for option in options),
        "right": tuple(number for number, option in enumerate(options, start=1) if option.is_right),
    }


def _mixed(question: Question, chance: Random) -> list[int]:
    """The indices of the options, mixed between those that keep their place; what is right plays no part in it."""
    texts = [alike(option.text) for option in question.options]
    mixed: list[int] = []
    if any(map(_NAMES_LETTERS.search, texts)) or _EXPLAINS_LETTERS.search(alike(question.explanation)):
        return list(range(len(texts)))
    between: list[int] = []
    for index, text in enumerate(texts):
        if _KEEPS_ITS_PLACE.match(text):
            mixed += [*_shuffled(between, chance), index]
            between = []
        else:
            between.append(index)
    return mixed + _shuffled(between, chance)


def _steps(question: Question, chance: Random) -> dict[str, Any]:
    in_order = [_tidy(option.text) for option in question.options]
    by_letters = sorted(range(len(in_order)), key=lambda index: (in_order[index], index))
    mixed = _shuffled(by_letters, chance)
    while len(set(in_order)) > 1 and [in_order[index] for index in mixed] == in_order:
        mixed = _shuffled(by_letters, chance)
    return {
        "options": tuple(in_order[index] for index in mixed),
        "right": tuple(index + 1 for index in mixed),
    }


def _pairs(question: Question, chance: Random) -> dict[str, Any]:
    """Lefts as they were written; partners mixed, equal ones once, so that they are interchangeable."""
    by_letters = sorted((alike(option.partner), _tidy(option.partner)) for option in question.options)
    partners = list(dict(reversed(by_letters)).items())
    mixed = _shuffled(sorted(partners), chance)
    numbers = {key: number for number, (key, _text) in enumerate(mixed, start=1)}
    return {
        "lefts": tuple(_tidy(option.text) for option in question.options),
        "options": tuple(text for _key, text in mixed),
        "right": tuple(numbers[alike(option.partner)] for option in question.options),
    }


def _written(question: Question, _chance: Random) -> dict[str, Any]:
    return {"accepted": tuple(_tidy(option.text) for option in question.options)}


def _shuffled[T](items: Sequence[T], chance: Random) -> list[T]:
    return chance.sample(items, len(items))


def _tidy(text: str) -> str:
    return clean_text(text).strip()


_PARTS: dict[str, Callable[[Question, Random], dict[str, Any]]] = {
    "single": _choices,
    "multiple": _choices,
    "order": _steps,
    "match": _pairs,
    "short": _written,
}

"""Makes a question of the lines pasted for it, and says what was not understood."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from training.questions.answer_tables import Key, read_labels
from training.questions.lines import (
    LETTERS,
    Item,
    Line,
    answer_line,
    asks_for_order,
    asks_for_pairs,
    explanation_line,
    is_rule,
    list_item,
    pair,
    parted,
    plain,
    without_mark,
)
from training.questions.model import MOST_OPTIONS, Option, Question, alike, problems

_YES_OR_NO = ("Đúng", "Sai")
_MOST_FAULTS = 10


@dataclass
class Block:
    """The lines of one question, or of none when it has no number; the number is not in the first line any more.

    ``unsure`` says that its list may go on in what was read as the next question.
    """

    line: int
    number: int | None
    lines: list[Line] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    unsure: bool = False

    def asks_for_a_list(self) -> bool:
        """Whether its first lines ask for an order or for pairs, so that numbers below are no questions."""
        text = " ".join(line.text for line in self.lines[:3])
        return asks_for_order(text) or asks_for_pairs(text)


@dataclass
class _Answer:
    """An answer to choose as it was pasted."""

    label: str
    lines: list[str]
    starred: bool = False
    listed: bool = False
    text: str = ""
    is_right: bool = False


def read_block(block: Block, keys: Sequence[Key]) -> tuple[Question | None, list[str]]:
    """Make the question of a block and of what the table of answers says about it; problems come with it."""
    reader = _Reader([piece for line in block.lines for piece in parted(line)])
    found = list(_faults(block, reader))
    maker = _Maker(reader, keys)
    question = maker.question()
    found += maker.faults
    if question is None:
        return None, [*found, _("No answers were found under this question.")]
    return question, found + [problem for problem in problems(question) if problem not in found]


def not_understood(line: Line) -> str:
    """Say which line was not understood."""
    return _("Line %(line)s was not understood: “%(text)s”.") % {"line": line.number, "text": plain(line.text[:80])}


def _faults(block: Block, reader: "_Reader") -> Iterator[str]:
    if block.unsure:
        yield _("It cannot be told where this list ends: begin every question with “Câu 1.”, “Câu 2.”.")
    if reader.stray:
        yield not_understood(reader.stray)
    times = Counter(answer.label for answer in reader.answers if answer.label)
    if twice := next((label for label, count in times.items() if count > 1), None):
        yield _("Two answers have the letter %(label)s.") % {"label": twice}


class _Reader:
    """Sorts the lines of a block into the text of the question, answers, what is right and the explanation."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.text = [plain(line.text) for line in lines[:1]]
        self.answers: list[_Answer] = []
        self.named: list[tuple[Line, str]] = []
        self.explanation: list[str] = []
        self.stray: Line | None = None
        self.sign = _sign(lines[1:])
        self._state = "text"
        self._gap = False
        for line in lines[1:]:
            if not line.text or is_rule(line.text):
                self._gap = True
            else:
                self._read(line)
                self._gap = False
        self._finish()

    def _read(self, line: Line) -> None:
        value, explained, item = answer_line(line.text), explanation_line(line.text), list_item(line.text)
        if value is not None:
            self._state = "named"
            self.named.append((line, value if value.strip(". …_\t") else ""))
        elif explained is not None:
            self._state = "explanation"
            self.explanation.append(plain(explained))
        elif item and self._is_answer(item):
            self._state = "answers"
            self.answers.append(_Answer(item.label, [plain(item.text)], item.starred, item.listed))
        else:
            self._go_on(line)

    def _is_answer(self, item: Item) -> bool:
        if item.sign != self.sign or self._state == "explanation" or (self._awaits_value() and self.answers):
            return False
        return bool(self.answers) or item.label in {"", "A", "1"}

    def _awaits_value(self) -> bool:
        return self._state == "named" and not self.named[-1][1]

    def _go_on(self, line: Line) -> None:
        """A line that begins nothing goes on with what is above it, unless a gap parts it from an answer."""
        if self._state == "text":
            self.text.append(plain(line.text))
        elif self._state == "explanation":
            self.explanation.append(plain(line.text))
        elif self._awaits_value():
            self.named[-1] = (line, line.text)
        elif self._state == "answers" and not self._gap:
            self.answers[-1].lines.append(plain(line.text))
        else:
            self.stray = self.stray or line

    def _finish(self) -> None:
        # Where every answer has a star and a space, stars are the bullets of the list.
        bullets = len(self.answers) > 1 and all(answer.starred and answer.listed for answer in self.answers)
        for position, answer in enumerate(self.answers):
            answer.text, marked = without_mark(" ".join(filter(None, answer.lines)))
            answer.is_right = marked or (answer.starred and not bullets)
            if self.sign == "bullet":
                answer.label = LETTERS[position : position + 1]


def _sign(lines: Sequence[Line]) -> str:
    """How the answers of a block are marked; letters come before numbers, numbers before bullets."""
    seen = set()
    for line in lines:
        if explanation_line(line.text) is not None:
            break
        if answer_line(line.text) is None and (item := list_item(line.text)):
            seen.add((item.sign, item.label))
    if ("letter", "A") in seen:
        return "letter"
    if {("number", "1"), ("number", "2")} <= seen:
        return "number"
    return "bullet" if ("bullet", "") in seen else ""


class _Maker:
    """Decides what kind of question was pasted."""

    def __init__(self, reader: _Reader, keys: Sequence[Key]) -> None:
        self.faults: list[str] = []
        self._reader = reader
        self._answers = reader.answers
        self._text = [line for line in reader.text if line]
        self._named = [(line, value) for line, value in reader.named if value]
        self._named += [(key.line, key.value) for key in keys]
        self._explanation = list(reader.explanation)
        self._index = {answer.label: index for index, answer in reversed(list(enumerate(self._answers)))}
        if reader.sign == "bullet":
            self._index |= {str(index): index - 1 for index in range(1, len(self._answers) + 1)}
        self._by_words = {_words(answer.text): index for index, answer in reversed(list(enumerate(self._answers)))}

    def question(self) -> Question | None:
        """The question; None when there is nothing to answer."""
        if not self._answers:
            return self._written() if self._named else self._plain_pairs()
        asks_order = asks_for_order(" ".join(self._text))
        if asks_order and (places := self._places()):
            return self._make("order", [Option(self._answers[place].text) for place in places])
        return self._listed_pairs() or self._choice()

    def _make(self, kind: str, options: Sequence[Option]) -> Question:
        explanation = "\n".join(filter(None, self._explanation))
        return Question(id=0, kind=kind, text="\n".join(self._text), options=tuple(options), explanation=explanation)

    def _written(self) -> Question | None:
        values: list[str] = []
        for line, value in self._named:
            if not _names_letters(line, value):
                values.append(plain(value))
            elif len(self.faults) < _MOST_FAULTS:
                self.faults.append(not_understood(line))
        if not values:
            return None
        if len(values) == 1 and _words(values[0]) in map(alike, _YES_OR_NO):
            right = _words(values[0])
            return self._make("single", [Option(word, is_right=alike(word) == right) for word in _YES_OR_NO])
        accepted = [part.strip() for value in values for part in re.split(r"[;|]", value) if part.strip()]
        return self._make("short", [Option(text) for text in dict.fromkeys(accepted)])

    def _plain_pairs(self) -> Question | None:
        """Pairs in the last lines of the text, without letters or bullets."""
        found: list[tuple[str, str]] = []
        while len(self._text) > 1 and (both := pair(self._text[-1])):
            found.append(both)
            self._text.pop()
        if len(found) < 2:
            return None
        return self._make("match", [Option(left, partner=right) for left, right in reversed(found)])

    def _listed_pairs(self) -> Question | None:
        found = [pair(answer.text) for answer in self._answers]
        if self._named or len(found) < 2 or any(answer.is_right for answer in self._answers):
            return None
        return self._make("match", [Option(both[0], partner=both[1]) for both in found if both]) if all(found) else None

    def _places(self) -> list[int]:
        """The indices of answers in the right order; empty when it is no question of order."""
        everything = list(range(len(self._answers)))
        for _line, value in self._named:
            labels, _first, rest = read_labels(value, self._index)
            if len(labels) > 1 and not rest:
                places = [self._index[label] for label in labels]
                if places == everything and self._reader.sign == "letter" and re.search(r"[,;]|và", value):
                    return []  # «A, B, C»: all of them are right
                if sorted(places) == everything:
                    return places
                self.faults.append(_("The right order must name every answer once."))
                return everything
        if self._named or self._reader.sign == "letter" or any(answer.is_right for answer in self._answers):
            return []
        self.faults.append(_("Write the right order in a line such as “Đáp án: 2-1-3”."))
        return everything

    def _choice(self) -> Question:
        said = [{index for index, answer in enumerate(self._answers) if answer.is_right}]
        for line, value in self._named:
            indices = self._indices(value)
            if not indices and len(self.faults) < _MOST_FAULTS:
                self.faults.append(not_understood(line))
            said.append(indices)
        different = [indices for indices in said if indices]
        if any(indices != different[0] for indices in different):
            self.faults.append(_("What is marked as right and what is named as right do not agree."))
        right = different[0] if different else set()
        kind = "multiple" if len(right) > 1 else "single"
        return self._make(
            kind, [Option(answer.text, is_right=index in right) for index, answer in enumerate(self._answers)]
        )

    def _indices(self, value: str) -> set[int]:
        """Which answers a value names, by letter or in words; words behind a letter join the explanation."""
        labels, behind_first, behind_last = read_labels(value, self._index)
        if not labels:
            index = self._by_words.get(_words(value))
            return set() if index is None else {index}
        indices = {self._index[label] for label in labels}
        meant = self._by_words.get(_words(behind_first)) if behind_first else None
        if meant is not None and meant == self._index[labels[0]]:  # «A. C. Mác», with the answer's own words
            return {meant}
        if meant is not None or (behind_last and len(indices) > 1 and behind_last[0] not in "(["):
            return set()
        self._explanation.append(plain(behind_last))
        return indices


def _words(text: str) -> str:
    return alike(text).rstrip(".")


def _names_letters(line: Line, value: str) -> bool:
    """Whether a value names answers that are not there: «B», «2-1-3».

    Behind «Trả lời» a letter is what people are to write.
    """
    labels, _first, rest = read_labels(value, {*LETTERS, *map(str, range(1, MOST_OPTIONS + 1))})
    if not labels or rest or alike(line.text).startswith("trả lời"):
        return False
    in_order = [str(number) for number in range(1, len(labels) + 1)]
    is_order = len(labels) > 1 and sorted(labels) == sorted(in_order) and "/" not in value  # «1/2» is a half
    return is_order or all(label in LETTERS for label in labels)

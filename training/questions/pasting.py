"""Reads questions that an editor pastes from Word.

What is understood, and nothing is left out without a word:

* Questions begin «Câu 1.», «Câu hỏi 12:» or, where none of a text does, «1.» or «1)».
* Answers begin «A.», «a)», or with a bullet; several may stand in one line, parted by tabs. Right ones have a star at
  their beginning or end or «(đúng)» at their end, or are named in a line «Đáp án: A, C», or in a table at the very end:
  «1-B 2-C», «1. B» below «Đáp án», a row of numbers above a row of letters.
* «trái = phải» or «trái → phải» in every line of answers: to match. «Sắp xếp …» with «Đáp án: 2-1-3»: to put in order.
  «Trả lời: …» without answers to choose: to write, several ways parted by semicolons.
* «Giải thích: …» explains.

What is not understood comes back as it was pasted, with a sentence on what to mend.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from training.questions.answer_tables import Key, take_table
from training.questions.blocks import Block, read_block
from training.questions.lines import Line, clean_lines, cut_lines, is_rule, is_section, named_start, numbered
from training.questions.model import Question

#: In letters.
LONGEST_PASTED = 1_000_000
MOST_QUESTIONS = 500
MOST_LINES = 20_000  # as many as 500 questions can need, with a gap after each
_LONGEST_EXCERPT = 500


@dataclass(frozen=True)
class Pasted:
    """One question of a pasted text: where it begins, what was understood, what to mend, and how it was pasted.

    ``question`` is None when there is none to be made of ``source``; it may have problems when there is one.
    ``said`` is what a table at the end of the text names as right.
    """

    line: int
    question: Question | None
    problems: list[str]
    source: str
    said: str = ""

    @property
    def to_mend(self) -> str:
        """The source as it can be mended and read again by itself, without the table."""
        return f"{self.source}\nĐáp án: {self.said}" if self.said else self.source


def read_pasted(text: str) -> list[Pasted]:
    """Read pasted questions in their order. A text that is too long comes back as one problem."""
    cut = cut_lines(text[: LONGEST_PASTED + 1])
    if len(text) > LONGEST_PASTED or len(cut) > MOST_LINES:
        return [_refused(text, _("The text is too long to be read at once: paste it in parts."))]
    lines, keys = take_table(clean_lines(cut))
    blocks = _blocks(lines)
    if max(len(keys), sum(block.number is not None for block in blocks)) > MOST_QUESTIONS:
        return [
            _refused(text, _("There are more than %(most)s questions: paste them in parts.") % {"most": MOST_QUESTIONS})
        ]
    times = Counter(block.number for block in blocks)
    said: dict[int, list[Key]] = defaultdict(list)
    for key in keys:
        said[key.number].append(key)
    found = [_read(block, said, times) for block in blocks]
    return found + _without_question([key for key in keys if key.number not in times])


def _refused(text: str, problem: str) -> Pasted:
    return Pasted(1, None, [problem], text[:_LONGEST_EXCERPT])


def _read(block: Block, said: dict[int, list[Key]], times: Counter[int | None]) -> Pasted:
    source = "\n".join(block.sources).strip("\n")
    if block.number is None:
        problem = _(
            "These lines belong to no question. Begin a question with its number, such as “Câu 1.”, or leave them out."
        )
        return Pasted(block.line, None, [problem], source)
    keys = said.get(block.number, [])
    if keys and times[block.number] > 1:
        question, faults = read_block(block, [])
        several = _("Several questions have the number %(number)s, so the table of answers cannot tell which it means.")
        return Pasted(block.line, question, [*faults, several % {"number": block.number}], source)
    question, faults = read_block(block, keys)
    return Pasted(block.line, question, faults, source, keys[0].value if len(keys) == 1 else "")


def _without_question(keys: Sequence[Key]) -> list[Pasted]:
    if not keys:
        return []
    numbers = ", ".join(str(key.number) for key in keys[:20])
    problem = _("The table of answers names questions that are not there: %(numbers)s.") % {"numbers": numbers}
    sources = dict.fromkeys(key.line.source for key in keys)
    return [Pasted(keys[0].line.number, None, [problem], "\n".join(sources))]


def _blocks(lines: Iterable[Line]) -> list[Block]:
    lines = list(lines)
    is_named = any(named_start(line.text) for line in lines)
    cutter = _Cutter(is_named=is_named)
    for line in lines:
        cutter.read(line)
    return [block for block in cutter.blocks if any(line.text and not is_rule(line.text) for line in block.lines)]


class _Cutter:
    """Cuts a text where questions begin."""

    def __init__(self, *, is_named: bool) -> None:
        self.blocks: list[Block] = []
        self._is_named = is_named
        self._step = 0  # the last number of a list inside the question
        self._sign = ""  # behind the numbers of questions, in a text where they are bare

    def read(self, line: Line) -> None:
        """Take the next line."""
        start = named_start(line.text) if self._is_named else self._numbered_start(line.text)
        if start:
            self._take_headings()
            number, rest = start
            self.blocks.append(Block(line.number, number, [replace(line, text=rest)], [line.source]))
            return
        if not self.blocks:
            self.blocks.append(Block(line.number, None))
        self.blocks[-1].lines.append(line)
        self.blocks[-1].sources.append(line.source)

    def _numbered_start(self, text: str) -> tuple[int, str] | None:
        """The start of a question in a text whose questions have bare numbers, as lists inside them may have too."""
        found = numbered(text)
        if not found or self._sign not in {"", found[1]}:  # «1)» among questions that begin «1.»
            return None
        start = found[0], found[2]
        block = self.blocks[-1] if self.blocks else None
        if block is None or block.number is None:
            self._sign, self._step = found[1], 0
            return start
        goes_on = start[0] == self._step + 1 and (self._step > 0 or block.asks_for_a_list())
        if goes_on and start[0] != block.number + 1:
            self._step += 1
            return None
        block.unsure = goes_on
        self._step = 0
        return start

    def _take_headings(self) -> None:
        """Move headings right above a new question out of the last one."""
        if not self.blocks or self.blocks[-1].number is None:
            return
        last = self.blocks[-1]
        cut = len(last.lines)
        for index in range(len(last.lines) - 1, 0, -1):
            if is_section(last.lines[index].text):
                cut = index
            elif last.lines[index].text:
                break
        if cut < len(last.lines):
            self.blocks.append(Block(last.lines[cut].number, None, last.lines[cut:], last.sources[cut:]))
            del last.lines[cut:], last.sources[cut:]

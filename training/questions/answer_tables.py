"""Which answers are named as right: by «A, C» in a line, or for all questions by a table at the end of the text."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from training.questions.lines import LETTERS, Line, answer_line, asks_for_pairs, is_rule, named_start

_LABEL = re.compile(r"([A-Pa-pĐđ]|[0-9]{1,2})(?!\w)|([A-P]{2,12})(?!\w)|(?i:và|rồi)(?!\w)|[,;&+/→⇒>–—. \t-]")
_LONGEST_LINE = 10_000  # 500 questions with several answers each
_BETWEEN = " \t.:,;–—-"
_IN_TABLE = re.compile(r"(?i:câu[ \t]?)?([0-9]{1,4})(?![0-9])|([A-PĐ]{1,8}|[a-pđ])(?!\w)|và(?!\w)|[.,:;)(/=&+| \t–—-]")
_WITH_WORDS = re.compile(r"(?i:câu[ \t]?)?([0-9]{1,4})[ \t]?[.:)=/–-]?[ \t]?([A-PĐa-pđ](?!\w).*)")
_HEADING = re.compile(
    r"(?:bảng |phần |gợi ý )?(?:(?:câu|stt|số)(?: hỏi)?[ \t])?(?:đáp án|answers?)(?:[ \t][^:]{0,60})?:?", re.IGNORECASE
)
_NUMBERS_ROW = re.compile(r"(?:(?:câu(?: hỏi| số)?|stt)[ \t:]{0,2})?([0-9][0-9 \t]*)", re.IGNORECASE)
_LETTERS_ROW = re.compile(r"(?:đáp án|đ/?a|trả lời)[ \t]?:?[ \t](.*)", re.IGNORECASE)


@dataclass(frozen=True)
class Key:
    """What a table says: the number of a question, the right answers as written, and the line where it stands."""

    number: int
    value: str
    line: Line


def read_labels(value: str, known: Collection[str]) -> tuple[list[str], str, str]:
    """Read known labels from «A, C», «b và d», «2-1-3» or «AC».

    Returns them in capitals, and what is left of the text behind the first and behind the last of them.
    """
    labels: list[str] = []
    position = first = last = 0
    while match := _LABEL.match(value, position):
        found = [match[1].upper()] if match[1] else list(match[2] or "")
        if not all(label in known for label in found):
            break
        position = match.end()
        if found:
            labels += found
            first, last = first or position, position
    return labels, value[first:].strip(_BETWEEN), value[last:].strip(_BETWEEN)


def take_table(lines: Sequence[Line]) -> tuple[list[Line], list[Key]]:
    """Part the text from the table of answers at its end.

    A table has a heading («Đáp án») or names at least two questions: «1-B 2-C», «Câu 1: B», or a row of numbers above
    a row of letters.
    """
    keys, above = _upwards(lines, strict=False)
    if above >= 0 and keys and _HEADING.fullmatch(lines[above].text) and not answer_line(lines[above].text):
        return list(lines[:above]), keys
    inline = _one_line_table(lines, above) if above >= 0 else []
    if inline:
        return list(lines[:above]), [*inline, *keys]
    keys, above = _upwards(lines, strict=True)
    return (list(lines[: above + 1]), keys) if len(keys) > 1 else (list(lines), [])


def _upwards(lines: Sequence[Line], *, strict: bool) -> tuple[list[Key], int]:
    """The keys of the last lines, and the index of the last line that is none."""
    found: list[list[Key]] = []
    index = len(lines) - 1
    while index >= 0:
        line = lines[index]
        if line.text and not is_rule(line.text):
            keys = _two_rows(lines, index)
            index -= bool(keys)
            keys = keys or list(_keys(line, strict=strict))
            if not keys:
                break
            found.append(keys)
        index -= 1
    return [key for keys in reversed(found) for key in keys], index


def _keys(line: Line, *, strict: bool) -> Iterator[Key]:
    pairs = _pairs(line.text)
    if not pairs and not strict and (match := _WITH_WORDS.fullmatch(line.text)):
        pairs = [(int(match[1]), match[2])]
    for number, value in pairs:
        yield Key(number, value, line)


def _pairs(text: str) -> list[tuple[int, str]]:
    """Numbers with their letters, when the line has nothing else."""
    if len(text) > _LONGEST_LINE:
        return []
    found: list[tuple[int, list[str]]] = []
    position = 0
    while position < len(text):
        match = _IN_TABLE.match(text, position)
        if not match or (match[1] and found and not found[-1][1]) or (match[2] and not found):
            return []
        if match[1]:
            found.append((int(match[1]), []))
        elif match[2]:
            found[-1][1].append(match[2])
        position = match.end()
    if not found or not found[-1][1]:
        return []
    return [(number, ", ".join(letters)) for number, letters in found]


def _one_line_table(lines: Sequence[Line], index: int) -> list[Key]:
    """«Đáp án: 1-B, 2-C», unless it names the pairs of a question right above."""
    pairs = _pairs(answer_line(lines[index].text) or "")
    if len(pairs) < 2:
        return []
    for above in reversed(lines[:index]):
        if asks_for_pairs(above.text):
            return []
        if not above.text or named_start(above.text):
            break
    return [Key(number, value, lines[index]) for number, value in pairs]


def _two_rows(lines: Sequence[Line], index: int) -> list[Key]:
    """A row of letters at ``index`` below a row of as many numbers, as a table of Word is pasted."""
    letters_row = _LETTERS_ROW.fullmatch(lines[index].text)
    numbers_row = _NUMBERS_ROW.fullmatch(lines[index - 1].text) if index else None
    if not letters_row or not numbers_row:
        return []
    letters, numbers = letters_row[1].split(), numbers_row[1].split()
    if len(letters) != len(numbers) or len(letters) < 2 or not all(letter.upper() in LETTERS for letter in letters):
        return []
    return [Key(int(number[:4]), letter, lines[index]) for number, letter in zip(numbers, letters, strict=True)]

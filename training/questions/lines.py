"""What one line of pasted text is: the start of a question, an answer, the right answer, an explanation.

Every pattern is tried at the beginning of a line whose runs of spaces are one character, and repeats nothing that
repeats itself: hostile text costs no more than other text of its length.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from core.text import clean_text

#: Labels of answers in their order.
LETTERS = "ABCDEFGHIJKLMNOP"
_LETTER = "[A-Pa-pĐđ]"
# Word's line break within a paragraph and its page break too: they must become line ends before the text is cleaned.
_LINE_END = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_ASKS_ORDER = re.compile(r"sắp xếp|xếp theo|(?:thứ tự|trình tự) đúng|đúng (?:thứ tự|trình tự)", re.IGNORECASE)
_ASKS_PAIRS = re.compile(r"\b(?:nối|ghép|cặp)(?!\w)", re.IGNORECASE)

_STARS = "*✓✔✅☑"
_SPACES = re.compile(r"\s+")

_NAMED = re.compile(r"câu(?: hỏi)?(?: số)?[ \t]?([0-9]{1,4})(?![0-9])[ \t]?([.:)/–—-]?)[ \t]?(.*)", re.IGNORECASE)
_NUMBERED = re.compile(r"([0-9]{1,3})[ \t]?([.):/])[ \t]?(?![0-9])(.*)")
_LETTERED = re.compile(rf"({_LETTER})[ \t]?([.):/])[ \t]?(.*)")
# Word's bullets, among them those of its fonts Symbol and Wingdings; an «o» or a plus is one before a space only.
_BULLET = re.compile(r"(?:[•‣◦·●○▪▫■□☐◆➢➤►–—\uf000-\uf0ff-][ \t]?|[o+][ \t])(.*)")
_INNER_LABEL = re.compile(r"(?:(?<=[ \t])|^)\*?([A-Pa-p])[.)]")
_RIGHT_AFTER = re.compile(r"[ \t]?[(\[](?:đúng|đáp án đúng|x|\*|✓|✔)[)\]][.;]?$", re.IGNORECASE)
_RIGHT_BEFORE = re.compile(r"[(\[](?:đúng|x|✓|✔)[)\]][ \t]?(?=.)", re.IGNORECASE)
_WRONG_AFTER = re.compile(r"[ \t]?[(\[]sai[)\]][.;]?$", re.IGNORECASE)

_ANSWER = re.compile(
    r"(?:đáp án|đ/?a|(?:câu )?trả lời|phương án đúng|chọn|answer)"
    r"(?: đúng| chính xác| gợi ý)?(?: của)?(?: câu [0-9]{1,4})?(?: là)?[ \t]?[:=→–-][ \t]?(.*)",
    re.IGNORECASE,
)
_BARE_ANSWER = re.compile(
    r"(?i:đáp án|chọn)(?i: đúng)?(?i: là)?[ \t]"
    rf"((?:{_LETTER}|[A-P]{{2,8}})(?!\w)(?:[ \t]?(?:(?:[,;&+–-]|và)[ \t]?)?{_LETTER}(?!\w))*\.?)"
)
_EMPTY_ANSWER = re.compile(r"(?:đáp án|trả lời)(?: đúng)?", re.IGNORECASE)
_EXPLANATION = re.compile(
    r"(?:(?:giải thích|lời giải)(?: chi tiết| thêm)?[ \t]?[:.–-]|(?:căn cứ|cơ sở)(?: pháp lý)?[ \t]?:)[ \t]?(.*)",
    re.IGNORECASE,
)
_ORNAMENTS = re.compile(r"(?:[^\w(\[]|_)*")
_RULE = re.compile(r"[-–—=_*~]{3,}|[-–—*.]{0,9}[ \t]?hết[ \t]?[-–—*.!]{0,9}", re.IGNORECASE)
_SECTION = re.compile(
    r"(?:phần|chương|mục|bài|chủ đề|chuyên đề|phụ lục|nhóm)[ \t](?:[ivxlc]{1,7}|[0-9]{1,3}|[a-h])(?!\w)", re.IGNORECASE
)
_PAIR = re.compile(r"[ \t]?(?:[-=]{1,2}>|[→⟶➔➜➝⇒⇔↔\uf0e0]|(?<![<>=!])=(?![=<>]))[ \t]?")


@dataclass(frozen=True)
class Line:
    """A pasted line: its number from 1, its clean text as pasted, and the same with one character for each gap.

    A gap of one space is a space in ``text``, any wider one a tab: that is how columns are told from words.
    """

    number: int
    source: str
    text: str


@dataclass(frozen=True)
class Item:
    """A line of a list: how it is marked (``letter``, ``number`` or ``bullet``), its label and what follows.

    ``starred`` says that a star stands before the label or the text; ``listed`` that a space parts it from the label,
    as in lists whose bullets are stars.
    """

    sign: str
    label: str
    text: str
    starred: bool = False
    listed: bool = False


def cut_lines(text: str) -> list[str]:
    """Cut pasted text into lines, whatever ends them."""
    return _LINE_END.split(text)


def clean_lines(lines: Iterable[str]) -> list[Line]:
    """Number lines and clean them."""
    return [
        Line(number, clean, _SPACES.sub(_gap, clean))
        for number, clean in enumerate((clean_text(line).strip() for line in lines), start=1)
    ]


def plain(text: str) -> str:
    """Text of a line as it is stored: one space for each gap."""
    return text.replace("\t", " ").strip()


def named_start(text: str) -> tuple[int, str] | None:
    """Number and text of a question that begins «Câu 1.», «Câu hỏi 12:» or «Câu 3 (1 điểm)»."""
    match = _NAMED.match(text.lstrip("*#_ \t"))
    if not match:
        return None
    sign, rest = match[2], match[3].lstrip("*_ \t")
    if not sign and rest and not (rest[0] in "([" or rest[0].isupper()):
        return None  # «câu 3 và câu 4» within a text
    if sign in {"-", "–", "—"} and rest[:1].isdigit():
        return None  # «Câu 1-5»
    return int(match[1]), rest.removesuffix("**")


def numbered(text: str) -> tuple[int, str, str] | None:
    """Number, sign and text of a line that begins «1.», «1)» or «1/»."""
    match = _NUMBERED.match(text.lstrip("*#_ \t"))
    return (int(match[1]), match[2], match[3].lstrip("*_ \t")) if match else None


def list_item(text: str) -> Item | None:
    """What a line says that begins with a letter, a number or a bullet; stars before it or after its label are told."""
    bare = text.lstrip(_STARS + " \t")
    starred, listed = bare != text, text[: len(text) - len(bare)].endswith((" ", "\t"))
    bullet = _BULLET.match(bare)
    inner = bullet[1].lstrip("*") if bullet else bare
    starred = starred or bool(bullet and inner != bullet[1])
    for sign, pattern in (("letter", _LETTERED), ("number", _NUMBERED)):
        if match := pattern.match(inner):
            rest = match[3].lstrip("*")
            return Item(sign, match[1].upper(), rest.strip(), starred or rest != match[3], listed)
    if bullet or (starred and not text.startswith("**")):
        return Item("bullet", "", inner.strip(), starred, listed)
    return None


def parted(line: Line) -> list[Line]:
    """Cut a line that holds several answers: «A. 1929  B. 1930», parted by tabs, or at least three in a row.

    It may begin with the question; then small letters are the law's («điểm a) và b)»).
    """
    opening = _INNER_LABEL.match(line.text)
    first = opening[1] if opening else "A"
    letters = LETTERS[LETTERS.index(first.upper()) :]
    if first.islower():
        letters = letters.lower()
    found: list[re.Match[str]] = []
    for match in _INNER_LABEL.finditer(line.text):
        if match[1] == letters[len(found) :][:1]:
            found.append(match)
    return _cut(line, [match.start() for match in found]) if _is_parted(line.text, found) else [line]


def _is_parted(text: str, found: list[re.Match[str]]) -> bool:
    if len(found) >= 3:
        return True
    return len(found) == 2 and text[found[1].start() - 1] == "\t"


def _cut(line: Line, starts: list[int]) -> list[Line]:
    ends = [*starts[1:], len(line.text)]
    pieces = [line.text[: starts[0]], *(line.text[start:end] for start, end in zip(starts, ends, strict=True))]
    return [replace(line, text=piece.strip()) for piece in pieces if piece.strip()]


def without_mark(text: str) -> tuple[str, bool]:
    """The text of an answer, and whether a star or «(đúng)» around it says that it is right."""
    rest = _RIGHT_BEFORE.sub("", text, count=1) if _RIGHT_BEFORE.match(text) else text
    rest = _RIGHT_AFTER.sub("", rest, count=1).rstrip(_STARS + " \t")
    if not rest:
        return text, False
    if rest != text.rstrip():
        return rest.strip(), True
    return _WRONG_AFTER.sub("", rest, count=1) or rest, False


def answer_line(text: str) -> str | None:
    """What follows «Đáp án:», «ĐÁP ÁN» or «Trả lời:»; empty when it stands on the next line, None for other lines."""
    bare = _without_ornaments(text)
    if bare[:1] in {"(", "["} and bare[-1:] in {")", "]"}:
        bare = bare[1:-1]
    if match := _ANSWER.match(bare) or _BARE_ANSWER.fullmatch(bare):
        return match[1].strip("*_ \t")
    return "" if _EMPTY_ANSWER.fullmatch(bare) else None


def explanation_line(text: str) -> str | None:
    """What follows «Giải thích:»; None for other lines."""
    match = _EXPLANATION.match(_without_ornaments(text))
    return match[1].lstrip("*_ \t") if match else None


def _without_ornaments(text: str) -> str:
    """Without the bullets, arrows and little pictures that stand before «Đáp án», or the stars around it."""
    ornaments = _ORNAMENTS.match(text)
    return text[ornaments.end() if ornaments else 0 :].rstrip("*_ \t")


def asks_for_order(text: str) -> bool:
    """Whether a question wants things put in order."""
    return bool(_ASKS_ORDER.search(text))


def asks_for_pairs(text: str) -> bool:
    """Whether a question wants things matched."""
    return bool(_ASKS_PAIRS.search(text))


def is_rule(text: str) -> bool:
    """Whether a line only parts others: «-----», «HẾT»."""
    return bool(_RULE.fullmatch(text))


def is_section(text: str) -> bool:
    """Whether a line before a question looks like a heading: «Phần II. Luật Công đoàn», or all in capitals."""
    bare = text.strip("*#_ \t")
    if len(bare) > 150 or list_item(text) or answer_line(text) is not None or explanation_line(text) is not None:
        return False
    return bool(_SECTION.match(bare)) or (bare.isupper() and len(bare) > 8)


def pair(text: str) -> tuple[str, str] | None:
    """Both sides of «trái = phải» or «trái → phải»; None when there is no such sign or more than one."""
    parts = _PAIR.split(text, maxsplit=2)
    if len(parts) != 2 or not all(part.strip() for part in parts):
        return None
    return plain(parts[0]), plain(parts[1])


def _gap(match: re.Match[str]) -> str:
    return " " if match[0] in {" ", "\u00a0"} else "\t"

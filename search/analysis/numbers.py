"""Numbers of legal documents, and dates: whole and in parts, in whatever way they are written.

``145/2020/NĐ-CP`` becomes tokens for the whole, for number and year, number and kind, and the number alone; a question
such as «nd 145 2020» or «nghị định 145» becomes candidates for the same tokens, the most exact weighing most. A
candidate that no document bears finds nothing, so that generous reading does no harm.
"""

import re
from collections.abc import Iterator, Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from search.analysis.syllables import clean, folded

#: A number as documents print it: digits, perhaps a year, then the kind and who issued it, in capitals.
_PRINTED = re.compile(
    r"\d{1,5}(?:\s?[/.\-–]\s?(?:19|20)\d\d)?\s?[/\-–]\s?[A-ZĐƯ][A-Za-zÀ-ỹĐđ]{0,9}\d{0,2}"
    r"(?:\s?[-–/.&]\s?[A-ZĐƯ][A-Za-zÀ-ỹĐđ&]{0,14}\d{0,2}){0,8}(?!\w)"
)
_PRINTED_PARTS = re.compile(r"(\d+)(?:\s?[/.\-–]\s?((?:19|20)\d\d))?\s?[/\-–]\s?(.+)", re.DOTALL)
_YEARED = re.compile(r"(\d{1,5})/((?:19|20)\d\d)(?![\w/])")
_DATE = re.compile(r"(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?((?:19|20)\d\d)(?!\d)")
#: Of «ngày» without its first letter.
_DATE_IN_WORDS = re.compile(r"gày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+((?:19|20)\d\d)")
#: Where a number or a date may begin: digits before a mark that joins them to more. What begins with a set of letters
#: or with a letter, not with a repetition, is looked for by Python four times as fast.
_DIGITS_AND_MARK = re.compile(r"[0-9][0-9]{0,4}(?=\s?(?:[/\-–]|\.\s?[0-9]))")
#: What may not stand before a number: then it is the end of another number or word.
_JOINED_BEFORE = frozenset("/.,-–")
_LONGEST_SYLLABLE = 7
_VOWEL = re.compile("[aeiouy]")
_SPLIT = re.compile(r"[^\W_]+")
_GLUED = re.compile(r"([^\W\d_]+)(\d+)$|(\d+)([^\W\d_]+)$")

#: Kinds of documents by their codes (folded) and their names; a name in a question stands for the code.
KIND_NAMES: dict[str, str] = {
    "nghi dinh": "nd",
    "thong tu lien tich": "ttlt",
    "thong tu": "tt",
    "quyet dinh": "qd",
    "nghi quyet lien tich": "nqlt",
    "nghi quyet": "nq",
    "chi thi": "ct",
    "ke hoach": "kh",
    "huong dan": "hd",
    "thong bao": "tb",
    "bao cao": "bc",
    "cong van": "cv",
    "cong dien": "cd",
    "luat": "qh",
    "bo luat": "qh",
    "phap lenh": "pl",
    "chuong trinh hanh dong": "ctrhd",
    "chuong trinh": "ctr",
    "ket luan": "kl",
    "quy dinh": "qdi",
    "quy che": "qc",
    "to trinh": "ttr",
    "de an": "da",
    "phuong an": "pa",
    "van ban hop nhat": "vbhn",
    "bien ban": "bb",
    "sac lenh": "sl",
}
KIND_CODES = frozenset(KIND_NAMES.values()) | {"ttlb", "hdlt", "qcph", "ctrph", "ubtvqh"}
#: These carry the number of the legislature: «QH14», «UBTVQH15».
_OF_PARLIAMENT = frozenset({"qh", "ubtvqh"})
_NAME_LENGTHS = (4, 3, 2, 1)
#: Who issues documents; after a kind's code they make a word that is no syllable and no other abbreviation: «qdttg».
_ISSUERS = frozenset(
    {"cp", "ttg", "tw", "tu", "tld", "tldld", "ldld", "ubnd", "hdnd", "vpcp", "hdbt", "mttq", "bhxh", "nhnn"}
    | {"btc", "bnv", "byt", "bct", "bxd", "bca", "bqp", "btp", "bldtbxh", "bgddt"}
)
_FIRST_YEAR, _LAST_YEAR = 1940, 2100
#: Parts after the digits that are read as kind and issuer.
_SUFFIX_PARTS = 9

#: Where something stands in a text, and its tokens.
_Span = tuple[int, int, AbstractSet[str]]

WHOLE, KIND_YEAR, YEAR, KIND, BARE = 6.0, 5.0, 4.0, 3.0, 1.0


@dataclass(frozen=True, slots=True)
class NumberToken:
    """A candidate token of a question and how exactly it names a document."""

    token: str
    weight: float


@dataclass(frozen=True, slots=True)
class AskedNumber:
    """A number found in a question: which of its words it takes up (from, to), and what it may mean."""

    start: int
    end: int
    tokens: tuple[NumberToken, ...]


def printed_tokens(text: str) -> set[str]:
    """The tokens of every number printed in a clean text, and of every date."""
    found: set[str] = set()
    for _start, _end, tokens in printed_spans(text):
        found |= tokens
    return found


def printed_spans(text: str) -> list[_Span]:
    """Start, end and tokens of every number and date printed in a clean text: numbers, then years' numbers, then dates.

    Every expression begins with digits, and digits are few: each is tried where digits begin, not at every letter.
    """
    printed: list[_Span] = []
    yeared: list[_Span] = []
    dated: list[_Span] = []
    printed_to = yeared_to = 0
    for run in _DIGITS_AND_MARK.finditer(text):
        start = run.start()
        before = text[start - 1] if start else " "
        if before.isdigit():
            continue
        joined = before.isalnum() or before in _JOINED_BEFORE
        if start >= printed_to and (match := _PRINTED.match(text, start)):
            printed_to = match.end()
            if not joined and (parts := _PRINTED_PARTS.match(match.group())):
                printed.append((start, printed_to, _tokens_of(parts[1], parts[2] or "", parts[3])))
        if start >= yeared_to and (match := _YEARED.match(text, start)):
            yeared_to = match.end()
            if not joined:
                yeared.append((start, yeared_to, {f"{_digits(match[1])}|{match[2]}", f"#{_digits(match[1])}"}))
        if match := _DATE.match(text, start):
            dated += _date(match)
    for match in _DATE_IN_WORDS.finditer(text):
        if text[max(0, match.start() - 1)] in "Nn":
            dated += _date(match, before=1)
    return [*printed, *yeared, *dated]


def _date(match: re.Match[str], *, before: int = 0) -> Iterator[_Span]:
    day, month, year = match.groups()
    if 1 <= int(day) <= 31 and 1 <= int(month) <= 12:
        yield match.start() - before, match.end(), {f"@{year}{int(month):02d}{int(day):02d}"}


@lru_cache(maxsize=2_000)  # what documents belong to names the same few laws
def borne_tokens(heading: str, *, title: bool = False) -> frozenset[str]:
    """The tokens of the number that a title or a context names as its own.

    That is the one it ends with («… về lao động 145/2020/NĐ-CP») or begins with («Nghị định số 145/2020/NĐ-CP về …»);
    numbers in between are of other documents, which it changes or carries out. A title that ends in kind and number
    («… theo Nghị định số 145/2020/NĐ-CP»), or changes one («Bổ sung Luật Kế toán số 88/2015/QH13»), cites it.
    """
    if not _DIGITS_AND_MARK.search(heading):
        return frozenset()
    heading = clean(heading).rstrip(" .;,)-")
    numbers = [(start, end, tokens) for start, end, tokens in printed_spans(heading) if not _is_date(tokens)]
    last = [
        tokens
        for start, end, tokens in numbers
        if end == len(heading)
        and not (title and _names_another(heading[:start].rpartition(". ")[2]))
        and not (title and _CHANGES_NUMBERED.search(heading[:start]))
    ]
    if last:
        return frozenset().union(*last)
    if (
        len(numbers) == 1
        and not _OF_ANOTHER.search(before := heading[: numbers[0][0]])
        and not (title and _names_another(before))
    ):
        return frozenset(numbers[0][2])
    return frozenset().union(*(tokens for start, _end, tokens in numbers if _only_names(heading[:start])))


_OF_ANOTHER = re.compile(
    "(?i:sửa đổi|bổ sung|bãi bỏ|thay thế|hướng dẫn|thi hành|thực hiện|triển khai|kèm theo|căn cứ|theo|quán triệt)"
)


_CHANGES_NUMBERED = re.compile(rf"{_OF_ANOTHER.pattern}.*\b[Ss]ố\s*$", re.DOTALL)


def _is_date(tokens: AbstractSet[str]) -> bool:
    return all(token.startswith("@") for token in tokens)


def _names_another(before: str) -> bool:
    """Whether a kind stands right before the number, and something else before the kind."""
    folded_words = [folded(word) for word in _SPLIT.findall(before)]
    while folded_words and folded_words[-1] == "so":
        folded_words.pop()
    return any(
        len(folded_words) > length and " ".join(folded_words[-length:]) in KIND_NAMES for length in _NAME_LENGTHS
    ) and not _only_names(before)


def _only_names(before: str) -> bool:
    """Whether nothing but the kind of a document stands before its number."""
    folded_words = [folded(word) for word in _SPLIT.findall(before)]
    while folded_words and folded_words[-1] == "so":
        folded_words.pop()
    return not folded_words or " ".join(folded_words) in KIND_NAMES


def heading_numbers(text: str) -> set[str]:
    """The tokens of what stands after «Số:» at the head of a document's text: the number it bears itself."""
    borne: set[str] = set()
    head = clean(text[:1200])
    for match in _COLON_AND_DIGIT.finditer(head):
        label = _LABEL.search(head, max(0, match.start() - 3), match.start())
        if label is None:
            continue
        line = head.rfind("\n", 0, label.start()) + 1
        before = head[line : label.start()].lstrip()
        if len(before) <= _BEARS_WITHIN and (not before or before[-1].isspace()):
            for _start, _end, tokens in printed_spans(head[match.start() : match.end() + 100].split("\n")[0])[:1]:
                borne |= tokens
    return borne


_COLON_AND_DIGIT = re.compile(r":\s?(?=[0-9])")
_LABEL = re.compile(r"[Ss][ốỐ]\s?$")
_BEARS_WITHIN = 61


def _digits(text: str) -> str:
    return text.lstrip("0") or "0"


@lru_cache(maxsize=20_000)  # the same few laws are cited everywhere
def _tokens_of(digits: str, year: str, suffix: str) -> frozenset[str]:
    return frozenset(_each_token(digits, year, suffix))


def _each_token(digits: str, year: str, suffix: str) -> Iterator[str]:
    number = _digits(digits)
    parts = [folded(part) for part in _SPLIT.findall(suffix)]
    kind = _kind_of(parts[0])
    head = f"{number}|{year}" if year else number
    joined = ""
    for part in parts:
        joined += part
        yield f"{head}|{joined}"
    for issuer in parts[1:]:
        yield f"{head}|~{issuer}"
    yield f"{head}|{kind}"
    yield f"{number}|{kind}"
    yield f"#{number}"
    if year:
        yield head


def _kind_of(part: str) -> str:
    letters = part.rstrip("0123456789")
    return letters if letters in _OF_PARLIAMENT else part


# Questions ----------------------------------------------------------------------------------------------------------


def asked_numbers(question: list[str]) -> list[AskedNumber]:
    """Read the numbers and full dates out of a question's folded words."""
    found: list[AskedNumber] = []
    position = 0
    while position < len(question):
        asked = _asked_date(question, position) or _asked_at(question, position)
        if asked:
            found.append(asked)
        position = max(position + 1, asked.end if asked else 0)
    return found


def unglue(found: list[str]) -> list[str]:
    """Part «NĐ145» and «145NĐ» where the letters are a kind's code; other mixtures stay."""
    apart: list[str] = []
    for word in found:
        match = _GLUED.match(word)
        letters = (match.group(1) or match.group(4)) if match else ""
        code = folded(letters) if len(letters) > 1 else ""
        if match and code in KIND_CODES - _OF_PARLIAMENT:
            apart += [part for part in match.groups() if part]
        else:
            apart.append(word)
    return apart


def _asked_date(question: list[str], at: int) -> AskedNumber | None:
    """«16 12 2025», «16 tháng 12 năm 2025»: the same day however it is printed."""
    match = _ASKED_DATE.match(" ".join(question[at : at + 5]))
    if not match or not (1 <= int(match[1]) <= 31 and 1 <= int(match[2]) <= 12):
        return None
    start = at - 1 if at and question[at - 1] == "ngay" else at
    token = f"@{match[3]}{int(match[2]):02d}{int(match[1]):02d}"
    return AskedNumber(start, at + len(match[0].split()), (NumberToken(token, KIND_YEAR),))


_ASKED_DATE = re.compile(r"(\d{1,2}) (?:thang )?(\d{1,2}) (?:nam )?((?:19|20)\d\d)\b", re.ASCII)


def _asked_at(question: list[str], at: int) -> AskedNumber | None:
    word = question[at]
    if not (word.isascii() and word.isdigit()) or len(word) > 5:
        return None
    number, end = _digits(word), at + 1
    year = ""
    if (
        end < len(question)
        and question[end] in ("nam", "-")
        and end + 1 < len(question)
        and _is_year(question[end + 1])
    ):
        end += 1
    if end < len(question) and _is_year(question[end]):
        year, end = question[end], end + 1
    before, start = _kind_before(question, at)
    suffixes, suffix_end = _suffixes(question, end)
    tokens = list(_candidates(number, year, before, suffixes))
    if before and question[start] == before:  # «nđ-cp 145/2020»: the code and its issuer came first
        head = f"{number}|{year}" if year else number
        tokens.append(NumberToken(f"{head}|{''.join(question[start:at])}", WHOLE))
    if suffixes and suffixes[0] in KIND_CODES | {before}:
        end = suffix_end
    elif suffixes and (_is_code_with_issuer(suffixes[0]) or (year and _is_no_syllable(suffixes[0]))):
        end += 1  # «72/2020/nđcp», «749/qđttg»: no word is spelled so
    elif not (before or year):
        return AskedNumber(at, at + 1, tuple(tokens))
    return AskedNumber(start, end, tuple(tokens))


def _candidates(number: str, year: str, before: str, suffixes: list[str]) -> Iterator[NumberToken]:
    head = f"{number}|{year}" if year else number
    for length, suffix in enumerate(suffixes):
        yield NumberToken(f"{head}|{suffix}", WHOLE + 0.5 * length)
        if before:
            yield NumberToken(f"{head}|{before}{suffix}", WHOLE + 0.5 * length + 0.25)
    if before:
        yield NumberToken(f"{head}|{before}", KIND_YEAR if year else KIND)
        yield NumberToken(f"{number}|{before}", KIND)
    if suffixes:
        kind = _kind_of(suffixes[0])
        yield NumberToken(f"{head}|~{suffixes[0]}", KIND)
        yield NumberToken(f"{number}|{kind}", KIND)
    if year:
        yield NumberToken(head, YEAR)
    yield NumberToken(f"#{number}", BARE)


def _is_code_with_issuer(word: str) -> bool:
    return any(word[:length] in KIND_CODES and word[length:] in _ISSUERS for length in range(2, len(word)))


def _is_no_syllable(word: str) -> bool:
    return len(word) > _LONGEST_SYLLABLE or not _VOWEL.search(word)


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and _FIRST_YEAR <= int(word) <= _LAST_YEAR


def _kind_before(question: list[str], at: int) -> tuple[str, int]:
    """The kind named before a number, and where its name starts; «số» between them is passed over."""
    stop = at
    while stop > 0 and question[stop - 1] in ("so", "ve"):
        stop -= 1
    for length in _NAME_LENGTHS:
        name = " ".join(question[max(0, stop - length) : stop])
        if stop >= length and name in KIND_NAMES:
            return KIND_NAMES[name], stop - length
    for length in (3, 2, 1):  # a code, perhaps with its issuer: «nđ cp 145»
        part = question[stop - length] if stop >= length else ""
        if part in KIND_CODES:
            return part, stop - length
    return "", at - 1 if at and question[at - 1] == "so" else at


def _suffixes(question: list[str], start: int) -> tuple[list[str], int]:
    """What the words after the digits may spell as kind and issuer: «nd», «ndcp», …; longest last."""
    joined, found = "", []
    end = start
    for part in question[start : start + _SUFFIX_PARTS]:
        if part.isdigit() or len(part) > 40:
            break
        joined += part
        found.append(joined)
        end += 1
        if not found[0][0].isalpha():
            break
    if found and found[0] in KIND_CODES:
        end = start + min(len(found), 2)
    return found, end

"""Chooses the sizes in which the words of a diploma fit on its one sheet. All lengths are in points.

``static/css/certificate.css`` has the same numbers: browsers and WeasyPrint set the words, here they are only reckoned.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from PIL import ImageFont

from core.drawing import FONTS
from training.certificates.diploma import Diploma

REGULAR, BOLD = "400", "700"
HOLDER = (44, 38, 33, 28, 24, 20, 17, 14, 12, 9)
TITLE = (26, 23, 20, 18, 16, 14, 12, 9)
#: Of all other words, which shrink together: the usual size, the heading's, that of the signature, that of the proof.
SMALL: tuple[tuple[float, float, float, float], ...] = (
    (13, 40, 11, 9.5),
    (12, 34, 10.5, 9.5),
    (10.5, 28, 9.5, 9),
    (9, 22, 8.5, 8),
    (7.5, 16, 7, 6.5),
)
#: A name in letters of at least so many points takes no more than so many lines, and so does a title.
HOLDER_LINES = ((33, 1), (20, 2), (0, 5))
TITLE_LINES = ((20, 2), (16, 3), (0, 5))

_MM = 72 / 25.4
WORDS_WIDTH, WORDS_HEIGHT = 191 * _MM, 134 * _MM
SIGNED_WIDTH, PROOF_WIDTH, FOOT_HEIGHT = 86 * _MM, 57 * _MM, 45 * _MM
_SPACES = 4 + 11 + 14 + 4 + 12 + 12 + 7  # in .words, from its border to that of .facts
_FACT_WIDTH = WORDS_WIDTH / 2 - 12
_SIGNATURE = 14  # the least room for a hand
_TALL, _USUAL = 1.48, 1.5

_MEASURED_AT = 200
_RESERVE = 1.02
_LAST_LATIN, _VIETNAMESE, _PUNCTUATION = 0x036F, range(0x1E00, 0x1F00), range(0x2000, 0x2070)


@dataclass(frozen=True)
class Setting:
    """Which of the sizes: places in ``HOLDER``, ``TITLE`` and ``SMALL``."""

    holder: int
    title: int
    small: int


def setting_of(diploma: Diploma) -> Setting:
    """The sizes that shrink the words least, and keep the name larger than the title, and this than the rest."""
    steps = product(range(len(HOLDER)), range(len(TITLE)), range(len(SMALL)))
    choices = sorted((Setting(*places) for places in steps), key=_loss)
    ordered = [*filter(_is_ordered, choices), *choices]
    return next((choice for choice in ordered if _fits(diploma, choice)), choices[-1])


def _loss(setting: Setting) -> float:
    return 1.2 * setting.holder + setting.title + 1.6 * setting.small


def _is_ordered(setting: Setting) -> bool:
    holder, title, small = HOLDER[setting.holder], TITLE[setting.title], SMALL[setting.small][0]
    return holder >= 1.15 * title and title >= 1.25 * small


def _fits(diploma: Diploma, setting: Setting) -> bool:
    holder, title = HOLDER[setting.holder], TITLE[setting.title]
    holder_lines = len(wrap(diploma.holder, holder, BOLD, WORDS_WIDTH))
    title_lines = len(wrap(diploma.title, title, BOLD, WORDS_WIDTH))
    if holder_lines > _allowed(HOLDER_LINES, holder) or title_lines > _allowed(TITLE_LINES, title):
        return False
    names = (holder_lines * holder + title_lines * title) * _TALL
    return names + _other_words(diploma, setting.small) <= WORDS_HEIGHT and _foot_fits(diploma, setting.small)


def _allowed(limits: tuple[tuple[int, int], ...], size: float) -> int:
    return next(lines for least, lines in limits if size >= least)


def _other_words(diploma: Diploma, step: int) -> float:
    small, heading, _foot, proof = SMALL[step]
    facts = [len(wrap(fact, small, BOLD, _FACT_WIDTH)) for fact in (diploma.result, diploma.hours) if fact]
    lines = 2 + len(wrap(diploma.organisation, small, BOLD, WORDS_WIDTH)) + max(facts, default=0)
    lines += len(wrap(diploma.unit, small, REGULAR, WORDS_WIDTH)) if diploma.unit else 0
    return _SPACES + heading * 1.36 + (lines * small + (proof if facts else 0)) * _USUAL


def _foot_fits(diploma: Diploma, step: int) -> bool:
    _small, _heading, foot, proof = SMALL[step]
    texts = ((diploma.place_and_date, REGULAR), (diploma.signer_title, BOLD), (diploma.signer, BOLD))
    signed = sum(len(wrap(text, foot, weight, SIGNED_WIDTH)) for text, weight in texts if text)
    proved = 3 + len(wrap(diploma.shown_address, proof, REGULAR, PROOF_WIDTH))
    return signed * foot * _USUAL + _SIGNATURE <= FOOT_HEIGHT and proved * proof * _USUAL + 6 <= FOOT_HEIGHT


def balanced(text: str, size: float) -> list[str]:
    """A name or title in lines of like length. Whole where a word is too long for a line: it is broken where it is set.

    WeasyPrint knows no ``text-wrap: balance``.
    """
    if any(_width(word, BOLD) * size > WORDS_WIDTH for word in text.split(" ")):
        return [text]
    fewest = len(wrap(text, size, BOLD, WORDS_WIDTH))
    narrow, wide = WORDS_WIDTH / fewest, WORDS_WIDTH
    for _step in range(8):
        middle = (narrow + wide) / 2
        if len(wrap(text, size, BOLD, middle)) <= fewest:
            wide = middle
        else:
            narrow = middle
    return wrap(text, size, BOLD, wide)


def wrap(text: str, size: float, weight: str, width: float) -> list[str]:
    """The lines a text takes; a word wider than a line is broken."""
    lines, filled = [""], 0.0
    for piece, space in _pieces(text, size, weight, width):
        wide, gap = _width(piece, weight) * size, _width(space, weight) * size
        if lines[-1] and filled + gap + wide > width:
            lines.append(piece)
            filled = wide
        else:
            lines[-1] += (space if lines[-1] else "") + piece
            filled += gap + wide
    return lines


def _pieces(text: str, size: float, weight: str, width: float) -> Iterator[tuple[str, str]]:
    """Yield each word, or each letter of a word that is too long, and what stands before it."""
    for word in text.split(" "):
        if _width(word, weight) * size <= width:
            yield word, " "
        else:
            yield from ((letter, "" if place else " ") for place, letter in enumerate(word))


@lru_cache(maxsize=4096)
def _width(text: str, weight: str) -> float:
    """How wide a word is, in its size. A letter of another script is reckoned to be as wide as high."""
    foreign = sum(not in_face(letter) for letter in text)
    own = "".join(letter for letter in text if in_face(letter))
    return (_font(weight).getlength(own) / _MEASURED_AT) * _RESERVE + 1.1 * foreign


def in_face(letter: str) -> bool:
    """Whether this is a letter or sign of the Latin script, the only one of Be Vietnam Pro."""
    code = ord(letter)
    return code <= _LAST_LATIN or code in _VIETNAMESE or code in _PUNCTUATION


@lru_cache(maxsize=2)
def _font(weight: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"BeVietnamPro-{weight}.ttf", _MEASURED_AT, layout_engine=ImageFont.Layout.RAQM)

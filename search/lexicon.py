"""The words that mean the same: abbreviations built in, less those switched off, and what editors added."""

from dataclasses import dataclass

from search.analysis.lexicon import Lexicon
from search.models import AbbreviationOff, Synonym
from search.models.editorial import MAX_SPELLING_LENGTH
from search.renewal import LEXICON, Renewed
from search.spelling import spelling_key


@dataclass(frozen=True, kw_only=True)
class BuiltIn:
    """A group of words that search knows by itself. ``key`` names it in the database: short form and first meaning."""

    key: str
    forms: tuple[str, ...]
    one_way: bool
    switched_on: bool

    @property
    def short(self) -> str:
        """The abbreviation."""
        return self.forms[0]

    @property
    def meanings(self) -> str:
        """What it stands for."""
        return ", ".join(self.forms[1:])


def built_in() -> list[BuiltIn]:
    """Every built-in group, whether or not it is switched on."""
    off = set(AbbreviationOff.objects.values_list("key", flat=True))
    groups = ((_key(forms), forms, one_way) for forms, one_way in Lexicon.builtin_groups())
    return [
        BuiltIn(key=key, forms=forms, one_way=one_way, switched_on=key not in off) for key, forms, one_way in groups
    ]


def _key(forms: tuple[str, ...]) -> str:
    """An abbreviation alone does not tell: it may stand for one thing in one group and for another in the next."""
    return spelling_key(" ".join(forms[:2]))[:MAX_SPELLING_LENGTH]


def _read() -> Lexicon:
    groups = [(group.forms, group.one_way) for group in built_in() if group.switched_on]
    groups += [(synonym.spellings, synonym.one_way) for synonym in Synonym.objects.all()]
    return Lexicon(groups)


#: The lexicon as it is at this moment, in every process.
current_lexicon = Renewed(LEXICON, _read)


def switch_built_in(key: str, *, on: bool) -> None:
    """Switch a built-in group on or off; row by row, since the rows' signals renew the lexicon."""
    if on:
        for row in AbbreviationOff.objects.filter(key=key):
            row.delete()
    else:
        AbbreviationOff.objects.get_or_create(key=key)

"""What may stand in the query of an address. One definition reads it, says what is wrong with it and describes it."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.api.v2.utils import BadRequestError

from api import schemas
from api.schemas import Schema
from core.narrowing import day_start

Text = str | Promise
#: Given what is asked for so far and the value, returns what is left of it.
Narrow = Callable[[Any, Any], Any]

LONGEST_VALUE = 500
MOST_VALUES = 20
_SHOWN = 60
_NUMBER = re.compile(r"[0-9]{1,19}", re.ASCII)
_SLUG_SCHEMA = schemas.text(pattern="^[a-z0-9_-]+$", maxLength=120)
_SLUG = re.compile(r"[a-z0-9_-]{1,120}", re.ASCII)
#: Queries compare with these; a database knows no other years.
FIRST_YEAR, LAST_YEAR = 1900, 2200


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One parameter. ``read`` turns its text into a value, or raises ValueError with a sentence for the reader."""

    name: str
    schema: Schema
    description: Text
    read: Callable[[str], Any]
    narrow: Narrow | None = None
    example: str = ""
    #: Of a list with commas between: what may stand in it, where that is known.
    values: Callable[[], Iterable[str]] | None = None

    @property
    def is_list(self) -> bool:
        """Whether it takes several values, with commas between."""
        return self.schema.get("type") == "array"

    @property
    def whole_schema(self) -> Schema:
        """The schema with the values that are known once everything is loaded."""
        return {**self.schema, "items": schemas.one_of(self.values())} if self.values else self.schema

    def narrowing(self, narrow: Narrow) -> "Parameter":
        """The same, and what it leaves."""
        return replace(self, narrow=narrow)

    def value_of(self, given: str) -> Any:
        """The value of a text. Raises BadRequestError."""
        try:
            if "\x00" in given or len(given) > LONGEST_VALUE:
                raise ValueError(_("It is too long, or holds a NUL byte."))
            return self.read(given)
        except ValueError as error:
            raise BadRequestError(
                _("The parameter «%(name)s» cannot be «%(value)s». %(reason)s")
                % {"name": self.name, "value": shortened(given), "reason": error}
            ) from None


def shortened(given: str) -> str:
    """What somebody wrote, short and visible enough to be read back to them."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in given[:_SHOWN])


def read_query(data: QueryDict, parameters: Iterable[Parameter]) -> dict[str, Any]:
    """The values of a query by their names. Raises BadRequestError for what is unknown, given twice or no value."""
    known = {parameter.name: parameter for parameter in parameters}
    unknown = sorted(set(data) - set(known))
    if unknown:
        raise BadRequestError(
            _("Unknown parameter: «%(names)s». Known are: %(known)s.")
            % {"names": shortened(", ".join(unknown)), "known": ", ".join(sorted(known)) or "–"}
        )
    values = {}
    for name, given in data.lists():
        if len(given) > 1:
            raise BadRequestError(_("The parameter «%(name)s» stands in the address twice.") % {"name": name})
        values[name] = known[name].value_of(given[0])
    return values


# Kinds of parameters ------------------------------------------------------------------------------------------------


def whole_number(text: str, minimum: int, maximum: int) -> int:
    """Read a whole number. Raises ValueError."""
    if not _NUMBER.fullmatch(text) or not minimum <= int(text) <= maximum:
        raise ValueError(
            _("Give a whole number from %(minimum)d to %(maximum)d.") % {"minimum": minimum, "maximum": maximum}
        )
    return int(text)


def integer(name: str, description: Text, *, minimum: int = 0, maximum: int = schemas.LARGEST_ID) -> Parameter:
    """A whole number."""
    return Parameter(
        name=name,
        schema=schemas.integer(minimum, maximum),
        description=description,
        read=lambda text: whole_number(text, minimum, maximum),
    )


def identifier(name: str, description: Text) -> Parameter:
    """The number of a thing."""
    return integer(name, description, minimum=1)


def identifier_or_slug(name: str, description: Text) -> Parameter:
    """The number of a thing, or the word that stands in its address; as ``{"pk": …}`` or ``{"slug": …}``."""

    def read(text: str) -> dict[str, Any]:
        if _NUMBER.fullmatch(text):
            return {"pk": whole_number(text, 1, schemas.LARGEST_ID)}
        return {"slug": slug_of(text)}

    return Parameter(name=name, schema=_SLUG_SCHEMA, description=description, read=read)


def slug_of(text: str) -> str:
    """Read a word of an address. Raises ValueError."""
    if not _SLUG.fullmatch(text):
        raise ValueError(_("Give the word from the address: small letters, digits and hyphens."))
    return text


def slug(name: str, description: Text) -> Parameter:
    """A word of an address."""
    return Parameter(name=name, schema=_SLUG_SCHEMA, description=description, read=slug_of)


def boolean(name: str, description: Text) -> Parameter:
    """Yes or no."""

    def read(text: str) -> bool:
        if text not in {"true", "false"}:
            raise ValueError(_("Give true or false."))
        return text == "true"

    return Parameter(name=name, schema=schemas.boolean(), description=description, read=read)


def choice(name: str, description: Text, values: Callable[[], Iterable[str]]) -> Parameter:
    """One of a few words."""

    def read(text: str) -> str:
        if text not in values():
            raise ValueError(_("Give one of: %(values)s.") % {"values": ", ".join(values())})
        return text

    return Parameter(name=name, schema=schemas.one_of(values()), description=description, read=read)


def several(
    name: str, description: Text, *, values: Callable[[], Iterable[str]] | None = None, each: Callable[[str], str]
) -> Parameter:
    """Words with commas between, each once; only some of them if ``values`` names them."""

    def read(text: str) -> tuple[str, ...]:
        words = tuple(dict.fromkeys(each(word) for word in text.split(",")))
        unknown = [word for word in words if values is not None and word not in values()]
        if unknown:
            raise ValueError(_("Give one of: %(values)s.") % {"values": ", ".join(values() if values else ())})
        if len(words) > MOST_VALUES:
            raise ValueError(_("These are too many."))
        return words

    schema = {**schemas.array(schemas.text(minLength=1)), "minItems": 1, "maxItems": MOST_VALUES}
    return Parameter(name=name, schema=schema, description=description, read=read, values=values)


def read_moment(text: str) -> datetime:
    """Read a moment; without a zone it is the portal's, a day is its first moment. Raises ValueError."""
    try:
        found = parse_datetime(text.replace(" ", "+")) if len(text) > 10 else None  # a day's length
        day = None if found else parse_date(text)
    except ValueError:
        found = day = None
    if day is not None and FIRST_YEAR <= day.year < LAST_YEAR:
        return day_start(day)
    if found is None or not FIRST_YEAR <= found.year < LAST_YEAR:
        raise ValueError(_("Write a moment as 2026-01-31T08:00:00+07:00, or a day as 2026-01-31."))
    return timezone.make_aware(found) if timezone.is_naive(found) else found


def moment(name: str, description: Text) -> Parameter:
    """A moment or a day."""
    return Parameter(
        name=name,
        schema={"anyOf": [schemas.moment(), schemas.day()], "pattern": "^(19|20|21)[0-9]{2}-"},
        description=description,
        read=read_moment,
        example="2026-01-31T08:00:00+07:00",
    )


def order(names: Sequence[str]) -> Parameter:
    """By what a list is ordered; the reverse with a hyphen before it."""
    words = [*names, *(f"-{name}" for name in names)]
    return choice(
        "order", gettext_lazy("By what the list is ordered; the reverse with a hyphen before it."), lambda: words
    )

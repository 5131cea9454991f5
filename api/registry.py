"""What the API shows of each type of page, and by what lists can be narrowed; each app registers its part when ready.

Nothing is shown that is not registered: a column that is added to a model stays inside until somebody names it here. A
type of page that registers nothing has everything that all pages have.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from api.parameters import Parameter, Text
from api.schemas import Schema
from pages.models import BasePage


class Shown(Enum):
    """Where a field stands without being asked for."""

    #: In lists, and wherever the thing stands alone.
    ALWAYS = "always"
    #: Where the thing stands alone; in lists only for who asks (``?fields=``).
    ALONE = "alone"
    #: Where the thing stands alone, and never in lists: it costs too much.
    ALONE_ONLY = "alone only"


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field. ``read`` is given the object and the :class:`~api.batches.Batch` it was read with.

    It gives plain JSON that fits ``schema``, and in lists asks the database nothing for a single object.
    """

    name: str
    schema: Schema
    description: Text
    read: Callable[[Any, Any], Any]
    meta: bool = False
    shown: Shown = Shown.ALWAYS


def attribute(
    name: str, schema: Schema, description: Text, *, meta: bool = False, shown: Shown = Shown.ALWAYS
) -> Field:
    """A field that is the object's own attribute of that name, as it is."""

    def read(it: Any, _batch: Any) -> Any:
        return getattr(it, name)

    return Field(name=name, schema=schema, description=description, read=read, meta=meta, shown=shown)


_fields: dict[type, tuple[Field, ...]] = {}
_readable: dict[type, Callable[[Any], bool]] = {}
_parameters: dict[str, Parameter] = {}


def register_fields(model: type, *fields: Field) -> None:
    """Show these fields of a model, and of every model that builds on it, after those that it builds on."""
    _fields[model] = fields


def forget_fields(model: type) -> None:
    """Take a model out of the registry; tests register types of their own."""
    _fields.pop(model, None)


def fields_of(model: type) -> list[Field]:
    """Every field of a model, the most general first; a model may show a field otherwise than what it builds on."""
    found: dict[str, Field] = {}
    for base in reversed(model.__mro__):
        found.update({field.name: field for field in _fields.get(base, ())})
    return list(found.values())


def register_text(model: type, readable: Callable[[Any], bool] = bool) -> None:
    """Show the text of pages of a type that is no item, or only of some pages of a type.

    ``readable`` says of a page whether everybody may read its text.
    """
    _readable[model] = readable


def shows_text(page: BasePage) -> bool:
    """Whether the API shows the text of a page: of items, which stand in feeds, and where a type says so."""
    readable = next((_readable[base] for base in type(page).__mro__ if base in _readable), None)
    return readable(page) if readable else page.is_item


def register_parameter(parameter: Parameter) -> None:
    """Let lists of pages be narrowed by something that another app knows."""
    _parameters[parameter.name] = parameter


def parameters() -> Iterator[Parameter]:
    """What other apps have registered."""
    yield from _parameters.values()

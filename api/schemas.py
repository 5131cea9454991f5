"""JSON Schemas of values, as short words; the OpenAPI document and the tests are made of them."""

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]
LARGEST_ID = 2**63 - 1


def text(**more: Any) -> Schema:
    """Words; "" when there are none."""
    return {"type": "string", **more}


def html() -> Schema:
    """HTML without scripts, styles and frames, with absolute addresses."""
    return text(contentMediaType="text/html")


def address() -> Schema:
    """An absolute address."""
    return text(format="uri")


def moment() -> Schema:
    """A moment with its zone."""
    return text(format="date-time")


def day() -> Schema:
    """A day of the calendar."""
    return text(format="date")


def one_of(values: Any) -> Schema:
    """One of a few words."""
    return text(enum=[str(value) for value in values])


def integer(minimum: int = 0, maximum: int | None = None) -> Schema:
    """A whole number."""
    return {"type": "integer", "minimum": minimum, **({} if maximum is None else {"maximum": maximum})}


def identifier() -> Schema:
    """The number that names a thing for ever."""
    return integer(1, LARGEST_ID)


def boolean() -> Schema:
    """Yes or no."""
    return {"type": "boolean"}


def array(items: Schema) -> Schema:
    """Several things in order."""
    return {"type": "array", "items": items}


def structure(properties: Mapping[str, Schema], **more: Any) -> Schema:
    """A thing with just these properties, all of them."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
        **more,
    }


def table_of(values: Schema) -> Schema:
    """Things by their names."""
    return {"type": "object", "additionalProperties": values}


def reference(name: str) -> Schema:
    """A schema that the OpenAPI document names."""
    return {"$ref": f"#/components/schemas/{name}"}


def nullable(schema: Schema) -> Schema:
    """The same, or null."""
    if isinstance(schema.get("type"), str) and "enum" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}

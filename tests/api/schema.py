"""Holds answers against the OpenAPI document."""

from datetime import date, datetime
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

PLACE = "https://example.org/openapi.json"
checker = FormatChecker(formats=())


@checker.checks("date-time")
def is_moment(value) -> bool:
    try:
        return not isinstance(value, str) or datetime.fromisoformat(value).utcoffset() is not None
    except ValueError:
        return False


@checker.checks("date")
def is_day(value) -> bool:
    try:
        return not isinstance(value, str) or bool(date.fromisoformat(value))
    except ValueError:
        return False


@checker.checks("uri")
def is_absolute(value) -> bool:
    return not isinstance(value, str) or bool(urlsplit(value).scheme)


def faults(document, schema, data) -> list[str]:
    """What of an answer does not fit a schema of the document."""
    registry = Registry().with_resource(PLACE, DRAFT202012.create_resource(document))
    rooted = _rooted(schema)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(rooted, registry=registry, format_checker=checker)
    return [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(data)]


def _rooted(schema):
    if isinstance(schema, dict):
        return {
            name: PLACE + value if name == "$ref" and str(value).startswith("#") else _rooted(value)
            for name, value in schema.items()
        }
    return [_rooted(item) for item in schema] if isinstance(schema, list) else schema


def answer_of(document, path: str):
    """The schema of what an address answers."""
    return document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]

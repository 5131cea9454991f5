"""The OpenAPI document, made of the definitions by which the endpoints read and answer: it cannot say anything else."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.utils.encoding import force_str
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from api import parts, schemas, searching
from api.pages import describe_types
from api.parameters import LONGEST_VALUE, Parameter
from api.registry import Field, Shown, fields_of
from api.schemas import Schema
from api.searching import SearchEndpoint
from api.viewsets import FIELDS, router
from pages.models import BasePage

VERSION = "2.0"
ROOT = "/api/v2/"


def document(base: str) -> dict[str, Any]:
    """The document; ``base`` is the address of the portal, without a slash at its end."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("Public interface of the portal"),
            "version": VERSION,
            "description": _("What any reader may see, as JSON. It can only be read, needs no key and sets no cookie."),
        },
        "servers": [{"url": base or "/"}],
        "paths": paths(),
        "components": {"schemas": components(), "responses": _responses()},
    }


# Paths --------------------------------------------------------------------------------------------------------------


def paths() -> dict[str, Any]:
    """Every address with what it may be asked and what it answers."""
    found: dict[str, Any] = {
        ROOT: {"get": _operation("root", _("What there is."), [], schemas.reference("Root"))},
        f"{ROOT}openapi.json": {"get": _operation("openapi", _("This document."), [], {"type": "object"})},
    }
    for name, endpoint in router.endpoints.items():
        found.update(_paths_of(name, endpoint))
    return found


def _paths_of(name: str, endpoint: Any) -> Iterator[tuple[str, Any]]:
    listing = schemas.reference(f"{name}_list")
    words = str(endpoint.about)
    known = endpoint.list_parameters()
    if endpoint is SearchEndpoint:
        yield f"{ROOT}{name}/", {"get": _operation(f"{name}_list", words, known, listing, 400, 503)}
        return
    in_lists, alone = (_fields_parameter(endpoint, in_lists=in_lists) for in_lists in (True, False))
    known = [in_lists if parameter is FIELDS else parameter for parameter in known]
    yield f"{ROOT}{name}/", {"get": _operation(f"{name}_list", words, known, listing, 400)}
    described = [*endpoint.find_parameters, alone]
    find = _operation(f"{name}_find", _("Leads to the one that is described."), described, None)
    yield f"{ROOT}{name}/find/", {"get": find}
    detail = _operation(f"{name}_detail", words, [alone], schemas.reference(f"{name}_detail"), 400, 404)
    detail["parameters"].insert(0, {"name": "id", "in": "path", "required": True, "schema": schemas.identifier()})
    yield f"{ROOT}{name}/{{id}}/", {"get": detail}
    if name == "images":
        yield f"{ROOT}images/{{id}}/{{name}}", {"get": _drawn()}


def _operation(
    name: str, words: str, parameters: Iterable[Parameter], answer: Schema | None, *errors: int
) -> dict[str, Any]:
    answers: dict[str, Any] = {str(code): {"$ref": f"#/components/responses/{code}"} for code in errors or (400, 404)}
    if answer is None:
        answers["302"] = {"description": _("The address of the thing.")}
    else:
        content = {"application/json": {"schema": answer}}
        answers = {"200": {"description": _("The answer."), "content": content}, "304": _unchanged(), **answers}
    return {
        "operationId": name,
        "summary": words,
        "parameters": [_parameter(parameter) for parameter in parameters],
        "responses": answers,
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    described = {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "schema": parameter.whole_schema,
        "description": force_str(parameter.description),
    }
    if parameter.is_list:
        described |= {"style": "form", "explode": False}
    return plain({**described, "example": parameter.example} if parameter.example else described)


def _fields_parameter(endpoint: Any, *, in_lists: bool) -> Parameter:
    """The choice of fields, with the names that there are; some belong to one type of page alone."""
    models = [model for _label, model, _name in describe_types()] if endpoint.model is BasePage else [endpoint.model]
    shown = {field.name: field for model in models for field in fields_of(model)}
    names = [name for name, field in shown.items() if not in_lists or field.shown is not Shown.ALONE_ONLY]
    name = f"({'|'.join(sorted(names))})"
    pattern = rf"^(\*(,-{name})*|_(,{name})*|-?{name}(,-?{name})*)$"
    return replace(FIELDS, schema=schemas.text(pattern=pattern, maxLength=LONGEST_VALUE))


def _drawn() -> dict[str, Any]:
    operation = _operation("images_drawn", _("A size of a picture, drawn when it is first fetched."), [], None, 404)
    operation["parameters"] = [
        {"name": "id", "in": "path", "required": True, "schema": schemas.identifier()},
        {"name": "name", "in": "path", "required": True, "schema": schemas.text(examples=["card-640.webp"])},
    ]
    return operation


def _unchanged() -> dict[str, Any]:
    return {"description": _("Nothing has changed since the answer whose ETag was sent.")}


def _responses() -> dict[str, Any]:
    content = {"application/json": {"schema": schemas.reference("Message")}}
    words = {
        "400": _("The address asks for something that is not understood; the answer says what."),
        "404": _("There is nothing here, or not everybody may see it."),
        "503": _("Search is away for a moment. Please ask again soon."),
    }
    return {code: {"description": text, "content": content} for code, text in words.items()}


# Schemas ------------------------------------------------------------------------------------------------------------


def components() -> dict[str, Schema]:
    """Every schema by its name."""
    found: dict[str, Any] = {
        "Root": ROOT_SCHEMA,
        "Message": schemas.structure({"message": schemas.text()}),
        **parts.COMPONENTS,
        **searching.COMPONENTS,
        "search_list": searching.ANSWER,
    }
    for name, endpoint in router.endpoints.items():
        if endpoint is not SearchEndpoint:
            found |= _models_of(name, endpoint)
    return {name: plain(schema) for name, schema in found.items()}


def _models_of(name: str, endpoint: Any) -> dict[str, Schema]:
    types = {label: fields_of(model) for label, model, _name in describe_types()} if endpoint.model is BasePage else {}
    own = endpoint.model._meta.label  # Django's documented model API
    of_list = {**types, own: fields_of(endpoint.model)}
    return {
        **{f"{label}.in_list": _thing(shown, in_list=True) for label, shown in of_list.items()},
        **{label: _thing(shown, in_list=False) for label, shown in (types or of_list).items()},
        f"{name}_list": schemas.structure(
            {
                "meta": schemas.structure({"total_count": schemas.integer()}),
                "items": schemas.array(_any_of([f"{label}.in_list" for label in of_list])),
            }
        ),
        f"{name}_detail": _any_of(list(types or of_list)),
    }


def _any_of(names: list[str]) -> Schema:
    return schemas.reference(names[0]) if len(names) == 1 else {"anyOf": [schemas.reference(name) for name in names]}


def _thing(shown: list[Field], *, in_list: bool) -> Schema:
    """A thing with all fields it can have here; which of them it has depends on the parameter «fields»."""
    possible = [field for field in shown if not in_list or field.shown is not Shown.ALONE_ONLY]
    meta = {field.name: _described(field) for field in possible if field.meta}
    body = {field.name: _described(field) for field in possible if not field.meta}
    closed = {"type": "object", "additionalProperties": False}
    return {**closed, "properties": {"meta": {**closed, "properties": meta}, **body}}


def _described(field: Field) -> Schema:
    return {**field.schema, "description": force_str(field.description)}


ROOT_SCHEMA = schemas.structure(
    {
        "title": schemas.text(),
        "version": schemas.text(),
        "openapi_url": schemas.address(),
        "limit_max": schemas.integer(),
        "offset_max": schemas.integer(),
        "endpoints": schemas.table_of(schemas.structure({"url": schemas.address(), "description": schemas.text()})),
        "page_types": schemas.table_of(schemas.text()),
    }
)


def plain(value: Any) -> Any:
    """The same with words that wait for a language written out."""
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return force_str(value) if isinstance(value, Promise) else value

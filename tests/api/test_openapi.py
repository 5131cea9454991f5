"""The document says what the interface does: every answer fits it, and it leaves nothing out."""

import re

import pytest
from jsonschema import Draft202012Validator

from api.pages import page_types
from api.viewsets import router
from pages.models import BasePage
from tests import factories
from tests.api.asking import ROOT, get
from tests.api.schema import answer_of, faults

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

#: Something to ask for, by the name of the parameter; for the others the document has an example or says what fits.
VALUES = {
    "fields": "*",
    "order": "id",
    "slug": "tin-tuc",
    "html_path": "/tin-tuc/",
    "ancestor_of": "root",
    "child_of": "root",
    "descendant_of": "root",
}


@pytest.fixture
def document(client, home):
    return get(client, "openapi.json")


def test_it_is_openapi(document):
    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": "http://testserver"}]
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    operations = [methods["get"]["operationId"] for methods in document["paths"].values()]
    assert len(set(operations)) == len(operations)
    assert all(set(methods) == {"get"} for methods in document["paths"].values())


def test_every_address_is_described(document, client):
    shown = {f"{ROOT}{name}/" for name in router.endpoints} | {ROOT, f"{ROOT}openapi.json"}

    assert shown <= set(document["paths"])
    for name in ("pages", "images", "documents", "units"):
        assert {f"{ROOT}{name}/{{id}}/", f"{ROOT}{name}/find/"} <= set(document["paths"])


def test_references_lead_somewhere(document):
    def references(value):
        if isinstance(value, dict):
            yield from [value["$ref"]] if "$ref" in value else []
            for item in value.values():
                yield from references(item)
        elif isinstance(value, list):
            for item in value:
                yield from references(item)

    for reference in set(references(document)):
        _hash, part, kind, name = reference.split("/")
        assert name in document[part][kind], reference


def test_every_type_of_page_is_described(document):
    for label in page_types():
        assert {label, f"{label}.in_list"} <= set(document["components"]["schemas"])
        assert document["components"]["schemas"][label]["properties"]["html"]["description"]


def test_the_root_fits(document, client):
    assert faults(document, answer_of(document, ROOT), get(client)) == []


@pytest.mark.usefixtures("demonstration")
def test_lists_fit_whatever_stands_in_them(client, media_root):
    document = get(client, "openapi.json")
    factories.make_document()
    for name in ("pages", "images", "documents", "units"):
        schema = answer_of(document, f"{ROOT}{name}/")
        for fields in ("", "*", "_,id", "_"):
            data = get(client, f"{name}/", limit=100, **({"fields": fields} if fields else {}))
            assert data["items"], name
            assert faults(document, schema, data) == []


@pytest.mark.usefixtures("demonstration")
def test_every_field_of_a_type_is_in_its_answers(client, media_root):
    document = get(client, "openapi.json")
    schemas = document["components"]["schemas"]
    seen = set()
    for label, model in page_types().items():
        for page in model.objects.filter(pk__in=BasePage.objects.published())[:3]:
            seen.add(label)
            data = get(client, f"pages/{page.pk}/")
            assert faults(document, schemas[label], data) == [], label
            assert set(data) == set(schemas[label]["properties"])
            assert set(data["meta"]) == set(schemas[label]["properties"]["meta"]["properties"])
            [item] = get(client, "pages/", type=label, slug=page.slug, fields="*")["items"][:1]
            assert faults(document, schemas[f"{label}.in_list"], item) == []
            assert set(item) == set(schemas[f"{label}.in_list"]["properties"])
    assert set(page_types()) - seen <= {"organisations.UnitPage", "infographics.InfographicSeriesPage"}


@pytest.mark.usefixtures("demonstration")
def test_things_alone_fit(client, media_root):
    document = get(client, "openapi.json")
    image, file, unit = factories.make_image(), factories.make_document(), factories.make_unit()
    for name, thing in (("images", image), ("documents", file), ("units", unit)):
        data = get(client, f"{name}/{thing.pk}/")
        schema = document["components"]["schemas"][type(thing)._meta.label]
        assert faults(document, answer_of(document, f"{ROOT}{name}/{{id}}/"), data) == []
        assert set(data) == set(schema["properties"])


@pytest.mark.parametrize("name", ["pages", "images", "documents", "units"])
def test_every_parameter_is_understood(client, name, document, media_root, section):
    factories.make_topic("Mot"), factories.make_unit("Mot")
    for parameter in document["paths"][f"{ROOT}{name}/"]["get"]["parameters"]:
        value = _value(parameter)
        data = get(client, f"{name}/", **{parameter["name"]: value})
        assert faults(document, answer_of(document, f"{ROOT}{name}/"), data) == [], parameter


def _value(parameter):
    name, schema = parameter["name"], parameter["schema"]
    if VALUES.get(name):
        return VALUES[name]
    if schema.get("type") == "array":
        assert (parameter["style"], parameter["explode"]) == ("form", False)
        return ",".join(schema["items"]["enum"][:2])
    if name in {"topic", "unit", "within"}:
        return "mot"
    return parameter.get("example") or (
        schema["enum"][0]
        if "enum" in schema
        else {"integer": 1, "boolean": "true", "string": "a"}[schema.get("type", "string")]
    )


def test_the_choice_of_fields_is_described(client, document):
    for name in ("pages", "images", "documents", "units"):
        parameters = document["paths"][f"{ROOT}{name}/"]["get"]["parameters"]
        pattern = next(one["schema"]["pattern"] for one in parameters if one["name"] == "fields")
        for choice in ("*", "_", "_,id", "id,-type", "*,-id"):
            assert re.search(pattern, choice)
            get(client, f"{name}/", fields=choice)
        for choice in ("", "x", "id(x)", "*,id", "_,-id", "id,", "html"):
            assert not re.search(pattern, choice)
            get(client, f"{name}/", 400, fields=choice)


def test_errors_fit(client, document):
    schema = document["components"]["schemas"]["Message"]

    for path, status in (("pages/?x=1", 400), ("pages/99999/", 404), ("nirgendwo/", 404)):
        response = client.get(f"{ROOT}{path}")
        assert response.status_code == status
        assert faults(document, schema, response.json()) == []

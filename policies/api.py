"""What the public interface shows of explainers and procedures."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from api import schemas
from api.batches import Batch
from api.registry import Field, Shown, attribute, register_fields
from policies.choices import Validity
from policies.models import ExplainerPage, PolicyPage, ProcedurePage

_DAY = schemas.nullable(schemas.day())
BASIS = schemas.structure(
    {
        "number": schemas.text(),
        "kind": schemas.text(),
        "title": schemas.text(),
        "articles": schemas.text(),
        "effective_from": _DAY,
        "status": schemas.one_of(Validity.values),
        "url": schemas.text(),
    }
)
FACT = schemas.structure({"label": schemas.text(), "value": schemas.text()})


def _iso(value: Any) -> str | None:
    return value.isoformat() if value else None


def _basis(page: Any, _batch: Batch) -> list[dict[str, Any]]:
    return [
        {
            **{name: block.value.get(name) or "" for name in ("number", "kind", "title", "articles", "url")},
            "effective_from": _iso(block.value.get("effective_from")),
            "status": block.value.get("status") or Validity.IN_FORCE.value,
        }
        for block in page.basis
    ]


def _facts(page: Any, _batch: Batch) -> list[dict[str, Any]]:
    return [{name: block.value.get(name) or "" for name in ("label", "value")} for block in page.facts]


def _day(name: str, words: Any) -> Field:
    return Field(name=name, schema=_DAY, description=words, read=lambda page, _batch: _iso(getattr(page, name)))


def register() -> None:
    """Called when the app is ready."""
    register_fields(
        PolicyPage,
        _day("reviewed_on", _("When somebody last checked every statement.")),
        Field(
            name="legal_basis",
            schema=schemas.array(BASIS),
            description=_("The legal documents that it rests on: number, kind, date, whether they are in force."),
            read=_basis,
            shown=Shown.ALONE_ONLY,
        ),
    )
    register_fields(
        ExplainerPage,
        _day("effective_from", _("From when the rule is in force.")),
        attribute("who", schemas.text(), _("Who is affected, in a few words.")),
        Field(
            name="facts",
            schema=schemas.array(FACT),
            description=_("The facts at its head."),
            read=_facts,
            shown=Shown.ALONE_ONLY,
        ),
    )
    register_fields(
        ProcedurePage,
        attribute("time_limit", schemas.text(), _("How long it takes.")),
        attribute("fee", schemas.text(), _("What it costs.")),
        attribute("result", schemas.text(), _("What one gets.")),
    )

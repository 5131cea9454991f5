"""What the public interface shows of contests: rounds, rules and prizes. Banks, questions and entries stay inside."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from api import schemas
from api.batches import Batch, iso
from api.registry import Field, Shown, attribute, register_fields
from contests.choices import Award, Entrants, Scope
from contests.models import ContestPage

ROUND = schemas.structure(
    {
        "id": schemas.identifier(),
        "title": schemas.text(),
        "opens_at": schemas.nullable(schemas.moment()),
        "closes_at": schemas.nullable(schemas.moment()),
        "questions": schemas.integer(),
        "minutes_allowed": schemas.integer(),
        "html_url": schemas.address(),
    }
)
PRIZE = schemas.structure(
    {
        "title": schemas.text(),
        "worth": schemas.text(),
        "count": schemas.integer(),
        "award": schemas.one_of(Award.values),
        "scope": schemas.one_of(Scope.values),
        "min_percent": schemas.integer(),
    }
)


def _rounds(page: Any, batch: Batch) -> list[dict[str, Any]]:
    return [
        {
            "id": one.pk,
            "title": one.title,
            "opens_at": iso(one.opens_at),
            "closes_at": iso(one.closes_at),
            "questions": one.questions,
            "minutes_allowed": one.minutes_allowed,
            "html_url": batch.absolute(one.url),
        }
        for one in sorted(page.rounds.all(), key=lambda one: one.opens_at)
    ]


def _prizes(page: Any, _batch: Batch) -> list[dict[str, Any]]:
    names = ("title", "worth", "count", "award", "scope", "min_percent")
    return [{name: getattr(prize, name) for name in names} for prize in page.prizes.all()]


def register() -> None:
    """Called when the app is ready."""
    register_fields(
        ContestPage,
        attribute("audience", schemas.text(), _("For whom it is.")),
        attribute("entrants", schemas.one_of(Entrants.values), _("Who may enter.")),
        attribute("has_certificate", schemas.boolean(), _("Whether there is a certificate.")),
        attribute("draw_source", schemas.text(), _("Where the number for drawing lots comes from."), shown=Shown.ALONE),
        Field(
            name="rounds",
            schema=schemas.array(ROUND),
            description=_("Its rounds, in the order in which they open."),
            read=_rounds,
            shown=Shown.ALONE_ONLY,
        ),
        Field(
            name="prizes",
            schema=schemas.array(PRIZE),
            description=_("What can be won."),
            read=_prizes,
            shown=Shown.ALONE_ONLY,
        ),
    )

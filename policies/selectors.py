"""Reads of the policy corner."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest

from archives.related import surroundings
from pages.models import BasePage
from pages.querysets import BasePageQuerySet

if TYPE_CHECKING:
    from policies.models import PolicyPage


def all_policies() -> BasePageQuerySet:
    """Every published explainer and procedure."""
    return BasePage.objects.listed().filter(listing="policies")


def add_policy_facts(items: Iterable[BasePage]) -> None:
    """Give each explainer among ``items`` what its card shows as ``item.policy``; one query for all."""
    from policies.models import ExplainerPage  # the models import this module

    content_type = ContentType.objects.get_for_model(ExplainerPage).pk
    explainers = {item.pk: item for item in items if item.content_type_id == content_type}
    rows = ExplainerPage.objects.filter(pk__in=explainers).only("effective_from", "who", "reviewed_on", "basis")
    for row in rows:
        basis = row.basis[0].value if row.basis else None
        explainers[row.pk].policy = {
            "effective_from": row.effective_from,
            "who": row.who,
            "reviewed_on": row.reviewed_on,
            "basis": f"{basis['kind']} {basis['number']}" if basis else "",
        }


def policy_context(page: "PolicyPage", request: HttpRequest) -> dict[str, Any]:
    """What stands around an explainer or a procedure."""
    around = surroundings(page, same_type=True)
    add_policy_facts(around.related)
    return {
        "breadcrumbs": around.breadcrumbs,
        "toc": [{"id": anchor, "title": title} for anchor, title, filled in page.sections() if filled],
        "same_topic": around.related,
        "cover_credit": page.cover.credit if page.cover else "",
    }

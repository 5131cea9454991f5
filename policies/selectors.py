"""Reads of the policy corner."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils.translation import pgettext

from archives.related import more_like
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
    trail = [{"title": pgettext("trail", "Home"), "url": "/"}]
    parent = page.get_parent() if page.depth else None
    grandparent = parent.get_parent() if parent and parent.depth > 3 else None  # root, home, index
    trail += [{"title": ancestor.title, "url": ancestor.url} for ancestor in (grandparent, parent) if ancestor]
    same = more_like(page, limit=3, same_type=True)
    add_policy_facts(same)
    return {
        "breadcrumbs": trail,
        "toc": [{"id": anchor, "title": title} for anchor, title, filled in page.sections() if filled],
        "same_topic": same,
        "cover_credit": page.cover.credit if page.cover else "",
    }

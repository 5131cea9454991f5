"""The policy corner's feeds: all of it, and how an explainer and a procedure read in one."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.surrogates import LISTING
from crossposting.feeds.registry import FeedSource, Subject, register_source, register_template
from pages.querysets import BasePageQuerySet
from policies import selectors
from policies.models import ExplainerPage, PolicyIndexPage, ProcedurePage


class PolicyFeed(FeedSource):
    """Explainers and procedures."""

    name = "chinh-sach"
    legend = _("The whole portal")  # the heading below which it is listed
    order = 20
    numbered = False

    def keys(self, key: str) -> tuple[str, ...]:
        """Every item's change renews it."""
        return (LISTING,)

    def find(self, key: str, query: Mapping[str, Any]) -> Subject | None:
        """There is one."""
        return None if key else Subject(title=str(_("Policies")), url="/chinh-sach/")

    def subjects(self) -> Iterable[Subject]:
        """There is one."""
        return [Subject(title=str(_("Policies")), url="/chinh-sach/")]

    def pages(self, subject: Subject) -> BasePageQuerySet:
        """All of the policy corner."""
        return selectors.all_policies()

    def showing(self, page: Any) -> Iterator[Subject]:
        """All explainers and procedures stand here."""
        if page.listing == "policies":
            yield from self.subjects()

    def of_context(self, context: Mapping[str, Any]) -> Subject | None:
        """The policy corner's front."""
        return self.find("", {}) if isinstance(context.get("page"), PolicyIndexPage) else None


def register() -> None:
    """Called when the app is ready."""
    register_source(PolicyFeed())
    register_template(ExplainerPage, "policies/feed_explainer.html")
    register_template(ProcedurePage, "policies/feed_procedure.html")

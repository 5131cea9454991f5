"""The dashboard's reminder of policy pages that somebody must check again."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from core.dashboard import register_panel
from pages.models import BasePage
from pages.panels import QuietPanel
from policies.choices import Validity
from policies.models import ExplainerPage, PolicyPage, ProcedurePage

SHOWN = 10
#: How a stream's stored form spells a basis that is no longer in force; both databases print JSON with this space.
EXPIRED_BASIS = f'"status": "{Validity.EXPIRED.value}"'


@dataclass
class DuePolicy:
    """A page to check, and why."""

    page: PolicyPage
    reasons: list[str] = field(default_factory=list)


def due_pages(model: type[PolicyPage], user: Any, on: date) -> QuerySet:
    """Published pages of a type whose review is due or whose basis has expired, among those the user may change."""
    allowed = policy_registry.get_by_type(BasePage).instances_user_has_any_permission_for(user, {"change"})
    return (
        model.objects.filter(pk__in=allowed.order_by().values("pk"), live=True)
        .annotate(basis_text=Cast("basis", TextField()))
        .annotate(basis_expired=Q(basis_text__contains=EXPIRED_BASIS))
        .filter(Q(next_review__lte=on) | Q(basis_expired=True))
        .select_related("owner_person", "unit", "content_type")
        .defer_streamfields()
        .order_by("next_review", "pk")
    )


def due_policies(user: Any) -> list[DuePolicy]:
    """What to check, the longest overdue first; the same number of queries for any number of pages."""
    today = timezone.localdate()
    found = []
    for model in (ExplainerPage, ProcedurePage):
        for page in due_pages(model, user, today)[: SHOWN + 1]:
            due = DuePolicy(page)
            if page.basis_expired:
                due.reasons.append(_("A document it rests on is no longer in force"))
            if page.next_review and page.next_review <= today:
                due.reasons.append(_("Review due on %(date)s") % {"date": page.next_review.strftime("%d/%m/%Y")})
            found.append(due)
    return sorted(found, key=lambda due: due.page.next_review or date.min)


@register_panel
class DuePoliciesPanel(QuietPanel):
    """Explainers and procedures that may have become wrong."""

    name = "due_policies"
    order = 60
    template_name = "policies/admin/due_panel.html"

    def gather(self, request: Any) -> dict[str, Any]:
        """The pages due, within the user's units."""
        rows = due_policies(request.user)
        return {"rows": rows[:SHOWN], "more": len(rows) > SHOWN} if rows else {}

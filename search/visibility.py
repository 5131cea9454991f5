"""What readers may not see any more, whatever the index still holds."""

from django.utils import timezone

from pages.models import BasePage
from search.models import PendingChange
from search.sources.pages import BELOW, PAGE


def hidden_now() -> tuple[frozenset[str], frozenset[int]]:
    """Return the keys and the branches (ids of pages) that every search leaves out at this moment.

    Two small statements, each on a partial index: changes that hide, until the index has followed and its readers have
    seen it; and pages whose end has passed before the worker has taken them down.
    """
    keys, below = set(), set()
    rows = PendingChange.objects.filter(hides=True).order_by()
    for source, scope, object_id in rows.values_list("source", "scope", "object_id"):
        if not scope:
            keys.add(f"{source}:{object_id}")
        elif (source, scope) == (PAGE, BELOW):
            below.add(object_id)
    expired = BasePage.objects.filter(expire_at__lte=timezone.now(), live=True).order_by()
    keys.update(f"{PAGE}:{pk}" for pk in expired.values_list("pk", flat=True))
    return frozenset(keys), frozenset(below)

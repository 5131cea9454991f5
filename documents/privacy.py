"""Which files anybody may open: those in folders (Wagtail's collections) that are not restricted."""

from typing import Any

from django.db.models import Q
from wagtail.models import CollectionViewRestriction


def restricted_folders() -> Q:
    """Condition on folders: restricted themselves, or below one that is."""
    condition = Q(pk__in=[])
    for path in _restricted_paths():
        condition |= Q(path__startswith=path)
    return condition


def are_open(*documents: Any) -> bool:
    """Whether anybody may open all these files; asks one query, and one for each folder only if any is restricted."""
    paths = tuple(_restricted_paths())
    return not paths or not any(document.collection.path.startswith(paths) for document in documents)


def _restricted_paths() -> Any:
    return CollectionViewRestriction.objects.order_by("pk").values_list("collection__path", flat=True)

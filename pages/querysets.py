"""Queries over every type of page at once."""

from collections.abc import Sequence
from typing import Self

from django.db.models import Prefetch, Q
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from pages.privacy import not_restricted


class BasePageQuerySet(PageQuerySet):
    """Named in the words of a newsroom."""

    def published(self) -> Self:
        """Pages that any reader may see at this moment.

        The end date counts at once, also before the worker has taken the page down.
        """
        return self.filter(Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now()), not_restricted(), live=True)

    def listed(self) -> Self:
        """Published items (stories, explainers, …), leaving out sections, indexes and standard pages."""
        return self.published().filter(listed=True)

    def newest_first(self) -> Self:
        """The order of every listing; the id makes it total, so that no item shows on two pages."""
        return self.order_by("-display_date", "-id")

    def hot(self) -> Self:
        """Items marked as hot news whose time has not run out."""
        return self.filter(is_hot=True, hot_until__gt=timezone.now())

    def featured(self) -> Self:
        """Items marked as featured whose time has not run out."""
        return self.filter(is_featured=True, featured_until__gt=timezone.now())

    def with_card_data(self, renditions: Sequence[str] = ()) -> Self:
        """Everything a card shows, in a fixed number of queries whatever the number of items."""
        images = get_image_model().objects.prefetch_renditions(*renditions)
        return self.select_related("unit", "main_topic").prefetch_related(Prefetch("cover", images))


BasePageManager = PageManager.from_queryset(BasePageQuerySet, class_name="BasePageManager")

"""Keeps the first state of a live page as a revision of its own."""

from typing import Any

from django.utils import timezone


class LiveRevisionMixin:
    """Base of the base page: no live page without a revision of what readers see.

    Commands and imports write pages straight into the table. Wagtail takes such a page down, with all readers find
    through it, when an editor schedules its first change: without a revision it counts as never published.
    """

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Save a revision; before the first one of a live page, save what the table holds as the live revision."""
        if self.live and self.live_revision_id is None:  # type: ignore[attr-defined]  # fields of the page
            self.keep_live_revision()
        return super().save_revision(*args, **kwargs)  # type: ignore[misc]  # a mixin: the page's method follows

    def keep_live_revision(self) -> None:
        """Save what the table holds of a live page as its live revision, where it has none."""
        manager = type(self)._default_manager  # type: ignore[attr-defined]  # a model
        stored = manager.filter(pk=self.pk, live=True, live_revision=None, alias_of=None).first()  # type: ignore[attr-defined]  # as above
        if stored is None:
            return
        changed_at = stored.latest_revision_created_at or stored.last_published_at or timezone.now()
        revision = super(LiveRevisionMixin, stored).save_revision(changed=False, clean=False)  # type: ignore[misc]  # as above
        type(revision).objects.filter(pk=revision.pk).update(created_at=changed_at)
        manager.filter(pk=stored.pk).update(
            live_revision=revision, has_unpublished_changes=False, latest_revision_created_at=changed_at
        )
        self.live_revision = revision

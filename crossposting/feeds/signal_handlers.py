"""Renews feeds after changes of what is no page but stands in them: pictures and the site's own name."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.images import get_image_model
from wagtail.models import Site

from core.signals import readers_see_change
from core.surrogates import LISTING, SITE


def renew_after_picture(sender: type[Model], instance: Any, created: bool = False, **kwargs: Any) -> None:
    """A picture was changed or is deleted: whatever shows it, in a text or as a cover, is made anew.

    Where a picture stands in a text is not known without reading all of them; pictures are rarely changed.
    """
    if not created:
        readers_see_change.send(sender=sender, keys={SITE, LISTING})


def renew_after_site(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Every feed carries the site's name and lies below its address."""
    readers_see_change.send(sender=sender, keys={SITE})


def connect() -> None:
    """Called when the app is ready."""
    image = get_image_model()
    post_save.connect(renew_after_picture, sender=image, dispatch_uid="feeds.picture_saved")
    pre_delete.connect(renew_after_picture, sender=image, dispatch_uid="feeds.picture_deleted")
    for signal in (post_save, post_delete):
        signal.connect(renew_after_site, sender=Site, dispatch_uid="feeds.site_changed")

"""Tells the page cache when something that is no page changes what readers see."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.models import PageViewRestriction

from archives.surrogates import LISTING
from core.signals import readers_see_change
from core.surrogates import HOME, SITE, author_key, topic_key, unit_key
from home.models import LinkedSystem, SiteSettings
from organisations.models import Person, Unit
from taxonomy.models import Topic


def announce(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Name the keys that a saved or deleted object makes stale."""
    keys: set[str] = {LISTING}
    if isinstance(instance, SiteSettings):
        keys = {SITE}
    elif isinstance(instance, LinkedSystem):
        keys = {HOME}
    elif isinstance(instance, PageViewRestriction):
        keys |= {SITE}  # it hides a page, and all below it, wherever they are shown
    elif isinstance(instance, Topic):
        keys |= {topic_key(instance.pk)}
    elif isinstance(instance, Unit):
        keys |= {unit_key(instance.pk), HOME}
    elif isinstance(instance, Person):
        keys |= {author_key(instance.pk)}
    readers_see_change.send(sender=sender, keys=keys)


def connect() -> None:
    """Called when the app is ready."""
    for model in (SiteSettings, LinkedSystem, PageViewRestriction, Topic, Unit, Person):
        post_save.connect(announce, sender=model, dispatch_uid=f"home.saved.{model.__name__}")
        post_delete.connect(announce, sender=model, dispatch_uid=f"home.deleted.{model.__name__}")

"""How long a page takes to read."""

import math
import re
from html import unescape
from typing import Any

from django.db import models
from wagtail.fields import RichTextField, StreamField

# Vietnamese writes syllables apart; adults read about 240 of them a minute on a screen.
SYLLABLES_A_MINUTE = 240


def reading_minutes(instance: models.Model) -> int:
    """Return whole minutes for all rich content of a page, at least one where there is any text."""
    syllables = 0
    for field in instance._meta.concrete_fields:  # Django's documented model API
        if isinstance(field, StreamField):
            syllables += sum(len(text.split()) for text in _texts(getattr(instance, field.name).get_prep_value()))
        elif isinstance(field, RichTextField):
            syllables += len(_plain(getattr(instance, field.name) or "").split())
    return math.ceil(syllables / SYLLABLES_A_MINUTE)


def _texts(value: Any) -> list[str]:
    """Every readable string inside a stream's stored form, leaving out types and ids."""
    if isinstance(value, str):
        return [_plain(value)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    if isinstance(value, dict):
        return [text for key, item in value.items() if key not in {"id", "type"} for text in _texts(item)]
    return []


def _plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))

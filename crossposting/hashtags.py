"""Hashtags: made of a page's topics, or typed by an editor; Vietnamese keeps its marks and loses its spaces."""

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.text import clean_text
from crossposting.counting import HASHTAG

#: How many are proposed: more look like advertising, and some networks hide such posts.
PROPOSED = 3
#: Bluesky takes no longer ones, and nobody reads them.
LONGEST = 64
_NO_PART = re.compile(r"[^\w]+|_+$|^_+")


def hashtag_of(words: str) -> str:
    """«Tiền lương» becomes ``TiềnLương``: a capital for each word, so that it can be read, also aloud.

    Empty where nothing remains that networks take for a hashtag: it needs a letter.
    """
    parts = [part for part in _NO_PART.split(clean_text(words)) if part]
    tag = parts[0] if len(parts) == 1 else "".join(part[0].upper() + part[1:] for part in parts)
    return tag if HASHTAG.fullmatch(f"#{tag}") else ""


def proposed(page: Any) -> tuple[str, ...]:
    """What the page's topics suggest, the main topic first."""
    return of_topics(page.main_topic, page.topics.all())


def of_topics(main_topic: Any, topics: Iterable[Any]) -> tuple[str, ...]:
    """A hashtag for each of the first topics."""
    tags = [hashtag_of(topic.name) for topic in (main_topic, *topics) if topic]
    return tuple(dict.fromkeys(tag for tag in tags if tag))[:PROPOSED]


def parse(typed: str) -> tuple[str, ...]:
    """Hashtags as an editor types them: ``#TiềnLương #Tết``, «tiền lương, Tết» or «#an toàn lao động»."""
    for sign in ("#", ",", None):
        if sign is None or sign in typed:
            pieces = [piece.strip(" ,;\t\n") for piece in typed.split(sign)]
            break
    tags = []
    for piece in filter(None, pieces):
        tag = hashtag_of(piece)
        if not tag:
            raise ValidationError(_("«%(words)s» cannot be a hashtag: it needs a letter."), params={"words": piece})
        if len(tag) > LONGEST:
            raise ValidationError(_("«%(words)s» is too long for a hashtag."), params={"words": tag})
        tags.append(tag)
    return tuple(dict.fromkeys(tags))


def written(tags: tuple[str, ...]) -> str:
    """As they stand in a field and in a post."""
    return " ".join(f"#{tag}" for tag in tags)


def chosen(page: Any, typed: str | None) -> tuple[str, ...]:
    """The page's hashtags at one channel: what an editor decided, or what is proposed where nobody did."""
    return proposed(page) if typed is None else parse(typed)

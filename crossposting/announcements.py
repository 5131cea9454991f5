"""What a page announces to networks; verticals add to it what only they know."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from core.text import clean_text
from crossposting import hashtags
from crossposting.channels.contract import Announcement, Picture
from crossposting.models import SharingChoice
from crossposting.pictures import absolute
from pages.models import BasePage

Source = Callable[[Any, Announcement], Announcement]
_sources: dict[type[BasePage], Source] = {}


def announcement_source(model: type[BasePage]) -> Callable[[Source], Source]:
    """Register what a page type adds, for instance a photo story its pictures (decorator)."""

    def register(source: Source) -> Source:
        _sources[model] = source
        return source

    return register


def announcement_of(page: BasePage, choice: SharingChoice | None = None, *, shape: str = "wide") -> Announcement:
    """What a page says: ``page`` may be the base row; a type with a source of its own is read whole.

    ``choice`` holds what an editor decided for one channel, ``shape`` names the card that looks best there.
    """
    model = page.specific_class
    address = page.get_url()
    announcement = Announcement(
        page_id=page.pk,
        title=" ".join(clean_text(page.title).split()),
        url=absolute(address) if address else "",
        summary=clean_text(page.summary or page.search_description).strip(),
        kind=page.kind_label,
        author=page.author_line,
        hashtags=hashtags.chosen(page, choice.hashtags if choice else None),
        card=_card(page, shape),
        text=clean_text(choice.text).strip() if choice else "",
    )
    source = next((found for base in model.__mro__ if (found := _sources.get(base))), None) if model else None
    return source(page.specific, announcement) if source else announcement


def _card(page: BasePage, shape: str) -> Picture:
    """The picture shown with the link: the editor's own one for sharing, or the card the portal draws."""
    if shape != "wide":
        return Picture(ref=f"card:{page.pk}:{shape}", alt=page.title)
    image = page.share_image if page.share_image_id else None
    if image and image.file.storage.exists(image.file.name):  # a lost one must not leave the post without a picture
        return Picture(ref=f"image:{image.pk}", alt=image.description or page.title)
    return Picture(ref=f"card:{page.pk}", alt=page.title)


def with_pictures(announcement: Announcement, pictures: list[Picture]) -> Announcement:
    """The same announcement, told in pictures."""
    return replace(announcement, pictures=tuple(pictures))

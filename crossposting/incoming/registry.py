"""How a video becomes a draft: a vertical says so here, since this app knows no types of pages."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from pages.models import BasePage


@dataclass(frozen=True, kw_only=True)
class Video:
    """What a channel's feed says of a video, cleaned."""

    id: str
    url: str
    title: str
    summary: str = ""
    published_at: datetime | None = None
    thumbnail: str = ""


class DraftMaker(ABC):
    """Makes drafts of videos."""

    @abstractmethod
    def sections(self) -> QuerySet[BasePage]:
        """Where drafts may go."""

    @abstractmethod
    def make(self, video: Video, *, section: BasePage, unit_id: int | None, cover: Any) -> BasePage:
        """Store a page that readers do not see, with a revision. Called inside a transaction."""


_makers: list[DraftMaker] = []


def register_draft_maker(maker: DraftMaker) -> None:
    """Say how; the last one counts."""
    _makers[:] = [maker]


def draft_maker() -> DraftMaker:
    """The one registered."""
    return _makers[0]

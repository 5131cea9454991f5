"""What templates ask about films."""

from django import template

from core.captions import Passage
from core.videos import Video, clock
from documents.privacy import are_open

register = template.Library()


@register.simple_tag
def passages_of(video: Video) -> list[Passage]:
    """What is said, from the captions: where the editor wrote no transcript, and only what anybody may read."""
    if video.transcript or not video.file or not video.captions or not video.captions.spoken:
        return []
    return video.captions.passages if are_open(video.file, video.captions) else []


@register.filter
def moment(seconds: float) -> str:
    """A moment of a film as people write it: «6:42»."""
    return clock(seconds)

"""Plays YouTube: the Atom feeds of channels with validators, channels' pages, and pictures."""

import hashlib
import io
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from PIL import Image

from tests.crossposting.fakes.server import FakeNetwork, Reply, Request

CHANNEL = "UC" + "congdoanlamgiang_-1234"
HANDLE = "/@congdoanlamgiang"


@dataclass
class Clip:
    id: str
    title: str = "Hội thi nấu ăn của công nhân"
    description: str = "Hai trăm công nhân dự hội thi.\n\nTheo dõi: https://www.facebook.com/congdoan\n#congdoan"
    published: str = "2026-01-02T03:04:05+00:00"
    #: Stands instead of the whole entry.
    raw: str = ""


def clips(count: int, start: int = 0) -> list[Clip]:
    """The newest first, as YouTube lists them."""
    return [Clip(f"video{n:06d}", title=f"Phim số {n}") for n in reversed(range(start, start + count))]


def jpeg(width: int = 1280, height: int = 720, colour: tuple[int, int, int] = (180, 40, 30)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "JPEG")
    return file.getvalue()


def letterboxed() -> bytes:
    """480×360 with black stripes, as hqdefault.jpg is of a wide video."""
    picture = Image.new("RGB", (480, 360))
    picture.paste((180, 40, 30), (0, 45, 480, 315))
    file = io.BytesIO()
    picture.save(file, "JPEG")
    return file.getvalue()


@dataclass
class FakeYouTube(FakeNetwork):
    clips: list[Clip] = field(default_factory=list)
    #: Answers to every request for the feed, when set.
    instead: Reply | None = None
    pictures: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()
        self.pictures = {"maxresdefault.jpg": jpeg()}

    def answer(self, request: Request) -> Reply:
        if request.path == "/feeds/videos.xml":
            return self.instead or self._feed(request)
        if request.path == HANDLE:
            page = f'<html><head><link rel="canonical" href="https://www.youtube.com/channel/{CHANNEL}"></head></html>'
            return Reply(200, body=page.encode(), headers={"Content-Type": "text/html"})
        if request.path.startswith("/vi/"):
            picture = self.pictures.get(request.path.rpartition("/")[2])
            return Reply(200, body=picture, headers={"Content-Type": "image/jpeg"}) if picture else Reply(404, body=b"")
        return Reply(404, body=b"<html>404</html>", headers={"Content-Type": "text/html"})

    def _feed(self, request: Request) -> Reply:
        if request.query.get("channel_id") != CHANNEL:
            return Reply(404, body=b"<html>Error 404 (Not Found)!!1</html>")
        body = self.xml().encode()
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if request.headers.get("if-none-match") == etag:
            return Reply(304, body=b"", headers={"ETag": etag})
        return Reply(200, body=body, headers={"Content-Type": "text/xml; charset=UTF-8", "ETag": etag})

    def xml(self) -> str:
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/"'
            ' xmlns="http://www.w3.org/2005/Atom">'
            f"<yt:channelId>{CHANNEL[2:]}</yt:channelId><title>Công đoàn Lam Giang</title>"
            + "".join(clip.raw or self._entry(clip) for clip in self.clips)
            + "</feed>"
        )

    def _entry(self, clip: Clip) -> str:
        return (
            f"<entry><id>yt:video:{clip.id}</id><yt:videoId>{clip.id}</yt:videoId>"
            f"<yt:channelId>{CHANNEL}</yt:channelId><title>{escape(clip.title)}</title>"
            f'<link rel="alternate" href="https://www.youtube.com/watch?v={clip.id}"/>'
            f"<published>{clip.published}</published><updated>{clip.published}</updated><media:group>"
            f"<media:title>{escape(clip.title)}</media:title>"
            f'<media:thumbnail url="{self.url}/vi/{clip.id}/hqdefault.jpg" width="480" height="360"/>'
            f"<media:description>{escape(clip.description)}</media:description></media:group></entry>"
        )

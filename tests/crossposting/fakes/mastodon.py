"""A Mastodon server; ``knows_keys=False`` plays one that ignores Idempotency-Key."""

import html
import re
from datetime import UTC, datetime
from typing import Any

from tests.crossposting.fakes.server import FakeNetwork, Reply, Request

TOKEN = "mastodon-token"
LINK = re.compile(r"https?://\S+")


class FakeMastodon(FakeNetwork):
    def __init__(self, seed: int = 1, *, knows_keys: bool = True) -> None:
        super().__init__(seed)
        self.knows_keys = knows_keys
        self.token = TOKEN
        self.statuses: dict[str, dict[str, Any]] = {}
        self.keys: dict[str, str] = {}
        self.media: dict[str, dict[str, Any]] = {}
        self.max_characters = 500
        #: Pictures are processed for so many polls.
        self.polls = 0
        self.edits = True

    @property
    def posts(self) -> list[dict]:
        return list(self.statuses.values())

    def too_many(self, request: Request) -> Reply:
        moment = datetime.fromtimestamp(datetime.now(UTC).timestamp() + 1, UTC)
        return Reply(429, {"error": "Too many requests"}, {"X-RateLimit-Reset": moment.isoformat()})

    def answer(self, request: Request) -> Reply:
        if request.path == "/api/v2/instance":
            statuses = {"max_characters": self.max_characters, "characters_reserved_per_url": 23}
            return Reply(200, {"configuration": {"statuses": {**statuses, "max_media_attachments": 4}}})
        if request.headers.get("authorization") != f"Bearer {self.token}":
            status = 401 if self.knows_keys else 400  # Takahe says 400
            return Reply(status, {"error": "The access token is invalid"})
        if request.path == "/api/v1/accounts/verify_credentials":
            return Reply(200, {"id": "7", "acct": "congdoan"})
        if request.path == "/api/v1/accounts/7/statuses":
            newest = sorted(self.statuses.values(), key=lambda s: int(s["id"]), reverse=True)
            before = int(request.query.get("max_id") or 10**18)
            older = [status for status in newest if int(status["id"]) < before]
            return Reply(200, older[: int(request.query.get("limit", 20))])
        if request.path.startswith(("/api/v2/media", "/api/v1/media")):
            return self._media(request)
        if request.path.startswith("/api/v1/statuses"):
            return self._statuses(request)
        return Reply(404, {"error": "Record not found"})

    def _media(self, request: Request) -> Reply:
        if request.method == "POST":
            part = request.parts()["file"]
            if len(part.content) > 16_000_000 or not part.content.startswith(b"\xff\xd8"):
                return Reply(422, {"error": "Validation failed: File content type is invalid"})
            number = str(len(self.media) + 1)
            self.media[number] = {"description": request.parts()["description"].text, "polls": self.polls}
            return Reply(202 if self.polls else 200, {"id": number, "url": None if self.polls else "x"})
        media = self.media[request.path.rpartition("/")[2]]
        media["polls"] -= 1
        return Reply(206 if media["polls"] > 0 else 200, {"id": request.path.rpartition("/")[2]})

    def _statuses(self, request: Request) -> Reply:
        number = request.path.removeprefix("/api/v1/statuses").strip("/")
        if number and number not in self.statuses:
            return Reply(404, {"error": "Record not found"})
        if request.method == "GET":
            return Reply(200, self.statuses[number])
        if request.method == "DELETE":
            return Reply(200, self.statuses.pop(number))
        if request.method == "PUT" and not self.edits:
            return Reply(405, {"error": "Method not allowed"})
        return self._write(request, number)

    def _write(self, request: Request, number: str) -> Reply:
        values = request.json()
        key = request.headers.get("idempotency-key", "")
        if not number and self.knows_keys and key in self.keys:
            return Reply(200, self.statuses[self.keys[key]])
        text, media = values.get("status", ""), values.get("media_ids", [])
        if len(LINK.sub("x" * 23, text)) > self.max_characters:
            return Reply(422, {"error": f"Validation failed: Text character limit of {self.max_characters} exceeded"})
        if not text and not media:
            return Reply(422, {"error": "Validation failed: Text can't be blank"})
        if len(media) > 4 or any(m not in self.media or self.media[m]["polls"] > 0 for m in media):
            return Reply(422, {"error": "Cannot attach files that have not finished processing."})
        if not number:
            number = str(100 + len(self.requests))
            self.statuses[number] = {"id": number, "created_at": datetime.now(UTC).isoformat(), "card": None}
            self.keys[key] = number
        content = LINK.sub(
            lambda m: f'<a href="{html.escape(m[0])}"><span>…</span></a>', html.escape(text, quote=False)
        )
        self.statuses[number] |= {
            "text": text,
            "content": f"<p>{content}</p>",
            "url": f"https://mastodon.example/@congdoan/{number}",
            "media_attachments": [{"id": m, "description": self.media[m]["description"]} for m in media],
            "visibility": values.get("visibility"),
        }
        return Reply(200, self.statuses[number])

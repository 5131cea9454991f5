"""The Graph API of a Facebook Page."""

import json
from datetime import UTC, datetime
from typing import Any

from tests.crossposting.fakes.server import FakeNetwork, Reply, Request

PAGE, TOKEN = "108000000000001", "EAAFakePageToken"


class FakeFacebook(FakeNetwork):
    def __init__(self, seed: int = 1) -> None:
        super().__init__(seed)
        self.token = TOKEN
        self.published: dict[str, dict[str, Any]] = {}
        self.photos: dict[str, bool] = {}
        self.last: tuple = ()
        self.numbers = 0

    @property
    def posts(self) -> list[dict]:
        return list(self.published.values())

    @staticmethod
    def error(
        code: int, words: str, status: int = 400, subcode: int = 0, headers: dict[str, str] | None = None
    ) -> Reply:
        error: dict[str, Any] = {"message": words, "type": "OAuthException", "code": code, "fbtrace_id": "A"}
        if subcode:
            error["error_subcode"] = subcode
        return Reply(status, {"error": error}, headers or {})

    def refusal(self, request: Request) -> Reply:
        return self.error(613, "Calls to this api have exceeded the rate limit.", headers={"Retry-After": "1"})

    def too_many(self, request: Request) -> Reply:
        return self.error(32, "Page request limit reached", headers={"Retry-After": "1"})

    def answer(self, request: Request) -> Reply:
        path = request.path.strip("/").split("/")
        if path[0] != "v26.0":
            return self.error(2500, "Unknown version")
        values: dict[str, Any] = dict(request.query)
        files = {}
        kind = request.headers.get("content-type", "")
        if kind.startswith("multipart/"):
            parts = request.parts()
            files = {name: part for name, part in parts.items() if part.filename}
            values |= {name: part.text for name, part in parts.items() if not part.filename}
        elif request.method == "POST":
            values |= request.form()
        if values.get("access_token") != self.token:
            return self.error(190, "Error validating access token: Session has expired", 401, 463)
        target, edge = path[1], path[2] if len(path) > 2 else ""
        if edge == "photos":
            return self._photo(values, files)
        if edge == "feed":
            return self._feed(values)
        if edge == "published_posts":
            newest = sorted(self.published.values(), key=lambda post: post["number"], reverse=True)
            begin, limit = int(values.get("after") or 0), int(values.get("limit", 25))
            paging: dict = {"cursors": {"before": str(begin), "after": str(begin + limit)}}
            if begin + limit < len(newest):
                paging["next"] = "https://graph.facebook.com/next"
            return Reply(200, {"data": newest[begin : begin + limit], "paging": paging})
        if target == PAGE and request.method == "GET":
            return Reply(200, {"id": PAGE, "name": "Công đoàn Đông Lâu"})
        return self._object(request, target, values)

    def _object(self, request: Request, target: str, values: dict) -> Reply:
        if target not in self.published:
            return self.error(100, "Unsupported request: object does not exist", subcode=33)
        if request.method == "DELETE":
            del self.published[target]
        else:
            self.published[target]["message"] = values["message"]
        return Reply(200, {"success": True})

    def _photo(self, values: dict, files: dict) -> Reply:
        source = files.get("source")
        if source is None or not source.content.startswith(b"\xff\xd8") or len(source.content) > 4_000_000:
            return self.error(324, "Missing or invalid image file", subcode=1366046)
        self.numbers += 1
        self.photos[str(self.numbers)] = values.get("published") != "false"
        return Reply(200, {"id": str(self.numbers)})

    def _feed(self, values: dict) -> Reply:
        if values.get("message") == "":
            return self.error(197, "The post is empty. Please enter a message to share.")
        attached = [json.loads(v)["media_fbid"] for k, v in values.items() if k.startswith("attached_media[")]
        if any(self.photos.get(photo) is not False for photo in attached):
            return self.error(100, "Photos were already posted.", subcode=1366051)
        content = (values.get("message"), values.get("link"))
        if content == self.last:
            return self.error(506, "Duplicate status message")
        self.last = content
        self.numbers += 1
        identity = f"{PAGE}_{self.numbers}"
        for photo in attached:
            self.photos[photo] = True
        self.published[identity] = {
            "id": identity,
            "number": self.numbers,
            "message": values.get("message", ""),
            "created_time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000"),
            "permalink_url": f"https://www.facebook.com/{identity}",
            "attachments": {"data": [{"unshimmed_url": values["link"]}]} if values.get("link") else {"data": []},
            "photos": attached,
        }
        return Reply(200, {"id": identity})

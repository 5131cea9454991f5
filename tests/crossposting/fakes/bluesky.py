"""A Bluesky PDS: sessions that end, blobs that must exist, graphemes that count, record keys that must be TIDs."""

import base64
import json
import re
import time
from typing import Any

import regex

from tests.crossposting.fakes.server import FakeNetwork, Reply, Request, snake

HANDLE, PASSWORD, DID = "congdoan.bsky.social", "abcd-efgh-ijkl-mnop", "did:plc:congdoan"
TID = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")


def token(kind: str, number: int, lasts: float) -> str:
    payload = {"scope": kind, "n": number, "exp": time.time() + lasts}
    return f"h.{base64.urlsafe_b64encode(json.dumps(payload).encode()).decode().rstrip('=')}.s{kind}{number}"


class FakeBluesky(FakeNetwork):
    def __init__(self, seed: int = 1) -> None:
        super().__init__(seed)
        self.records: dict[str, dict[str, Any]] = {}
        self.writes = 0
        self.blobs: set[str] = set()
        self.password = PASSWORD
        self.sessions = 0
        self.access = self.refresh = ""

    @property
    def posts(self) -> list[dict]:
        return list(self.records.values())

    def too_many(self, request: Request) -> Reply:
        return Reply(
            429,
            {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"},
            {"ratelimit-reset": str(int(time.time()) + 1)},
        )

    def expire(self) -> None:
        self.access = "ended"

    def _session(self) -> Reply:
        self.sessions += 1
        self.access, self.refresh = token("access", self.sessions, 7200), token("refresh", self.sessions, 7_776_000)
        data = {"accessJwt": self.access, "refreshJwt": self.refresh, "did": DID, "handle": HANDLE}
        return Reply(200, data)

    def answer(self, request: Request) -> Reply:
        name = request.path.removeprefix("/xrpc/")
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        if name == "com.atproto.server.createSession":
            values = request.json()
            if values != {"identifier": HANDLE, "password": self.password}:
                return Reply(401, {"error": "AuthenticationRequired", "message": "Invalid identifier or password"})
            return self._session()
        if name == "com.atproto.server.refreshSession":
            if bearer != self.refresh:
                return Reply(400, {"error": "ExpiredToken", "message": "Token has been revoked"})
            return self._session()
        if bearer != self.access:
            return Reply(400, {"error": "ExpiredToken", "message": "Token has expired"})
        method = getattr(self, snake(name.rpartition(".")[2]), None)
        return method(request) if method else Reply(501, {"error": "MethodNotImplemented"})

    def _get_session(self, request: Request) -> Reply:
        return Reply(200, {"handle": HANDLE, "did": DID})

    def _upload_blob(self, request: Request) -> Reply:
        if len(request.body) > 1_000_000:
            return Reply(400, {"error": "BlobTooLarge", "message": "too large"})
        link = f"bafk{hash(request.body) & 0xFFFFFFFF:x}"
        self.blobs.add(link)
        mime = request.headers["content-type"]
        return Reply(
            200, {"blob": {"$type": "blob", "ref": {"$link": link}, "mimeType": mime, "size": len(request.body)}}
        )

    def _put_record(self, request: Request) -> Reply:
        values = request.json()
        record, key = values["record"], values["rkey"]
        if values["repo"] != DID or values["collection"] != "app.bsky.feed.post" or not TID.fullmatch(key):
            return Reply(400, {"error": "InvalidRequest", "message": "Invalid rkey or repo"})
        if problem := self._problem(record):
            return Reply(400, {"error": "InvalidRequest", "message": problem})
        self.writes += 1
        self.records[key] = {"rkey": key, **record}
        return Reply(200, {"uri": f"at://{DID}/app.bsky.feed.post/{key}", "cid": "bafyrei"})

    def _problem(self, record: dict) -> str:
        text = record["text"]
        if len(regex.findall(r"\X", text)) > 300 or len(text.encode()) > 3000:
            return "Record/text grapheme too big (maximum 300)"
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", record.get("createdAt", "")):
            return "createdAt must be a datetime"
        encoded = text.encode()
        for facet in record.get("facets", []):
            cut = encoded[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode()
            feature = facet["features"][0]
            if cut not in (feature.get("uri"), f"#{feature.get('tag')}"):
                return "facet does not match its text"
        embed = record.get("embed", {})
        used = [embed.get("external", {}).get("thumb"), *[i["image"] for i in embed.get("images", [])]]
        if any(blob and blob["ref"]["$link"] not in self.blobs for blob in used):
            return "Could not find blob"
        external = embed.get("external")
        if external is not None and not (external["uri"] and external["title"] is not None):
            return "external must have uri, title, description"
        return ""

    def _get_record(self, request: Request) -> Reply:
        record = self.records.get(request.query["rkey"])
        if record is None:
            return Reply(400, {"error": "RecordNotFound", "message": "Could not locate record"})
        uri = f"at://{DID}/app.bsky.feed.post/{request.query['rkey']}"
        return Reply(200, {"uri": uri, "cid": "bafyrei", "value": record})

    def _delete_record(self, request: Request) -> Reply:
        self.records.pop(request.json()["rkey"], None)
        return Reply(200, {})

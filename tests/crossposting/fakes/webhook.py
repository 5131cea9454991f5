"""A receiver of webhooks that checks signatures, as Standard Webhooks asks."""

import base64
import hashlib
import hmac
import time

from tests.crossposting.fakes.server import FakeNetwork, Reply, Request

SECRET = "whsec_" + base64.b64encode(b"a key of twenty four byte").decode()


class FakeReceiver(FakeNetwork):
    def __init__(self, seed: int = 1) -> None:
        super().__init__(seed)
        self.messages: dict[str, dict] = {}
        self.received = 0

    @property
    def posts(self) -> list[dict]:
        return [message for message in self.messages.values() if message["type"] == "item.published"]

    def answer(self, request: Request) -> Reply:
        if request.path != "/hook":
            return Reply(404, {"error": "no such hook"})
        name, stamp = request.headers.get("webhook-id", ""), request.headers.get("webhook-timestamp", "")
        if not name or abs(time.time() - int(stamp or 0)) > 300:
            return Reply(400, {"error": "no id, or too old"})
        key = base64.b64decode(SECRET.removeprefix("whsec_"))
        digest = hmac.new(key, f"{name}.{stamp}.".encode() + request.body, hashlib.sha256).digest()
        if request.headers.get("webhook-signature") != f"v1,{base64.b64encode(digest).decode()}":
            return Reply(401, {"error": "bad signature"})
        self.received += 1
        self.messages.setdefault(name, request.json())
        return Reply(200, {"id": f"m-{name}"})

"""The Telegram Bot API, as far as a channel needs it."""

import html
import json
import re
from typing import Any

from tests.crossposting.fakes.server import FakeNetwork, Part, Reply, Request, snake

TOKEN, CHAT = "123456:AAFakeTokenForTests", "@congdoandonglau"
TAGS = re.compile(r"</?(b|i|u|s|a|code|pre|strong|em)(\s[^<>]*)?>")


def plain(markup: str) -> str:
    """What is left after reading the marks; raises for what Telegram cannot read."""
    text = TAGS.sub("", markup)
    if "<" in text or ">" in text or re.search(r"&(?!lt;|gt;|amp;|quot;|#\d+;)", text):
        raise ValueError("can't parse entities")
    return html.unescape(text)


class FakeTelegram(FakeNetwork):
    def __init__(self, seed: int = 1) -> None:
        super().__init__(seed)
        self.token = TOKEN
        self.messages: dict[int, dict[str, Any]] = {}
        self.kicked = False

    @property
    def posts(self) -> list[dict]:
        """One for each message that is not a further picture of an album."""
        return [m for m in self.messages.values() if not m.get("follows")]

    def refusal(self, request: Request) -> Reply:
        return self._error(429, "Too Many Requests: retry after 1", {"retry_after": 1})

    too_many = refusal

    @staticmethod
    def _error(code: int, words: str, parameters: dict | None = None) -> Reply:
        data: dict[str, Any] = {"ok": False, "error_code": code, "description": words}
        if parameters:
            data["parameters"] = parameters
        return Reply(code, data)

    def answer(self, request: Request) -> Reply:
        match = re.fullmatch(r"/bot([^/]+)/(\w+)", request.path)
        if not match:
            return self._error(404, "Not Found")
        if match[1] != self.token:
            return self._error(401, "Unauthorized")
        method = getattr(self, snake(match[2]), None)
        if method is None:
            return self._error(404, "Not Found: method not found")
        values = self._values(request)
        if match[2] != "getMe":
            if values.get("chat_id") != CHAT:
                return self._error(400, "Bad Request: chat not found")
            if self.kicked:
                return self._error(403, "Forbidden: bot was kicked from the channel chat")
        try:
            result = method(values)
        except ValueError as error:
            return self._error(400, f"Bad Request: {error}")
        return Reply(200, {"ok": True, "result": result})

    @staticmethod
    def _values(request: Request) -> dict[str, Any]:
        if request.headers.get("content-type", "").startswith("multipart/"):
            return {name: part if part.filename else part.text for name, part in request.parts().items()}
        return request.json()

    def _get_me(self, values: dict) -> dict:
        return {"id": 123456, "is_bot": True, "first_name": "Cổng", "username": "congdoan_bot"}

    def _get_chat(self, values: dict) -> dict:
        return {"id": -100, "type": "channel", "username": CHAT[1:]}

    def _new(self, **content: Any) -> dict:
        number = max(self.messages, default=0) + 1
        self.messages[number] = {"message_id": number, **content}
        return {"message_id": number, "chat": {"id": -100, "type": "channel", "username": CHAT[1:]}, "date": 0}

    @staticmethod
    def _text(values: dict, name: str, limit: int) -> str:
        text = values.get(name, "")
        read = plain(text) if values.get("parse_mode") == "HTML" else text
        if len(read.encode("utf-16-le")) // 2 > limit:
            raise ValueError("message is too long" if name == "text" else "message caption is too long")
        if name == "text" and not read.strip():
            raise ValueError("message text is empty")
        return read

    @staticmethod
    def _photo(part: Any) -> Part:
        if not isinstance(part, Part) or len(part.content) > 10_000_000 or not part.content.startswith(b"\xff\xd8"):
            raise ValueError("wrong file")
        return part

    def _send_message(self, values: dict) -> dict:
        return self._new(text=self._text(values, "text", 4096))

    def _send_photo(self, values: dict) -> dict:
        self._photo(values.get("photo"))
        return self._new(caption=self._text(values, "caption", 1024), photos=1)

    def _send_media_group(self, values: dict) -> list[dict]:
        media = json.loads(values["media"])
        if not 2 <= len(media) <= 10:
            raise ValueError("media group must have 2-10 items")
        for item in media:
            if not item["media"].startswith("attach://"):
                raise ValueError("wrong media")
            self._photo(values.get(item["media"].removeprefix("attach://")))
        caption = self._text(media[0], "caption", 1024)
        first = self._new(caption=caption, photos=len(media))
        return [first, *[self._new(follows=first["message_id"]) for _item in media[1:]]]

    def _message(self, values: dict) -> dict:
        number = int(values["message_id"])
        if number not in self.messages:
            raise ValueError("message to edit not found")
        return self.messages[number]

    def _edit_message_text(self, values: dict) -> bool:
        message, text = self._message(values), self._text(values, "text", 4096)
        if "text" not in message:
            raise ValueError("there is no text in the message to edit")
        if message["text"] == text:
            raise ValueError("message is not modified")
        message["text"] = text
        return True

    def _edit_message_caption(self, values: dict) -> bool:
        message = self._message(values)
        message["caption"] = self._text(values, "caption", 1024)
        return True

    def _delete_message(self, values: dict) -> bool:
        if int(values["message_id"]) not in self.messages:
            raise ValueError("message to delete not found")
        del self.messages[int(values["message_id"])]
        return True

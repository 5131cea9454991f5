"""Telegram channel, by the Bot API. A lost answer stays unknown: a bot cannot read what it has posted."""

import html
import json
from dataclasses import replace
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from crossposting.channels.answers import refuse_by_status, words_of
from crossposting.channels.connection import Connection
from crossposting.channels.contract import (
    AccessLost,
    Announcement,
    FieldSpec,
    Health,
    Limits,
    Picture,
    Posted,
    Prepared,
    Provider,
    Refused,
    Unreached,
)
from crossposting.composing import compose, prepared_with
from crossposting.counting import Measure
from crossposting.outgoing import Answer
from crossposting.pictures import LoadedPicture

#: What Telegram says when the bot has no access, beyond status 401 and 403.
_NO_ACCESS = (
    "chat not found",
    "not enough rights",
    "need administrator rights",
    "bot was kicked",
    "bot is not a member",
)
_GONE = "message to delete not found"
_UNCHANGED = "message is not modified"


class Telegram(Provider):
    """Message, photo with caption, or album."""

    network = "telegram"
    label = _("Telegram channel")
    icon = "mail"
    how = _(
        "In Telegram, talk to @BotFather, send /newbot and copy the token it gives you. Then make the bot an "
        "administrator of your channel with the right to post messages."
    )
    fields = (
        FieldSpec(
            name="chat_id",
            label=_("Name of the channel"),
            help=_("With @ in front, for instance @congdoandonglau; for a private channel its number (-100…)."),
        ),
        FieldSpec(
            name="token",
            label=_("Token of the bot"),
            help=_("The long text with a colon in it that @BotFather gave you."),
            secret=True,
        ),
    )
    limits: ClassVar[Limits] = Limits(
        text=4096, caption=1024, measure=Measure(unit="utf16"), pictures=10, picture_bytes=10_000_000
    )
    can_update = True
    can_withdraw = True

    def prepare(self, announcement: Announcement, limits: Limits) -> Prepared:
        """A story in pictures has a caption, which holds less than a message."""
        room = limits.caption if announcement.pictures else limits.text
        text = compose(announcement, room=room, measure=limits.measure, with_link=True)
        return prepared_with(announcement, text, max_pictures=limits.pictures)

    def send(self, connection: Connection, prepared: Prepared) -> Posted:
        """Post what fits: album, photo or message."""
        loaded = [p for p in (self._load(connection, picture) for picture in prepared.pictures) if p is not None]
        if len(loaded) > 1:
            return self._posted(connection, self._album(connection, prepared, loaded), "caption")
        if loaded:
            fields = [
                ("chat_id", connection.config["chat_id"]),
                ("caption", self._markup(prepared)),
                ("parse_mode", "HTML"),
                ("photo", (loaded[0].name, loaded[0].content, loaded[0].mime)),
            ]
            return self._posted(connection, self._call(connection, "sendPhoto", fields=fields, posting=True), "caption")
        values = {
            "chat_id": connection.config["chat_id"],
            "text": self._markup(prepared),
            "parse_mode": "HTML",
            "link_preview_options": {"url": prepared.link, "prefer_large_media": True},
        }
        return self._posted(connection, self._call(connection, "sendMessage", json=values, posting=True), "text")

    def _album(self, connection: Connection, prepared: Prepared, loaded: list[LoadedPicture]) -> Any:
        media: list[dict[str, str]] = [{"type": "photo", "media": f"attach://photo{n}"} for n in range(len(loaded))]
        media[0] |= {"caption": self._markup(prepared), "parse_mode": "HTML"}
        fields: list[tuple[str, Any]] = [
            ("chat_id", connection.config["chat_id"]),
            ("media", json.dumps(media, ensure_ascii=False)),
        ]
        fields += [(f"photo{n}", (p.name, p.content, p.mime)) for n, p in enumerate(loaded)]
        return self._call(connection, "sendMediaGroup", fields=fields, posting=True)

    def update(self, connection: Connection, posted: Posted, prepared: Prepared) -> Posted:
        """Edit the text of a message, or the caption of the first picture."""
        kind, _separator, numbers = posted.id.partition(":")
        values: dict[str, Any] = {
            "chat_id": connection.config["chat_id"],
            "message_id": int(numbers.split(",")[0]),
            "parse_mode": "HTML",
        }
        markup = self._markup(prepared)
        method, named = ("editMessageText", "text") if kind == "text" else ("editMessageCaption", "caption")
        try:
            self._call(connection, method, json={**values, named: markup})
        except Refused as refusal:
            if _UNCHANGED not in refusal.words.lower():
                raise
        return posted

    def withdraw(self, connection: Connection, posted: Posted) -> None:
        """Delete each message of the post."""
        for number in posted.id.partition(":")[2].split(","):
            values = {"chat_id": connection.config["chat_id"], "message_id": int(number)}
            try:
                self._call(connection, "deleteMessage", json=values)
            except Refused as refusal:
                if _GONE not in refusal.words.lower():
                    raise

    def check(self, connection: Connection) -> Health:
        """Ask who the bot is, and whether it sees the channel."""
        bot = self._bot(connection)
        try:
            self._call(connection, "getChat", json={"chat_id": connection.config["chat_id"]})
        except AccessLost as lost:
            if lost.code != "404":  # a server that does not know the method; the token has just been good
                raise
        except Unreached:
            pass  # the bot has just been recognised: the next check asks about the channel again
        name = f"@{bot['username']}" if bot.get("username") else connection.config["chat_id"]
        return Health(words=str(_("The bot %(name)s is ready.")) % {"name": name})

    def _bot(self, connection: Connection) -> dict[str, Any]:
        """Who the bot is. To a token that is none every method is «not found», to a good one perhaps this method."""
        try:
            bot: dict[str, Any] = self._call(connection, "getMe", json={})
        except AccessLost as lost:
            if lost.code != "404":
                raise
            self._call_without_words(connection)
            return {}
        return bot

    def _call_without_words(self, connection: Connection) -> None:
        """A message without words is refused for that, and posts nothing."""
        try:
            self._call(connection, "sendMessage", json={"chat_id": connection.config["chat_id"]})
        except AccessLost:
            raise
        except Refused as refusal:
            if refusal.code != "400":
                raise

    @staticmethod
    def _load(connection: Connection, picture: Picture) -> LoadedPicture | None:
        loaded = connection.picture(picture, max_bytes=Telegram.limits.picture_bytes, max_side=2048)
        if loaded is None or loaded.width + loaded.height > 10_000:
            return None
        return loaded if max(loaded.width, loaded.height) <= 20 * min(loaded.width, loaded.height) else None

    @staticmethod
    def _markup(prepared: Prepared) -> str:
        """The text with its title in bold. Marks do not count: Telegram counts after reading them."""
        text = html.escape(prepared.text, quote=False)
        title = html.escape(prepared.title, quote=False)
        return f"<b>{title}</b>{text[len(title) :]}" if title and text.startswith(title) else text

    @staticmethod
    def _posted(connection: Connection, result: Any, kind: str) -> Posted:
        messages = result if isinstance(result, list) else [result]
        numbers = [str(message["message_id"]) for message in messages]
        chat = messages[0].get("chat") or {}
        name = str(chat.get("username") or "") or (
            connection.config["chat_id"][1:] if connection.config["chat_id"].startswith("@") else ""
        )
        return Posted(id=f"{kind}:{','.join(numbers)}", url=f"https://t.me/{name}/{numbers[0]}" if name else "")

    def _call(self, connection: Connection, method: str, *, posting: bool = False, **content: Any) -> Any:
        url = f"{connection.settings.url}/bot{connection.secrets.get('token', '')}/{method}"
        answer = connection.call("POST", url, posting=posting, **content)
        data = answer.json()
        if isinstance(data, dict) and data.get("ok") and "result" in data:
            return data["result"]
        self._refuse(answer, data if isinstance(data, dict) else {}, posting=posting)
        raise Unreached(words_of(answer, ""))

    @staticmethod
    def _refuse(answer: Answer, data: dict[str, Any], *, posting: bool) -> None:
        words, code = str(data.get("description", "")), str(data.get("error_code") or answer.status)
        after = (data.get("parameters") or {}).get("retry_after")
        if after is not None:
            raise Refused(words, code=code, after=float(after))
        # The error's own number stands for the status: some servers answer 200 to everything.
        status = int(code) if code.isdigit() and int(code) >= 400 else answer.status
        if code == "404" and not data.get("description", "").strip().lower().startswith("not found"):
            status = 404
        # To a token that is none, Telegram says «Not Found» and no more.
        if any(said in words.lower() for said in _NO_ACCESS) or (
            code == "404" and words.strip().lower() == "not found"
        ):
            raise AccessLost(words, code=code)
        if status == 200:
            status = 500  # neither a result nor an error: as good as no answer
        refuse_by_status(replace(answer, status=status), words, code=code, posting=posting)

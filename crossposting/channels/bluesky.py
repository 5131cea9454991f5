"""Bluesky, by the AT protocol. Each delivery has its own record key, so that writing it twice writes one post."""

import base64
import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from crossposting.channels.answers import refuse_by_status
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
    Sought,
    TokenExpired,
    Unreached,
)
from crossposting.channels.uploads import uploads_of_earlier
from crossposting.composing import compose, prepared_with
from crossposting.counting import HASHTAG, LINK, Measure
from crossposting.outgoing import Answer

COLLECTION = "app.bsky.feed.post"
TID_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
#: A blob may have a million bytes.
MAX_BLOB = 950_000
#: Renewed when it has less than this left.
RENEW_BEFORE = 600
_UNKNOWN_METHOD = "MethodNotImplemented"
#: What a service says of a session that has to be renewed.
_SESSION_ENDED = {
    "ExpiredToken",
    "InvalidToken",
    "AuthenticationRequired",
    "AuthMissing",
    "AccountTakedown",
    "AccountDeactivated",
}


def record_key(moment: datetime, number: int) -> str:
    """A key of 13 letters (TID) made of a moment in microseconds and a number: always the same for one delivery."""
    value = (int(moment.timestamp() * 1_000_000) << 10) | (number % 1024)
    return "".join(TID_LETTERS[(value >> shift) & 31] for shift in range(60, -1, -5))


def facets(text: str) -> list[dict[str, Any]]:
    """Links and hashtags of a text, by their places in its UTF-8 bytes."""
    links = [(m.start(), m.end(), {"$type": "app.bsky.richtext.facet#link", "uri": m[0]}) for m in LINK.finditer(text)]
    tags = [(m.start(), m.end(), {"$type": "app.bsky.richtext.facet#tag", "tag": m[1]}) for m in HASHTAG.finditer(text)]
    return [
        {"index": {"byteStart": len(text[:start].encode()), "byteEnd": len(text[:end].encode())}, "features": [feature]}
        for start, end, feature in sorted(links + tags, key=lambda item: item[0])
    ]


class Bluesky(Provider):
    """A post with a card for the link, or with pictures."""

    network = "bluesky"
    label = _("Bluesky")
    icon = "globe"
    how = _("In Bluesky, open Settings, Privacy and security, App passwords, and add one for the portal.")
    fields = (
        FieldSpec(name="handle", label=_("Account"), help=_("For instance congdoandonglau.bsky.social, without @.")),
        FieldSpec(
            name="password",
            label=_("App password"),
            help=_("Four groups of four letters. Not the password of the account itself."),
            secret=True,
        ),
        FieldSpec(
            name="server",
            label=_("Server"),
            help=_("Only when the account is not on bsky.social."),
            required=False,
            kind="url",
        ),
    )
    limits: ClassVar[Limits] = Limits(
        text=300, bytes=3000, measure=Measure(unit="graphemes"), pictures=4, picture_bytes=MAX_BLOB, picture_side=2000
    )
    can_ask = True
    repeat_is_harmless = True
    can_withdraw = True
    renews = True

    def prepare(self, announcement: Announcement, limits: Limits) -> Prepared:
        """The link stands in the card; below pictures there is none, so there it stands in the text."""
        text = compose(announcement, room=limits.text, measure=limits.measure, with_link=bool(announcement.pictures))
        return prepared_with(announcement, text, max_pictures=limits.pictures)

    def send(self, connection: Connection, prepared: Prepared) -> Posted:
        """Upload what is shown, then write the record under the delivery's own key."""
        with uploads_of_earlier(connection, "blobs"):
            return self._write(connection, prepared)

    def _write(self, connection: Connection, prepared: Prepared) -> Posted:
        record: dict[str, Any] = {
            "$type": COLLECTION,
            "text": prepared.text,
            "createdAt": _written(connection.created_at),
            "langs": ["vi"],
            "embed": self._embed(connection, prepared),
        }
        if found := facets(prepared.text):
            record["facets"] = found
        key = self._key(connection)
        data = self._call(
            connection,
            "com.atproto.repo.putRecord",
            posting=True,
            json={"repo": connection.secrets["did"], "collection": COLLECTION, "rkey": key, "record": record},
        )
        return self._posted(connection, str(data.get("uri") or ""), key)

    @staticmethod
    def _key(connection: Connection) -> str:
        key: str = connection.progress.get("rkey") or record_key(
            connection.created_at or datetime.now(UTC), int(connection.token[:8], 16)
        )
        connection.keep(rkey=key)
        return key

    def _embed(self, connection: Connection, prepared: Prepared) -> dict[str, Any]:
        images = [
            {"alt": picture.alt, "image": blob}
            for picture in prepared.pictures
            if (blob := self._blob(connection, picture)) is not None
        ]
        if images:
            return {"$type": "app.bsky.embed.images", "images": images}
        card: dict[str, Any] = {
            "uri": prepared.link,
            "title": prepared.title,
            "description": prepared.description[:300],
        }
        if prepared.card and (thumb := self._blob(connection, prepared.card)):
            card["thumb"] = thumb
        return {"$type": "app.bsky.embed.external", "external": card}

    def _blob(self, connection: Connection, picture: Picture) -> dict[str, Any] | None:
        kept: dict[str, Any] = connection.progress.get("blobs", {})
        if picture.ref not in kept:
            loaded = connection.picture(picture, max_bytes=MAX_BLOB, max_side=self.limits.picture_side)
            if loaded is None:
                return None
            data = self._call(
                connection,
                "com.atproto.repo.uploadBlob",
                body=loaded.content,
                headers={"Content-Type": loaded.mime},
            )
            kept = {**kept, picture.ref: data["blob"]}
            connection.keep(blobs=kept)
        blob: dict[str, Any] = kept[picture.ref]
        return blob

    def confirm(self, connection: Connection, sought: Sought) -> Posted | None:
        """Ask for the record by its key."""
        key = self._key(connection)
        try:
            data = self._call(
                connection,
                "com.atproto.repo.getRecord",
                method="GET",
                params={"repo": connection.secrets["did"], "collection": COLLECTION, "rkey": key},
            )
        except AccessLost:
            raise
        except Refused as refusal:
            if refusal.after is not None:
                raise
            return None
        except Unreached as error:
            if error.code == _UNKNOWN_METHOD:
                return None  # writing it once more under its key is harmless
            raise
        return self._posted(connection, str(data["uri"]), key)

    def withdraw(self, connection: Connection, posted: Posted) -> None:
        """Delete the record; deleting what is gone is well."""
        values = {
            "repo": connection.secrets["did"],
            "collection": COLLECTION,
            "rkey": posted.id.rpartition("/")[2],
        }
        self._call(connection, "com.atproto.repo.deleteRecord", json=values)

    def check(self, connection: Connection) -> Health:
        """Ask whose session it is."""
        data = self._call(connection, "com.atproto.server.getSession", method="GET")
        return Health(words=str(_("Connected as @%(name)s.")) % {"name": data.get("handle", "")})

    def token_ends_soon(self, secrets: Mapping[str, str], now: datetime) -> bool:
        """An access token lasts two hours."""
        return not secrets.get("access") or float(secrets.get("access_until") or 0) - now.timestamp() < RENEW_BEFORE

    def renew(self, connection: Connection) -> dict[str, str]:
        """Go on with the session, or log in: log-ins are few (300 a day), so the session is kept."""
        if refresh := connection.secrets.get("refresh"):
            answer = self._ask(connection, "POST", "com.atproto.server.refreshSession", token=refresh)
            if answer.status == 200:
                return _session(answer.json())
            if answer.status in (429, 503):
                self._refuse(answer, posting=False)
        values = {
            "identifier": connection.config["handle"].lstrip("@"),
            "password": connection.secrets.get("password", ""),
        }
        answer = self._ask(connection, "POST", "com.atproto.server.createSession", json=values)
        if answer.status in (400, 401, 403):
            data = answer.json()
            raise AccessLost(_words(data) or str(answer.status), code=_error(data))
        self._refuse(answer, posting=False)
        return _session(answer.json())

    def _posted(self, connection: Connection, uri: str, key: str) -> Posted:
        handle = connection.config["handle"].lstrip("@")
        return Posted(
            id=uri or f"at://{connection.secrets['did']}/{COLLECTION}/{key}",
            url=f"https://bsky.app/profile/{handle}/post/{key}",
        )

    def _ask(self, connection: Connection, method: str, name: str, *, token: str = "", **options: Any) -> Answer:
        base = (connection.config.get("server") or connection.settings.url).rstrip("/")
        headers = options.pop("headers", {})
        if token:
            headers = {"Authorization": f"Bearer {token}", **headers}
        return connection.call(method, f"{base}/xrpc/{name}", headers=headers, **options)

    def _call(
        self, connection: Connection, name: str, *, method: str = "POST", posting: bool = False, **options: Any
    ) -> dict[str, Any]:
        token = connection.secrets.get("access", "")
        answer = self._ask(connection, method, name, token=token, posting=posting, **options)
        self._refuse(answer, posting=posting)
        data = answer.json()
        return data if isinstance(data, dict) else {}

    @staticmethod
    def _refuse(answer: Answer, *, posting: bool) -> None:
        if answer.status == 200:
            return
        data = answer.json()
        error, words = _error(data), _words(data)
        if error in _SESSION_ENDED:
            raise TokenExpired(words or error, code=error)
        refuse_by_status(answer, words or error, code=error, posting=posting)


def _error(data: Any) -> str:
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def _words(data: Any) -> str:
    return str(data.get("message") or data.get("error") or "") if isinstance(data, dict) else ""


def _written(moment: datetime | None) -> str:
    return (moment or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _session(data: Any) -> dict[str, str]:
    """What is kept of a session."""
    access = str(data["accessJwt"])
    return {
        "access": access,
        "refresh": str(data["refreshJwt"]),
        "did": str(data["did"]),
        "access_until": str(_expiry(access)),
    }


def _expiry(token: str) -> float:
    """When a token ends, as it says itself; in two hours when it cannot be read."""
    try:
        payload = token.split(".")[1]
        return float(json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["exp"])
    except (IndexError, ValueError, KeyError, TypeError):
        return time.time() + 7200

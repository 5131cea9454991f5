"""Webhook: a signed JSON message to any address, in the form of the Standard Webhooks specification.

The receiver checks ``webhook-signature`` and keeps ``webhook-id``: a message repeated after a lost answer has the same.
"""

import base64
import hashlib
import hmac
import json
import time
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from crossposting.channels.answers import refuse_by_status
from crossposting.channels.connection import Connection
from crossposting.channels.contract import Announcement, FieldSpec, Health, Limits, Posted, Prepared, Provider
from crossposting.composing import compose, prepared_with
from crossposting.counting import Measure
from crossposting.marks import plain_link
from crossposting.outgoing import Answer


def signing_key(secret: str) -> bytes:
    """The bytes behind a secret: ``whsec_`` and base64 as the specification has it, else the text itself."""
    if secret.startswith("whsec_"):
        try:
            return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except ValueError:
            pass
    return secret.encode()


def signature(secret: str, message_id: str, timestamp: str, body: bytes) -> str:
    """What stands in ``webhook-signature``."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.new(signing_key(secret), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


class Webhook(Provider):
    """Anything that takes JSON by HTTPS."""

    network = "webhook"
    label = _("Webhook")
    icon = "code"
    how = _(
        "For other programs: the portal sends a signed JSON message when an item is published, changed or taken down."
    )
    fields = (
        FieldSpec(name="url", label=_("Address"), help=_("Where messages are sent to, with https://."), kind="url"),
        FieldSpec(
            name="secret",
            label=_("Signing key"),
            help=_("The receiver checks with it that a message comes from this portal. At least 16 characters."),
            secret=True,
        ),
    )
    limits: ClassVar[Limits] = Limits(text=20_000, measure=Measure(), pictures=50)
    repeat_is_harmless = True
    can_update = True
    can_withdraw = True

    def prepare(self, announcement: Announcement, limits: Limits) -> Prepared:
        """Everything, unshortened."""
        text = compose(announcement, room=limits.text, measure=limits.measure, with_link=True)
        return prepared_with(announcement, text, max_pictures=limits.pictures)

    def send(self, connection: Connection, prepared: Prepared) -> Posted:
        """Tell of a published item."""
        answer = self._tell(connection, "item.published", self._item(connection, prepared), posting=True)
        data = answer.json()
        found = data if isinstance(data, dict) else {}
        return Posted(id=str(found.get("id") or connection.token), url=str(found.get("url") or ""))

    def update(self, connection: Connection, posted: Posted, prepared: Prepared) -> Posted:
        """Tell of a changed item."""
        self._tell(connection, "item.updated", {"post": posted.id, **self._item(connection, prepared)})
        return posted

    def withdraw(self, connection: Connection, posted: Posted) -> None:
        """Tell of an item that is no longer there."""
        self._tell(connection, "item.withdrawn", {"post": posted.id})

    def check(self, connection: Connection) -> Health:
        """Send a message of the type ``ping``."""
        self._tell(connection, "ping", {}, message_id=f"ping-{int(time.time())}")
        return Health(words=str(_("The address takes messages.")))

    def _item(self, connection: Connection, prepared: Prepared) -> dict[str, Any]:
        pictures = [p for p in (prepared.card, *prepared.pictures) if p is not None]
        return {
            "title": prepared.title,
            "summary": prepared.description,
            "text": prepared.text,
            "url": plain_link(prepared.link),
            "link": prepared.link,
            "author": prepared.author,
            "pictures": [
                {"url": address, "alt": picture.alt, "caption": picture.caption}
                for picture in pictures
                if (address := connection.picture_url(picture, max_bytes=8_000_000, max_side=2048))
            ],
        }

    def _tell(
        self, connection: Connection, kind: str, data: dict[str, Any], *, message_id: str = "", posting: bool = False
    ) -> Answer:
        message_id = message_id or connection.token
        timestamp = str(int(time.time()))
        body = json.dumps({"type": kind, "id": message_id, "data": data}, ensure_ascii=False, sort_keys=True).encode()
        answer = connection.call(
            "POST",
            connection.config["url"],
            posting=posting,
            body=body,
            headers={
                "Content-Type": "application/json; charset=utf-8",
                "webhook-id": message_id,
                "webhook-timestamp": timestamp,
                "webhook-signature": signature(connection.secrets.get("secret", ""), message_id, timestamp, body),
            },
        )
        refuse_by_status(answer, answer.body.decode("utf-8", "replace")[:500], posting=posting)
        return answer

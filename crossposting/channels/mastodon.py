"""Mastodon and servers that speak its API.

Not all of them know Idempotency-Key, so after a lost answer the account's statuses are read.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
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
    StillWorking,
    Unsupported,
)
from crossposting.channels.looking import patiently, since
from crossposting.channels.uploads import uploads_of_earlier
from crossposting.composing import compose, prepared_with
from crossposting.counting import Measure
from crossposting.marks import names_link
from crossposting.outgoing import Answer

#: Clocks of two servers differ; a post cannot be older than its sending by more.
_MARKS = re.compile(r"<[^>]+>")


class Mastodon(Provider):
    """A status with up to four pictures."""

    network = "mastodon"
    label = _("Mastodon")
    icon = "globe"
    how = _(
        "On your server, open Preferences, Development, New application; tick read:accounts, read:statuses, "
        "write:statuses and write:media, and copy the access token."
    )
    fields = (
        FieldSpec(
            name="server",
            label=_("Server"),
            help=_("The address of the server where the account is, with https://."),
            kind="url",
        ),
        FieldSpec(name="token", label=_("Access token"), help=_("From the page of the application."), secret=True),
        FieldSpec(
            name="visibility",
            label=_("Who sees posts"),
            help=_("Public posts also stand in the server's timelines."),
            required=False,
            kind="choice",
            choices=(("public", _("public")), ("unlisted", _("unlisted")), ("private", _("followers only"))),
        ),
    )
    limits: ClassVar[Limits] = Limits(
        text=500, measure=Measure(link_length=23), pictures=4, picture_bytes=8_000_000, picture_side=2048
    )
    can_ask = True
    can_update = True
    can_withdraw = True

    def limits_for(self, facts: Mapping[str, Any]) -> Limits:
        """What the server says of itself in ``/api/v2/instance``."""
        return replace(
            self.limits,
            text=int(facts.get("max_characters") or self.limits.text),
            pictures=int(facts.get("max_media_attachments") or self.limits.pictures),
            picture_bytes=min(int(facts.get("image_size_limit") or 8_000_000), 8_000_000),
            measure=Measure(link_length=int(facts.get("characters_reserved_per_url") or 23)),
        )

    def prepare(self, announcement: Announcement, limits: Limits) -> Prepared:
        """Servers draw a card for the link unless there are pictures."""
        text = compose(announcement, room=limits.text, measure=limits.measure, with_link=True)
        return prepared_with(announcement, text, max_pictures=limits.pictures)

    def send(self, connection: Connection, prepared: Prepared) -> Posted:
        """Upload the pictures, each once, then post."""
        with uploads_of_earlier(connection, "media"):
            return self._post(connection, prepared)

    def _post(self, connection: Connection, prepared: Prepared) -> Posted:
        media = self._media(connection, prepared.pictures)
        values: dict[str, Any] = {
            "status": prepared.text,
            "language": "vi",
            "visibility": connection.config.get("visibility") or "public",
        }
        if media:
            values["media_ids"] = media
        data = self._call(
            connection,
            "POST",
            "/api/v1/statuses",
            json=values,
            headers={"Idempotency-Key": connection.token},
            posting=True,
        )
        return self._posted(data)

    def _media(self, connection: Connection, pictures: tuple[Picture, ...]) -> list[str]:
        limits = self.limits_for(connection.facts)
        kept: dict[str, str] = connection.progress.get("media", {})
        for picture in pictures:
            if picture.ref in kept:
                continue
            loaded = connection.picture(picture, max_bytes=limits.picture_bytes, max_side=limits.picture_side)
            if loaded is None:
                continue
            fields = [("file", (loaded.name, loaded.content, loaded.mime)), ("description", picture.alt[:1500])]
            data = self._call(connection, "POST", "/api/v2/media", fields=fields)
            kept = {**kept, picture.ref: str(data["id"])}
            connection.keep(media=kept, processing=[*connection.progress.get("processing", []), str(data["id"])])
        self._wait_for(connection)
        return [kept[picture.ref] for picture in pictures if picture.ref in kept]

    def _wait_for(self, connection: Connection) -> None:
        """A picture may not be attached before the server has processed it."""
        for number in list(connection.progress.get("processing", [])):
            answer = self._answer(connection, "GET", f"/api/v1/media/{number}")
            if answer.status == 206:
                raise StillWorking(str(_("The server is still processing a picture.")), after=3)
            if answer.status not in (200, 404):  # an older server has no such address, and needs no waiting
                self._refuse(answer, posting=False)
            left = [other for other in connection.progress.get("processing", []) if other != number]
            connection.keep(processing=left)

    def confirm(self, connection: Connection, sought: Sought) -> Posted | None:
        """Look through the account's statuses since then for the link or the words."""
        account = connection.progress.get("account") or self._account(connection)["id"]
        connection.keep(account=account)
        for status in since(self._pages(connection, account), _moment, sought):
            if self._is_it(status, sought):
                return self._posted(status)
        return None

    def _pages(self, connection: Connection, account: str) -> Iterator[list[dict[str, Any]]]:
        params = {"limit": "40", "exclude_reblogs": "true"}
        path = f"/api/v1/accounts/{account}/statuses"
        while True:
            statuses = patiently(lambda: self._call(connection, "GET", path, params=params))
            if not isinstance(statuses, list) or not statuses:
                return
            yield statuses
            last = str(statuses[-1].get("id") or "")
            if not last or last == params.get("max_id"):
                return
            params["max_id"] = last

    @staticmethod
    def _is_it(status: dict[str, Any], sought: Sought) -> bool:
        content = html.unescape(str(status.get("content", "")))
        link = sought.prepared.link  # a card names the page's own address
        if names_link(content, link) or names_link(str((status.get("card") or {}).get("url", "")), link):
            return True
        said = " ".join(_MARKS.sub(" ", content).split())
        return bool(said) and said == " ".join(sought.prepared.text.split())

    def update(self, connection: Connection, posted: Posted, prepared: Prepared) -> Posted:
        """Edit the status; its pictures stay."""
        present = self._call(connection, "GET", f"/api/v1/statuses/{posted.id}")
        media = [str(item["id"]) for item in present.get("media_attachments", [])]
        values: dict[str, Any] = {"status": prepared.text, "language": "vi"}
        if media:
            values["media_ids"] = media
        answer = self._answer(connection, "PUT", f"/api/v1/statuses/{posted.id}", json=values)
        if answer.status in (405, 501):
            raise Unsupported(str(_("This server does not edit posts.")))
        self._refuse(answer, posting=False)
        return posted

    def withdraw(self, connection: Connection, posted: Posted) -> None:
        """Delete the status."""
        answer = self._answer(connection, "DELETE", f"/api/v1/statuses/{posted.id}")
        if answer.status not in (404, 410):
            self._refuse(answer, posting=False)

    def check(self, connection: Connection) -> Health:
        """Ask whose token it is, and what the server takes."""
        account = self._account(connection)
        answer = self._answer(connection, "GET", "/api/v2/instance")
        data = answer.json() if answer.status == 200 else {}
        said = (data if isinstance(data, dict) else {}).get("configuration") or {}
        facts = {
            **{k: v for k, v in (said.get("statuses") or {}).items() if isinstance(v, int)},
            **{k: v for k, v in (said.get("media_attachments") or {}).items() if isinstance(v, int)},
        }
        name = account.get("acct") or account.get("username") or account["id"]
        return Health(words=str(_("Connected as @%(name)s.")) % {"name": name}, facts=facts)

    def _account(self, connection: Connection) -> dict[str, Any]:
        answer = self._answer(connection, "GET", "/api/v1/accounts/verify_credentials")
        if answer.status in (400, 401, 403, 422):  # Mastodon says 401, others 400
            raise AccessLost(_words(answer), code=str(answer.status))
        self._refuse(answer, posting=False)
        data = answer.json()
        if data is None and not answer.body.lstrip().startswith(b"<"):
            refuse_by_status(replace(answer, status=502), "")  # cut short, no other site's page
        if not isinstance(data, dict) or "id" not in data:
            raise AccessLost(str(_("At this address no Mastodon server answers.")))
        return data

    @staticmethod
    def _posted(data: dict[str, Any]) -> Posted:
        return Posted(id=str(data["id"]), url=str(data.get("url") or data.get("uri") or ""))

    def _answer(self, connection: Connection, method: str, path: str, **options: Any) -> Answer:
        headers = {"Authorization": f"Bearer {connection.secrets.get('token', '')}", **options.pop("headers", {})}
        return connection.call(method, connection.config["server"].rstrip("/") + path, headers=headers, **options)

    def _call(self, connection: Connection, method: str, path: str, *, posting: bool = False, **options: Any) -> Any:
        answer = self._answer(connection, method, path, posting=posting, **options)
        if answer.status == 400:
            self._account(connection)  # some servers answer 400 to a bad token
        self._refuse(answer, posting=posting)
        data = answer.json()
        if data is None:
            refuse_by_status(replace(answer, status=502), "", posting=posting)
        return data

    @staticmethod
    def _refuse(answer: Answer, *, posting: bool) -> None:
        if answer.status == 409:  # the same key is being worked on this moment
            raise Refused(_words(answer), code="409", after=None)
        refuse_by_status(answer, _words(answer), posting=posting)


def _words(answer: Answer) -> str:
    data = answer.json()
    if isinstance(data, dict):
        return str(data.get("error_description") or data.get("error") or "")
    return ""


def _moment(status: dict[str, Any]) -> datetime:
    try:
        moment = datetime.fromisoformat(str(status.get("created_at")))
    except ValueError:
        return datetime.now(UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

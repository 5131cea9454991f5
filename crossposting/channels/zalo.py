"""Article of a Zalo Official Account. Zalo answers 200 also to errors, makes articles in its own time, and lets each
refresh token be used once: renewing happens under one lock (``crossposting.tokens``).
"""

import time
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from itertools import count
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from crossposting.channels.answers import refuse_by_status, seconds_to_wait
from crossposting.channels.connection import Connection
from crossposting.channels.contract import (
    RECEIPT,
    AccessLost,
    Announcement,
    ChannelError,
    FieldSpec,
    Health,
    Limits,
    Posted,
    Prepared,
    Provider,
    Refused,
    Sought,
    StillWorking,
    TokenExpired,
    Unanswered,
    Unreached,
)
from crossposting.channels.looking import patiently, since
from crossposting.composing import compose, prepared_with
from crossposting.counting import Measure, shorten
from crossposting.networks import network_settings
from crossposting.outgoing import Answer

TOKEN_ENDED = {-216, -220}
NO_ACCESS = {-219, -209, -212, -223, -204, -205, -221, -224, -242, -320, -321}
LIMITED = {-32}
QUOTA = {-211}
#: Of a field or of calls: tried again with growing pauses, without stopping the whole channel.
OVER_LIMIT = -210
PROCESSING = -214
#: A refresh leaves a new access token for 25 hours.
RENEW_BEFORE = 2 * 3600
WAIT_FOR_QUOTA = 3600.0
TITLE, AUTHOR, DESCRIPTION, BODY = 150, 50, 300, 20_000
PICTURE_BYTES = 1_000_000
#: So many articles Zalo lists at once, at the most.
SLICE = 10


class ZaloArticle(Provider):
    """An article with cover, text, pictures and the link."""

    network = "zalo"
    label = _("Zalo Official Account")
    icon = "comment"
    how = _(
        "At developers.zalo.me, connect the federation's app with the Official Account and copy the app's number, its "
        "secret key, and the refresh token. The account needs a package with Open API."
    )
    fields = (
        FieldSpec(name="app_id", label=_("Number of the app"), help=_("App ID at developers.zalo.me.")),
        FieldSpec(name="secret_key", label=_("Secret key of the app"), help=_("From the app's settings."), secret=True),
        FieldSpec(
            name="refresh_token",
            label=_("Refresh token"),
            help=_("It is good for three months and for one use; the portal renews it by itself from then on."),
            secret=True,
        ),
        FieldSpec(
            name="access_token",
            label=_("Access token"),
            help=_("May be left empty: the portal fetches one with the refresh token."),
            secret=True,
            required=False,
        ),
        FieldSpec(
            name="author",
            label=_("Author"),
            help=_("The name under articles; left empty, the page's own authors."),
            required=False,
        ),
    )
    limits: ClassVar[Limits] = Limits(
        text=BODY, measure=Measure(), pictures=20, picture_bytes=PICTURE_BYTES, title=TITLE, description=DESCRIPTION
    )
    hashtags = False  # an article, not a post
    can_ask = True
    asks = 3  # an article that is still being made is in no list
    can_update = True
    can_withdraw = True
    renews = True

    def prepare(self, announcement: Announcement, limits: Limits) -> Prepared:
        """Title and description are cut to what Zalo takes; the text ends with the way to the whole story."""
        text = announcement.text or announcement.summary or announcement.title
        if announcement.template:
            text = compose(announcement, room=limits.text, measure=limits.measure, with_link=False)
        prepared = prepared_with(announcement, text, max_pictures=limits.pictures)
        return Prepared(
            **{
                **prepared.__dict__,
                "title": shorten(announcement.title, TITLE, limits.measure),
                "description": shorten(announcement.summary or announcement.title, DESCRIPTION, limits.measure),
                "author": shorten(announcement.author, AUTHOR, limits.measure),
            }
        )

    def send(self, connection: Connection, prepared: Prepared) -> Posted:
        """Hand the article in, then ask until Zalo has made it; an interruption goes on with the asking."""
        token = connection.progress.get(RECEIPT)
        if not token:
            article = self._article(connection, prepared)
            data = self._call(connection, "POST", "article/create", json=article, posting=True)
            token = str(data.get("token") or "")
            if not token:
                raise Unanswered(str(_("Zalo took the article and gave no receipt.")))
            connection.keep(**{RECEIPT: token})
        return self._made(connection, token)

    def _made(self, connection: Connection, token: str) -> Posted:
        try:
            data = self._call(connection, "POST", "article/verify", json={"token": token})
        except Refused as refusal:
            if refusal.code == str(PROCESSING):
                raise StillWorking(refusal.words, after=5) from refusal
            if refusal.final:
                connection.keep(**{RECEIPT: ""})  # this one will never become an article
            raise
        return Posted(id=str(data["id"]), url=self._address(connection, str(data["id"])))

    def _address(self, connection: Connection, identity: str) -> str:
        try:
            data = self._call(connection, "GET", "article/getdetail", params={"id": identity})
        except ChannelError:
            return ""  # the article is there; only its address is not known
        return str(data.get("link_view") or data.get("link") or "")

    def _article(self, connection: Connection, prepared: Prepared) -> dict[str, Any]:
        size = {"max_bytes": PICTURE_BYTES, "max_side": 1600}
        body: list[dict[str, str]] = [
            {"type": "text", "content": part} for part in prepared.text.split("\n\n") if part.strip()
        ]
        body += [
            {"type": "image", "url": address, "caption": picture.caption or picture.alt}
            for picture in prepared.pictures
            if (address := connection.picture_url(picture, **size))
        ]
        body.append({"type": "text", "content": str(_("Read the whole story: %(link)s")) % {"link": prepared.link}})
        article: dict[str, Any] = {
            "type": "normal",
            "title": prepared.title,
            "author": connection.config.get("author", "")[:AUTHOR] or prepared.author or str(_("Editors")),
            "description": prepared.description,
            "body": body,
            "status": "show",
            "comment": "show",
        }
        cover = connection.picture_url(prepared.card, **size) if prepared.card else ""
        if cover:
            article["cover"] = {"cover_type": "photo", "photo_url": cover, "status": "show"}
        return article

    def confirm(self, connection: Connection, sought: Sought) -> Posted | None:
        """Look through the articles since then for the title."""
        if token := connection.progress.get(RECEIPT):
            return self._made(connection, token)
        for article in since(self._pages(connection), _moment, sought):
            if _same(str(article.get("title") or "")) == _same(sought.prepared.title):
                return Posted(id=str(article["id"]), url=str(article.get("link_view") or ""))
        return None

    def _pages(self, connection: Connection) -> Iterator[list[dict[str, Any]]]:
        for page in count():
            articles = patiently(partial(self._slice, connection, page))
            yield articles
            if len(articles) < SLICE:
                return

    def _slice(self, connection: Connection, page: int) -> list[dict[str, Any]]:
        params = {"offset": str(page * SLICE), "limit": str(SLICE), "type": "normal"}
        return _listed(self._call(connection, "GET", "article/getslice", params=params))

    def update(self, connection: Connection, posted: Posted, prepared: Prepared) -> Posted:
        """Hand in the changed article under its number, and ask until it is made."""
        token = connection.progress.get(RECEIPT)
        if not token:
            article = {"id": posted.id, **self._article(connection, prepared)}
            data = self._call(connection, "POST", "article/update", json=article)
            token = str(data.get("token") or "")
            connection.keep(**{RECEIPT: token})
        if token:
            self._made(connection, token)
        return posted

    def withdraw(self, connection: Connection, posted: Posted) -> None:
        """Remove the article. Zalo refuses a number that is gone, as when the answer of an earlier removal was lost."""
        try:
            self._call(connection, "POST", "article/remove", json={"id": posted.id})
        except AccessLost:
            raise
        except Refused as refusal:
            if not refusal.final or self._is_there(connection, posted):
                raise

    def _is_there(self, connection: Connection, posted: Posted) -> bool:
        try:
            self._call(connection, "GET", "article/getdetail", params={"id": posted.id})
        except AccessLost:
            raise
        except Refused as refusal:
            return not refusal.final
        return True

    def check(self, connection: Connection) -> Health:
        """Read the newest article's line: it needs the same rights as posting."""
        self._call(connection, "GET", "article/getslice", params={"offset": "0", "limit": "1", "type": "normal"})
        return Health(words=str(_("The Official Account answers.")))

    def token_ends_soon(self, secrets: Mapping[str, str], now: datetime) -> bool:
        """Renew well before the end; an access token pasted by a person says nothing of its end and is used."""
        if not secrets.get("access_token"):
            return True
        until = float(secrets.get("access_until") or 0)
        return bool(until) and until - now.timestamp() < RENEW_BEFORE

    def renew(self, connection: Connection) -> dict[str, str]:
        """Trade the refresh token in for a new pair."""
        answer = connection.call(
            "POST",
            f"{network_settings('zalo_oauth').url}/v4/oa/access_token",
            headers={"secret_key": connection.secrets.get("secret_key", "")},
            form={
                "refresh_token": connection.secrets.get("refresh_token", ""),
                "app_id": connection.config.get("app_id", ""),
                "grant_type": "refresh_token",
            },
        )
        refuse_by_status(answer, "")
        data = answer.json()
        if not isinstance(data, dict):
            raise Unreached(str(_("Zalo's answer could not be read.")))
        if not data.get("access_token"):
            words = str(data.get("error_description") or data.get("message") or data.get("error_name") or "")
            raise AccessLost(words, code=str(data.get("error", "")))
        return {
            "access_token": str(data["access_token"]),
            "refresh_token": str(data.get("refresh_token") or connection.secrets.get("refresh_token", "")),
            "access_until": str(time.time() + float(data.get("expires_in") or 90_000)),
        }

    def _call(
        self, connection: Connection, method: str, path: str, *, posting: bool = False, **options: Any
    ) -> dict[str, Any]:
        headers = {"access_token": connection.secrets.get("access_token", "")}
        url = f"{connection.settings.url}/v2.0/{path}"
        answer = connection.call(method, url, posting=posting, headers=headers, **options)
        data = answer.json()
        refuse_by_status(answer, _words(data), posting=posting)
        if not isinstance(data, dict):
            raise (Unanswered if posting else Unreached)(str(_("Zalo's answer could not be read.")))
        if data.get("error"):
            _refuse(answer, int(data["error"]), _words(data))
        found = data.get("data")
        return found if isinstance(found, dict) else {"list": found} if isinstance(found, list) else {}


def _listed(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The articles of a slice, under whatever name they stand; an answer without any list says nothing."""
    found = next((value for value in data.values() if isinstance(value, list)), None)
    if found is None and data.get("total") != 0:
        raise Unreached(str(_("Zalo's answer could not be read.")))
    return [article for article in found or [] if isinstance(article, dict)]


def _same(title: str) -> str:
    return " ".join(unicodedata.normalize("NFC", title).split())


def _words(data: Any) -> str:
    return str(data.get("message") or "") if isinstance(data, dict) else ""


def _refuse(answer: Answer, number: int, words: str) -> None:
    code = str(number)
    words = words or _("Zalo refused it (%(code)s).") % {"code": code}
    if number in TOKEN_ENDED:
        raise TokenExpired(words, code=code)
    if number in NO_ACCESS:
        raise AccessLost(words, code=code)
    if number in LIMITED:
        raise Refused(words, code=code, after=seconds_to_wait(answer.headers))
    if number in QUOTA:
        raise Refused(words, code=code, after=WAIT_FOR_QUOTA)
    if number in (PROCESSING, OVER_LIMIT):
        raise Refused(words, code=code)
    raise Refused(words, code=code, final=True)


def _moment(article: Mapping[str, Any]) -> datetime:
    """When an article was made, in seconds or milliseconds since 1970; now when Zalo does not say."""
    try:
        number = float(article.get("create_date") or 0)
    except (TypeError, ValueError):
        number = 0
    if not number:
        return datetime.now(UTC)
    return datetime.fromtimestamp(number / 1000 if number > 100_000_000_000 else number, UTC)

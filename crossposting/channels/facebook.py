"""Facebook Page, by the Graph API. There is no idempotency key: after a lost answer the page's posts are read."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from crossposting.channels.answers import refuse_by_status, seconds_to_wait
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
    Unanswered,
    Unreached,
)
from crossposting.channels.looking import patiently, since
from crossposting.channels.uploads import uploads_of_earlier
from crossposting.composing import compose, prepared_with
from crossposting.counting import Measure
from crossposting.marks import names_link
from crossposting.outgoing import Answer

UNSURE = {1, 2}
TOO_MANY = {4, 17, 32, 341, 613, 80001}
BLOCKED = 368
DUPLICATE = 506
#: Photos that a post shows already: an earlier attempt's post is there.
PHOTOS_POSTED = 1366051
#: The page itself has to do something at Facebook before it may post.
ACCOUNT_AT_FAULT = {1404078, 4854002}
TOKEN_AT_FAULT = {102, 190, 463, 467}
WAIT_FOR_LIMIT = 300.0
WAIT_FOR_BLOCK = 3600.0


class FacebookPage(Provider):
    """Text with a link, or photos."""

    network = "facebook"
    label = _("Facebook Page")
    icon = "group"
    how = _(
        "A person who manages the page makes a page access token with the rights pages_manage_posts and "
        "pages_read_engagement, in an app of the federation at developers.facebook.com."
    )
    fields = (
        FieldSpec(
            name="page_id",
            label=_("Number of the page"),
            help=_("On the page, under About, Page transparency: a long number."),
        ),
        FieldSpec(name="token", label=_("Page access token"), help=_("A long text that begins with EAA."), secret=True),
    )
    limits: ClassVar[Limits] = Limits(text=63_206, measure=Measure(), pictures=10, picture_bytes=3_900_000)
    can_ask = True
    can_update = True
    can_withdraw = True

    def prepare(self, announcement: Announcement, limits: Limits) -> Prepared:
        """Facebook draws a card for the link; below photos the link stands in the text."""
        text = compose(announcement, room=limits.text, measure=limits.measure, with_link=bool(announcement.pictures))
        return prepared_with(announcement, text, max_pictures=limits.pictures)

    def send(self, connection: Connection, prepared: Prepared) -> Posted:
        """Upload photos unseen, then publish the post that shows them; without photos, a post with the link."""
        with uploads_of_earlier(connection, "photos"):
            photos = self._photos(connection, prepared.pictures)
            values = {"message": prepared.text} if prepared.text else {}
            if photos:
                values |= {f"attached_media[{n}]": json.dumps({"media_fbid": photo}) for n, photo in enumerate(photos)}
            else:
                values["link"] = prepared.link
            data = self._call(connection, "POST", f"{connection.config['page_id']}/feed", posting=True, form=values)
            return _posted(data)

    def _photos(self, connection: Connection, pictures: tuple[Picture, ...]) -> list[str]:
        kept: dict[str, str] = connection.progress.get("photos", {})
        for picture in pictures:
            if picture.ref in kept:
                continue
            loaded = connection.picture(picture, max_bytes=self.limits.picture_bytes, max_side=2048)
            if loaded is None:
                continue
            fields: list[tuple[str, Any]] = [
                ("published", "false"),
                ("source", (loaded.name, loaded.content, loaded.mime)),
            ]
            if picture.alt:
                fields.append(("alt_text_custom", picture.alt[:1000]))
            data = self._call(connection, "POST", f"{connection.config['page_id']}/photos", fields=fields)
            kept = {**kept, picture.ref: str(data["id"])}
            connection.keep(photos=kept)
        return [kept[picture.ref] for picture in pictures if picture.ref in kept]

    def confirm(self, connection: Connection, sought: Sought) -> Posted | None:
        """Look through the posts of the page since then for the link or the words."""
        for post in since(self._pages(connection), _moment, sought):
            # Facebook may name the page's own address instead of the one given.
            said = json.dumps(post, ensure_ascii=False).replace("\\/", "/")
            same_link = names_link(said, sought.prepared.link)
            if same_link or (sought.prepared.text and post.get("message") == sought.prepared.text):
                return _posted(post)
        return None

    def _pages(self, connection: Connection) -> Iterator[list[dict[str, Any]]]:
        params = {
            "fields": "id,message,created_time,permalink_url,attachments{unshimmed_url,url}",
            "limit": "50",
        }
        path = f"{connection.config['page_id']}/published_posts"
        while True:
            data = patiently(lambda: self._call(connection, "GET", path, params=params))
            yield data.get("data") or []
            paging = data.get("paging") or {}
            after = str((paging.get("cursors") or {}).get("after") or "")
            if not after or not paging.get("next") or after == params.get("after"):
                return
            params["after"] = after

    def update(self, connection: Connection, posted: Posted, prepared: Prepared) -> Posted:
        """Change the words; the link and photos of a post cannot be changed."""
        self._call(connection, "POST", posted.id, form={"message": prepared.text})
        return posted

    def withdraw(self, connection: Connection, posted: Posted) -> None:
        """Delete the post."""
        try:
            self._call(connection, "DELETE", posted.id)
        except AccessLost:
            raise
        except Refused as refusal:
            if refusal.code not in ("100", "100/33", "404"):  # 100 with subcode 33: no such object any more
                raise

    def check(self, connection: Connection) -> Health:
        """Read the page's name with the page's token."""
        data = self._call(connection, "GET", connection.config["page_id"], params={"fields": "id,name"})
        return Health(words=str(_("Connected with the page «%(name)s».")) % {"name": data.get("name") or data["id"]})

    def _call(
        self, connection: Connection, method: str, path: str, *, posting: bool = False, **options: Any
    ) -> dict[str, Any]:
        token = connection.secrets.get("token", "")
        if "form" in options:
            options["form"] = {**options["form"], "access_token": token}
        elif "fields" in options:
            options["fields"] = [*options["fields"], ("access_token", token)]
        else:
            options["params"] = {**options.get("params", {}), "access_token": token}
        answer = connection.call(method, f"{connection.settings.url}/{path}", posting=posting, **options)
        data = answer.json()
        if isinstance(data, dict) and isinstance(data.get("error"), dict):
            _refuse(answer, data["error"], posting=posting)
        refuse_by_status(answer, "", posting=posting)
        if not isinstance(data, dict):
            raise (Unanswered if posting else Unreached)(str(_("Facebook's answer could not be read.")))
        return data


def _refuse(answer: Answer, error: dict[str, Any], *, posting: bool) -> None:
    """Say what a Graph API error means for the delivery."""
    number, subcode = int(error.get("code") or 0), int(error.get("error_subcode") or 0)
    code = f"{number}/{subcode}" if subcode else str(number)
    words = " ".join(
        dict.fromkeys(str(error[name]) for name in ("message", "error_user_title", "error_user_msg") if error.get(name))
    )
    if number in UNSURE:
        raise (Unanswered if posting else Unreached)(words, code=code)
    if number in TOO_MANY or answer.status == 429:
        raise Refused(words, code=code, after=_wait(answer))
    if number == BLOCKED:
        raise Refused(words, code=code, after=WAIT_FOR_BLOCK)
    if number == DUPLICATE or PHOTOS_POSTED in (number, subcode):
        # The same as the newest post: what an earlier attempt posted without our learning of it.
        raise (Unanswered if posting else Refused)(words, code=code)
    if number in TOKEN_AT_FAULT or number == 10 or 200 <= number <= 299 or {number, subcode} & ACCOUNT_AT_FAULT:
        raise AccessLost(words, code=code)
    if number == 0:
        refuse_by_status(answer, words, code=code, posting=posting)
    raise Refused(words, code=code, final=True)


def _wait(answer: Answer) -> float:
    """Minutes until access comes back, as ``X-Business-Use-Case-Usage`` names them."""
    try:
        usage = json.loads(answer.headers.get("x-business-use-case-usage", "{}"))
        minutes = max(
            (entry.get("estimated_time_to_regain_access", 0) for entries in usage.values() for entry in entries),
            default=0,
        )
    except (ValueError, AttributeError, TypeError):
        minutes = 0
    return minutes * 60.0 or seconds_to_wait(answer.headers, WAIT_FOR_LIMIT)


def _posted(data: dict[str, Any]) -> Posted:
    identity = str(data.get("post_id") or data["id"])
    return Posted(id=identity, url=str(data.get("permalink_url") or f"https://www.facebook.com/{identity}"))


def _moment(post: dict[str, Any]) -> datetime:
    value = post.get("created_time")
    try:
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value, UTC)
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return datetime.now(UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

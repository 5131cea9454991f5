"""A provider's hands: HTTP in the name of a channel, with a memory of how far a delivery has come."""

import json as json_module
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from crossposting import outgoing
from crossposting.channels.contract import Picture, Unanswered, Unreached
from crossposting.networks import NetworkSettings, network_settings
from crossposting.pictures import LoadedPicture, load_picture, picture_url


class Connection:
    """What a provider is given for one delivery, check or renewal.

    ``config`` and ``secrets`` are the channel's own, ``facts`` what its server said of itself at the last check.
    ``token`` is the same whenever the same delivery is tried: the idempotency key where the network takes one.
    ``progress`` is what earlier steps of this delivery left, kept in the database at once.
    """

    def __init__(
        self,
        *,
        network: str,
        config: Mapping[str, str],
        secrets: Mapping[str, str],
        facts: Mapping[str, Any] | None = None,
        token: str = "",
        created_at: datetime | None = None,
        progress: dict[str, Any] | None = None,
        on_keep: Callable[[dict[str, Any]], None] | None = None,
        before_posting: Callable[[], None] | None = None,
    ) -> None:
        self.network = network
        self.config = config
        self.secrets = secrets
        self.facts = facts or {}
        self.token = token
        self.created_at = created_at
        self.progress = progress if progress is not None else {}
        self._on_keep = on_keep
        self._before_posting = before_posting

    @property
    def settings(self) -> NetworkSettings:
        """Where the network is and how long it is waited for."""
        return network_settings(self.network)

    def keep(self, **values: Any) -> None:
        """Remember how far this delivery has come, also beyond a kill."""
        self.progress.update(values)
        if self._on_keep:
            self._on_keep(self.progress)

    def call(
        self,
        method: str,
        url: str,
        *,
        posting: bool = False,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        fields: list[tuple[str, Any]] | None = None,
        body: bytes | None = None,
    ) -> outgoing.Answer:
        """Make a request.

        ``posting``: it may put something into the world that readers see. It is noted before it goes out, and when its
        answer is lost, Unanswered is raised; any other request that fails is simply made again later (Unreached).
        """
        sent = dict(headers or {})
        if json is not None:
            body = json_module.dumps(json, ensure_ascii=False).encode()
            sent.setdefault("Content-Type", "application/json; charset=utf-8")
        elif form is not None:
            body, form_headers = outgoing.form(form)
            sent = {**form_headers, **sent}
        if posting and self._before_posting:
            self._before_posting()
        try:
            return outgoing.request(
                method, url, timeout=self.settings.timeout, headers=sent, params=params, body=body, fields=fields
            )
        except outgoing.AnswerLost as error:
            raise (Unanswered if posting else Unreached)(str(error)) from error
        except outgoing.OutgoingError as error:
            raise Unreached(str(error)) from error

    def picture(self, picture: Picture, *, max_bytes: int, max_side: int) -> LoadedPicture | None:
        """The bytes of a picture as JPEG, small enough; None when its file is lost."""
        return load_picture(picture, max_bytes=max_bytes, max_side=max_side)

    def picture_url(self, picture: Picture, *, max_bytes: int, max_side: int) -> str:
        """Where the network can fetch a picture; empty when its file is lost."""
        return picture_url(picture, max_bytes=max_bytes, max_side=max_side)

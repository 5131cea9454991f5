"""Reads what answers of networks have in common: how long to wait, and what a bare status means."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from django.utils.translation import gettext as _

from crossposting.channels.contract import AccessLost, Refused, Unanswered, Unreached
from crossposting.outgoing import Answer

#: When a network says «too much» and not for how long.
DEFAULT_WAIT = 60.0
LONGEST_WAIT = 24 * 3600.0


def seconds_to_wait(headers: Mapping[str, str], default: float = DEFAULT_WAIT) -> float:
    """From ``Retry-After``, or the moment in ``X-RateLimit-Reset`` or ``RateLimit-Reset``."""
    for name in ("retry-after", "x-ratelimit-reset", "ratelimit-reset"):
        value = headers.get(name, "").strip()
        if value and (seconds := _seconds(value)) is not None:
            return min(max(seconds, 1.0), LONGEST_WAIT)
    return default


def _seconds(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        moment = _moment(value)
        return None if moment is None else (moment - datetime.now(UTC)).total_seconds()
    return number - time.time() if number > 1_000_000_000 else number  # a moment in seconds since 1970


def _moment(value: str) -> datetime | None:
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(value)
        except (ValueError, TypeError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def words_of(answer: Answer, said: str) -> str:
    """The network's words, or what there is when it had none."""
    return said.strip()[:1000] or _("The network answered with status %(status)d.") % {"status": answer.status}


def refuse_by_status(answer: Answer, said: str, *, code: str = "", posting: bool = False) -> None:
    """Raise what a status other than success means.

    503 and 429 mean that nothing was done. Any other error of the server may have come after the post was taken, so
    with ``posting`` it is as good as no answer.
    """
    status, words = answer.status, words_of(answer, said)
    if 200 <= status < 300:
        return
    code = code or str(status)
    if status in (429, 503):
        raise Refused(words, code=code, after=seconds_to_wait(answer.headers, 60.0 if status == 429 else 10.0))
    if status >= 500:
        raise (Unanswered if posting else Unreached)(words, code=code)
    if status in (401, 403):
        raise AccessLost(words, code=code)
    raise Refused(words, code=code, final=True)

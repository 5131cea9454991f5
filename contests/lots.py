"""Drawing lots so that anybody can check it afterwards: plain values, no model, no clock, no chance.

Before the contest closes the portal publishes the hash of a secret and of where a public number will come from. Once it
is closed, it publishes the list of tickets and its hash. Only then does the public number appear (a lottery's, say),
which nobody could know. The secret, the list and the number together give the order of all tickets.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

METHOD = "union-portal-lots-1"
METHOD_IN_WORDS = (
    "commitment = sha256(secret + LF + source); tickets_sha256 = sha256(tickets joined by LF); "
    "key = sha256(secret + LF + public_number + LF + tickets_sha256); "
    "order = tickets sorted by sha256(key + LF + ticket); all hashes in lower-case hexadecimal of UTF-8 text"
)
_NO_DIGITS = re.compile(r"\D+")


class RecordError(ValueError):
    """A record does not hold; the message says what in it does not."""


def sha256(text: str) -> str:
    """Lower-case hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def commitment(secret: str, source: str) -> str:
    """What is published beforehand: it ties the portal to the secret, and to where the public number comes from."""
    return sha256(f"{secret}\n{source}")


def public_number(typed: str) -> str:
    """A number as it enters the draw: its ASCII digits alone, however it was grouped. "" if there is none."""
    return _NO_DIGITS.sub("", typed) if typed.isascii() else ""


def tickets_digest(tickets: Iterable[str]) -> str:
    """The hash of the list in its order."""
    return sha256("\n".join(tickets))


def order(secret: str, number: str, tickets: Sequence[str]) -> list[str]:
    """All tickets, the first to win first."""
    key = sha256(f"{secret}\n{number}\n{tickets_digest(tickets)}")
    return sorted(tickets, key=lambda ticket: (sha256(f"{key}\n{ticket}"), ticket))


def verify(record: Mapping[str, Any]) -> list[str]:
    """Reckon a published record anew and return the order of all tickets. Raises RecordError where it does not hold.

    The hash published beforehand must be compared by the reader with the one in the record: no file can prove when it
    was published.
    """
    try:
        secret, source, number = str(record["secret"]), str(record["source"]), str(record["public_number"])
        tickets, winners = list(map(str, record["tickets"])), record["winners"]
        claimed, digest = record["commitment"], record["tickets_sha256"]
        named = [(int(one["place"]), str(one["ticket"])) for one in (*winners, *record["passed_over"])]
    except (KeyError, TypeError, ValueError) as problem:
        raise RecordError(f"The record is not complete: {problem}.") from problem
    if record.get("method") != METHOD:
        raise RecordError(f"The record was made by another method: {record.get('method')!r}.")
    if commitment(secret, source) != claimed:
        raise RecordError("The secret is not the one that was promised beforehand.")
    if tickets_digest(tickets) != digest or len(set(tickets)) != len(tickets):
        raise RecordError("The list of tickets is not the one that was closed.")
    found = order(secret, number, tickets)
    if sorted(named) != list(enumerate(found[: len(named)], start=1)):
        raise RecordError("The winners are not those that the numbers give.")
    return found


def as_json(record: Mapping[str, Any]) -> str:
    """A record as it is published."""
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"

"""An HTTP server that plays a network, with the faults networks have: lost and late answers, refusals, limits."""

import json
import random
import re
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

LOSE, REFUSE, LIMIT, LATE, CRASH = "lose", "refuse", "limit", "late", "crash"


def snake(name: str) -> str:
    """The method of a stand-in for a name of the network: «sendMessage» is ``_send_message``."""
    return "_" + re.sub(r"([A-Z])", r"_\1", name).lower()


@dataclass
class Part:
    """A file or value of a multipart form."""

    content: bytes
    filename: str
    type: str

    @property
    def text(self) -> str:
        return self.content.decode()


@dataclass
class Request:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        assert self.headers.get("content-type", "").startswith("application/json"), "JSON must say that it is JSON"
        return json.loads(self.body)

    def form(self) -> dict[str, str]:
        assert self.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"), self.headers
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True, strict_parsing=bool(self.body)))

    def parts(self) -> dict[str, Part]:
        kind = self.headers.get("content-type", "")
        assert kind.startswith("multipart/form-data"), kind
        message = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + self.body)
        found = {}
        for part in message.walk():
            if part.is_multipart():
                continue
            name = part.get_param("name", header="content-disposition")
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            found[str(name)] = Part(content, part.get_filename() or "", part.get_content_type())
        return found


@dataclass
class Reply:
    status: int = 200
    data: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass
class Faults:
    """How often each fault happens by itself, and which come next for certain."""

    lose: float = 0
    refuse: float = 0
    limit: float = 0
    late: float = 3.0
    coming: list[str] = field(default_factory=list)

    def draw(self, chance: random.Random) -> str:
        if self.coming:
            return self.coming.pop(0)
        number = chance.random()
        for name, share in ((LOSE, self.lose), (REFUSE, self.refuse), (LIMIT, self.limit)):
            if number < share:
                return name
            number -= share
        return ""


class FakeNetwork(ABC):
    """Subclasses answer requests in ``answer`` and say no in their own words in ``refusal`` and ``too_many``."""

    def __init__(self, seed: int = 1) -> None:
        self.faults = Faults()
        self.chance = random.Random(seed)
        self.lock = threading.RLock()
        self.requests: list[Request] = []
        self.url = ""
        self.counts = {LOSE: 0, REFUSE: 0, LIMIT: 0, LATE: 0}
        #: Requests of which this is part of the path meet with faults; all of them when empty.
        self.faulty_paths: tuple[str, ...] = ()

    @abstractmethod
    def answer(self, request: Request) -> Reply:
        """What the network says to a request that meets with no fault."""

    def refusal(self, request: Request) -> Reply:
        return Reply(503, {"error": "try later"}, {"Retry-After": "1"})

    def too_many(self, request: Request) -> Reply:
        return Reply(429, {"error": "too many requests"}, {"Retry-After": "1"})

    def calls(self, part: str, method: str = "") -> list[Request]:
        return [r for r in self.requests if part in r.path and (not method or r.method == method)]

    def respond(self, request: Request) -> tuple[Reply, bool]:
        """The reply, and whether it is lost on its way."""
        with self.lock:
            self.requests.append(request)
            may_fail = not self.faulty_paths or any(part in request.path for part in self.faulty_paths)
            fault = self.faults.draw(self.chance) if may_fail else ""
            if fault in self.counts:
                self.counts[fault] += 1
            if fault == REFUSE:
                return self.refusal(request), False
            if fault == LIMIT:
                return self.too_many(request), False
            if fault == CRASH:
                return Reply(500, body=b"<html>Internal error</html>"), False
            reply = self.answer(request)
        if fault == LATE:
            time.sleep(self.faults.late)
        return reply, fault == LOSE

    @contextmanager
    def running(self) -> Iterator["FakeNetwork"]:
        network = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _serve(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                parts = urlsplit(self.path)
                request = Request(
                    method=self.command,
                    path=parts.path,
                    query=dict(parse_qsl(parts.query)),
                    headers={name.lower(): value for name, value in self.headers.items()},
                    body=self.rfile.read(length),
                )
                try:
                    reply, lost = network.respond(request)
                except Exception as error:  # noqa: BLE001  # a slip of the fake shows in the test as a refusal
                    reply, lost = Reply(400, {"error": f"fake: {type(error).__name__}: {error}"}), False
                self.close_connection = True
                if lost:
                    return
                body = reply.body if reply.body is not None else json.dumps(reply.data, ensure_ascii=False).encode()
                try:
                    self.send_response(reply.status)
                    for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(body)))
                    self.send_header("Connection", "close")
                    self.end_headers()
                    self.wfile.write(body)
                except OSError:
                    pass  # the client was killed, or had no patience

            def log_message(self, *args: Any) -> None:
                """Say nothing."""

        for verb in ("GET", "POST", "PUT", "DELETE"):
            setattr(Handler, f"do_{verb}", Handler._serve)
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        self.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join(5)

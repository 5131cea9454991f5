"""A real WebSub hub and a subscriber, each a server of its own on this machine."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import Flask
from flask_websub.hub import Hub, SQLite3HubStorage
from werkzeug.serving import make_server


class _Task:
    """What the hub asks of a task queue: one that does things at once."""

    def __init__(self, function: Callable[..., Any], bind: bool = False) -> None:
        self.function, self.bind = function, bind

    def delay(self, *args: Any) -> None:
        self.function(self, *args) if self.bind else self.function(*args)

    def retry(self, countdown: float) -> None:
        """The subscribers of these tests answer at once or never."""


class _Queue:
    def task(self, bind: bool = False, **options: Any) -> Callable[[Callable[..., Any]], _Task]:
        return lambda function: _Task(function, bind)


@contextmanager
def running_hub(folder: Any) -> Iterator[str]:
    """Run Flask-WebSub's hub; gives its address."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app = Flask("hub")
    app.config["PUBLISH_SUPPORTED"] = True
    storage = SQLite3HubStorage(str(folder / "hub.sqlite3"))
    app.register_blueprint(Hub(storage, _Queue(), REQUEST_TIMEOUT=20).build_blueprint(url_prefix="/hub"))
    server = make_server("127.0.0.1", 0, app)
    with _served(server):
        yield f"http://127.0.0.1:{server.port}/hub"


@contextmanager
def running_subscriber() -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    """Run a subscriber that agrees to every subscription; gives its address and what was pushed to it."""
    pushed: list[tuple[dict[str, str], bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            challenge = parse_qs(urlsplit(self.path).query)["hub.challenge"][0].encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(challenge)

        def do_POST(self) -> None:
            pushed.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with _served(server):
        yield f"http://127.0.0.1:{server.server_port}/", pushed


@contextmanager
def running_answers(*statuses: int) -> Iterator[tuple[str, list[dict[str, list[str]]]]]:
    """Run a hub that gives these answers in turn, the last for ever; gives its address and the forms it got."""
    forms: list[dict[str, list[str]]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            forms.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self.send_response(statuses[min(len(forms), len(statuses)) - 1])
            self.end_headers()
            self.wfile.write("hub quá tải".encode())

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with _served(server):
        yield f"http://127.0.0.1:{server.server_port}/", forms


@contextmanager
def _served(server: Any) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)

"""A small load client: keep-alive connections that ask for one address again and again. Standard library only."""

import selectors
import socket
import time
from dataclasses import dataclass, field


@dataclass
class Round:
    """What one round of load saw."""

    requests: int = 0
    failures: int = 0
    seconds: float = 0.0
    milliseconds: list[float] = field(default_factory=list)


class Connection:
    """One keep-alive connection with at most one question on its way."""

    def __init__(self, address: tuple[str, int], host: str) -> None:
        self.socket = socket.create_connection(address, timeout=30)
        self.host = host
        self.received = b""
        self.expected = 0
        self.sent_at = 0.0

    def ask(self, path: str) -> None:
        """Send a question."""
        self.received, self.expected, self.sent_at = b"", 0, time.perf_counter()
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\n\r\n".encode())

    def take(self) -> bool | None:
        """Read what has come; None while the answer is incomplete, then whether it was a 200."""
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise ConnectionError("the server closed the connection")
        self.received += piece
        if not self.expected:
            head, separator, _ = self.received.partition(b"\r\n\r\n")
            if not separator:
                return None
            length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            self.expected = len(head) + 4 + int(length.split(b":")[1])
        return self.received.startswith(b"HTTP/1.1 200") if len(self.received) >= self.expected else None


def load(port: int, *paths: str, seconds: float, connections: int, unique: bool = False) -> Round:
    """Ask for paths in turn over some connections for a while; ``unique`` adds a parameter no cache has seen."""
    result = Round()
    number = 0

    def next_path() -> str:
        nonlocal number
        path = paths[number % len(paths)]
        number += 1
        return f"{path}{'&' if '?' in path else '?'}b={time.time_ns():x}{number}" if unique else path

    with selectors.DefaultSelector() as selector:
        for _ in range(connections):
            connection = Connection(("127.0.0.1", port), f"localhost:{port}")
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.ask(next_path())
        begun = time.perf_counter()
        while time.perf_counter() - begun < seconds:
            for key, _ in selector.select(1):
                ask_again(key.data, result, next_path())
        result.seconds = time.perf_counter() - begun
        for key in list(selector.get_map().values()):
            key.data.socket.close()
    return result


def ask_again(connection: Connection, result: Round, path: str) -> None:
    """Count a complete answer and send the next question."""
    sound = connection.take()
    if sound is None:
        return
    result.requests += 1
    result.failures += not sound
    result.milliseconds.append((time.perf_counter() - connection.sent_at) * 1000)
    connection.ask(path)

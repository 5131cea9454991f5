"""Real servers of social networks' protocols, from npm, for the tests of channels.

A personal data server of Bluesky (``@atproto/dev-env``, with its directory), and a Bot API for messages
(``telegram-test-api``). They are installed into the user's cache, outside the repository.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
INSTALL_COMMAND = "python -m tools.network_servers install"
PATIENCE_SECONDS = 20


class UnavailableError(RuntimeError):
    """The servers cannot be installed or started here; the message says what is missing."""


def installation() -> Path:
    """Return the folder of the packages; another for other versions."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    version = sha256((HERE / "package.json").read_bytes()).hexdigest()[:12]
    return Path(cache) / "union-portal-networks" / version


def require_installation() -> Path:
    """Return the folder of a finished installation."""
    _program("node")
    folder = installation()
    if not folder.is_dir():
        raise UnavailableError(f"needs the packages of the networks' servers: {INSTALL_COMMAND}")
    return folder


def install() -> Path:
    """Fetch the packages and build the one in C++, unless they are there."""
    folder = installation()
    if folder.is_dir():
        return folder
    npm = _program("npm")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="new-", dir=folder.parent) as temporary:
        unfinished = Path(temporary) / "packages"
        unfinished.mkdir()
        shutil.copy(HERE / "package.json", unfinished)
        # Scripts of packages stay off; the only one that is needed is the compilation below.
        _run([npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], unfinished)
        _build_database(unfinished / "node_modules" / "better-sqlite3")
        try:
            unfinished.rename(folder)
        except OSError:
            if not folder.is_dir():  # not even somebody else's, finished meanwhile
                raise
    return folder


def _build_database(package: Path) -> None:
    node = _program("node")
    headers = Path(node).resolve().parents[1]
    if not (headers / "include" / "node" / "node.h").is_file():
        raise UnavailableError("needs the header files of Node.js to build better-sqlite3 (Debian: libnode-dev)")
    _run([node, str(_node_gyp()), "rebuild", "--release", f"--nodedir={headers}"], package)


def _node_gyp() -> Path:
    npm = Path(_program("npm")).resolve()
    for folder in npm.parents:
        for place in ("node_modules/node-gyp", "node_modules/npm/node_modules/node-gyp", "share/nodejs/node-gyp"):
            if (program := folder / place / "bin" / "node-gyp.js").is_file():
                return program
    raise UnavailableError("needs node-gyp, which npm brings along (Debian: node-gyp)")


def _program(name: str) -> str:
    program = shutil.which(name)
    if program is None:
        raise UnavailableError(f"needs the program {name}")
    return program


def _run(command: list[str], folder: Path) -> None:
    answer = subprocess.run(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if answer.returncode:
        raise UnavailableError(f"{command[0]} could not install the networks' servers:\n{answer.stdout[-4000:]}")


@contextmanager
def running_server(name: str) -> Iterator[str]:
    """Run ``bluesky`` or ``telegram`` on a free port of this machine; gives its address."""
    folder = require_installation()
    script = folder / "serve.mjs"
    script.write_text((HERE / "serve.mjs").read_text(encoding="utf-8"), encoding="utf-8")
    command = [_program("node"), str(script), name, str(_free_port())]
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as complaints,
        subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, text=True
        ) as server,
    ):
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            address = next((line.strip() for line in server.stdout if line.startswith("http")), "")
            if not address:
                complaints.seek(0)
                raise UnavailableError(f"the server of {name} did not start:\n{complaints.read()[-2000:]}")
            yield address
        finally:
            server.stdin.close()
            try:
                server.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port

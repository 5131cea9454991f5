"""The web server: granian's parent process with WEB_PROCESSES workers, started by the supervisor."""

from collections.abc import Callable
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from portal.environment import env
from portal.processes import claim_numbered_pid, die_with_parent

# Django renders under the interpreter lock: more threads a process only help while one waits for the disk or a network.
# Three of them may wait for readers who download something large (core.ranges).
THREADS_PER_PROCESS = 6
# Connections a process accepts at a time, browsers' idle keep-alive connections included; the rest wait in the backlog.
CONNECTIONS_PER_PROCESS = 512
SECONDS_TO_STOP = 5


def load_application() -> Callable[..., Any]:
    """Import the application, in a worker process: the parent never imports Django's apps and stays small."""
    die_with_parent()
    claim_numbered_pid(env.data_dir / "run", "web")
    from portal.wsgi import application  # see the docstring

    return application


def main() -> None:
    """Serve until told to stop; a worker that dies is replaced at once."""
    Granian(
        "portal.wsgi:application",
        address=env.bind,
        port=env.port,
        interface=Interfaces.WSGI,
        workers=env.web_processes,
        blocking_threads=THREADS_PER_PROCESS,
        http=HTTPModes.http1,
        websockets=False,
        backlog=1024,
        backpressure=CONNECTIONS_PER_PROCESS,
        log_level=LogLevels.warning,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_STOP,
    ).serve(target_loader=load_application, wrap_loader=False)


if __name__ == "__main__":
    main()

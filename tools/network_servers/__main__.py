"""``python -m tools.network_servers install``, and ``start bluesky`` or ``start telegram`` in the foreground."""

import argparse
import signal
import sys

from tools.network_servers import UnavailableError, install, running_server


def start(name: str) -> None:
    """Print the address once the server answers, and keep it until Ctrl-C or SIGTERM."""
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, lambda *_: sys.exit())
    with running_server(name) as address:
        print(address, flush=True)
        signal.pause()


def main() -> int:
    """Do what the command line says; exit with 1 and the reason if it cannot be done."""
    parser = argparse.ArgumentParser(prog="python -m tools.network_servers", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("install", help="fetch the servers with npm, once")
    commands.add_parser("start", help="run a server until Ctrl-C").add_argument("name", choices=("bluesky", "telegram"))
    arguments = parser.parse_args()
    try:
        if arguments.command == "install":
            print(install())
        else:
            start(arguments.name)
    except UnavailableError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

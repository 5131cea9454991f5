"""``python -m tools.elasticsearch_server install``, and ``start`` for a cluster in the foreground."""

import argparse
import signal
import sys

from tools.elasticsearch_server.cluster import running_cluster
from tools.elasticsearch_server.installation import UnavailableError, install


def start(nodes: int, port: int) -> None:
    """Print the addresses, one a line, once the cluster answers, and keep it until Ctrl-C or SIGTERM."""
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, lambda *_: sys.exit())
    with running_cluster(nodes, port=port) as cluster:
        print("\n".join(cluster.urls), flush=True)
        signal.pause()


def main() -> int:
    """Do what the command line says; exit with 1 and the reason if it cannot be done."""
    parser = argparse.ArgumentParser(prog="python -m tools.elasticsearch_server", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("install", help="fetch the jars with Maven, once")
    starting = commands.add_parser("start", help="run a cluster with data of its own until Ctrl-C")
    starting.add_argument("--nodes", type=int, choices=(1, 3), default=1)
    starting.add_argument(
        "--port", type=int, default=0, help="of the first node; the others follow (default: free ones)"
    )
    arguments = parser.parse_args()
    try:
        if arguments.command == "install":
            print(install())
        else:
            start(arguments.nodes, arguments.port)
    except UnavailableError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

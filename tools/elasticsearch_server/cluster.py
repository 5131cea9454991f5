"""Nodes of Elasticsearch on this machine, with processes, ports and data of their own."""

import contextlib
import json
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.elasticsearch_server.installation import UnavailableError, require_installation, require_jdk

LAUNCHER = Path(__file__).with_name("Launcher.java")
LOOPBACK = "127.0.0.1"
START_PATIENCE = 120.0
STOP_PATIENCE = 15.0
HEAP_OF_ONE, HEAP_OF_SEVERAL = "512m", "384m"
# Quick to start and small: a node lives for one test run, and nobody measures its speed.
JAVA_OPTIONS = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData")
SETTINGS = {
    "cluster.name": "union-portal-tests",
    "network.host": LOOPBACK,
    # A developer's nearly full disk is no reason to refuse documents.
    "cluster.routing.allocation.disk.threshold_enabled": "false",
    # With this collector, memory in use includes what is only not collected yet.
    "indices.breaker.total.use_real_memory": "false",
}


@dataclass(frozen=True)
class Node:
    """One process and where it answers."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path
    settings: dict[str, str]

    def answers(self, nodes: int) -> bool:
        """Tell whether it has found all others and has every copy of every shard in place."""
        address = f"{self.url}/_cluster/health?wait_for_status=green&wait_for_nodes={nodes}&timeout=1s"
        directly = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with directly.open(address, timeout=5) as answer:
                return not json.load(answer)["timed_out"]
        except OSError:
            return False

    def kill(self) -> None:
        """End it as ``kill -9`` does."""
        self.process.kill()
        self.wait_until_ended()

    def wait_until_ended(self) -> None:
        try:
            self.process.wait(STOP_PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        assert self.process.stdin is not None
        self.process.stdin.close()


@dataclass(frozen=True)
class Cluster:
    """What ``running_cluster`` gives; a killed node keeps its place in both lists."""

    nodes: list[Node]

    @property
    def urls(self) -> list[str]:
        return [node.url for node in self.nodes]

    def kill(self, index: int) -> None:
        self.nodes[index].kill()

    def start_again(self, index: int) -> None:
        """Start a node that has ended, with the data it had, and wait until all answer."""
        node = self.nodes[index]
        self.nodes[index] = _start(require_installation(), node.log.parent, node.settings)
        self.wait_until_ready()

    def forget(self, index: int) -> None:
        """Delete the data of a node that has ended."""
        shutil.rmtree(self.nodes[index].log.parent / "data")

    def stop(self) -> None:
        """End what still runs; nothing happens the second time."""
        for node in self.nodes:
            node.process.terminate()
        for node in self.nodes:
            node.wait_until_ended()

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_PATIENCE
        while not all(node.answers(len(self.nodes)) for node in self.nodes):
            silent = [node for node in self.nodes if node.process.poll() is not None]
            if silent or time.monotonic() > deadline:
                log = (silent or self.nodes)[0].log.read_text(encoding="utf-8", errors="replace")
                raise UnavailableError(f"Elasticsearch did not start:\n{log[-4000:]}")
            time.sleep(0.1)


@contextlib.contextmanager
def running_cluster(nodes: int = 1, *, port: int = 0) -> Iterator[Cluster]:
    """Start a cluster, wait until it answers, and leave no process and no file of it afterwards.

    The nodes answer on ``port`` and those after it, on free ports when it is 0. Raises UnavailableError where there is
    no JDK or no installation.
    """
    installation = require_installation()
    with tempfile.TemporaryDirectory(prefix="portal-elasticsearch-", ignore_cleanup_errors=True) as folder:
        cluster = Cluster([])
        try:
            for name, settings in _settings_of(nodes, port).items():
                cluster.nodes.append(_start(installation, Path(folder) / name, settings))
            cluster.wait_until_ready()
            yield cluster
        finally:
            cluster.stop()


def _settings_of(count: int, port: int) -> dict[str, dict[str, str]]:
    """Return the settings of each node by its name."""
    names = [f"node-{number}" for number in range(count)]
    free = _free_ports(2 * count)
    transport = free[:count]
    http = range(port, port + count) if port else free[count:]
    if count == 1:
        discovery = {"discovery.type": "single-node"}
    else:
        discovery = {
            "discovery.seed_hosts": ",".join(f"{LOOPBACK}:{number}" for number in transport),
            "cluster.initial_master_nodes": ",".join(names),
        }
    return {
        name: {
            **SETTINGS,
            **discovery,
            "node.name": name,
            "http.port": str(http_port),
            "transport.port": str(transport_port),
        }
        for name, http_port, transport_port in zip(names, http, transport, strict=True)
    }


def _start(installation: Path, folder: Path, settings: dict[str, str]) -> Node:
    folder.mkdir(exist_ok=True)
    paths = {"path.home": installation / "home", "path.data": folder / "data", "path.logs": folder / "logs"}
    heap = HEAP_OF_ONE if settings.get("discovery.type") == "single-node" else HEAP_OF_SEVERAL
    log = folder / "output.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [
                require_jdk(),
                f"-Xmx{heap}",
                *JAVA_OPTIONS,
                f"-Djava.io.tmpdir={folder}",
                "-cp",
                str(installation / "jars" / "*"),
                str(LAUNCHER),
                *(f"{name}={value}" for name, value in {**settings, **paths}.items()),
            ],
            cwd=folder,
            stdin=subprocess.PIPE,  # stays open while we live; at its end the node ends, however abruptly we did
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C in a terminal is for us, who then stop the nodes
        )
    return Node(f"http://{LOOPBACK}:{settings['http.port']}", process, log, settings)


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind((LOOPBACK, 0))
        return [probe.getsockname()[1] for probe in probes]

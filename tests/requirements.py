"""What a test needs beyond the locked packages: skipped on a developer's machine without it, failed in CI."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tools import elasticsearch_server, network_servers


def require_or_skip(available: object, reason: str) -> None:
    """Skip the test when something is missing here; in CI nothing may be missing, so fail."""
    if not available:
        if os.environ.get("CI"):
            pytest.fail(f"{reason} (in CI nothing is skipped)")
        pytest.skip(reason)


def require_program(*names: str) -> str:
    """Return the path of the first of these programs that is installed."""
    found = next((path for name in names if (path := shutil.which(name))), "")
    require_or_skip(found, f"needs the program {' or '.join(names)}")
    return found


def require_node_module(name: str) -> Path:
    """Return the folder of a package in PORTAL_NODE_MODULES (`.ci/run` installs axe-core and vnu-jar there)."""
    folder = Path(os.environ.get("PORTAL_NODE_MODULES") or "node_modules") / name
    require_or_skip(folder.is_dir(), f"needs the npm package {name} in the folder PORTAL_NODE_MODULES names")
    return folder


def require_java() -> str:
    """Return a Java program that really runs: a bare stub of it is on many machines."""
    java = require_program("java")
    works = subprocess.run([java, "-version"], capture_output=True, check=False).returncode == 0
    require_or_skip(works, "needs a working Java")
    return java


def require_elasticsearch() -> None:
    """Ask for a JDK and the jars (`python -m tools.elasticsearch_server install`); nothing is fetched by a test."""
    try:
        elasticsearch_server.require_installation()
    except elasticsearch_server.UnavailableError as error:
        require_or_skip(None, str(error))


def require_network_servers() -> None:
    """Ask for Node.js and the packages (`python -m tools.network_servers install`); nothing is fetched by a test."""
    try:
        network_servers.require_installation()
    except network_servers.UnavailableError as error:
        require_or_skip(None, str(error))

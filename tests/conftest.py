"""What every test has: no network, and a clean temporary data folder."""

import ipaddress
import os
import socket
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.db import connection

#: Browser tests import packages that `make e2e` installs and `make test` does not.
collect_ignore = [] if find_spec("playwright") else ["e2e"]


class NetworkIsClosedError(AssertionError):
    """A test tried to reach another machine."""


def _is_on_this_machine(address: object) -> bool:
    if not isinstance(address, tuple):  # a Unix socket's path
        return True
    host = str(address[0])
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_address(name: str) -> bool:
    """Tell whether this is a number already, which nobody needs to look up."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _close_network() -> None:
    connect, connect_ex, lookup = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded_connect(self, address):
        if not _is_on_this_machine(address):
            raise NetworkIsClosedError(f"tests reach only this machine, not {address}")
        return connect(self, address)

    def guarded_connect_ex(self, address):
        if not _is_on_this_machine(address):
            raise NetworkIsClosedError(f"tests reach only this machine, not {address}")
        return connect_ex(self, address)

    def guarded_lookup(host, *args, **kwargs):
        name = host.decode() if isinstance(host, bytes) else host
        if name and name != "localhost" and not _is_address(name):
            raise NetworkIsClosedError(f"tests look up no names, not {name} either")
        return lookup(host, *args, **kwargs)

    socket.socket.connect = guarded_connect
    socket.socket.connect_ex = guarded_connect_ex
    socket.getaddrinfo = guarded_lookup


_close_network()


def pytest_collection_modifyitems(config, items) -> None:
    """Leave out what another database's run has: that is a choice, not a skipped test."""
    if connection.vendor != "postgresql":
        elsewhere = [item for item in items if item.get_closest_marker("postgres")]
        items[:] = [item for item in items if item not in elsewhere]
        config.hook.pytest_deselected(items=elsewhere)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session) -> None:
    """In CI nothing may be skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        reporter.write_line("Tests were skipped: in CI that is a failure.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def media_root(settings, tmp_path) -> Path:
    """Give the test an empty folder for uploaded files."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT

"""The suite's own promise: no test reaches another machine."""

import socket
import urllib.request

import pytest

from tests.conftest import NetworkIsClosedError


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1"])
def test_other_machines_are_out_of_reach(address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as connection, pytest.raises(NetworkIsClosedError):
        connection.connect((address, 80))


def test_names_are_not_looked_up():
    with pytest.raises(NetworkIsClosedError):
        urllib.request.urlopen("http://example.org/")

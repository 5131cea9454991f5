"""Which addresses the portal calls, and what it makes of bad answers."""

import ipaddress
import socket

import pytest

from crossposting import outgoing
from tests.crossposting.fakes.server import FakeNetwork, Reply


class Echo(FakeNetwork):
    def answer(self, request):
        if request.path == "/huge":
            return Reply(200, body=b"x" * (outgoing.MAX_ANSWER + 10))
        if request.path == "/moved":
            return Reply(302, {}, {"Location": "http://127.0.0.1:1/"})
        return Reply(200, {"host": request.headers["host"]})


@pytest.fixture
def echo():
    with Echo().running() as server:
        yield server


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fc00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_what_is_no_public_address(address):
    assert not outgoing.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "64:ff9b::101:101"])
def test_what_is(address):
    assert outgoing.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    ["ftp://x.example/", "file:///etc/passwd", "http:///x", "https://user:pw@x.example/", "https://x.example:99999/"],
)
def test_what_is_no_web_address(url):
    with pytest.raises(outgoing.AddressRefused):
        outgoing.check_url(url)


def test_private_networks_are_called_only_where_a_setting_allows_it(settings, echo):
    settings.CHANNEL_PRIVATE_NETWORKS = []
    with pytest.raises(outgoing.AddressRefused):
        outgoing.request("GET", echo.url, timeout=5)
    settings.CHANNEL_PRIVATE_NETWORKS = ["127.0.0.1/32"]
    assert outgoing.request("GET", echo.url, timeout=5).status == 200


def test_a_name_with_one_private_address_is_refused(settings, monkeypatch):
    found = [(2, 1, 6, "", ("1.1.1.1", 443)), (2, 1, 6, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)
    with pytest.raises(outgoing.AddressRefused):
        outgoing.request("GET", "https://x.example/", timeout=5)


def test_a_name_is_looked_up_once_and_the_checked_address_is_called(settings, monkeypatch, echo):
    """A second look-up could answer with another address (DNS rebinding)."""
    settings.CHANNEL_PRIVATE_NETWORKS = ["127.0.0.0/8"]
    port = int(echo.url.rpartition(":")[2])
    asked = []
    lookup = socket.getaddrinfo

    def rebinding(host, *args, **kwargs):
        if host == "x.example":
            asked.append(host)
            address = "127.0.0.1" if len(asked) == 1 else "10.0.0.1"
            return [(2, 1, 6, "", (address, port))]
        return lookup(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    answer = outgoing.request("GET", f"http://x.example:{port}/", timeout=5)

    assert answer.json() == {"host": f"x.example:{port}"}
    assert asked == ["x.example"]


def test_a_public_address_without_encryption_is_refused(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: [(2, 1, 6, "", ("1.1.1.1", 80))])
    with pytest.raises(outgoing.AddressRefused):
        outgoing.request("GET", "http://x.example/", timeout=5)


def test_redirects_are_not_followed_and_answers_are_bounded(settings, echo):
    settings.CHANNEL_PRIVATE_NETWORKS = ["127.0.0.0/8"]
    assert outgoing.request("GET", f"{echo.url}/moved", timeout=5).status == 302
    with pytest.raises(outgoing.AnswerLost):
        outgoing.request("GET", f"{echo.url}/huge", timeout=5)


def test_a_late_answer_is_a_lost_one(settings, echo):
    settings.CHANNEL_PRIVATE_NETWORKS = ["127.0.0.0/8"]
    echo.faults.coming, echo.faults.late = ["late"], 1.5
    with pytest.raises(outgoing.AnswerLost):
        outgoing.request("GET", echo.url, timeout=0.3)


def test_nobody_there_is_not_reached(settings):
    settings.CHANNEL_PRIVATE_NETWORKS = ["127.0.0.0/8"]
    with pytest.raises(outgoing.NotReached):
        outgoing.request("GET", "http://127.0.0.1:9/", timeout=5)

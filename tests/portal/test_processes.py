"""Locks, process-id files and ports, the ground that starting and stopping stands on."""

import socket
import subprocess
import sys

import pytest

from portal.processes import hold_lock, read_pid, why_not_listen, write_pid
from tools.running_site import alive, wait_for

HOLDER = """
import sys
from pathlib import Path
from portal.processes import hold_lock
print("held" if hold_lock(Path(sys.argv[1])) is not None else "refused", flush=True)
input()
"""


def test_a_lock_is_held_by_one_and_freed_by_its_holders_death(tmp_path):
    path = tmp_path / "serve.lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        assert hold_lock(path) is None
        holder.kill()
        holder.wait()

    assert hold_lock(path) is not None


@pytest.mark.parametrize("content", [None, "", "not a number\n"])
def test_an_unreadable_process_file_names_nobody(tmp_path, content):
    path = tmp_path / "web.pid"
    if content is not None:
        path.write_text(content)

    assert read_pid(path) is None


def test_a_process_file_is_read_back(tmp_path):
    write_pid(tmp_path / "web.pid", 4711)

    assert read_pid(tmp_path / "web.pid") == 4711
    assert [path.name for path in tmp_path.iterdir()] == ["web.pid"]


NUMBERED = """
import sys
from pathlib import Path
from portal.processes import claim_numbered_pid
print(claim_numbered_pid(Path(sys.argv[1]), "web").name, flush=True)
input()
"""


def test_a_replacement_takes_the_number_of_the_one_that_died(tmp_path):
    def start():
        process = subprocess.Popen(
            [sys.executable, "-c", NUMBERED, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return process, process.stdout.readline().strip()

    (first, first_name), (second, second_name) = start(), start()
    assert (first_name, second_name) == ("web-1.pid", "web-2.pid")
    first.kill()
    first.wait()
    third, third_name = start()

    assert third_name == "web-1.pid"
    assert read_pid(tmp_path / "web-1.pid") == third.pid
    for process in (first, second, third):
        process.kill()
        process.communicate()


def test_a_child_ends_with_its_parent(tmp_path):
    child = "import time; print(__import__('os').getpid(), flush=True); time.sleep(600)"
    program = (
        "import subprocess, sys, time; from portal.processes import prepare_child;"
        f"subprocess.Popen([sys.executable, '-c', {child!r}], preexec_fn=prepare_child); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        pid = int(parent.stdout.readline())
        parent.kill()
        parent.wait()

    wait_for(lambda: not alive(pid), seconds=20)


def test_a_free_port_is_no_problem_and_a_taken_one_is():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        assert f"Port {port} is in use" in why_not_listen("127.0.0.1", port)
    assert why_not_listen("127.0.0.1", port) is None


def test_an_address_of_another_machine_is_refused():
    assert "Is BIND an address of this machine?" in why_not_listen("192.0.2.1", 8000)

"""``serve`` with real processes: start, death and replacement, the end, and the next start."""

import json
import os
import shutil
import signal
import subprocess
import sys

import pytest

from portal.environment import BASE_DIR
from tools.running_site import SERVE, alive, environment, free_port, running, wait_for

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A data folder after the first start, empty but for the administrator."""
    folder = tmp_path_factory.mktemp("prepared") / "data"
    result = subprocess.run(
        [sys.executable, "manage.py", "setup", "--json"],
        cwd=BASE_DIR,
        env=environment(folder, DEMO="0", ADMIN_PASSWORD="first password of the tests"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    done = json.loads(result.stdout)
    assert done["first_start"]
    assert done["migrations"] > 0
    return folder


@pytest.fixture
def data_dir(prepared, tmp_path):
    """A copy for one test."""
    folder = tmp_path / "data"
    shutil.copytree(prepared, folder)
    return folder


ALL = {"serve", "web", "web-1", "web-2", "worker"}


def test_a_start_serves_names_its_processes_and_stops_without_a_trace(data_dir):
    with running(SERVE, data_dir) as site:
        assert site.get("/healthz") == (200, b"ok\n")
        assert wait_for(lambda: site.status("/readyz") == 200)
        assert site.pid("serve") == site.process.pid
        pids = site.pids()
        code = site.stop(signal.SIGINT)

    assert set(pids) == ALL
    assert code == 0
    assert not [name for name, pid in pids.items() if alive(pid)]
    assert list((data_dir / "run").glob("*.pid")) == []
    assert site.status("/healthz") == 0
    output = site.output()
    assert f"http://localhost:{site.port}/admin/" in output
    for said_on_the_first_start_only in ("first password", "Bringing the database up to date", "Collecting static"):
        assert said_on_the_first_start_only.lower() not in output.lower()


def test_a_killed_process_is_replaced_while_the_portal_goes_on(data_dir):
    with running(SERVE, data_dir) as site:
        for name in ("worker", "worker", "web-1", "web", "web-2"):
            killed = wait_for(lambda name=name: site.pids().get(name))
            os.kill(killed, signal.SIGKILL)
            wait_for(lambda name=name, killed=killed: site.replaced(name, killed))
            wait_for(lambda: site.status("/healthz") == 200)
        wait_for(lambda: set(site.pids()) == ALL)

        assert site.process.poll() is None


def test_killing_the_supervisor_ends_its_children_and_the_next_start_is_clean(data_dir):
    with running(SERVE, data_dir) as site:
        pids = site.pids()
        os.kill(site.process.pid, signal.SIGKILL)
        site.process.wait()
        wait_for(lambda: not any(alive(pid) for pid in pids.values()))

    assert list((data_dir / "run").glob("*.pid")) != []
    with running(SERVE, data_dir) as again:
        assert again.status("/healthz") == 200
        assert not set(again.pids().values()) & set(pids.values())


def test_the_next_start_finds_data_and_key_as_they_were(data_dir):
    key = (data_dir / "secret-key").read_text()
    with running(SERVE, data_dir) as site:
        assert site.status("/admin/") in {200, 302}

    with running(SERVE, data_dir, ADMIN_PASSWORD="another password") as again:
        assert "another password" not in again.output()
        checked = subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0", "-c", PASSWORD_CHECK],
            cwd=BASE_DIR,
            env=environment(data_dir),
            capture_output=True,
            text=True,
            check=True,
        )
    assert checked.stdout.strip() == "True"
    assert (data_dir / "secret-key").read_text() == key


PASSWORD_CHECK = """
from django.contrib.auth import authenticate
print(authenticate(username="admin", password="first password of the tests") is not None)
"""


def start_and_fail(data_dir, **variables):
    return subprocess.run(
        SERVE, cwd=BASE_DIR, env=environment(data_dir, **variables), capture_output=True, text=True, check=False
    )


def test_what_cannot_start_says_so_and_harms_nothing(data_dir, tmp_path):
    with running(SERVE, data_dir) as site:
        second = start_and_fail(data_dir, PORT=str(free_port()))
        same_port = start_and_fail(tmp_path / "other", PORT=str(site.port))

        assert site.status("/healthz") == 200
        assert site.stop(signal.SIGTERM) == 0

    assert second.returncode == 1
    assert f"process {site.process.pid}" in second.stderr
    assert same_port.returncode == 1
    assert f"Port {site.port} is in use" in same_port.stderr


def test_the_supervisor_gives_up_on_what_never_started(data_dir, tmp_path):
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "granian.py").write_text("raise SystemExit('no web server here')")

    result = start_and_fail(data_dir, PORT=str(free_port()), PYTHONPATH=str(broken))

    assert result.returncode == 1
    assert "web does not start" in result.stdout
    assert "no web server here" in result.stderr
    assert list((data_dir / "run").glob("*.pid")) == []

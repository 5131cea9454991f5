"""Production refuses to start with a setting nobody would choose on purpose."""

import os
import subprocess
import sys

import pytest

from portal.environment import BASE_DIR

PUBLIC = {"BIND": "0.0.0.0", "BASE_URL": "https://congdoan.example", "ALLOWED_HOSTS": "congdoan.example"}


def start(tmp_path, variables):
    """Import the production settings as a start would, in a process of its own."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from portal.settings import production as p; print(p.DEBUG, p.SECURE_HSTS_SECONDS if p.env.https else 0)",
        ],
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **variables},
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "django-insecure-" + "x" * 60}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({**PUBLIC, "ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({**PUBLIC, "BASE_URL": ""}, "BASE_URL"),
        ({**PUBLIC, "ADMIN_PASSWORD": "short"}, "ADMIN_PASSWORD"),
        ({"SEARCH_ENGINE": "elasticsearch"}, "ELASTICSEARCH_URL"),
    ],
)
def test_an_unsafe_setting_stops_the_start_and_is_named(tmp_path, variables, named):
    result = start(tmp_path, variables)

    assert result.returncode != 0
    assert "ImproperlyConfigured" in result.stderr
    assert named in result.stderr.splitlines()[-1]


@pytest.mark.parametrize(("variables", "hsts"), [({}, 0), (PUBLIC, 31536000)])
def test_a_sound_environment_starts_without_debug(tmp_path, variables, hsts):
    result = start(tmp_path, variables)

    assert result.stdout.split() == ["False", str(hsts)], result.stderr

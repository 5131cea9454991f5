"""Environment variables: typed, and refused in a sentence that names the variable."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.environment import BASE_DIR, read_environment, stored_secret


def test_nothing_set_is_a_working_site_on_this_machine_alone():
    environment = read_environment({})

    assert environment.data_dir == BASE_DIR / "var"
    assert (environment.bind, environment.port) == ("127.0.0.1", 8000)
    assert environment.public_url == "http://localhost:8000"
    assert environment.demo
    assert not environment.https
    assert environment.search_engine == "embedded"
    assert environment.database["NAME"] == str(BASE_DIR / "var" / "portal.sqlite3")


def test_an_empty_variable_is_an_unset_one():
    assert read_environment(dict.fromkeys(["PORT", "DATA_DIR", "BIND", "DATABASE_URL", "SEARCH_ENGINE"], "")) == (
        read_environment({})
    )


@pytest.mark.parametrize(
    ("given", "database"),
    [
        (
            "sqlite:////srv/portal/site.sqlite3",
            {"ENGINE": "django.db.backends.sqlite3", "NAME": "/srv/portal/site.sqlite3"},
        ),
        (
            "postgresql://an%40h:b%2Fc@db.local:5433/portal?sslmode=require",
            {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": "portal",
                "USER": "an@h",
                "PASSWORD": "b/c",
                "HOST": "db.local",
                "PORT": "5433",
                "OPTIONS": {"sslmode": "require"},
            },
        ),
        (
            "postgres:///portal?host=/run/postgresql",
            {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": "portal",
                "USER": "",
                "PASSWORD": "",
                "HOST": "/run/postgresql",
                "PORT": "",
                "OPTIONS": {},
            },
        ),
    ],
)
def test_database_addresses(given, database):
    assert read_environment({"DATABASE_URL": given}).database == database


@pytest.mark.parametrize(
    ("word", "meaning"),
    [("1", True), ("true", True), ("Yes", True), ("on", True), ("0", False), ("off", False), ("", False)],
)
def test_switches(word, meaning):
    assert read_environment({"DEMO": word}).demo is meaning


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("WEB_PROCESSES", "0"),
        ("DEMO", "maybe"),
        ("TRUSTED_PROXY", "nginx"),
        ("DATABASE_URL", "mysql://localhost/portal"),
        ("SEARCH_ENGINE", "sphinx"),
        ("BASE_URL", "portal.example"),
        ("ELASTICSEARCH_URL", "localhost:9200"),
        ("ELASTICSEARCH_URL", "http://one:9200,two:9200"),
        ("ELASTICSEARCH_INDEX", "Union Portal"),
        ("ELASTICSEARCH_SHARDS", "0"),
        ("ELASTICSEARCH_REPLICAS", "-1"),
        ("ELASTICSEARCH_TIMEOUT", "soon"),
    ],
)
def test_nonsense_is_refused_by_name(name, value):
    with pytest.raises(ImproperlyConfigured, match=name):
        read_environment({name: value})


def test_the_public_address_decides_https():
    assert read_environment({"BASE_URL": "https://congdoan.example/"}).public_url == "https://congdoan.example"
    assert read_environment({"BASE_URL": "https://congdoan.example/"}).https


def test_a_relative_data_folder_belongs_to_the_project():
    assert read_environment({"DATA_DIR": "second-site"}).data_dir == BASE_DIR / "second-site"


def test_the_secret_key_is_drawn_once_and_for_its_owner_alone(tmp_path: Path):
    path = tmp_path / "secret-key"

    first = stored_secret(path)

    assert stored_secret(path) == first
    assert len(first) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_processes_that_start_at_once_agree_on_the_key(tmp_path):
    """Nobody may find a key that is only half written."""
    together = Barrier(8)

    def start(number: int) -> str:
        together.wait()
        return stored_secret(tmp_path / f"key-{number // 8}")

    with ThreadPoolExecutor(8) as processes:
        keys = list(processes.map(start, range(80)))

    assert len(set(keys)) == 10
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_damaged_secret_key_stops_the_start(tmp_path: Path):
    path = tmp_path / "secret-key"
    path.write_text("short")

    with pytest.raises(ImproperlyConfigured, match="damaged"):
        stored_secret(path)


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://ban:m%40t@mail.example:2525", 2525, True, False),
        ("smtps://ban:m%40t@mail.example", 465, False, True),
        ("smtp+plain://ban:m%40t@mail.example", 25, False, False),
    ],
)
def test_a_mail_server_is_read_from_its_address(url, port, tls, ssl):
    options = read_environment({"EMAIL_URL": url}).mail["OPTIONS"]

    assert (options["host"], options["password"]) == ("mail.example", "m@t")
    assert (options["port"], options["use_tls"], options["use_ssl"]) == (port, tls, ssl)


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://"])
def test_an_unusable_mail_address_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        read_environment({"EMAIL_URL": url})

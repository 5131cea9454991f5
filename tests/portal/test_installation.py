"""What a start prepares: once, resumably, and without bringing back what editors deleted."""

import io
import json
import subprocess
from dataclasses import replace

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command
from wagtail.models import Site

from core.listing import filter_spec
from portal import installation
from portal.environment import read_environment
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def environment(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path / "static"
    return replace(read_environment({}), data_dir=tmp_path, admin_password="a password for tests")


@pytest.fixture
def calls(monkeypatch):
    """The commands that were called, none of which does anything."""
    made = []
    monkeypatch.setattr(installation, "call_command", lambda name, **options: made.append(name))
    monkeypatch.setattr(installation, "migrate_visits", lambda: 0)
    monkeypatch.setattr(installation, "start_collecting_static", lambda *, say: None)
    monkeypatch.setattr(installation, "build_if_missing", lambda **options: None)
    monkeypatch.setattr(installation, "start_drawing_pictures", lambda: made.append("pictures"))
    return made


def nothing_said(text: str) -> None:
    pass


def test_the_first_start_makes_administrator_and_content(environment, calls):
    installation.first_start_mark(environment).touch()

    done = installation.prepare_site(environment, say=nothing_said)

    administrator = authenticate(username="admin", password="a password for tests")
    assert administrator is not None
    assert administrator.is_superuser
    assert calls == ["migrate", "load_demonstration", "pictures", "update_index"]
    assert done["first_start"] is True
    assert not installation.first_start_mark(environment).exists()


def test_a_later_start_leaves_accounts_and_content_alone(environment, calls):
    installation.prepare_site(environment, say=nothing_said)

    assert calls == ["migrate", "update_index"]
    assert not get_user_model().objects.filter(username="admin").exists()


def test_an_empty_site_gets_no_demonstration(environment, calls):
    installation.first_start_mark(environment).touch()

    installation.prepare_site(replace(environment, demo=False), say=nothing_said)

    assert calls == ["migrate", "update_index"]
    assert authenticate(username="admin", password="a password for tests") is not None


def test_a_first_start_that_was_killed_goes_on(environment, calls, monkeypatch):
    installation.first_start_mark(environment).touch()

    def killed(name, **options):
        if name == "load_demonstration":
            raise KeyboardInterrupt

    with monkeypatch.context() as interrupted:
        interrupted.setattr(installation, "call_command", killed)
        with pytest.raises(KeyboardInterrupt):
            installation.prepare_site(environment, say=nothing_said)
    assert not get_user_model().objects.get(username="admin").has_usable_password()

    installation.prepare_site(environment, say=nothing_said)

    assert calls == ["migrate", "load_demonstration", "pictures", "update_index"]
    assert authenticate(username="admin", password="a password for tests") is not None


def test_a_drawn_password_is_said_once_and_works(environment, calls):
    installation.first_start_mark(environment).touch()
    said = []

    installation.prepare_site(replace(environment, admin_password=""), say=said.append)
    installation.prepare_site(replace(environment, admin_password=""), say=said.append)

    lines = [line for line in said if "First password" in line]
    assert len(lines) == 1
    assert authenticate(username="admin", password=lines[0].rpartition(" ")[2]) is not None


def test_the_search_index_is_made_again_only_when_its_rules_changed(environment, calls, monkeypatch):
    made = []
    for version in (1, 1, 2, 2):
        monkeypatch.setattr(installation, "INDEX_VERSION", version)
        made.append(installation.prepare_site(environment, say=nothing_said)["admin_search"])

    assert made == [True, False, True, False]
    assert calls.count("update_index") == 2


def test_a_search_index_that_could_not_be_made_is_tried_again(environment, calls, monkeypatch):
    def killed(name, **options):
        if name == "update_index":
            raise KeyboardInterrupt

    with monkeypatch.context() as interrupted:
        interrupted.setattr(installation, "call_command", killed)
        with pytest.raises(KeyboardInterrupt):
            installation.prepare_site(environment, say=nothing_said)

    assert installation.prepare_site(environment, say=nothing_said)["admin_search"] is True


@pytest.mark.parametrize(
    ("base_url", "expected"),
    [
        ("", ("localhost", 8000)),
        ("https://congdoan.example", ("congdoan.example", 443)),
        ("http://congdoan.example", ("congdoan.example", 80)),
        ("http://congdoan.example:8080", ("congdoan.example", 8080)),
    ],
)
def test_the_site_carries_the_address_readers_use(environment, calls, base_url, expected):
    installation.prepare_site(replace(environment, base_url=base_url), say=nothing_said)

    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == expected


def test_static_files_are_collected_again_only_after_a_change(tmp_path, settings):
    ours = tmp_path / "ours"
    ours.mkdir()
    (ours / "site.css").write_text("body {}")
    settings.STATICFILES_DIRS = [ours]
    before = installation.static_fingerprint()

    assert installation.static_fingerprint() == before
    (ours / "site.css").write_text("body { color: blue }")
    changed = installation.static_fingerprint()
    (ours / "site.css").rename(ours / "portal.css")

    assert len({before, changed, installation.static_fingerprint()}) == 3


def test_setup_reports_as_json(environment, calls, monkeypatch):
    from portal.management.commands import setup

    monkeypatch.setattr(setup, "env", environment)
    # A catalogue that somebody edits meanwhile would make the command, and with it this process, start over.
    monkeypatch.setattr(setup, "compile_stale", lambda folders: [])
    output = io.StringIO()

    call_command("setup", "--json", stdout=output, stderr=io.StringIO())

    assert json.loads(output.getvalue()) == {
        "migrations": 0,
        "static": False,
        "first_start": False,
        "admin_search": True,
        "search": None,
        "site": "http://localhost:8000",
    }


@pytest.mark.usefixtures("media_root")
@pytest.mark.django_db(databases=["default", "visits"])
def test_the_first_pages_find_their_pictures_drawn(settings):
    settings.WAGTAILADMIN_BASE_URL = "http://localhost:8000"
    story = factories.make_article(cover=factories.make_image())

    call_command("draw_first_pictures")

    assert {filter_spec("card", 640, "webp"), filter_spec("thumb", 208, "webp")} <= set(
        story.cover.renditions.values_list("filter_spec", flat=True)
    )


def test_drawing_that_never_ends_keeps_no_site_from_starting(monkeypatch):
    monkeypatch.setattr(installation, "PICTURES_WITHIN_SECONDS", 0.1)
    process = subprocess.Popen(["sleep", "60"])

    installation.finish_drawing_pictures(process)

    assert process.returncode is not None

"""Bringing a site's data folder and database to the state the code expects; every step may be repeated.

The first start on an empty database also makes the administrator and loads the demonstration. A mark in the data
folder, set before the first table exists and cleared after the last step, lets a start that was killed half-way go on
where it stopped, and keeps later starts from bringing back what editors have deleted.
"""

import hashlib
import secrets
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Site

from core.admin_search import INDEX_VERSION
from portal import static_files
from portal.environment import BASE_DIR, Environment
from portal.processes import prepare_child
from search.rebuilding import build_if_missing

ADMIN_NAME = "admin"
#: Readers' index of so many pages is built before the site starts; that of a larger site by the worker beside it.
BUILT_BEFORE_START = 2000
#: A slow machine starts without the rest.
PICTURES_WITHIN_SECONDS = 180
Say = Callable[[str], None]


def first_start_mark(environment: Environment) -> Path:
    """Return the file that exists while the first start has not been completed."""
    return environment.data_dir / "first-start"


def prepare_site(environment: Environment, *, say: Say) -> dict[str, object]:
    """Do what is due; return what was done, for ``setup --json``."""
    mark = first_start_mark(environment)
    if not connection.introspection.table_names():
        mark.touch()
    static = start_collecting_static(say=say)
    migrations = migrate(say=say) + migrate_visits()
    finish_collecting_static(static)
    done: dict[str, object] = {"migrations": migrations, "static": static is not None, "first_start": mark.exists()}
    if mark.exists():
        administrator = get_or_create_administrator()
        if environment.demo:
            say("Loading the demonstration (once; DEMO=0 starts empty) ...")
            call_command("load_demonstration")
        # Last, so that a start killed before this line draws the password again instead of losing it.
        give_first_password(administrator, environment.admin_password, say=say)
        mark.unlink()
    done["site"] = set_site_address(environment)
    pictures = start_drawing_pictures() if done["first_start"] and environment.demo else None
    done |= make_indexes(environment, say=say)
    if pictures is not None:
        if pictures.poll() is None:
            say("Drawing the pictures of the first pages ...")
        finish_drawing_pictures(pictures)
    return done


def make_indexes(environment: Environment, *, say: Say) -> dict[str, object]:
    """Make what either search lacks."""
    done: dict[str, object] = {}
    done["admin_search"] = rebuild_admin_search(environment, say=say)
    done["search"] = build_if_missing(at_most=BUILT_BEFORE_START, say=say)
    return done


def finish_drawing_pictures(process: subprocess.Popen[bytes]) -> None:
    """Wait for the pictures, within reason. No failure keeps the site from starting: each page draws what it lacks."""
    try:
        process.wait(PICTURES_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def start_drawing_pictures() -> subprocess.Popen[bytes]:
    """Begin drawing what the first readers will see, beside the indexes; the worker draws the rest in some minutes."""
    return subprocess.Popen(  # noqa: S603  # our own command
        [sys.executable, BASE_DIR / "manage.py", "draw_first_pictures"],
        preexec_fn=prepare_child,  # noqa: PLW1509  # no other thread runs yet
    )


def migrate(*, say: Say) -> int:
    """Bring the database up to date; return how many migrations that took.

    Called even when there are none: rights, groups and fixed pages are made after it, and a start that was killed
    between the two would otherwise never get them. It costs a third of a second.
    """
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        say(f"Bringing the database up to date ({len(plan)} migrations) ...")
    call_command("migrate", interactive=False, verbosity=0)
    return len(plan)


def migrate_visits() -> int:
    """Bring the database of counted views up to date; it holds the tables of one app."""
    executor = MigrationExecutor(connections["visits"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes("visits"))
    if plan:
        call_command("migrate", app_label="visits", database="visits", interactive=False, verbosity=0)
    return len(plan)


def static_fingerprint() -> str:
    """Return a mark of everything collectstatic reads: our own files, the versions of the installed packages, and how
    files are packed.
    """
    digest = hashlib.sha256(Path(static_files.__file__).read_bytes())
    for package in sorted(f"{found.name}={found.version}" for found in metadata.distributions()):
        digest.update(package.encode())
    folders = [Path(folder) for folder in settings.STATICFILES_DIRS]
    folders += [Path(app.path) / "static" for app in apps.get_app_configs() if BASE_DIR in Path(app.path).parents]
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(str(path.relative_to(folder)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def static_stamp() -> Path:
    """Return the file that holds the fingerprint of what was collected last."""
    return Path(settings.STATIC_ROOT).with_name("static.stamp")


def start_collecting_static(*, say: Say) -> subprocess.Popen[bytes] | None:
    """Begin collecting static files beside the migrations, if they have changed: it takes a core for half a minute."""
    if settings.DEBUG:  # the developers' server finds each file where it lies
        return None
    stamp = static_stamp()
    if stamp.exists() and stamp.read_text(encoding="ascii") == static_fingerprint():
        return None
    stamp.unlink(missing_ok=True)
    say("Collecting static files ...")
    return subprocess.Popen(  # noqa: S603  # our own command
        [sys.executable, BASE_DIR / "manage.py", "collectstatic", "--noinput", "--verbosity=0"],
        preexec_fn=prepare_child,  # noqa: PLW1509  # no other thread runs yet
    )


def finish_collecting_static(process: subprocess.Popen[bytes] | None) -> None:
    """Wait for the collection and note what it collected."""
    if process is None:
        return
    if process.wait():
        sys.exit("Static files could not be collected; the message is above.")
    static_stamp().write_text(static_fingerprint(), encoding="ascii")


def get_or_create_administrator() -> AbstractUser:
    """Return the first administrator, without a password as yet."""
    users = get_user_model()._default_manager
    administrator, created = users.get_or_create(
        username=ADMIN_NAME, defaults={"is_staff": True, "is_superuser": True, "email": ""}
    )
    if created:
        administrator.set_unusable_password()
        administrator.save()
    return administrator


def give_first_password(administrator: AbstractUser, wanted: str, *, say: Say) -> None:
    """Set ADMIN_PASSWORD, or draw a password and print it this once."""
    password = wanted or secrets.token_urlsafe(12)
    if wanted:
        say(f"The password of user «{ADMIN_NAME}» is the one in ADMIN_PASSWORD.")
    else:
        say(f"First password of user «{ADMIN_NAME}» (shown only now): {password}")
    administrator.set_password(password)
    administrator.save()


def rebuild_admin_search(environment: Environment, *, say: Say) -> bool:
    """Make the index of the admin's search anew if it was made by other rules; return whether it was."""
    stamp = environment.data_dir / "admin-search.stamp"
    if stamp.exists() and stamp.read_text(encoding="ascii") == str(INDEX_VERSION):
        return False
    say("Making the index of the admin's search ...")
    call_command("update_index", verbosity=0)
    stamp.write_text(str(INDEX_VERSION), encoding="ascii")
    return True


def set_site_address(environment: Environment) -> str:
    """Let the default site carry the address readers use: feeds, sitemaps and mails take it from there."""
    address = urlsplit(environment.public_url)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first()
    if site is not None and (site.hostname, site.port) != (address.hostname, port):
        site.hostname, site.port = address.hostname, port
        site.save()
    return environment.public_url

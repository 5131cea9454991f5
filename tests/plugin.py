"""Loaded before the settings are (``-p tests.plugin`` in pyproject.toml): a data folder for each test process, and the
messages compiled, since the first app to be loaded that asks for a word reads the catalogues.

The workers of pytest-xdist inherit the environment of the process that starts them; sharing its folder, they would
share uploads, locks and the page cache.
"""

import os
import shutil
import tempfile

if "PYTEST_XDIST_WORKER" in os.environ or not os.environ.get("DATA_DIR"):
    FOLDER = os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="portal-test-")
else:
    FOLDER = ""  # somebody's own: leave it there

from portal.catalogues import compile_stale  # the folder must be named before the environment is read
from portal.environment import BASE_DIR  # same reason

compile_stale([BASE_DIR / "locale", BASE_DIR / "locale" / "upstream"])


#: Tests that start processes, or name the server, ask the database without a fixture that says so.
DATABASE_MARKERS = ("django_db", "slow", "postgres")
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences"}


def pytest_addoption(parser) -> None:
    """Let a second run, on another database, leave out what does not know which database there is."""
    parser.addoption("--database-only", action="store_true", help="only tests that another database may fail")


def pytest_collection_modifyitems(config, items) -> None:
    """Deselect what asks no database, where only that is wanted."""
    if not config.getoption("--database-only"):
        return
    kept = [item for item in items if asks_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not asks_database(item)])
    items[:] = kept


def asks_database(item) -> bool:
    """Whether a test may ask the database, and may get another answer from another one."""
    if item.get_closest_marker("any_database"):
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(fixtures & DATABASE_FIXTURES) or any(map(item.get_closest_marker, DATABASE_MARKERS))


def pytest_unconfigure() -> None:
    """Remove what this process made."""
    if FOLDER:
        shutil.rmtree(FOLDER, ignore_errors=True)

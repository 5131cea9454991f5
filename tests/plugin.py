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


def pytest_unconfigure() -> None:
    """Remove what this process made."""
    if FOLDER:
        shutil.rmtree(FOLDER, ignore_errors=True)

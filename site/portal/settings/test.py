"""Settings of the test suite: base with fast hashing, everything in a temporary folder."""

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="portal-test-"))

from portal.settings.base import *  # noqa: F403  # the folder must be named before base reads the environment
from portal.settings.base import DATA_DIR, STORAGES  # same reason

SECRET_KEY = "a fixed key for tests, long enough to please every check of it"  # noqa: S105  # no secret: tests only
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Wagtail's own tasks run in the worker; tests say when.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
MEDIA_ROOT = DATA_DIR / "media"
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}

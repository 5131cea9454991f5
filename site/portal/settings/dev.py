"""Developers' settings: ``make dev``."""

from portal.settings.base import *  # noqa: F403  # Django's settings idiom: this module is base, relaxed
from portal.settings.base import STORAGES

DEBUG = True
ALLOWED_HOSTS = ["*"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SECURE_SSL_REDIRECT = False

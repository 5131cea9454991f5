"""The command line's entry point, apart from manage.py so that manage.py stays three lines."""

import os

from django.core.management import execute_from_command_line


def main() -> None:
    """Run a management command.

    Production is the default, so that ``.venv/bin/python manage.py …`` works beside the running site with the very
    settings that ``make run`` uses; developers' targets name ``portal.settings.dev``.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
    execute_from_command_line()

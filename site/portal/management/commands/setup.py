"""``manage.py setup``: everything ``serve`` does before it serves."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser, OutputWrapper

from portal.catalogues import compile_stale
from portal.environment import env
from portal.installation import prepare_site


def compile_or_restart() -> None:
    """Compile changed catalogues; then start over, since this process may have read the old ones already."""
    if compile_stale(Path(folder) for folder in settings.LOCALE_PATHS):
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606  # the very command that runs


def speaker(stream: OutputWrapper) -> Callable[[str], None]:
    """Return a function that prints a line at once, so that a log file or a pipe shows progress too."""

    def say(text: str) -> None:
        stream.write(text)
        stream.flush()

    return say


class Command(BaseCommand):
    """Prepares the database, the static files and, on an empty database, the first content."""

    help = "Prepare the site without starting it: messages, database, static files, first content."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --json."""
        parser.add_argument("--json", action="store_true", help="print what was done as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare and report."""
        compile_or_restart()
        # With --json the report alone goes to standard output; what a person should read goes beside it.
        stream = self.stderr if options["json"] else self.stdout
        done = prepare_site(env, say=speaker(stream))
        if options["json"]:
            self.stdout.write(json.dumps(done))

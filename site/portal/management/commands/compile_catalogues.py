"""``manage.py compile_catalogues``: message catalogues, without gettext's programs."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from portal.catalogues import compile_stale


class Command(BaseCommand):
    """Compiles every catalogue that is newer than its compiled form."""

    help = "Compile message catalogues (.po to .mo) where they have changed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --json."""
        parser.add_argument("--json", action="store_true", help="print what was written as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile and report."""
        written = [str(path) for path in compile_stale(Path(folder) for folder in settings.LOCALE_PATHS)]
        if options["json"]:
            self.stdout.write(json.dumps({"written": written}))
        elif options["verbosity"]:
            self.stdout.write(f"{len(written)} catalogues compiled.")

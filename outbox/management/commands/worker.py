"""``manage.py worker``: carries out consequences and keeps the calendar."""

import logging
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.locks import AlreadyHeld
from outbox.worker import Worker, run_pending


class Command(BaseCommand):
    """Runs the one worker of the site until it is stopped."""

    help = "Carry out consequences of publishing, scheduled publishing, periodic jobs and Wagtail's tasks."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the command line."""
        parser.add_argument("--once", action="store_true", help="Do what is due now and end, beside a running worker.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run; a second worker of the same site says so and ends with status 1."""
        logging.getLogger("outbox").setLevel(logging.INFO)
        if options["once"]:
            self.stdout.write(f"{run_pending()} consequences done.")
            return
        try:
            Worker(Path(settings.DATA_DIR) / "run").run()
        except AlreadyHeld:
            raise CommandError("Another worker of this site is running already.", returncode=1) from None

"""``manage.py contest_verify RECORD.json``: reckons a published drawing of lots anew."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contests import lots


class Command(BaseCommand):
    """Says who wins, or what does not hold."""

    help = "Check the record of a drawing of lots, as published under /cuoc-thi/rut-tham/…/ket-qua.json."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("record", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, reckon, say."""
        try:
            record = json.loads(options["record"].read_text())
            lots.verify(record)
        except (OSError, ValueError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"The record holds: {len(record['tickets'])} tickets, {len(record['winners'])} winners.")
        self.stdout.write(f"Promised beforehand must have been: {record['commitment']}")

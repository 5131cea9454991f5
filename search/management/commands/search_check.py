"""``manage.py search_check``: does the index hold what readers may see, and nothing else?"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import checking
from search.engines import current_engine
from search.engines.contract import EngineUnavailable


class Command(BaseCommand):
    """Compares index and database beside the running site; ends with status 1 when they differ."""

    help = "Compare the search index with the database, both ways. Status 1 when something is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the command line."""
        parser.add_argument("--json", action="store_true", help="Print one JSON object.")
        parser.add_argument("--repair", action="store_true", help="Have the worker index again what differs.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare and report."""
        try:
            report = checking.compare(current_engine())
        except EngineUnavailable as error:
            if options["json"]:
                self.stdout.write(json.dumps({"ok": False, "error": str(error)}, ensure_ascii=False))
            raise CommandError(f"The engine does not answer: {error}", returncode=1) from None
        found = report.as_json()
        if options["repair"]:
            found["repaired"] = checking.repair(report.differences)
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
        else:
            self._write_text(found)
        if not report.ok:
            raise SystemExit(1)

    def _write_text(self, found: dict[str, Any]) -> None:
        self.stdout.write(
            f"{found['index']} documents in the index, {found['database']} in the database, "
            f"{found['pending']} differences pending, {found['seconds']} s."
        )
        for what in (*checking.WHAT, "broken"):
            if found[what]["count"]:
                self.stdout.write(f"{what}: {found[what]['count']}: {' '.join(found[what]['keys'])}")
        if "repaired" in found:
            self.stdout.write(f"The worker will look at {found['repaired']} again.")

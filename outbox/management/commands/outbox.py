"""``manage.py outbox``: what waits, what failed, and whether the worker is at work."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from outbox.models import Consequence, State
from outbox.selectors import outbox_report


class Command(BaseCommand):
    """Reports; ends with status 1 when a consequence was given up or the worker does not beat."""

    help = "Report what waits and what failed. Status 1 when something was given up or the worker is not running."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the command line."""
        parser.add_argument("--json", action="store_true", help="Print one JSON object.")
        parser.add_argument("--state", choices=State.values, help="List the rows in this state.")
        parser.add_argument("--limit", type=int, default=100, help="List at most so many rows (100).")

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Print the report."""
        report = outbox_report()
        state = options["state"]
        rows = Consequence.objects.filter(state=state) if state else Consequence.objects.in_trouble()
        report["rows"] = [_row(row) for row in rows[: max(0, options["limit"])]]
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self._write_text(report)
        if not report["ok"]:
            raise SystemExit(1)
        return None

    def _write_text(self, report: dict[str, Any]) -> None:
        self.stdout.write(", ".join(f"{state}: {count}" for state, count in report["counts"].items()))
        for name in ("worker", "schedule"):
            self.stdout.write(f"{name}: {report[name]['detail']}")
        for row in report["rows"]:
            self.stdout.write(f"{row['id']} {row['state']} {row['key']} ({row['attempts']}): {row['last_error']}")


def _row(row: Consequence) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "key": row.key,
        "state": row.state,
        "attempts": row.attempts,
        "available_at": row.available_at.isoformat(),
        "created_at": row.created_at.isoformat(),
        "finished_at": row.finished_at.isoformat() if row.finished_at else None,
        "last_error": row.last_error,
        "payload": row.payload,
    }

"""``manage.py visits``: how often the portal is read, and what is read most."""

import json
import time
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from django.db.models import Sum
from django.utils import timezone

from visits import figures
from visits.counting import first_uncounted
from visits.journal import site_journal
from visits.models import DailyTotal

LATE_AFTER_SECONDS = 600


class Command(BaseCommand):
    """Reports; ends with status 1 when views wait to be counted."""

    help = "Report page views. Status 1 when views have waited for ten minutes to be counted (is the worker running?)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the command line."""
        parser.add_argument("--json", action="store_true", help="Print one JSON object.")
        parser.add_argument("--days", type=int, default=30, help="Report so many days, today included (30).")
        parser.add_argument("--limit", type=int, default=20, help="List at most so many pages (20).")

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Print the report."""
        try:
            report = _report(max(1, options["days"]), max(0, options["limit"]))
        except OperationalError as error:
            raise CommandError(
                f"The database of counts cannot be read; `manage.py setup` makes it. ({error})"
            ) from None
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self._write_text(report)
        if not report["ok"]:
            raise SystemExit(1)
        return None

    def _write_text(self, report: dict[str, Any]) -> None:
        self.stdout.write(f"total counted: {report['total']}; last {report['period']} days: {report['views']}")
        for day in report["days"]:
            self.stdout.write(f"{day['day']}  {day['views']} views, {day['visitors']} readers")
        for page in report["most_read"]:
            self.stdout.write(f"{page['views']:8}  {page['title']}  {page['url']}")
        if not report["ok"]:
            self.stderr.write(f"Views wait to be counted since {report['waiting_seconds']} seconds.")


def _report(days: int, limit: int) -> dict[str, Any]:
    first = timezone.localdate() - timedelta(days=days - 1)
    totals = DailyTotal.objects.filter(day__gte=first)
    oldest = first_uncounted(site_journal())
    waiting = max(0, round(time.time() - oldest)) if oldest else 0
    return {
        "ok": waiting < LATE_AFTER_SECONDS,
        "waiting_seconds": waiting,
        "total": DailyTotal.objects.aggregate(sum=Sum("views"))["sum"] or 0,
        "period": days,
        "views": sum(total.views for total in totals),
        "days": [{"day": f"{total.day}", "views": total.views, "visitors": total.visitors} for total in totals],
        "most_read": [
            {"page_id": page.page_id, "title": page.title, "url": page.url, "views": page.views}
            for page in figures.with_titles(figures.most_read_since(first, limit))
        ],
    }

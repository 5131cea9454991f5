"""``manage.py contest_export CONTEST --json``: a contest with rankings and lots, for records and other programs."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contests.entering import close_overdue
from contests.models import ContestPage
from contests.reports import as_data


class Command(BaseCommand):
    """Prints to standard output."""

    help = "Print a contest: rounds, rankings, units, lots."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which contest, and in what form."""
        parser.add_argument("contest", help="The contest's address (slug) or number.")
        parser.add_argument("--json", action="store_true", help="As JSON (the only form there is).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Judge what was left, and print."""
        wanted = options["contest"]
        chosen = {"pk": int(wanted)} if wanted.isdecimal() else {"slug": wanted}
        page = ContestPage.objects.filter(**chosen).first()
        if page is None:
            slugs = ", ".join(ContestPage.objects.values_list("slug", flat=True)[:20])
            raise CommandError(f"There is no contest {wanted!r}. Contests: {slugs or 'none'}.")
        close_overdue()
        self.stdout.write(json.dumps(as_data(page), ensure_ascii=False, indent=2))

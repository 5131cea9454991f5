"""``manage.py outbox_retry``: let failed consequences be tried again now."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from outbox.models import Consequence
from outbox.services import retry


class Command(BaseCommand):
    """Puts failed, given-up or cancelled consequences back to waiting."""

    help = "Try failed, given-up or cancelled consequences again, with all their attempts."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the command line: ids, or all that failed."""
        parser.add_argument("ids", nargs="*", type=int, help="Ids as «manage.py outbox» prints them.")
        parser.add_argument("--all-failed", action="store_true", help="All that failed or were given up.")
        parser.add_argument("--json", action="store_true", help="Print one JSON object.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Retry; status 1 when an id does not exist or cannot be retried."""
        ids = options["ids"]
        if bool(ids) == options["all_failed"]:
            raise CommandError("Name ids, or give --all-failed.", returncode=2)
        chosen = Consequence.objects.filter(pk__in=ids) if ids else Consequence.objects.in_trouble()
        count = retry(chosen)
        if options["json"]:
            self.stdout.write(json.dumps({"retried": count, "asked": len(set(ids)) if ids else count}))
        else:
            self.stdout.write(f"{count} consequences will be tried again.")
        if ids and count < len(set(ids)):
            raise CommandError(f"{len(set(ids)) - count} of them do not exist or are not to be retried.", returncode=1)

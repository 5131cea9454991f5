"""``manage.py delivery_retry``: let deliveries be tried again now."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crossposting.ledger import NotNow, retry
from crossposting.models import Delivery


class Command(BaseCommand):
    """Puts failed, given-up or cancelled deliveries back to waiting."""

    help = "Try failed, given-up or cancelled deliveries again. One that may have arrived is left to a person."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the command line."""
        parser.add_argument("ids", nargs="+", type=int, help="Ids as «manage.py deliveries» prints them.")
        parser.add_argument("--json", action="store_true", help="Print one JSON object.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Retry; status 1 when an id does not exist or cannot be retried."""
        done, refused = [], {}
        for pk in dict.fromkeys(options["ids"]):
            try:
                retry(pk)
                done.append(pk)
            except Delivery.DoesNotExist:
                refused[pk] = "There is no such delivery."
            except NotNow as refusal:
                refused[pk] = str(refusal)
        if options["json"]:
            self.stdout.write(json.dumps({"retried": done, "refused": refused}, ensure_ascii=False))
        else:
            self.stdout.write(f"{len(done)} deliveries will be tried again.")
        if refused:
            words = "; ".join(f"{pk}: {why}" for pk, why in refused.items())
            raise CommandError(f"{len(refused)} are not to be retried: {words}", returncode=1)

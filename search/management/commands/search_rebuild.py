"""``manage.py search_rebuild``: build the index anew while the old one serves."""

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import rebuilding
from search.engines import current_engine
from search.engines.contract import EngineUnavailable
from search.models import PendingChange
from search.pending import ask_for_rebuild

POLL_EVERY = 0.3


class Command(BaseCommand):
    """Asks the worker, which alone writes the index, and waits; without a worker it builds in its stead."""

    help = "Build the search index anew, beside the running site. Waits until the new index is in use."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the command line."""
        parser.add_argument("--json", action="store_true", help="Print one JSON object.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build and report."""
        started = time.monotonic()
        request = PendingChange.objects.filter(pk=ask_for_rebuild().pk)
        try:
            by = self._build(request, quiet=options["json"])
            documents = current_engine().status().documents
        except EngineUnavailable as error:
            raise CommandError(f"The index will be built when its engine answers: {error}", returncode=1) from None
        done = {"documents": documents, "seconds": round(time.monotonic() - started, 1), "by": by}
        if options["json"]:
            self.stdout.write(json.dumps(done))
        else:
            self.stdout.write(f"{documents} documents in {done['seconds']} s, built by the {by}.")

    def _build(self, request: Any, *, quiet: bool) -> str:
        """Return who built it. A worker that stops meanwhile is stood in for."""
        told = 0
        while True:
            row = request.first()
            if row is None:
                return "worker"
            if row.error:
                raise CommandError(f"The index could not be built: {row.error}", returncode=1)
            if row.progress != told and not quiet:
                told = row.progress
                self.stdout.write(f"{told} documents ...")
            if rebuilding.build_in_workers_stead(current_engine()) is not None:
                return "command"
            time.sleep(POLL_EVERY)

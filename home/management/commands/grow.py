"""Grows the portal for tests of scale."""

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.growth import grow
from pages.models import BasePage


class Command(BaseCommand):
    """Adds generated pages until there are as many as asked for."""

    help = "Grow the portal to a number of pages with generated Vietnamese text, the same for the same seed."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many, and which text."""
        parser.add_argument("--pages", type=int, required=True, help="number of pages the portal shall have in all")
        parser.add_argument("--seed", type=int, default=1, help="another seed gives other text")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, pages: int, seed: int, **options: Any) -> None:
        """Grow and check the tree."""
        if pages < 1 or pages > 1_500_000:  # children of one section have four base-36 digits
            raise CommandError("--pages must be from 1 to 1500000.")
        started = time.monotonic()
        say = (lambda _words: None) if options["json"] else self.stdout.write
        added = grow(pages, seed, say=say)
        problems = [len(found) for found in BasePage.find_problems()]
        result = {
            "pages": BasePage.objects.count(),
            "added": added,
            "seconds": round(time.monotonic() - started, 1),
            "tree_problems": sum(problems),
        }
        self.stdout.write(json.dumps(result) if options["json"] else str(result))
        if result["tree_problems"]:
            raise CommandError("The tree is damaged: run manage.py fixtree.")

"""Loads the demonstration province."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser

from core.demonstration import load_parts


class Command(BaseCommand):
    """Every app's part, in order; running it again adds only what is missing."""

    help = "Load the demonstration province. Safe to run again: what is there is left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        """No arguments of its own."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Import each app's ``demonstration`` module, then load the parts they registered."""
        for config in apps.get_app_configs():
            if find_spec(f"{config.name}.demonstration") and config.name != "core":
                import_module(f"{config.name}.demonstration")
        load_parts(lambda words: self.stdout.write(f"  {words} ..."))

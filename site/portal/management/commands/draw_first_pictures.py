"""``draw_first_pictures``: called by the first start, so that nobody waits for pictures of the front page."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand
from django.test import Client

#: What readers and their programs ask for first.
FIRST_PAGES = ("/", "/tin-tuc/", "/rss.xml")


class Command(BaseCommand):
    """Asks for the first pages as a reader would: their pictures are drawn on the way."""

    help = "Draws the pictures of the front page, the news and the main feed by asking for them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for each page; one that fails is logged like any other and ends nothing."""
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        client = Client(raise_request_exception=False, SERVER_NAME=address.hostname or "localhost")
        for path in FIRST_PAGES:
            client.get(path, follow=True, secure=address.scheme == "https")

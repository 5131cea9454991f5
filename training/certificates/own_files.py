"""What WeasyPrint gets instead of the network. Import it where a PDF is drawn: it loads WeasyPrint."""

import mimetypes
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousFileOperation
from weasyprint.urls import URLFetcher, URLFetcherResponse

from core.drawing import FONTS

#: Where the page stands for WeasyPrint: at an address that no network knows.
ROOT = "https://portal.invalid/"
DRAWING_FONTS = f"{ROOT}drawing-fonts/"


class OwnFiles(URLFetcher):
    """Reads the portal's static files and fonts from the disk, and nothing else from anywhere."""

    def __init__(self) -> None:
        """Nothing was refused so far."""
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Read a file. Raises ValueError for what is not ours; WeasyPrint would draw on without it."""
        content = _content(url)
        if content is None:
            self.refused.append(url)
            raise ValueError(f"not a file of the portal: {url}")
        return URLFetcherResponse(url, content, {"Content-Type": mimetypes.guess_type(urlsplit(url).path)[0] or ""})


def _content(url: str) -> bytes | None:
    plain = urlsplit(url)._replace(query="", fragment="").geturl()
    static = urljoin(ROOT, settings.STATIC_URL)
    try:
        if plain.startswith(DRAWING_FONTS):
            return (FONTS / Path(unquote(plain)).name).read_bytes()
        if plain.startswith(static):
            return _static_file(unquote(plain.removeprefix(static)))
    except (OSError, SuspiciousFileOperation):  # missing, or out of the folder
        return None
    return None


def _static_file(name: str) -> bytes | None:
    """A file where `collectstatic` put it, or else, in development, where its author did."""
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            content: bytes = file.read()
            return content
    found = finders.find(name)
    return Path(found).read_bytes() if isinstance(found, str) else None

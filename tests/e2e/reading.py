"""A reader with a browser: what they see, and what their browser complains about."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Response

from tools.running_site import wait_for

PHONE = {"width": 360, "height": 740}
SMALLEST = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}
FOLDER = os.environ.get("E2E_SCREENSHOTS", "")


@dataclass
class Reader:
    """Somebody who reads in one tab; complaints are what the browser writes into its console."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("request", lambda request: self.requests.append(request.url))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def open(self, path: str, status: int = 200) -> Response:
        """Go to an address."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == status, path
        return answer

    def text(self, part: str = "main") -> str:
        """All words of a part of the page, also those in closed boxes, in one line."""
        return " ".join((self.page.locator(part).text_content() or "").split())

    def load_pictures(self) -> None:
        """Let the pictures further down load too, as they do when one scrolls."""
        self.page.evaluate("for (const picture of document.images) picture.loading = 'eager'")
        wait_for(lambda: self.page.evaluate("[...document.images].every(picture => picture.complete)"))

    def broken_pictures(self) -> list[str]:
        """Addresses of pictures that did not load."""
        self.load_pictures()
        broken: list[str] = self.page.evaluate(
            "[...document.images].filter(picture => !picture.naturalWidth).map(picture => picture.currentSrc)"
        )
        return broken

    def sees_picture(self, alt: str) -> bool:
        """Tell whether a picture with this text alternative is shown, drawn from a file that loaded."""
        self.load_pictures()
        shown: list[bool] = self.page.locator("main img").evaluate_all(
            "(pictures, alt) => pictures.filter(picture => picture.alt === alt)"
            ".map(picture => picture.naturalWidth > 0 && picture.getBoundingClientRect().width > 0)",
            alt,
        )
        return any(shown)

    def overflow(self) -> int:
        """How many pixels the page is wider than the window."""
        wider: int = self.page.locator("html").evaluate("html => html.scrollWidth - html.clientWidth")
        return wider

    def strangers(self) -> list[str]:
        """Requests that left the portal."""
        own = urlsplit(self.page.url).netloc
        return [url for url in self.requests if not url.startswith(("data:", "blob:")) and urlsplit(url).netloc != own]

    def keep_screenshot(self, name: str) -> None:
        """Keep a picture of the whole page for people to look at, where E2E_SCREENSHOTS names a folder."""
        if FOLDER:
            self.load_pictures()
            self.page.screenshot(path=Path(FOLDER) / f"{name}.png", full_page=True)


def reader_options(options: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Options of a browser context for a reader."""
    return {**options, "viewport": DESKTOP, **more}

"""A data folder of its own for each test, and a reader with a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client

from tests.fixtures import *  # noqa: F403  # pytest finds fixtures by their names in this module
from visits import figures
from visits.counting import count_visits
from visits.journal import Journal, site_journal
from visits.models import DailyTotal

BROWSER = "Mozilla/5.0 (Linux; Android 14; CUBOT X90) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile"


@pytest.fixture(autouse=True)
def journal(settings, tmp_path: Path) -> Iterator[Journal]:
    settings.DATA_DIR = tmp_path
    figures.forget()
    yield site_journal()
    figures.forget()


@pytest.fixture
def reader() -> Client:
    return Client(headers={"User-Agent": BROWSER})


@pytest.fixture
def lines(journal: Journal) -> Callable[[], list[str]]:
    """The lines written so far, without empty ones."""

    def read() -> list[str]:
        text = "".join(path.read_text("ascii") for path in sorted(journal.incoming.glob("*.log")))
        return [line for line in text.splitlines() if line]

    return read


@pytest.fixture
def counted() -> Callable[[], int]:
    """Count what waits and return all views."""

    def count() -> int:
        count_visits()
        figures.forget()
        return sum(total.views for total in DailyTotal.objects.all())

    return count

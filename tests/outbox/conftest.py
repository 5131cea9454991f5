"""Pages to change, kinds of consequence to watch, and a folder of generations for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.consequences import Handler, consequence, forget_kind
from home.models import HomePage, StandardPage
from outbox.models import Consequence
from pages.models import BasePage


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture(autouse=True)
def _empty_outbox(db: None) -> None:
    """The pages that every portal has from its start left consequences of their own."""
    Consequence.objects.all().delete()


@pytest.fixture
def home(db: None) -> HomePage:
    return HomePage.objects.get()


@pytest.fixture
def make_page(home: HomePage) -> Callable[..., StandardPage]:
    """Make a page below home, or below another one: a draft with one revision unless ``live``."""

    def make(title: str = "Giới thiệu", *, parent: BasePage | None = None, live: bool = False) -> StandardPage:
        page: StandardPage = (parent or home).add_child(instance=StandardPage(title=title, live=False))
        revision = page.save_revision()
        if live:
            revision.publish()
        page = StandardPage.objects.get(pk=page.pk)
        return page

    return make


@pytest.fixture
def kind() -> Iterator[Callable[..., str]]:
    """Register a kind of consequence for one test: ``kind("name", handler, max_attempts=…)``."""
    registered: list[str] = []

    def register(name: str, handler: Handler, **options) -> str:
        consequence(name, label=name, **options)(handler)
        registered.append(name)
        return name

    yield register
    for name in registered:
        forget_kind(name)

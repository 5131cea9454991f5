"""Fixtures shared by the tests of the portal's own apps; each folder's conftest takes what it needs."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache, caches
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from home.models import HomePage
from news.models import NewsIndexPage, SectionPage
from organisations.models import UnitIndexPage
from organisations.roles import Role
from policies.models import PolicyIndexPage, ProcedureIndexPage
from tests import factories


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Counts of listings, log-in limits and the like live in the process's cache, beyond a test's transaction."""
    cache.clear()
    for alias in ("feeds", "api"):
        caches[alias].clear()
    yield
    cache.clear()


@pytest.fixture
def home(db: None) -> HomePage:
    return HomePage.objects.get()


@pytest.fixture
def news_index(db: None) -> NewsIndexPage:
    return NewsIndexPage.objects.get()


@pytest.fixture
def policy_index(db: None) -> PolicyIndexPage:
    return PolicyIndexPage.objects.get()


@pytest.fixture
def procedure_index(db: None) -> ProcedureIndexPage:
    return ProcedureIndexPage.objects.get()


@pytest.fixture
def unit_index(db: None) -> UnitIndexPage:
    return UnitIndexPage.objects.get()


@pytest.fixture
def section(news_index: NewsIndexPage) -> SectionPage:
    return factories.make_section(news_index, title="Việc làm – Tiền lương")


@pytest.fixture
def admin_client(db: None) -> Client:
    """A superuser in the admin."""
    return login(factories.make_superuser())


@pytest.fixture
def client_as(db: None) -> Callable[..., Client]:
    """Log in a new user with a role and units: ``client_as(Role.EDITOR, unit)``."""

    def make(role: Role | None, *units) -> Client:
        return login(factories.make_user(role, *units))

    return make


def login(user) -> Client:
    client = Client()
    client.force_login(user)
    client.user = user  # type: ignore[attr-defined]  # who is logged in, for the test to ask
    return client


@pytest.fixture(scope="module")
def demonstration(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Load the demonstration province once for a module; every test works on it inside its own savepoint."""
    with django_db_blocker.unblock():
        cache.clear()
        block = transaction.atomic()
        block.__enter__()
        try:
            call_command("load_demonstration", verbosity=0, stdout=_Silence())
        except BaseException:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)
            raise
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        block.__exit__(None, None, None)
        cache.clear()


class _Silence:
    def write(self, text: str) -> None:
        """Say nothing."""

    def flush(self) -> None:
        """Nothing is kept back."""

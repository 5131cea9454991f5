"""What every search leaves out, and what it costs to know."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.models import BasePage
from search.models import PendingChange
from search.visibility import hidden_now
from tests import factories
from tests.search.live_index import *  # noqa: F403  # pytest finds fixtures by their names

pytestmark = pytest.mark.django_db


def test_nothing_is_hidden_when_nothing_happens(engine):
    assert hidden_now() == (frozenset(), frozenset())


def test_rows_that_hide_and_pages_past_their_end(engine, section):
    page = factories.make_article(section)
    BasePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    PendingChange.objects.create(source="unit", object_id=4, hides=True)
    PendingChange.objects.create(source="page", scope="below", object_id=5, hides=True)
    PendingChange.objects.create(source="page", object_id=6)
    assert hidden_now() == ({"unit:4", f"page:{page.pk}"}, {5})


def test_two_small_statements_by_their_indexes(engine):
    with CaptureQueriesContext(connection) as asked:
        hidden_now()
    assert len(asked) == 2
    if connection.vendor == "sqlite":
        plans = []
        for query in asked.captured_queries:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                plans.append(" ".join(str(row[3]) for row in cursor.fetchall()))
        assert "search_pending_hides" in plans[0]
        assert "page_expiry" in plans[1]

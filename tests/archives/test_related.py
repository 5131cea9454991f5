"""Further reading below an item."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from archives.related import related_ids, surroundings
from pages.models import BasePage
from search.models import SimilarItem
from tests import factories

pytestmark = pytest.mark.django_db


def say_similar(page, *others):
    SimilarItem.objects.bulk_create(
        SimilarItem(page_id=page.pk, place=place, other_id=other.pk) for place, other in enumerate(others)
    )


def fresh(page):
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def articles(section):
    """The newest last."""
    return [factories.make_article(section, days_ago=20 - number) for number in range(8)]


def test_the_most_similar_in_their_order_rather_than_the_newest(articles):
    page, *others = articles
    say_similar(page, others[1], others[0], others[3], others[2])
    assert related_ids(page) == [others[1].pk, others[0].pk, others[3].pk]
    assert [row.pk for row in surroundings(page).related] == [others[1].pk, others[0].pk, others[3].pk]


def test_what_readers_may_not_see_leaves_at_once(articles, news_index):
    page, *others = articles
    closed_section = factories.make_section(news_index, title="Nội bộ")
    closed = factories.make_article(closed_section)
    say_similar(page, closed, *others)
    PageViewRestriction.objects.create(page=closed_section, restriction_type="login")
    others[0].unpublish()
    BasePage.objects.filter(pk=others[1].pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    others[2].delete()
    assert related_ids(page) == [others[3].pk, others[4].pk, others[5].pk]


def test_only_the_own_type_where_asked(articles, section):
    page, *others = articles
    video = factories.make_video(section)
    say_similar(page, video, others[2], others[0], others[1])
    assert related_ids(page)[0] == video.pk
    assert related_ids(page, same_type=True) == [others[2].pk, others[0].pk, others[1].pk]


def test_without_similar_ones_topics_and_section_decide(articles, section):
    page, *others = articles
    wages, health = factories.make_topic("Tiền lương"), factories.make_topic("An toàn")
    page = factories.make_article(section, topics=[wages, health])
    both = factories.make_article(topics=[wages, health], days_ago=40)
    one = factories.make_article(topics=[health], days_ago=30)
    assert related_ids(page) == [both.pk, one.pk, others[-1].pk]
    assert related_ids(page, limit=1) == [both.pk]


def test_too_few_similar_ones_are_filled_up(articles):
    page, *others = articles
    say_similar(page, others[0])
    assert related_ids(page) == [others[0].pk, others[-1].pk, others[-2].pk]


def test_a_page_without_section_and_topics_has_none(news_index, section):
    page = factories.make_article(section)
    BasePage.objects.filter(pk=page.pk).update(section=None)
    factories.make_article(section)
    assert related_ids(fresh(page)) == []


def test_a_new_page_in_preview(section):
    other = factories.make_article(section)
    page = type(other)(title="Nháp", section_id=section.pk)
    assert related_ids(page) == [other.pk]


def queries_for(page) -> int:
    page = fresh(page)
    page.topics_list  # noqa: B018  # read for the page's own tags anyway
    with CaptureQueriesContext(
        connection,
    ) as captured:
        related_ids(page)
    return len([query for query in captured if "wagtailcore_pageviewrestriction" not in query["sql"]])


def test_it_costs_one_query_or_two_whatever_there_is(articles, section):
    topic = factories.make_topic("Tiền lương")
    page = factories.make_article(section, topics=[topic])
    assert queries_for(page) == 2
    say_similar(page, articles[0])
    assert queries_for(page) == 2
    for number in range(20):
        factories.make_article(section, topics=[topic], days_ago=number)
    assert queries_for(page) == 2
    SimilarItem.objects.all().delete()
    say_similar(page, *articles)
    assert queries_for(page) == 1

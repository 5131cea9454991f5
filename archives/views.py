"""Archives across every type of page: by topic, by author."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import pgettext

from archives.filters import KIND, TOPIC, UNIT, Filters
from archives.listing import Listing
from organisations.models import Person
from pages.models import BasePage
from taxonomy.models import Topic


def listing_context(
    request: HttpRequest,
    listing: Listing,
    *,
    heading: str,
    intro: str = "",
    breadcrumbs: list[dict[str, str]] | None = None,
) -> dict[str, Any]:
    """What every listing's template needs."""
    return {
        "listing": listing,
        "heading": heading,
        "intro": intro,
        "breadcrumbs": [{"title": pgettext("trail", "Home"), "url": "/"}, *(breadcrumbs or [])],
        "canonical_url": request.build_absolute_uri(listing.canonical_url),
        "noindex": listing.filters.active,
    }


def topic_archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything about a topic, whatever its type."""
    topic = get_object_or_404(Topic, slug=slug)
    base = BasePage.objects.listed().filter(
        pk__in=BasePage.topics.through.objects.filter(topic=topic).values("basepage_id")
    )
    listing = Listing(base, Filters.parse(request.GET), path=topic.url, groups=(KIND, UNIT))
    context = listing_context(request, listing, heading=topic.name, intro=topic.description)
    return TemplateResponse(request, "archives/listing.html", {**context, "topic": topic})


def author_archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything somebody wrote, with a word about them."""
    person = get_object_or_404(Person.objects.select_related("photo", "unit"), slug=slug)
    base = BasePage.objects.listed().filter(
        pk__in=BasePage.authors.through.objects.filter(person=person).values("basepage_id")
    )
    listing = Listing(base, Filters.parse(request.GET), path=person.url, groups=(KIND, TOPIC))
    context = listing_context(request, listing, heading=person.name, intro=person.bio)
    return TemplateResponse(request, "archives/listing.html", {**context, "person": person})

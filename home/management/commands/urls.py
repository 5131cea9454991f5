"""Names one address of every kind of page, so that checks from outside can walk them all."""

import json
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management.base import BaseCommand, CommandParser
from django.db.models import F
from django.urls import reverse
from wagtail.models import get_page_models

from organisations.models import Person
from pages.models import BasePage
from taxonomy.models import Topic


def sample() -> dict[str, str]:
    """Return one published address for each page type, and for each archive that is no page."""
    found: dict[str, str] = {}
    for model in get_page_models():
        content_type = ContentType.objects.get_for_model(model)
        page = (
            BasePage.objects.published()
            .filter(content_type=content_type, depth__gt=1)
            .exclude(unit__merged_into__isnull=False)  # its address redirects
            .order_by("-is_featured", F("unit__members").desc(nulls_last=True), "-display_date", "pk")
            .first()
        )
        if page and page.url:
            found[model._meta.label] = page.url  # Django's documented model API
    topic = Topic.objects.filter(pages__live=True).first()
    person = Person.objects.filter(pages__live=True).first()
    if topic:
        found["taxonomy.Topic"] = topic.url
    if person:
        found["organisations.Person"] = person.url
    found |= {"search": reverse("search"), "search results": f"{reverse('search')}?q=cong+doan"}
    found |= {"feeds": reverse("feeds"), "feed": f"{reverse('feeds')}tin-tuc/"}
    return dict(sorted(found.items()))


class Command(BaseCommand):
    """Prints published addresses."""

    help = "Print published addresses; --sample prints one of each page type."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to print and how."""
        parser.add_argument("--sample", action="store_true", help="one address of each page type")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print them."""
        if options["sample"]:
            found = sample()
            lines = [f"{label}\t{url}" for label, url in found.items()]
            self.stdout.write(json.dumps(found, ensure_ascii=False) if options["json"] else "\n".join(lines))
            return
        urls = (page.url for page in BasePage.objects.published().filter(depth__gt=1).order_by("path").iterator(2000))
        if options["json"]:
            self.stdout.write(json.dumps(list(urls)))
        else:
            for url in urls:
                self.stdout.write(url)

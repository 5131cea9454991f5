"""A published page with nothing on it, to compare with: ``python -m bench.search.empty_page make|remove``."""

import os
import sys

import django

SLUG = "trang-trong-de-do"


def make() -> str:
    """Publish it below the front page, and return its address."""
    from home.models import HomePage, StandardPage  # after django.setup()
    from pages.demonstration import add_published  # after django.setup()

    remove()
    page = add_published(HomePage.objects.get(), StandardPage(title="Trang trống", slug=SLUG))
    return page.url


def remove() -> None:
    """Delete it, also one that an interrupted bench has left."""
    from home.models import StandardPage  # after django.setup()

    for page in StandardPage.objects.filter(slug=SLUG):
        page.delete()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
    django.setup()
    if sys.argv[1] == "make":
        sys.stdout.write(make())
    else:
        remove()

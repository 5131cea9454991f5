"""Further reading for an item: what the editor's topics say belongs together."""

from django.db.models import Count

from core.listing import LISTING_RENDITIONS
from pages.models import BasePage

CANDIDATES = 60


def more_like(page: BasePage, *, limit: int = 3, same_type: bool = False) -> list[BasePage]:
    """Return the newest items that share most topics with ``page``, filled up from its section.

    Looks at the newest few dozen items a topic only, so that the cost does not grow with the archive.
    """
    topics = [topic.pk for topic in page.topics.all()]
    items = BasePage.objects.listed().exclude(pk=page.pk)
    if same_type:
        items = items.filter(content_type=page.content_type_id)
    ids: list[int] = []
    if topics:
        through = BasePage.topics.through.objects.filter(topic__in=topics)
        recent = items.filter(pk__in=through.values("basepage_id")).newest_first().values("pk")[:CANDIDATES]
        shared = (
            through.filter(basepage__in=list(recent.values_list("pk", flat=True)))
            .values("basepage_id")
            .annotate(shared=Count("pk"))
            .order_by("-shared", "-basepage__display_date")
        )
        ids = [row["basepage_id"] for row in shared[:limit]]
    if len(ids) < limit and page.section_id:
        more = items.filter(section=page.section_id).exclude(pk__in=ids).newest_first()
        ids += list(more.values_list("pk", flat=True)[: limit - len(ids)])
    found = BasePage.objects.with_card_data(LISTING_RENDITIONS).in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]

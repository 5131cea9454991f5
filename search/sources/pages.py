"""Pages of every type as documents; a type that is added later is found without a word of its own here."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import Site

from core.blocks.plain_text import rich_paragraphs
from core.templatetags.portal_text import vi_date
from outbox.signal_handlers import address
from pages.models import BasePage
from search.documents import SearchDocument
from search.registry import (
    Enrichment,
    Kind,
    Source,
    adapter_for,
    enrichments,
    kind_of_page,
    register_kind,
    register_scope,
    register_source,
)
from search.sources.merging import ids_in_steps, joined, merge
from taxonomy.models import Topic

PAGE = "page"
#: The kind of pages that no app has given a kind: sections, standard pages.
OTHER_PAGES = "trang"
BELOW, TOPIC = "below", "topic"


@dataclass(frozen=True)
class _Above:
    """What a document tells of a page above it."""

    pk: int
    title: str
    slug: str
    is_section: bool
    is_root: bool


@dataclass
class _Batch:
    """What the pages of a batch refer to, read at once."""

    above: dict[str, _Above] = field(default_factory=dict)
    topics: dict[int, list[Topic]] = field(default_factory=dict)
    added: dict[int, list[Enrichment]] = field(default_factory=dict)


def _roots() -> dict[int, str]:
    """Id and tree path of the front page of each site. They are no results: everybody knows the way there."""
    return dict(Site.objects.values_list("root_page_id", "root_page__path"))


def visible_pages() -> Any:
    """The pages that any reader may open now and may want to find."""
    roots = _roots()
    below = Q(pk__in=[])
    for path in roots.values():
        below |= Q(path__startswith=path)
    return BasePage.objects.published().filter(below).exclude(pk__in=roots)


def visible_ids() -> Iterator[int]:
    """Their ids."""
    return ids_in_steps(visible_pages())


def load(ids: Collection[int]) -> Iterable[SearchDocument]:
    """Make documents of those pages that readers may see: a fixed number of queries and one per type of page."""
    by_type: dict[int, list[int]] = defaultdict(list)
    for pk, content_type in visible_pages().filter(pk__in=ids).values_list("pk", "content_type_id"):
        by_type[content_type].append(pk)
    pages: list[Any] = []
    for content_type, pks in by_type.items():
        model: Any = ContentType.objects.get_for_id(content_type).model_class()
        if model is not None:
            pages += model.objects.filter(pk__in=pks)
    batch = _Batch(_above(pages), _topics(pages), enrichments(PAGE, pages))
    return [document_of(page, batch) for page in sorted(pages, key=lambda page: page.pk)]


def document_of(page: Any, batch: _Batch) -> SearchDocument:
    """Make the document of a page from what it holds and what its batch has read."""
    above = [batch.above[path] for path in _paths_above(page) if path in batch.above]
    titles = [step.title for step in above if not step.is_root][-1:]
    topics = batch.topics.get(page.pk, [])
    kind = kind_of_page(type(page), OTHER_PAGES)
    date = page.display_date if page.listed else None
    sections = [step.slug for step in above if step.is_section]
    facets = {
        "kind": (kind.slug,),
        "section": tuple([*sections, page.slug] if page.is_section else sections),
        "topic": tuple(topic.slug for topic in topics),
        "year": (str(timezone.localtime(date).year),) if date else (),
    }
    shown = {
        "kind": str(kind.label),
        "date": vi_date(date),
        "badge": page.card_badge,
        "section": "".join(titles),
    }
    document = SearchDocument(
        key=f"{PAGE}:{page.pk}",
        kind=kind.slug,
        title=page.title,
        url=address(page.url_path),
        context=joined([*titles, *(topic.name for topic in topics)]),
        summary=page.summary,
        text="\n".join(_paragraphs(page)),
        date=date,
        facets={key: values for key, values in facets.items() if values},
        above=(*(step.pk for step in above), page.pk),
        fades=kind.fades,
        shown={key: words for key, words in shown.items() if words},
    )
    document = merge(document, batch.added.get(page.pk, []))
    adapter = adapter_for(type(page))
    return adapter(page, document) if adapter else document


# Parts of a document ------------------------------------------------------------------------------------------------


def _paths_above(page: Any) -> list[str]:
    step = BasePage.steplen
    return [page.path[:end] for end in range(step, len(page.path), step)]


def _above(pages: list[Any]) -> dict[str, _Above]:
    paths = {path for page in pages for path in _paths_above(page)}
    roots = _roots()
    found = {}
    rows = BasePage.objects.filter(path__in=paths).values_list("path", "pk", "title", "slug", "content_type_id")
    for path, pk, title, slug, content_type in rows:
        model: Any = ContentType.objects.get_for_id(content_type).model_class()
        is_root = pk in roots or len(path) == BasePage.steplen
        found[path] = _Above(pk, title, slug, bool(model and getattr(model, "is_section", False)), is_root)
    return found


def _topics(pages: list[Any]) -> dict[int, list[Topic]]:
    """The topics of each page, its main topic first."""
    chosen: dict[int, list[int]] = {page.pk: [page.main_topic_id] if page.main_topic_id else [] for page in pages}
    through = BasePage.topics.through.objects.filter(basepage__in=chosen).order_by("pk")
    for page_id, topic_id in through.values_list("basepage_id", "topic_id"):
        if topic_id not in chosen[page_id]:
            chosen[page_id].append(topic_id)
    topics = Topic.objects.in_bulk({topic for ids in chosen.values() for topic in ids})
    return {page_id: [topics[pk] for pk in ids if pk in topics] for page_id, ids in chosen.items()}


def _paragraphs(page: Any) -> Iterator[str]:
    """What readers read on the page below its summary."""
    for own in _own_text_fields(type(page)):
        words = " ".join(str(getattr(page, own.name) or "").split())
        if words:
            yield words
    yield from rich_paragraphs(page)
    yield from filter(None, (page.cover_caption, page.author_line))


def _own_text_fields(model: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    """The plain text fields that a type adds to the base page; addresses and choices are not read."""
    for own in model._meta.concrete_fields:  # Django's documented model API
        is_text = isinstance(own, models.CharField | models.TextField)
        is_other = isinstance(own, models.URLField | models.SlugField | models.EmailField | RichTextField)
        if own.model is not BasePage and own.editable and is_text and not is_other and not own.choices:
            yield own


# What a change of something else concerns ----------------------------------------------------------------------------


def pages_below(page_id: int, after: int) -> Iterator[int]:
    """A page and everything below it, also what readers do not see: the index may still hold it."""
    path = BasePage.objects.filter(pk=page_id).values_list("path", flat=True).first()
    return ids_in_steps(BasePage.objects.filter(path__startswith=path), after) if path else iter(())


def pages_of_topic(topic_id: int, after: int = 0) -> Iterator[int]:
    """Pages that name a topic."""
    named = BasePage.topics.through.objects.filter(topic=topic_id).values("basepage_id")
    return ids_in_steps(BasePage.objects.filter(Q(pk__in=named) | Q(main_topic=topic_id), live=True), after)


def register() -> None:
    """Called when the app is ready."""
    register_kind(Kind(slug=OTHER_PAGES, label=_("Page")))
    register_source(Source(name=PAGE, visible_ids=visible_ids, load=load))
    register_scope(PAGE, BELOW, pages_below)
    register_scope(PAGE, TOPIC, pages_of_topic)

"""Grows the portal to a given number of pages for tests of scale.

Rows are written in bulk with computed tree paths: Wagtail's ``add_child`` takes some twenty statements a page, and
Django's ``bulk_create`` refuses models spread over two tables. So the base table is filled by ``bulk_create``, each
type's own table by plain inserts, and the section's count of children at the end of each batch.
"""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import F, Model
from django.utils import timezone
from wagtail.models import Locale

from core.text import vietnamese_slug
from home.growth_text import Writer
from images.models import PortalImage
from news.models import ArticlePage, NewsIndexPage, PhotoStoryPage, SectionPage, VideoPage
from organisations.models import Person, Unit
from pagecache.generations import bump
from pages.demonstration import add_published
from pages.models import BasePage
from policies.models import ExplainerPage, PolicyIndexPage, ProcedureIndexPage, ProcedurePage
from search.pending import ask_for_rebuild
from taxonomy.models import Topic

BATCH = 2000
YEARS = 12
# Out of a hundred pages.
MIX: tuple[tuple[type[BasePage], int], ...] = (
    (ArticlePage, 86),
    (PhotoStoryPage, 5),
    (VideoPage, 3),
    (ExplainerPage, 4),
    (ProcedurePage, 2),
)
SECTIONS = ("Việc làm – Tiền lương", "An toàn – Sức khoẻ", "Đời sống đoàn viên", "Hoạt động công đoàn")


@dataclass
class Stock:
    """What pages refer to; the same pictures serve all of them."""

    pictures: list[int]
    topics: list[int]
    units: list[int]
    people: list[tuple[int, str]]
    locale: int
    parents: dict[type[BasePage], list[BasePage]]
    content_types: dict[type[BasePage], int]
    next_step: dict[int, int] = field(default_factory=dict)

    @classmethod
    def take(cls) -> "Stock":
        """Read it, making the few sections and the topic that an empty portal lacks."""
        sections: list[BasePage] = list(SectionPage.objects.order_by("path")) or _make_sections()
        if not Topic.objects.exists():
            Topic.objects.create(name="Tiền lương")
        policies: list[BasePage] = [PolicyIndexPage.objects.get()]
        procedures: list[BasePage] = [ProcedureIndexPage.objects.get()]
        return cls(
            pictures=list(PortalImage.objects.order_by("pk").values_list("pk", flat=True)[:60]),
            topics=list(Topic.objects.order_by("pk").values_list("pk", flat=True)),
            units=list(Unit.objects.current().order_by("pk").values_list("pk", flat=True)),
            people=list(Person.objects.filter(is_author=True).order_by("pk").values_list("pk", "name")),
            locale=Locale.objects.get().pk,
            parents={
                ArticlePage: sections,
                PhotoStoryPage: sections,
                VideoPage: sections,
                ExplainerPage: policies,
                ProcedurePage: procedures,
            },
            content_types={model: ContentType.objects.get_for_model(model).pk for model, _share in MIX},
        )

    def step(self, parent: BasePage) -> int:
        """The next free place among a parent's children."""
        if parent.pk not in self.next_step:
            last = (
                BasePage.objects.filter(path__startswith=parent.path, depth=parent.depth + 1).order_by("-path").first()
            )
            self.next_step[parent.pk] = BasePage._str2int(last.path[len(parent.path) :]) if last else 0  # noqa: SLF001  # treebeard's paths
        self.next_step[parent.pk] += 1
        return self.next_step[parent.pk]


def grow(total: int, seed: int, *, say: Callable[[str], None]) -> int:
    """Add pages until the portal has ``total``; return how many were added.

    Page number n is the same for the same seed on the same demonstration, whether grown at once or in several runs.
    """
    stock = Stock.take()
    present = BasePage.objects.count()
    added = 0
    while present + added < total:
        count = min(BATCH, total - present - added)
        _grow_batch(stock, seed, start=present + added, count=count)
        added += count
        say(f"{present + added} / {total}")
    bump(["listing", "home"])
    if added:
        ask_for_rebuild()  # rows written in bulk announce nothing
    return added


@transaction.atomic
def _grow_batch(stock: Stock, seed: int, *, start: int, count: int) -> None:
    children: dict[int, int] = {}
    made = []
    for number in range(start, start + count):
        random = Random(f"{seed}-{number}")  # noqa: S311  # reproducible text, not secrets
        made.append(_make(stock, random, number))
        parent = made[-1].parent
        children[parent.pk] = children.get(parent.pk, 0) + 1
    BasePage.objects.bulk_create([item.page for item in made], batch_size=500)
    for model, _share in MIX:
        _insert_own_rows(model, [(item.page.pk, item.own) for item in made if item.model is model])
    topics, authors = BasePage.topics.through, BasePage.authors.through
    topics.objects.bulk_create(
        [topics(basepage_id=item.page.pk, topic_id=topic) for item in made for topic in item.topics], batch_size=2000
    )
    authors.objects.bulk_create(
        [authors(basepage_id=item.page.pk, person_id=item.author) for item in made if item.author], batch_size=2000
    )
    for pk, more in children.items():
        BasePage.objects.filter(pk=pk).update(numchild=F("numchild") + more)


@dataclass
class _Made:
    model: type[BasePage]
    parent: BasePage
    page: BasePage
    own: dict[str, Any]
    topics: list[int]
    author: int | None


def _make(stock: Stock, random: Random, number: int) -> _Made:
    writer = Writer(random)
    model = random.choices([model for model, _share in MIX], [share for _model, share in MIX])[0]
    parent = random.choice(stock.parents[model])
    title = writer.title()
    slug = f"{vietnamese_slug(title, max_length=80)}-{number}"
    # Most pages are old; the newest stay those of the demonstration.
    when = timezone.now() - timedelta(days=130 + (random.random() ** 1.5) * 365 * YEARS, seconds=number % 86_400)
    topics = random.sample(stock.topics, min(len(stock.topics), random.randint(1, 3)))
    author, name = random.choice(stock.people) if stock.people and random.random() < 0.7 else (None, "")
    own, note = _own_values(model, random, writer)
    page = BasePage(
        path=BasePage._get_path(parent.path, parent.depth + 1, stock.step(parent)),  # noqa: SLF001  # treebeard's paths
        depth=parent.depth + 1,
        numchild=0,
        title=title,
        draft_title=title,
        slug=slug,
        url_path=f"{parent.url_path}{slug}/",
        content_type_id=stock.content_types[model],
        locale_id=stock.locale,
        translation_key=uuid.UUID(int=random.getrandbits(128), version=4),
        live=True,
        first_published_at=when,
        last_published_at=when,
        latest_revision_created_at=when,
        display_date=when,
        summary=writer.summary(),
        cover_id=random.choice(stock.pictures) if stock.pictures and random.random() < 0.95 else None,
        unit_id=random.choice(stock.units) if stock.units else None,
        main_topic_id=topics[0],
        listed=True,
        listing=model.listing_name,
        section_id=parent.pk,
        author_line=name,
        reading_minutes=random.randint(1, 6),
        card_note=note,
    )
    return _Made(model, parent, page, own, topics, author)


def _own_values(model: type[BasePage], random: Random, writer: Writer) -> tuple[dict[str, Any], str]:
    """The columns of a type's own table, and the note on its card."""

    def body(paragraphs: int) -> str:
        return _stream(random, [("paragraph", writer.paragraph()) for _ in range(paragraphs)])

    if model is ArticlePage:
        return {"body": body(random.randint(2, 6))}, ""
    if model is PhotoStoryPage:
        return {"body": body(1), "photos": "[]"}, ""
    if model is VideoPage:
        length = f"{random.randint(1, 12)}:{random.randint(0, 59):02d}"
        video = {
            "video_url": "https://www.youtube.com/watch?v=aqz-KE-bpKQ",
            "duration": length,
            "transcript": "",
            "captions_language": "vi",
        }
        return {**video, "body": body(1)}, length
    shared = {"basis": "[]", "questions": "[]", "reviewed_on": None, "next_review": None, "owner_person_id": None}
    if model is ExplainerPage:
        return {
            **shared,
            "facts": "[]",
            "effective_from": None,
            "who": "Người làm việc theo hợp đồng lao động",
            "changed": body(2),
            "affected": body(1),
            "todo": body(1),
        }, ""
    steps = [("step", {"title": writer.sentence()[:150], "text": writer.paragraph()}) for _ in range(3)]
    return {
        **shared,
        "steps": _stream(random, steps),
        "papers": "[]",
        "forms": "[]",
        "time_limit": f"{random.randint(1, 30)} ngày làm việc",
        "fee": "Không thu phí",
        "place": "<p>Công đoàn cơ sở</p>",
        "result": "",
        "body": body(1),
    }, ""


def _stream(random: Random, blocks: list[tuple[str, Any]]) -> str:
    rows = [
        {"type": name, "value": value, "id": str(uuid.UUID(int=random.getrandbits(128), version=4))}
        for name, value in blocks
    ]
    return json.dumps(rows, ensure_ascii=False)


def _insert_own_rows(model: type[Model], rows: list[tuple[int, dict[str, Any]]]) -> None:
    if not rows:
        return
    quote = connection.ops.quote_name
    columns = ["basepage_ptr_id", *rows[0][1]]
    names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608  # own names
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(pk, *own.values()) for pk, own in rows])


def _make_sections() -> list[BasePage]:
    index = NewsIndexPage.objects.get()
    sections: list[BasePage] = []
    for title in SECTIONS:
        sections.append(add_published(index, SectionPage(title=title, slug=vietnamese_slug(title)), days_ago=4000))
        index.refresh_from_db()
    return sections

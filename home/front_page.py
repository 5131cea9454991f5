"""Composes the front page from all verticals: the items of every band in one query."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from contests.selectors import running_contests
from core.listing import LISTING_RENDITIONS, filter_specs
from events.selectors import coming_events
from infographics.models import InfographicPage
from news.models import PhotoStoryPage, SectionPage, VideoPage
from organisations.choices import UnitKind
from organisations.models import Unit
from pages.models import BasePage
from policies.models import ExplainerPage, ProcedurePage
from policies.selectors import add_policy_facts
from training.models import CoursePage
from visits import figures as visit_figures

if TYPE_CHECKING:
    from home.models import HomePage

HOT, LATEST, PER_SECTION, EXPLAINERS, PROCEDURES = 3, 12, 9, 4, 5
PHOTOS, INFOGRAPHICS, COURSES, CONTESTS = 3, 3, 3, 2
BAR_HEIGHT, BAR_STEP = 40, 27
RENDITIONS = [*filter_specs("lead"), *LISTING_RENDITIONS]


@dataclass(frozen=True)
class Band:
    """A horizontal part of the front page; ``styles`` names a sheet that it alone needs."""

    template: str
    context: dict[str, Any]
    styles: str = ""


@dataclass(frozen=True)
class Bar:
    """A day in the small chart of views."""

    day: date
    views: int
    x: int
    y: int
    height: int

    @classmethod
    def of(cls, day: date, views: int, place: int, most: int) -> "Bar":
        """Draw a day; one without views keeps a line to stand on."""
        height = max(1, round(views * BAR_HEIGHT / most))
        return cls(day, views, place * BAR_STEP, BAR_HEIGHT - height, height)


@dataclass
class Candidates:
    """Every item that any band may show, fetched at once and dealt out from memory."""

    items: list[BasePage] = field(default_factory=list)

    def of_section(self, section_id: int, limit: int) -> list[BasePage]:
        """The newest of a section."""
        return [item for item in self.items if item.section_id == section_id][:limit]

    def of_type(self, model: type[BasePage], limit: int) -> list[BasePage]:
        """The newest of a type."""
        return [item for item in self.items if item.content_type_id == _type_id(model)][:limit]

    @classmethod
    def fetch(cls, section_ids: Iterable[int]) -> "Candidates":
        """Read them: each band's newest ids come from an index, their rows together in one statement."""
        listed = BasePage.objects.listed()
        newest = listed.newest_first()
        wanted = [
            # In the order of their own small indexes: by date shown they would be looked for among all items.
            listed.hot().order_by("-hot_until")[:HOT],
            listed.featured().order_by("-featured_until")[: HOT + 3],
            newest.filter(listing="news")[:LATEST],
            newest.filter(content_type=_type_id(ExplainerPage))[:EXPLAINERS],
            newest.filter(content_type=_type_id(ProcedurePage))[:PROCEDURES],
            newest.filter(content_type=_type_id(VideoPage))[:1],
            newest.filter(content_type=_type_id(PhotoStoryPage))[:PHOTOS],
            newest.filter(content_type=_type_id(InfographicPage))[:INFOGRAPHICS],
            newest.filter(content_type=_type_id(CoursePage))[:COURSES],
            *(newest.filter(section=pk)[:PER_SECTION] for pk in section_ids),
        ]
        either = Q()
        for query in wanted:
            either |= Q(pk__in=query.values("pk"))
        return cls(list(BasePage.objects.filter(either).newest_first().with_card_data(RENDITIONS)))


def _type_id(model: type[BasePage]) -> int:
    """Content type of a page type; cached by Django, no query."""
    return ContentType.objects.get_for_model(model).pk


def compose(page: "HomePage", *, views_before: int = 0) -> dict[str, Any]:
    """Return the front page's context. ``views_before`` is where the count of views begins."""
    sections = {
        section.pk: section for section in SectionPage.objects.published().order_by("path").defer_streamfields()
    }
    candidates = Candidates.fetch(sections)
    news = [item for item in candidates.items if item.listing == "news"]
    hot = [item for item in candidates.items if item.is_hot_now][:HOT]
    featured = [item for item in candidates.items if item.is_featured_now and item.cover_id]
    with_cover = [item for item in news if item.cover_id]
    lead = next(iter([*featured, *with_cover, *news]), None)
    side = [item for item in dict.fromkeys([*featured, *with_cover]) if item is not lead][:3]
    used = {item.pk for item in (lead, *side) if item}
    latest = [item for item in news if item.pk not in used][:7]
    composer = _Composer(sections, candidates, used, views_before)
    bands = composer.chosen(page) if page.bands else composer.default()
    return {
        "lead": lead,
        "lead_side": side,
        "hot": hot,
        "latest": latest,
        "latest_url": "/tin-tuc/",
        "bands": [band for band in bands if band is not None],
    }


class _Composer:
    """Makes bands; an empty one is None and leaves no hole."""

    def __init__(
        self, sections: dict[int, SectionPage], candidates: Candidates, used: set[int], views_before: int
    ) -> None:
        self.sections = sections
        self.candidates = candidates
        self.used = used
        self.views_before = views_before

    def default(self) -> list[Band | None]:
        """The front page nobody composed: policy corner, sections in turn, media, units, views."""
        media_sections = self._media_sections()
        textual = [pk for pk in self.sections if pk not in media_sections]
        bands: list[Band | None] = [self.policy()]
        for place, pk in enumerate(textual):
            if place == 2:  # the dark band breaks the page after the second section
                bands.append(self.media())
            bands.append(self.section(pk, "big_rows" if place % 2 == 0 else "three"))
        if len(textual) <= 2:  # as above
            bands.append(self.media())
        bands += [self.infographics(), self.training(), self.contests(), self.events(), self.units(), self.visits()]
        return bands

    def chosen(self, page: "HomePage") -> list[Band | None]:
        """The front page as an editor composed it."""
        makers = {
            "policy": self.policy,
            "media": self.media,
            "infographics": self.infographics,
            "training": self.training,
            "contests": self.contests,
            "events": self.events,
            "units": self.units,
            "visits": self.visits,
        }
        bands: list[Band | None] = []
        for block in page.bands:
            if block.block_type == "section":
                section = block.value.get("section")
                bands.append(self.section(section.pk, block.value["layout"]) if section else None)
            elif block.block_type == "policy":
                bands.append(self.policy(procedures=block.value["show_procedures"]))
            else:
                bands.append(makers[block.block_type]())
        return bands

    def _media_sections(self) -> set[int]:
        """Sections whose newest items are all video or photo stories; the dark band shows these."""
        media = {item.pk for model in (VideoPage, PhotoStoryPage) for item in self.candidates.of_type(model, 99)}
        found = set()
        for pk in self.sections:
            items = self.candidates.of_section(pk, PER_SECTION)
            if items and all(item.pk in media for item in items):
                found.add(pk)
        return found

    def section(self, pk: int, layout: str) -> Band | None:
        """The newest of a section that do not stand at the top already."""
        section = self.sections.get(pk)
        items = [item for item in self.candidates.of_section(pk, PER_SECTION) if item.pk not in self.used]
        if section is None or not items:
            return None
        shown = 5 if layout == "big_rows" else 3
        if layout == "big_rows":  # the large place is for a picture
            leading = next((item for item in items if item.cover_id), items[0])
            items.sort(key=lambda item: item is not leading)
        else:
            items = sorted(items, key=lambda item: not item.cover_id)
        topics = {item.main_topic.pk: item.main_topic for item in items if item.main_topic}
        return Band(
            "home/bands/section.html",
            {
                "title": section.title,
                "url": section.url,
                "topics": [
                    {"name": topic.name, "url": f"{section.url}?chu-de={topic.slug}"} for topic in topics.values()
                ][:4],
                "items": items[:shown],
                "layout": layout,
            },
        )

    def policy(self, *, procedures: bool = True) -> Band | None:
        """The newest explainers, and procedures beside them."""
        explainers = self.candidates.of_type(ExplainerPage, EXPLAINERS)
        others = self.candidates.of_type(ProcedurePage, PROCEDURES) if procedures else []
        if not explainers and not others:
            return None
        add_policy_facts(explainers)
        topics = {item.main_topic.pk: item.main_topic for item in explainers if item.main_topic}
        return Band(
            "home/bands/policy.html",
            {
                "title": _("Policy corner"),
                "url": "/chinh-sach/",
                "topics": [{"name": t.name, "url": f"/chinh-sach/?chu-de={t.slug}"} for t in topics.values()][:4],
                "explainers": explainers,
                "procedures": others,
                "procedures_url": "/chinh-sach/thu-tuc/",
            },
        )

    def media(self) -> Band | None:
        """The newest video, large, and photo stories beside it."""
        videos = self.candidates.of_type(VideoPage, 1)
        photos = self.candidates.of_type(PhotoStoryPage, PHOTOS)
        if not videos and not photos:
            return None
        return Band(
            "home/bands/media.html",
            {
                "title": _("Video and photo stories"),
                "url": "/tin-tuc/?loai=video&loai=phong-su-anh",
                "video": videos[0] if videos else None,
                "photos": photos,
            },
        )

    def infographics(self) -> Band | None:
        """The newest infographics."""
        items = self.candidates.of_type(InfographicPage, INFOGRAPHICS)
        if not items:
            return None
        front = {"title": _("Infographics"), "url": "/infographic/", "topics": []}
        return Band("home/bands/section.html", {**front, "items": items, "layout": "three"})

    def training(self) -> Band | None:
        """The newest courses."""
        items = self.candidates.of_type(CoursePage, COURSES)
        if not items:
            return None
        front = {"title": _("Training"), "url": "/dao-tao/", "topics": []}
        return Band("home/bands/section.html", {**front, "items": items, "layout": "three"})

    def contests(self) -> Band | None:
        """Contests that are open or open soon."""
        contests = running_contests(CONTESTS)
        front = {"title": _("Contests"), "url": "/cuoc-thi/", "topics": []}
        return Band("home/bands/contests.html", {**front, "contests": contests}) if contests else None

    def events(self) -> Band | None:
        """What takes place next."""
        events = coming_events()
        front = {"title": _("Work calendar"), "url": "/lich-cong-tac/", "topics": []}
        return Band("home/bands/events.html", {**front, "events": events}, "css/event-rows.css") if events else None

    def units(self) -> Band | None:
        """The units below the federation and the linked systems."""
        from home.models import LinkedSystem  # the models import this module

        current = Unit.objects.current()
        units = list(
            current.filter(parent__kind=UnitKind.FEDERATION)
            .exclude(kind__in=[UnitKind.DEPARTMENT, UnitKind.GRASSROOTS])
            .annotate(count=Count("children"))
            .order_by("-count", "sort_name")[:6]
        )
        systems = list(LinkedSystem.objects.all()[:8])
        if not units and not systems:
            return None
        return Band(
            "home/bands/units.html",
            {"units": units, "total": current.count(), "units_url": "/don-vi/", "systems": systems},
        )

    def visits(self) -> Band | None:
        """Views of today and in all; the bars are the last seven days. Costs no query."""
        known = visit_figures.current()
        total = self.views_before + known.total
        days = known.last_days()
        most = max(views for _day, views in days)
        bars = [Bar.of(day, views, place, most) for place, (day, views) in enumerate(days) if most]
        return Band("home/bands/visits.html", {"today": days[-1][1], "total": total, "bars": bars}) if total else None

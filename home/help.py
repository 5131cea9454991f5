"""The editors' guide inside the admin: the Markdown files of ``docs/editors``, rendered where they are needed."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nh3
from django.http import FileResponse, Http404, HttpRequest
from django.urls import path, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView
from markdown_it import MarkdownIt
from markdown_it.token import Token
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.text import sort_key, vietnamese_slug

GUIDE = Path(__file__).resolve().parents[1] / "docs" / "editors"
FIRST = "index"
PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp"}
_HEADING = re.compile(r"^#\s+(.+)$", re.MULTILINE)
_LINK = re.compile(r"\(([\w-]+)\.md[)#]")
_TAGS = {
    *[
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "a",
        "ul",
        "ol",
        "li",
        "b",
        "strong",
        "em",
        "code",
        "pre",
        "blockquote",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "hr",
        "br",
        "img",
        "kbd",
    ]
}


@dataclass(frozen=True)
class GuidePage:
    """A page of the guide."""

    slug: str
    source: Path

    @property
    def text(self) -> str:
        """The Markdown."""
        return self.source.read_text(encoding="utf-8")

    @property
    def title(self) -> str:
        """The first heading."""
        found = _HEADING.search(self.text)
        return found[1].strip() if found else self.slug

    @property
    def url(self) -> str:
        """Where the admin shows it."""
        return reverse("home_guide", args=[self.slug])


def guide_pages() -> list[GuidePage]:
    """Every page, in the order in which the first one links to them; the rest follow by the alphabet."""
    pages = {source.stem: GuidePage(source.stem, source) for source in GUIDE.glob("*.md")}
    first = pages.get(FIRST)
    linked = list(dict.fromkeys(_LINK.findall(first.text))) if first else []

    def place(page: GuidePage) -> tuple[int, str]:
        if page.slug == FIRST:
            return -1, ""
        return (linked.index(page.slug) if page.slug in linked else len(linked)), sort_key(page.title)

    return sorted(pages.values(), key=place)


def _point_into_admin(tokens: list[Token]) -> None:
    """Turn links between files into links between pages, and give headings an anchor."""
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", vietnamese_slug(tokens[number + 1].content))
        if token.type == "link_open":
            target = str(token.attrGet("href") or "")
            name, _mark, anchor = target.partition("#")
            if name.endswith(".md") and "/" not in name:
                token.attrSet("href", reverse("home_guide", args=[name[:-3]]) + (f"#{anchor}" if anchor else ""))
        if token.type == "image":
            picture = Path(str(token.attrGet("src") or "")).as_posix()
            token.attrSet("src", reverse("home_guide_picture", args=[picture]))
        _point_into_admin(token.children or [])


def render(page: GuidePage) -> SafeString:
    """The page as clean HTML, without its first heading, which the admin prints itself."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(_HEADING.sub("", page.text, count=1))
    _point_into_admin(tokens)
    html = nh3.clean(
        markdown.renderer.render(tokens, markdown.options, {}),
        tags=_TAGS,
        attributes={"a": {"href"}, "img": {"src", "alt"}, **{f"h{level}": {"id"} for level in range(1, 5)}},
        link_rel="noreferrer",
    )
    return mark_safe(html)  # cleaned above


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    """One page of the guide, with the list of all beside it."""

    template_name = "home/admin/guide.html"
    page_title = gettext_lazy("Guide for editors")
    header_icon = "help"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Find and render the page."""
        context = super().get_context_data(**kwargs)
        pages = guide_pages()
        page = next((page for page in pages if page.slug == kwargs.get("slug", FIRST)), None)
        if page is None and kwargs.get("slug", FIRST) != FIRST:
            raise Http404(_("The guide has no such page."))
        context.update(
            pages=pages,
            current=page,
            body=render(page) if page else "",
            breadcrumbs_items=[
                *self.breadcrumbs_items,
                {"url": reverse("home_guide_first"), "label": _("Guide for editors")},
                *([{"url": "", "label": page.title}] if page and page.slug != FIRST else []),
            ],
            header_title=page.title if page else _("Guide for editors"),
        )
        return context


def picture(request: HttpRequest, name: str) -> FileResponse:
    """A picture of the guide."""
    root = GUIDE.resolve()
    source = (root / name).resolve()
    if not source.is_relative_to(root) or source.suffix not in PICTURES or not source.is_file():
        raise Http404
    return FileResponse(source.open("rb"), content_type=PICTURES[source.suffix])


urlpatterns = [
    path("huong-dan/", GuideView.as_view(), name="home_guide_first"),
    path("huong-dan/tep/<path:name>", picture, name="home_guide_picture"),
    path("huong-dan/<slug:slug>/", GuideView.as_view(), name="home_guide"),
]

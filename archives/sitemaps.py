"""Sitemaps for search engines, light enough for hundreds of thousands of pages, and ``robots.txt``."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from pages.models import BasePage

PER_PART = 10_000
MAX_PARTS = 10_000
NEWS_FOR = timedelta(days=2)  # Google News reads no older items
XML = "application/xml; charset=utf-8"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS_NAMESPACE = "http://www.google.com/schemas/sitemap-news/0.9"


def robots_txt(request: HttpRequest) -> HttpResponse:
    """What crawlers should leave alone, and where the sitemaps are."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /tai-khoan/",
        "Disallow: /*?*trang=",
        "Allow: /",
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
        f"Sitemap: {request.build_absolute_uri(reverse('news-sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _pages(request: HttpRequest) -> Any:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return BasePage.objects.published().filter(path__startswith=site.root_page.path).order_by("path"), site


def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The list of parts, each of ten thousand addresses."""
    pages, _site = _pages(request)
    parts = -(-pages.count() // PER_PART) or 1
    rows = "".join(
        f"<sitemap><loc>{escape(request.build_absolute_uri(reverse('sitemap-part', args=[part])))}</loc></sitemap>\n"
        for part in range(1, parts + 1)
    )
    return HttpResponse(f'{HEAD}<sitemapindex xmlns="{NAMESPACE}">\n{rows}</sitemapindex>\n', content_type=XML)


def sitemap_part(request: HttpRequest, part: int) -> StreamingHttpResponse:
    """One part: address and last change of each page, without loading the pages."""
    if not 1 <= part <= MAX_PARTS:
        raise Http404
    pages, site = _pages(request)
    start = (part - 1) * PER_PART
    rows = pages.values_list("url_path", "last_published_at")[start : start + PER_PART]
    if part > 1 and not rows.exists():
        raise Http404
    prefix = len(site.root_page.url_path) - 1
    root = request.build_absolute_uri("/").rstrip("/")

    def lines() -> Iterator[str]:
        yield f'{HEAD}<urlset xmlns="{NAMESPACE}">\n'
        for url_path, changed in rows.iterator(chunk_size=2000):
            when = f"<lastmod>{timezone.localtime(changed).isoformat(timespec='seconds')}</lastmod>" if changed else ""
            yield f"<url><loc>{escape(root + url_path[prefix:])}</loc>{when}</url>\n"
        yield "</urlset>\n"

    return StreamingHttpResponse(lines(), content_type=XML)


def news_sitemap(request: HttpRequest) -> HttpResponse:
    """The last two days' items for Google News; may be empty."""
    pages, site = _pages(request)
    recent = pages.filter(listed=True, first_published_at__gte=timezone.now() - NEWS_FOR).order_by(
        "-first_published_at"
    )
    prefix = len(site.root_page.url_path) - 1
    root = request.build_absolute_uri("/").rstrip("/")
    name = escape(site.site_name or "Cổng thông tin Công đoàn")
    rows = "".join(
        f"<url><loc>{escape(root + page.url_path[prefix:])}</loc><news:news>"
        f"<news:publication><news:name>{name}</news:name><news:language>vi</news:language></news:publication>"
        f"<news:publication_date>{timezone.localtime(page.first_published_at).isoformat(timespec='seconds')}"
        f"</news:publication_date><news:title>{escape(page.title)}</news:title></news:news></url>\n"
        for page in recent[:1000]
    )
    body = f'{HEAD}<urlset xmlns="{NAMESPACE}" xmlns:news="{NEWS_NAMESPACE}">\n{rows}</urlset>\n'
    return HttpResponse(body, content_type=XML)

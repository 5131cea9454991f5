"""Reads feeds as programs do, and holds them to what their specifications say."""

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import feedparser
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
MEDIA = "{http://search.yahoo.com/mrss/}content"
DC = "{http://purl.org/dc/elements/1.1/}creator"
TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "feed": "application/feed+json"}
RSS_CHANNEL = {"title", "link", "description", "docs", "generator", "image", "language", "lastBuildDate", "ttl", "item"}
RSS_ITEM = {"title", "link", "description", "guid", "category", "enclosure", "pubDate"}
RFC_822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")


class _Markup(HTMLParser):
    """Every tag of a text, with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def get(client: Any, path: str, **headers: str) -> Any:
    """Fetch a feed and hold it to its specification."""
    answer = client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    assert answer.status_code == 200, (path, answer.status_code)
    name = urlsplit(path).path.rpartition("/")[2].partition(".")[0].partition("-")[0]
    assert answer["Content-Type"] == f"{TYPES[name]}; charset=utf-8"
    check(answer.content, f"http://testserver{path}")
    return answer


def items(answer: Any) -> list[dict[str, Any]]:
    """The items of any feed, each as what a reader makes of it: id, title, link, html, published, updated, picture."""
    if answer["Content-Type"].startswith("application/feed+json"):
        return [
            {
                "id": item["id"],
                "title": item["title"],
                "link": item["url"],
                "html": item["content_html"],
                "summary": item.get("summary", ""),
                "published": datetime.fromisoformat(item["date_published"]),
                "updated": datetime.fromisoformat(item["date_modified"]),
                "picture": item.get("image", ""),
            }
            for item in json.loads(answer.content)["items"]
        ]
    parsed = feedparser.parse(answer.content)
    return [
        {
            "id": entry.id,
            "title": entry.title,
            "link": entry.link,
            "html": entry.content[0].value,
            "summary": entry.summary,
            "published": _moment(entry.published),
            "updated": _moment(dict(entry).get("updated", entry.published)),  # feedparser's own get() warns
            "picture": entry.enclosures[0].href if entry.enclosures else "",
        }
        for entry in parsed.entries
    ]


def _moment(text: str) -> datetime:
    return parsedate_to_datetime(text) if RFC_822.fullmatch(text) else datetime.fromisoformat(text)


def check(body: bytes, address: str = "") -> None:
    """Hold a feed to its specification."""
    if body.startswith(b"{"):
        _check_json(json.loads(body), address)
        return
    parsed = feedparser.parse(body)
    assert parsed.bozo == 0, parsed.get("bozo_exception")
    root = etree.fromstring(body)  # strict: anything ill-formed raises
    if root.tag == "rss":
        _check_rss(root, address)
    else:
        _check_atom(root, address)


def _check_rss(root: Any, address: str) -> None:
    (channel,) = root
    assert root.get("version") == "2.0"
    assert {child.tag for child in channel if not child.tag.startswith("{")} <= RSS_CHANNEL
    for name in ("title", "link", "description", "language", "lastBuildDate", "ttl"):
        assert len(channel.findall(name)) == 1
        assert channel.findtext(name)
    assert _is_absolute(channel.findtext("link"))
    assert channel.findtext("image/title") == channel.findtext("title")
    assert channel.findtext("image/link") == channel.findtext("link")
    assert _is_absolute(channel.findtext("image/url"))
    assert RFC_822.fullmatch(channel.findtext("lastBuildDate"))
    selves = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert [link.get("href") for link in selves] == [address or selves[0].get("href")]
    found = channel.findall("item")
    assert list(channel)[len(channel) - len(found) :] == found  # nothing about the channel comes after its items
    ids = [item.findtext("guid") for item in found]
    assert len(ids) == len(set(ids))
    for item in found:
        _check_rss_item(item)


def _check_rss_item(item: Any) -> None:
    assert {child.tag for child in item if not child.tag.startswith("{")} <= RSS_ITEM
    for name in ("title", "link", "description", "guid", "pubDate", CONTENT):
        assert len(item.findall(name)) == 1
        assert item.findtext(name).strip()
    assert item.find("guid").get("isPermaLink") == "false"
    assert RFC_822.fullmatch(item.findtext("pubDate"))
    assert _is_absolute(item.findtext("link"))
    assert item.findtext(DC)
    order = [child.tag for child in item]
    assert order.index("description") < order.index(CONTENT)
    assert len(item.findall("enclosure")) <= 1
    for enclosure in item.findall("enclosure"):
        assert int(enclosure.get("length")) > 0
        assert enclosure.get("type") in {"image/jpeg", "image/png"}
        assert _is_absolute(enclosure.get("url"))
        media, *films = item.findall(MEDIA)
        assert [film.get("medium") for film in films] in ([], ["video"])
        assert all(int(film.get("fileSize")) > 0 and _is_absolute(film.get("url")) for film in films)
        assert media.get("url") == enclosure.get("url")
        assert media.get("medium") == "image"
        assert int(media.get("width")) >= 1200
    for text in (item.findtext(CONTENT), item.findtext("description")):
        check_html(text)


def _check_atom(root: Any, address: str) -> None:
    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert len(root.findall(ATOM + name)) == 1
        assert root.findtext(ATOM + name)
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    assert [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"] == [
        address or root.find(f"{ATOM}link[@rel='self']").get("href")
    ]
    datetime.fromisoformat(root.findtext(f"{ATOM}updated"))
    entries = root.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))
    for entry in entries:
        for name in ("id", "title", "updated", "published", "content"):
            assert len(entry.findall(ATOM + name)) == 1
            assert entry.findtext(ATOM + name).strip()
        assert all(datetime.fromisoformat(entry.findtext(ATOM + name)).tzinfo for name in ("updated", "published"))
        assert entry.findtext(f"{ATOM}author/{ATOM}name")
        assert entry.find(f"{ATOM}content").get("type") == "html"
        links = [(link.get("rel"), link.get("type")) for link in entry.findall(f"{ATOM}link")]
        film = [("enclosure", "video/mp4")]
        assert links[:1] == [("alternate", "text/html")]
        assert links[1:] in ([], [("enclosure", "image/jpeg")], [("enclosure", "image/jpeg"), *film])
        assert all(_is_absolute(link.get("href")) for link in entry.findall(f"{ATOM}link"))
        check_html(entry.findtext(f"{ATOM}content"))


def _check_json(data: dict[str, Any], address: str) -> None:
    assert data["version"] == "https://jsonfeed.org/version/1.1"
    assert data["title"]
    assert data["feed_url"] == address or not address
    assert all(_is_absolute(data[name]) for name in ("home_page_url", "feed_url", "icon", "favicon"))
    assert all(author["name"] for author in data["authors"])
    ids = [item["id"] for item in data["items"]]
    assert len(ids) == len(set(ids))
    for item in data["items"]:
        assert isinstance(item["id"], str)
        assert item["id"]
        assert _is_absolute(item["url"])
        assert all(datetime.fromisoformat(item[name]).tzinfo for name in ("date_published", "date_modified"))
        assert all(author["name"] for author in item["authors"])
        check_html(item["content_html"])
        for attachment in item.get("attachments", []):
            assert attachment["size_in_bytes"] > 0


def check_html(html: str) -> None:
    """Nothing that runs, restyles or leads nowhere outside the portal."""
    markup = _Markup()
    markup.feed(html)
    for tag, attributes in markup.tags:
        assert tag not in {"script", "style", "iframe", "object", "embed", "form", "input", "svg", "picture", "source"}
        assert not {name for name in attributes if name.startswith("on") or name in {"style", "class", "id"}}
        for name in ("href", "src"):
            if name in attributes:
                assert _is_absolute(attributes[name] or "") or (attributes[name] or "").startswith(("mailto:", "tel:"))


def _is_absolute(address: str | None) -> bool:
    parts = urlsplit(address or "")
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and (address or "").isascii()

"""Makes of a page's HTML what feed readers may be given: plain elements, absolute addresses, nothing that runs."""

import re
from collections.abc import Iterator
from html import escape
from urllib.parse import urljoin, urlsplit

import lxml.html
import nh3
from django.utils.encoding import iri_to_uri
from lxml import etree

from core.text import clean_text

#: Gone with everything inside: what runs, what only screens need, drawings of the page's own design.
_DROPPED = "script|style|svg|noscript|template|iframe|object|form|button|input|link|meta|dialog"
#: Elements that end where they begin, which the parser, older than they are, does not know: what follows lies inside.
_WITHOUT_END = ("source", "track", "wbr", "picture")
_XPATH_DROPPED = " | ".join(
    [
        *(f".//{name}" for name in _DROPPED.split("|")),
        ".//comment()",
        ".//*[contains(concat(' ', normalize-space(@class), ' '), ' hidden-text ')]",
    ]
)
_RENAMED = {"summary": "h4"}  # the folded part of a page lies open in a feed, below its heading
ALLOWED_TAGS = {
    *("p", "br", "hr", "div", "blockquote", "h2", "h3", "h4", "h5", "h6"),
    *("a", "b", "strong", "i", "em", "sup", "sub", "small", "code", "cite", "q"),
    *("ul", "ol", "li", "dl", "dt", "dd"),
    *("figure", "figcaption", "img"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
ALLOWED_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
#: What XML 1.0 cannot hold, and what it should not: signs that are none, and the one that says a sign was lost.
_NONE = "".join(chr(plane * 0x10000 + end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
_NOT_XML = re.compile(f"[^\t\n\r\u0020-\ud7ff\ue000-\ufdcf\ufdf0-\ufffc\U00010000-\U0010ffff]|[{_NONE}]")
_SPACE = re.compile(r"\s+")
_EMPTY = re.compile(r"<(p|div|li|dd|figcaption)>\s*</\1>")


def plain(text: object) -> str:
    """A text as one line that any feed can hold."""
    return _SPACE.sub(" ", _NOT_XML.sub("", clean_text(str(text or "")))).strip()


def feed_html(html: str, base: str) -> str:
    """HTML for feeds, from HTML of the portal; ``base`` is the absolute address of the page it stands on."""
    html = _NOT_XML.sub("", clean_text(html))
    if not html.strip():
        return ""
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    root = lxml.html.fragment_fromstring(html.encode(), create_parent="div", parser=parser)
    _drop_what_is_not_for_readers(root)
    for element in list(root.iter(*_WITHOUT_END)):
        element.drop_tag()
    for element in root.iter(*_RENAMED):
        element.tag = _RENAMED[str(element.tag)]
    _make_absolute(root, base)
    inside = [escape(root.text or ""), *(etree.tostring(child, encoding="unicode", method="html") for child in root)]
    cleaned = nh3.clean(
        "".join(inside),
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    # Entities of control characters became characters on the way.
    return _EMPTY.sub("", _NOT_XML.sub("", clean_text(_SPACE.sub(" ", cleaned)))).strip()


def _drop_what_is_not_for_readers(root: lxml.html.HtmlElement) -> None:
    for element in root.xpath(_XPATH_DROPPED):
        if element.getparent() is not None:
            element.drop_tree()


def _make_absolute(root: lxml.html.HtmlElement, base: str) -> None:
    for element, name in _with_addresses(root):
        absolute = absolute_address(element.get(name) or "", base)
        if absolute:
            element.set(name, absolute)
        elif name == "src":
            element.drop_tree()
        else:
            del element.attrib[name]


def _with_addresses(root: lxml.html.HtmlElement) -> Iterator[tuple[lxml.html.HtmlElement, str]]:
    for tag, name in (("a", "href"), ("img", "src")):
        for element in list(root.iter(tag)):
            if tag == "img" or name in element.attrib:
                yield element, name


def absolute_address(address: str, base: str) -> str:
    """An address as a feed may hold it; "" for one that cannot be used outside the portal."""
    try:
        joined = urljoin(base, address.strip())
        parts = urlsplit(joined)
    except ValueError:  # «http://[»
        return ""
    if parts.scheme in {"http", "https"}:
        return iri_to_uri(joined.replace(" ", "%20")) if parts.netloc else ""
    return joined if parts.scheme in SCHEMES else ""

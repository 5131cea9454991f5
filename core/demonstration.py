"""The demonstration province: each app adds its part, read from TOML files in its own ``demo/`` folder."""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Say = Callable[[str], None]
Part = Callable[[Say], None]


@dataclass(frozen=True)
class _Registered:
    order: int
    name: str
    load: Part


_parts: list[_Registered] = []


def demonstration_part(name: str, *, order: int) -> Callable[[Part], Part]:
    """Register a part (decorator). It must be safe to run again: whatever is there already is left alone."""

    def register(load: Part) -> Part:
        _parts.append(_Registered(order, name, load))
        return load

    return register


def load_parts(say: Say) -> None:
    """Load every part, in order."""
    for part in sorted(_parts, key=lambda registered: registered.order):
        say(part.name)
        part.load(say)


def read_toml(path: Path) -> dict[str, Any]:
    """Read one file of demonstration data."""
    with path.open("rb") as file:
        return tomllib.load(file)


def read_folder(folder: Path) -> Iterator[dict[str, Any]]:
    """Read every TOML file of a folder, by name."""
    for path in sorted(folder.glob("*.toml")):
        yield read_toml(path)


FindImage = Callable[[str], Any]
FindPages = Callable[[Sequence[str]], list[Any]]


def stream_values(blocks: Sequence[Mapping[str, Any]], *, image: FindImage, pages: FindPages) -> list[tuple[str, Any]]:
    """Turn the files' simple blocks into StreamField values.

    ``image`` finds a picture by the name of its scene, ``pages`` finds pages by their slugs.
    """
    return [(block["type"], _value(block, image, pages)) for block in blocks]


def _value(block: Mapping[str, Any], image: FindImage, pages: FindPages) -> Any:
    kind = block["type"]
    if kind == "paragraph":
        return _rich(block["html"])
    if kind in {"image", "video"}:
        return _media_value(block, image)
    if kind == "gallery":
        return {"title": block.get("title", ""), "items": [_picture(item, image) for item in block["items"]]}
    if kind == "table":
        return _table(block)
    if kind == "steps":
        items = [{"title": item["title"], "text": _rich(item.get("html", ""))} for item in block["items"]]
        return {"title": block.get("title", ""), "items": items}
    if kind == "related":
        return {"title": block.get("title", ""), "pages": pages(block["slugs"])}
    return {_KEYS.get(key, key): _plain(key, value) for key, value in block.items() if key != "type"}


_KEYS = {"html": "text", "before_html": "before_text", "after_html": "after_text"}


def _plain(key: str, value: Any) -> Any:
    if key in _KEYS:
        return _rich(value)
    if isinstance(value, list):
        return [{name: str(text) for name, text in item.items()} for item in value]
    return value


def _rich(html: str) -> Any:
    from wagtail.rich_text import RichText  # the registry must be importable before apps are ready

    return RichText(html)


def _picture(item: Mapping[str, Any], image: FindImage) -> dict[str, Any]:
    return {
        "image": image(item["scene"]),
        "alt": item.get("alt", ""),
        "caption": item.get("caption", ""),
        "credit": item.get("credit", ""),
    }


def _media_value(block: Mapping[str, Any], image: FindImage) -> dict[str, Any]:
    if block["type"] == "image":
        return _picture(block, image)
    return {
        "url": block["url"],
        "file": None,
        "captions": None,
        "captions_language": "vi",
        "title": block["title"],
        "poster": image(block["scene"]),
        "duration": block.get("duration", ""),
        "transcript": _rich(block.get("transcript", "")),
    }


def _table(block: Mapping[str, Any]) -> dict[str, Any]:
    from core.blocks.tables import TableBlock  # the registry must be importable before apps are ready

    table = {
        "columns": [{"type": column.get("kind", "text"), "heading": column["heading"]} for column in block["columns"]],
        "rows": [{"values": [str(cell) for cell in row]} for row in block["rows"]],
        "caption": "",
    }
    return TableBlock().to_python({"caption": block["caption"], "table": table, "source": block.get("source", "")})

"""Limits of size, and reasons where a rule is set aside: ``python -m tools.check_files``."""

import ast
import re
import sys
from pathlib import Path

from tools.source_files import place, source_files

LARGEST_FILE = 1024 * 1024
LONGEST_MODULE = 400
# A switched-off check says why, on its own line, after the rule and a second number sign.
SWITCHED_OFF = re.compile(r"#\s*(?:noqa|type:\s*ignore)\b(?P<rest>[^#]*)(?P<reason>#\s*\S.*)?$")


def too_large(path: Path) -> list[str]:
    """Refuse files that every clone would carry for ever."""
    size = path.stat().st_size
    return [f"{place(path, 1)}: {size / 1024:.0f} KB, the limit is 1 MB"] if size > LARGEST_FILE else []


def too_long(path: Path, lines: list[str]) -> list[str]:
    """Refuse modules that want to be two."""
    if "migrations" in path.parts or "tests" in path.parts or len(lines) <= LONGEST_MODULE:
        return []
    return [f"{place(path, 1)}: {len(lines)} lines, the limit is {LONGEST_MODULE}"]


def without_reason(path: Path, lines: list[str]) -> list[str]:
    """Refuse a check that is switched off without a word."""
    if "migrations" in path.parts:
        return []
    found = ((number, SWITCHED_OFF.search(line)) for number, line in enumerate(lines, start=1))
    return [
        f"{place(path, number)}: say why the check is off: # noqa: RULE  # the reason"
        for number, match in found
        if match and not match["reason"] and f'"{match[0]}' not in lines[number - 1]
    ]


def imported_inside(path: Path, text: str) -> list[str]:
    """Refuse an import inside a function that does not say why it is there (apps.py: Django's ready() asks for it)."""
    if "migrations" in path.parts or "tests" in path.parts or path.name == "apps.py":
        return []
    lines = text.splitlines()
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    imports = {
        node.lineno: node.end_lineno or node.lineno
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    return [
        f"{place(path, first)}: say why the import is inside: from x import y  # the reason"
        for first, last in sorted(imports.items())
        if not any("#" in line for line in lines[first - 1 : last])
    ]


def main() -> int:
    """Print what is wrong; exit with 1 if anything is."""
    problems: list[str] = []
    for path in source_files():
        problems += too_large(path)
        if path.suffix == ".py" and path.name != Path(__file__).name:
            text = path.read_text(encoding="utf-8")
            lines = text.splitlines()
            problems += too_long(path, lines) + without_reason(path, lines) + imported_inside(path, text)
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

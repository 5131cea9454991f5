"""Rules for templates and messages that no other tool checks: ``python -m tools.check_templates``.

The public site's Content-Security-Policy allows no inline script, style or handler, so none may be written: the page
would look right to its author only until the header arrives. And a message with several anonymous places cannot be
translated by a language that wants them in another order.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.source_files import place, source_files

COMMENT = re.compile(r"{#.*?#}|{%\s*comment\b.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)
TEMPLATE_CODE = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
DATA_TYPES = ("application/ld+json", "application/json", "speculationrules")
MARKUP_RULES = {
    re.compile(r"<style\b", re.IGNORECASE): "a style element: write it in static/css",
    re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE): "a style attribute: give it a class",
    re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE): "an on… handler: listen in a script of static/js",
    re.compile(r"[\"'\s=]javascript:", re.IGNORECASE): "a javascript: address",
    re.compile(r"<[a-z][^>]*\s(?:src|srcset|action)\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE): "a third party's file",
}
SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>", re.IGNORECASE)
GETTEXT = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
ANONYMOUS_PLACE = re.compile(r"(?<!%)%[sdifr]|{}")


def blank(match: re.Match[str]) -> str:
    """Replace a piece by as many line ends as it had, so that line numbers stay right."""
    return "\n" * match[0].count("\n")


def markup_problems(path: Path) -> Iterator[str]:
    """Find inline script and style, handlers and third parties' files in one template."""
    text = TEMPLATE_CODE.sub(lambda match: "x" + blank(match), COMMENT.sub(blank, path.read_text(encoding="utf-8")))
    for rule, complaint in MARKUP_RULES.items():
        for match in rule.finditer(text):
            yield f"{place(path, text.count('\n', 0, match.start()) + 1)}: {complaint}"
    for match in SCRIPT.finditer(text):
        attributes = match["attributes"]
        if "src=" not in attributes and not any(kind in attributes for kind in DATA_TYPES):
            yield f"{place(path, text.count('\n', 0, match.start()) + 1)}: an inline script: write it in static/js"


def message_problems(path: Path) -> Iterator[str]:
    """Find messages with several anonymous places in one module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in GETTEXT:
            continue
        for argument in node.args:
            text = argument.value if isinstance(argument, ast.Constant) else ""
            if isinstance(text, str) and len(ANONYMOUS_PLACE.findall(text)) > 1:
                yield f"{place(path, argument.lineno)}: name the places of a message: %(count)s, {{name}}"


def main() -> int:
    """Print what is wrong; exit with 1 if anything is."""
    problems = [problem for path in source_files(".html") for problem in markup_problems(path)]
    problems += [problem for path in source_files(".py") for problem in message_problems(path)]
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

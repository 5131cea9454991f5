"""Every kind of public page, as browsers, checkers and readers with other devices see it."""

import json
import os
import re
import subprocess
from urllib.parse import urlsplit

import pytest

from tests.requirements import require_java, require_node_module

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1350, "height": 940}
#: Colours do not depend on the width; all four take another three minutes.
LOOKS = [(PHONE, "light"), (DESKTOP, "dark")]
if os.environ.get("FULL_TESTS"):
    LOOKS += [(PHONE, "dark"), (DESKTOP, "light")]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize(
    ("viewport", "scheme"), LOOKS, ids=lambda look: look if isinstance(look, str) else look["width"]
)
def test_axe_has_nothing_to_say(browser, browser_context_args, sample, axe, viewport, scheme):
    # axe runs in the page; the page's own policy forbids that, rightly.
    options = {**browser_context_args, "viewport": viewport, "color_scheme": scheme, "bypass_csp": True}
    context = browser.new_context(**options)
    found = {}
    for kind, path in sample.items():
        page = context.new_page()
        page.goto(path)
        page.evaluate(axe)
        result = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS)
        violations = [f"{rule['id']}: {node['target']}" for rule in result["violations"] for node in rule["nodes"]]
        if violations:
            found[f"{kind} {path}"] = violations
        page.close()
    context.close()

    assert found == {}


@pytest.mark.parametrize(
    ("width", "javascript"), [(320, True), (360, True), (768, True), (1350, True), (320, False), (1350, False)]
)
def test_no_page_is_wider_than_its_window(browser, browser_context_args, sample, width, javascript):
    options = {**browser_context_args, "viewport": {"width": width, "height": 800}, "java_script_enabled": javascript}
    context = browser.new_context(**options)
    page = context.new_page()
    wide = {}
    for kind, path in sample.items():
        page.goto(path)
        overflow = page.locator("html").evaluate("html => html.scrollWidth - html.clientWidth")
        if overflow > 0:
            wide[f"{kind} {path}"] = overflow
    context.close()

    assert wide == {}


def test_pages_load_only_our_own_files_without_a_complaint(browser, browser_context_args, sample):
    context = browser.new_context(**browser_context_args)
    own = urlsplit(browser_context_args["base_url"]).netloc
    strangers, complaints, failures = [], [], []
    for kind, path in sample.items():
        page = context.new_page()
        page.on(
            "request", lambda request: strangers.append(request.url) if _netloc(request.url) not in {own, ""} else None
        )
        page.on(
            "console",
            lambda message, kind=kind: (
                complaints.append(f"{kind}: {message.text}")
                if message.type in {"error", "warning"} and not (kind == "404" and "404" in message.text)
                else None
            ),
        )
        page.on("pageerror", lambda error, kind=kind: complaints.append(f"{kind}: {error}"))
        answer = page.goto(path)
        if answer.status != (404 if kind == "404" else 200):
            failures.append(f"{kind} {path}: {answer.status}")
        page.close()
    context.close()

    assert (strangers, complaints, failures) == ([], [], [])


def _netloc(url: str) -> str:
    return "" if url.startswith(("data:", "blob:")) else urlsplit(url).netloc


def test_every_page_has_one_heading_a_language_and_a_skip_link(page, sample):
    for kind, path in sample.items():
        page.goto(path)

        assert page.locator("html").get_attribute("lang") == "vi", kind
        assert page.locator("h1").count() == 1, kind
        assert page.locator("main").count() == 1, kind
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") in {"#main", "#noi-dung"}, kind


def test_the_html_checker_finds_no_error(portal, sample, tmp_path):
    java = require_java()
    jar = require_node_module("vnu-jar") / "build" / "dist" / "vnu.jar"
    names = {}
    for kind, path in sample.items():
        file = tmp_path / (re.sub(r"\W", "-", kind) + ".html")
        file.write_bytes(portal.get(path)[1])
        names[file.as_uri()] = kind

    checked = subprocess.run(
        [java, "-jar", jar, "--format", "json", "--exit-zero-always", "--html", *(tmp_path.glob("*.html"))],
        capture_output=True,
        text=True,
        check=True,
    )

    messages = json.loads(checked.stderr or checked.stdout)["messages"]
    errors = [
        f"{names.get(message['url'].replace('file:/', 'file:///', 1), message['url'])}: {message['message']}"
        for message in messages
        if message["type"] != "info"
    ]
    assert errors == []

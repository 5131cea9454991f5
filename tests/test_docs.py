"""The documents keep up: every variable, command, target and group is described."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands

from organisations.roles import Role
from portal.environment import BASE_DIR

DOCS = BASE_DIR / "docs"
OUR_APPS = {config.name for config in apps.get_app_configs() if BASE_DIR in Path(config.path).parents} - {
    config.name for config in apps.get_app_configs() if ".venv" in Path(config.path).parts
}
OUR_COMMANDS = sorted(name for name, app in get_commands().items() if app in OUR_APPS)
VARIABLES = sorted(set(re.findall(r"variables\.get\(\"(\w+)\"", (BASE_DIR / "site/portal/environment.py").read_text())))
TARGETS = re.findall(r"^([a-z0-9-]+):.*##", (BASE_DIR / "Makefile").read_text(), re.MULTILINE)
MARKDOWN = sorted([*BASE_DIR.glob("*.md"), *DOCS.rglob("*.md")])


def text(name: str) -> str:
    return (BASE_DIR / name).read_text(encoding="utf-8")


def test_there_is_something_to_compare():
    assert {"PORT", "DATA_DIR", "DATABASE_URL"} <= set(VARIABLES)
    assert {"serve", "worker", "urls"} <= set(OUR_COMMANDS)
    assert {"run", "test", "lint"} <= set(TARGETS)


@pytest.mark.parametrize("name", VARIABLES)
@pytest.mark.parametrize("document", ["README.md", "docs/developers/settings.md"])
def test_every_variable_is_described(document, name):
    assert f"| `{name}` |" in text(document)


@pytest.mark.parametrize("name", OUR_COMMANDS)
def test_every_command_is_described(name):
    assert f"| `{name}` |" in text("docs/developers/index.md")


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_is_mentioned(name):
    everything = "".join(path.read_text(encoding="utf-8") for path in MARKDOWN)

    assert re.search(rf"make (?:[\w-]+ )?{name}\b", everything)


@pytest.mark.parametrize("role", Role)
def test_every_group_has_a_section_for_editors(role):
    assert f"\n## {role.value}\n" in text("docs/editors/quyen.md")


def test_every_direct_dependency_is_in_the_table_of_licences():
    import tomllib

    project = tomllib.loads(text("pyproject.toml"))["project"]
    names = [re.match(r"[\w-]+", line)[0] for line in project["dependencies"]]
    table = text("docs/licences.md").lower()

    assert [name for name in names if f"| {name} |" not in table] == []


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: str(path.relative_to(BASE_DIR)))
def test_links_between_documents_lead_somewhere(path):
    targets = re.findall(r"\]\((?!https?://)([^)#]+)", path.read_text(encoding="utf-8"))

    assert [target for target in targets if not (path.parent / target).exists()] == []

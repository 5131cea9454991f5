"""Are the message catalogues complete?  ``python -m tools.check_messages [--write]``  (needs GNU gettext)

Collects the messages of code and templates in a copy of the project, and compares: a message that is missing, fuzzy,
untranslated or no longer used is a fault. With --write the catalogue of the project itself is brought up to date,
and what remains to be translated is listed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

from tools.source_files import ROOT, place, source_files

CATALOGUE = Path("locale/vi/LC_MESSAGES/django.po")
IGNORED = ["tests/*", "tools/*", "bench/*", ".venv/*", "var/*", "node_modules/*"]


def collect(folder: Path) -> None:
    """Run Django's own collection in a folder that holds the project."""
    ignore = [argument for pattern in IGNORED for argument in ("--ignore", pattern)]
    command = [sys.executable, "manage.py", "makemessages", "--locale=vi", "--no-location", "--no-wrap", *ignore]
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "DATA_DIR": data, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
        # The copy's own modules, not those of the project it was copied from.
        environment["PYTHONPATH"] = f"{folder}:{folder / 'site'}"
        if subprocess.run([*command, "--verbosity=0"], cwd=folder, env=environment, check=False).returncode:
            sys.exit("The messages could not be collected; gettext says above why.")


def copy_of_project(target: Path) -> Path:
    """Copy what the collection reads."""
    for path in source_files(".py", ".html", ".txt", ".po"):
        copy = target / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    return target


def incomplete(catalogue: polib.POFile) -> list[str]:
    """Return a line for each message that a reader would see in English, or that nothing uses."""
    problems = []
    for entry in catalogue:
        if entry.obsolete:
            problems.append(f"no longer used: {entry.msgid!r}")
        elif entry.fuzzy:
            problems.append(f"fuzzy: {entry.msgid!r}")
        elif not entry.translated():
            problems.append(f"not translated: {entry.msgid!r}")
    return problems


def unlike(ours: polib.POFile, collected: polib.POFile) -> list[str]:
    """Return a line for each message that the code has and our catalogue has not."""
    known = {(entry.msgctxt, entry.msgid) for entry in ours if not entry.obsolete}
    return [f"missing: {entry.msgid!r}" for entry in collected if (entry.msgctxt, entry.msgid) not in known]


def main() -> int:
    """Compare, or write; exit with 1 if anything is missing."""
    if not shutil.which("xgettext"):
        print("GNU gettext is needed: apt install gettext")
        return 2
    if "--write" in sys.argv:
        collect(ROOT)
        problems = incomplete(polib.pofile(str(ROOT / CATALOGUE)))
    else:
        with tempfile.TemporaryDirectory() as folder:
            collect(copy_of_project(Path(folder)))
            collected = polib.pofile(str(Path(folder) / CATALOGUE))
        ours = polib.pofile(str(ROOT / CATALOGUE))
        problems = incomplete(collected) + unlike(ours, collected)
    for problem in problems:
        print(f"{place(ROOT / CATALOGUE, 1)}: {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

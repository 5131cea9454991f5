"""The files the checks look at: what is in the repository, or about to be."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOT_OURS = frozenset({".git", ".venv", "var", "node_modules", "__pycache__"})


def source_files(*suffixes: str) -> list[Path]:
    """Return the project's files, without what git ignores; every file when no suffix is given."""
    return [path for path in _all_files() if not suffixes or path.suffix in suffixes]


def _all_files() -> list[Path]:
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        found = [ROOT / name for name in listed.split("\0") if name]
    else:  # an unpacked archive
        found = [path for path in ROOT.rglob("*") if not NOT_OURS & set(path.relative_to(ROOT).parts)]
    return sorted(path for path in found if path.is_file())


def place(path: Path, line: int) -> str:
    """Return ``folder/file:line``, as editors and terminals open it."""
    return f"{path.relative_to(ROOT)}:{line}"

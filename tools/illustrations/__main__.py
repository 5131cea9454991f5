"""Write the scenes into a directory: python -m tools.illustrations OUTDIR [NAME ...]."""

import sys
from pathlib import Path

from . import scenes
from .registry import SCENES, render


def main(arguments: list[str]) -> int:
    """Write the named scenes, or all of them, and return the exit status."""
    if not arguments or not set(arguments[1:]) <= scenes.NAMES:
        print(__doc__, "Scenes: " + " ".join(sorted(SCENES)), sep="\n", file=sys.stderr)
        return 2
    target = Path(arguments[0])
    target.mkdir(parents=True, exist_ok=True)
    for name in arguments[1:] or sorted(SCENES):
        (target / f"{name}.svg").write_text(render(name), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""Do our modules come from our tree?  ``python -m tools.check_origin``

Our packages stand behind site-packages on the import path, so a distribution that ships a top-level ``news`` or
``core`` of its own would win, silently.
"""

import importlib.util
import sys
import tomllib
from pathlib import Path

from tools.source_files import ROOT


def main() -> int:
    """Print the packages that come from elsewhere; exit with 1 if there are any."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = [Path(folder).name for folder in project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]]
    del sys.path[0]  # the working folder, which `python -m` puts first and the servers do not have there
    wrong = 0
    for name in names:
        found = importlib.util.find_spec(name)
        origin = Path(found.origin) if found and found.origin else None
        if origin is None or not origin.is_relative_to(ROOT) or ".venv" in origin.parts:
            print(f"{name} comes from {origin or 'nowhere'}")
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

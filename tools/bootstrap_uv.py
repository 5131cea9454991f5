"""Fetch the uv that uv.lock names, with nothing but Python: ``python tools/bootstrap_uv.py FOLDER``.

First by pip, which knows the machine's package index; where Python came without pip (Debian's and Ubuntu's bare
``python3``) by the address in the lock file. Either way the hashes of the lock file decide.
"""

import hashlib
import io
import platform
import subprocess
import sys
import tomllib
import urllib.request
import zipfile
from pathlib import Path
from typing import TypedDict

LOCK_FILE = Path(__file__).resolve().parents[1] / "uv.lock"


class Wheel(TypedDict):
    """An entry of the lock file."""

    url: str
    hash: str


def locked_uv() -> tuple[str, list[Wheel]]:
    """Return the version of uv in the lock file and its wheels."""
    packages = tomllib.loads(LOCK_FILE.read_text(encoding="utf-8"))["package"]
    package = next(package for package in packages if package["name"] == "uv")
    return package["version"], package["wheels"]


def install_with_pip(folder: Path) -> bool:
    """Make a small environment of its own with uv in it; False where this Python has no pip to give."""
    version, wheels = locked_uv()
    if subprocess.run([sys.executable, "-m", "venv", folder], capture_output=True, check=False).returncode:
        return False
    requirements = folder / "requirements.txt"
    hashes = " ".join(f"--hash={wheel['hash']}" for wheel in wheels)
    requirements.write_text(f"uv=={version} {hashes}\n", encoding="utf-8")
    pip = [str(folder / "bin" / "python"), "-m", "pip"]
    return subprocess.run([*pip, "install", "--quiet", "-r", str(requirements)], check=False).returncode == 0


def wheel_for_this_machine(wheels: list[Wheel]) -> Wheel:
    """Choose a wheel; on Linux a statically linked one where there is a choice, since it runs on every libc."""
    machine = platform.machine().lower()
    system = {"Linux": "linux", "Darwin": "macosx"}.get(platform.system(), platform.system())
    fitting = [wheel for wheel in wheels if system in wheel["url"] and wheel["url"].endswith(f"_{machine}.whl")]
    if not fitting:
        sys.exit(f"uv.lock knows no uv for {platform.system()} on {machine}: install uv by hand, then try again.")
    return max(fitting, key=lambda wheel: "musllinux" in wheel["url"])


def download(folder: Path) -> None:
    """Unpack the program from its wheel, after checking the hash."""
    wheel = wheel_for_this_machine(locked_uv()[1])
    if not wheel["url"].startswith("https://"):
        sys.exit(f"refused: {wheel['url']} is not an https address.")
    with urllib.request.urlopen(wheel["url"], timeout=180) as answer:  # https, checked above
        content = answer.read()
    if "sha256:" + hashlib.sha256(content).hexdigest() != wheel["hash"]:
        sys.exit("The uv that was downloaded is not the one uv.lock names: refused.")
    program = folder / "bin" / "uv"
    program.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".data/scripts/uv"))
        program.write_bytes(archive.read(name))
    program.chmod(0o755)


def main() -> None:
    """Leave FOLDER/bin/uv behind, or say why not."""
    folder = Path(sys.argv[1]).absolute()
    if install_with_pip(folder):
        return
    sys.stderr.write("This Python has no working pip; fetching uv from the address in uv.lock.\n")
    try:
        download(folder)
    except OSError as problem:
        sys.exit(f"Could not fetch uv ({problem}). Install uv or your system's python3-venv package, then try again.")


if __name__ == "__main__":
    main()

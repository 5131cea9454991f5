"""Compiling message catalogues without gettext's programs, which a bare server does not have."""

import os
from collections.abc import Iterable
from pathlib import Path

import polib


def compile_stale(locale_folders: Iterable[Path]) -> list[Path]:
    """Write the .mo beside every .po that is newer or has none; return what was written.

    Safe beside a running site and beside itself: a catalogue is replaced in one step.
    """
    written = []
    for folder in locale_folders:
        for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
            compiled = source.with_suffix(".mo")
            if compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns:
                continue
            temporary = compiled.with_name(f".{compiled.name}.{os.getpid()}")
            polib.pofile(str(source), encoding="utf-8").save_as_mofile(str(temporary))
            temporary.replace(compiled)
            written.append(compiled)
    return written

"""Opens contenders by name, in this process or in a client's own; no engine's library is loaded for another."""

import os
from pathlib import Path

import django

from bench.search.contenders import Contender, Embedded, Fts5, TantivyDefault

IN_PROCESS = ("embedded", "tantivy", "fts5")
ON_SERVER = ("elasticsearch", "elasticsearch-default")


def prepare_settings(scratch: Path) -> None:
    """Let the portal's settings keep what they make in a folder of the bench's own; clients inherit that."""
    os.environ["DATA_DIR"] = str(scratch)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
    django.setup()


def open_contender(name: str, folder: Path, url: str = "") -> Contender:
    """The contender whose index lies in this folder, or on the server at ``url``."""
    if name in ON_SERVER:
        from bench.search.servers import ElasticsearchDefault, OursOnElasticsearch  # a client that others do not need

        return OursOnElasticsearch(folder, url) if name == "elasticsearch" else ElasticsearchDefault(folder, url)
    if name == "embedded":
        return Embedded(folder)
    return Fts5(folder) if name == "fts5" else TantivyDefault(folder)

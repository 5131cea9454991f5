"""The engine of this site: one instance per process, made when it is first asked for."""

from functools import lru_cache
from importlib import import_module
from pathlib import Path

from django.conf import settings

from search.engines.contract import Engine, EngineUnavailable

_instead: list[Engine] = []


def current_engine() -> Engine:
    """The engine that ``SEARCH_ENGINE`` names; raises EngineUnavailable when its package is not installed."""
    if _instead:
        return _instead[-1]
    if settings.SEARCH_ENGINE == "elasticsearch":
        return _made("search.engines.elastic", "ElasticEngine", settings.ELASTICSEARCH_URL)
    return _made("search.engines.embedded", "EmbeddedEngine", Path(settings.DATA_DIR) / "search")


def use_engine(engine: Engine | None) -> None:
    """Answer with this engine from now on, or with the site's own again (None): for tests and measurements."""
    _instead[:] = [engine] if engine is not None else []


@lru_cache(maxsize=4)
def _made(module: str, name: str, place: Path | str) -> Engine:
    # Imported when needed: a process that never searches does not load tantivy, nor an embedded site a client.
    try:
        engine: Engine = getattr(import_module(module), name)(place)
    except ImportError as error:
        raise EngineUnavailable(str(error)) from error
    return engine

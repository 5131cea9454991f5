"""``manage.py evaluate_search``: how well search answers a collection of questions."""

import json
import tempfile
import time
from argparse import ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from lzma import LZMAError
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.contract import Engine, EngineUnavailable
from search.evaluation import document_of, evaluate, read_lines

ENGINES = ("embedded", "elasticsearch")


class Command(BaseCommand):
    """Builds an index of its own, asks, reports and throws the index away; the site's own index is not touched."""

    help = "Measure search on a collection: quality and times by form of question. The site's index is not touched."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the command line."""
        parser.add_argument("--documents", type=_file, required=True, help="JSON lines: id, title, context, text.")
        parser.add_argument("--questions", type=_file, required=True, help="JSON lines: form, question, relevant.")
        parser.add_argument("--engine", choices=ENGINES, default=settings.SEARCH_ENGINE)
        parser.add_argument("--limit", type=int, help="Ask only so many questions of each form.")
        parser.add_argument("--json", action="store_true", help="Print one JSON object.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, ask, report; status 1 when a file is no such collection or the engine is away."""
        try:
            with _engine(options["engine"]) as engine:
                documents = [document_of(row) for row in read_lines(options["documents"])]
                begun = time.perf_counter()  # unpacking and reading the file is not indexing
                number = engine.rebuild(documents)
                seconds = time.perf_counter() - begun
                forms = evaluate(engine, read_lines(options["questions"]), limit=options["limit"])
        except (KeyError, TypeError, AttributeError, ValueError, EOFError, LZMAError) as error:
            raise CommandError(f"This is not such a collection: {type(error).__name__}: {error}") from error
        except (OSError, EngineUnavailable) as error:
            raise CommandError(str(error)) from error
        report = {
            "engine": options["engine"],
            "documents": number,
            "index_docs_per_s": round(number / seconds, 1),
            "forms": forms,
        }
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self._write_table(report)

    def _write_table(self, report: dict[str, Any]) -> None:
        self.stdout.write(
            f"{report['engine']}: {report['documents']} documents, {report['index_docs_per_s']} indexed a second"
        )
        columns = ("n", "mrr@10", "recall@50", "success@1", "p50_ms", "p95_ms")
        self.stdout.write(f"{'form':<22}" + "".join(f"{column:>11}" for column in columns))
        for form, figures in report["forms"].items():
            self.stdout.write(f"{form:<22}" + "".join(f"{figures[column]:>11}" for column in columns))


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise ArgumentTypeError(f"there is no file {text}")
    return path


@contextmanager
def _engine(name: str) -> Iterator[Engine]:
    if name == "embedded":
        from search.engines.embedded import EmbeddedEngine  # only when it is measured

        with tempfile.TemporaryDirectory(prefix="portal-evaluation-") as folder:
            yield EmbeddedEngine(Path(folder))
        return
    from search.engines.elastic import ElasticEngine  # the client is not loaded for the other engine

    if not settings.ELASTICSEARCH_URL:
        raise CommandError("Set ELASTICSEARCH_URL to the server's address.")
    with tempfile.TemporaryDirectory(prefix="portal-evaluation-") as folder:
        engine = ElasticEngine(settings.ELASTICSEARCH_URL, index=f"evaluation-{uuid4().hex}", folder=Path(folder))
        try:
            yield engine
        finally:
            engine.drop()

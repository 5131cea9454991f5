"""What is measured: the portal's engines, and what a site would otherwise take, each as it comes out of the box.

A contender answers with the ids of the best fifty. The baselines read nothing but ids, so they are a little quicker
than what a page of results could be made of; the portal's engines read all that is shown.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from functools import cached_property
from itertools import batched
from pathlib import Path
from typing import Protocol

import tantivy

from bench.search.collection import Row
from search.analysis.lexicon import Lexicon
from search.engines.contract import Engine
from search.engines.embedded import WRITER_MEMORY, EmbeddedEngine
from search.evaluation import DEPTH, ask, document_of

FIELDS = ["title", "context", "text"]
#: Rows written in one transaction.
BATCH = 1_000


class Contender(Protocol):
    """One engine with an index of its own."""

    name: str

    def build(self, rows: Iterable[Row]) -> None:
        """Index all rows; durable and searchable when it returns."""
        ...

    def ask(self, question: str, *, count: bool = True) -> list[str]:
        """The ids of the best fifty; with ``count`` the engine also says how many there are."""
        ...

    def size(self) -> int:
        """Bytes on disk."""
        ...

    def drop(self) -> None:
        """Take the index away, where that is not done by removing its folder."""
        ...


def folder_size(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


class Ours:
    """An engine of the portal, asked as ``evaluate_search`` asks it."""

    def __init__(self, name: str, engine: Engine) -> None:
        self.name = name
        self.engine = engine
        self._lexicon = Lexicon()

    def build(self, rows: Iterable[Row]) -> None:
        """Rebuild the index."""
        self.engine.rebuild(document_of(row) for row in rows)

    def ask(self, question: str, *, count: bool = True) -> list[str]:
        """Understand, find and rank."""
        return ask(self.engine, question, self._lexicon, count=count)[0]

    def size(self) -> int:
        """As the engine says: index and vocabulary."""
        return int(self.engine.describe()["bytes"])

    def drop(self) -> None:
        """Nothing: its folder is removed."""


class Embedded(Ours):
    """The engine inside the portal."""

    def __init__(self, folder: Path) -> None:
        super().__init__("embedded", EmbeddedEngine(folder))


class Fts5:
    """SQLite FTS5 with the tables of Wagtail's search on SQLite, any of the words, by BM25.

    Wagtail multiplies that by the length of titles, which finds less: this is the stronger baseline.
    """

    name = "fts5"

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder

    @cached_property
    def _connection(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.folder / "index.sqlite3")
        connection.execute("PRAGMA journal_mode=WAL")
        return connection

    def build(self, rows: Iterable[Row]) -> None:
        """Fill the table of entries; its trigger fills the index, with the tokenizer that is SQLite's default."""
        with self._connection as connection:
            connection.executescript(
                """
                CREATE TABLE entry (
                    id INTEGER PRIMARY KEY, object_id TEXT NOT NULL, title TEXT NOT NULL, body TEXT, autocomplete TEXT
                );
                CREATE INDEX entry_object_id ON entry (object_id);
                CREATE VIRTUAL TABLE entry_fts USING fts5(autocomplete, body, title);
                CREATE TRIGGER entry_insert AFTER INSERT ON entry BEGIN
                    INSERT INTO entry_fts (title, body, autocomplete, rowid)
                    VALUES (NEW.title, NEW.body, NEW.autocomplete, NEW.id);
                END;
                """
            )
        for some in batched(rows, BATCH):
            values = [(row["id"], row["title"], f"{row['context']} {row['text']}", row["title"]) for row in some]
            with self._connection as connection:
                connection.executemany(
                    "INSERT INTO entry (object_id, title, body, autocomplete) VALUES (?, ?, ?, ?)", values
                )
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def ask(self, question: str, *, count: bool = True) -> list[str]:
        """Any of the words in title or body."""
        words = [word.replace('"', '""') for word in question.split()]
        if not words:
            return []
        match = "{title body} : (" + " OR ".join(f'"{word}"' for word in words) + ")"
        found = self._connection.execute(
            "SELECT entry.object_id FROM entry_fts JOIN entry ON entry.id = entry_fts.rowid WHERE entry_fts MATCH ?"
            " ORDER BY bm25(entry_fts), entry.id DESC LIMIT ?",
            (match, DEPTH),
        ).fetchall()
        if count:
            self._connection.execute("SELECT count(*) FROM entry_fts WHERE entry_fts MATCH ?", (match,)).fetchone()
        return [key for (key,) in found]

    def size(self) -> int:
        """The database, which Wagtail shares with everything else."""
        return folder_size(self.folder)

    def drop(self) -> None:
        """Close the database."""
        with closing(self._connection):
            pass


class TantivyDefault:
    """tantivy with its default tokenizer, parser and ranking; memory and thread of the writer are the portal's."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder

    @cached_property
    def _index(self) -> tantivy.Index:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        for name in FIELDS:
            builder.add_text_field(name)
        return tantivy.Index(builder.build(), path=str(self.folder))

    @cached_property
    def _searcher(self) -> tantivy.Searcher:
        self._index.reload()
        return self._index.searcher()

    def build(self, rows: Iterable[Row]) -> None:
        """Index, commit once, let merges end."""
        writer = self._index.writer(heap_size=WRITER_MEMORY, num_threads=1)
        for row in rows:
            made = tantivy.Document()
            made.add_text("id", str(row["id"]))
            for name in FIELDS:
                made.add_text(name, row[name])
            writer.add_document(made)
        writer.commit()
        writer.wait_merging_threads()

    def ask(self, question: str, *, count: bool = True) -> list[str]:
        """Any of the words in any field; what the parser cannot read is left out."""
        query, _errors = self._index.parse_query_lenient(question, FIELDS)
        found = self._searcher.search(query, DEPTH, count=count).hits
        return [self._searcher.doc(address)["id"][0] for _score, address in found]

    def size(self) -> int:
        """All files of the index."""
        return folder_size(self.folder)

    def drop(self) -> None:
        """Nothing: its folder is removed."""

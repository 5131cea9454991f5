"""Documents and questions to measure with: a collection that is given, or generated text that is always there."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from home.growth_text import Writer
from search.evaluation import read_lines

type Row = dict[str, Any]

#: Questions generated for a collection that has none.
GENERATED_QUESTIONS = 300


@dataclass(frozen=True)
class Collection:
    """Rows as ``evaluate_search`` reads them."""

    name: str
    documents: list[Row]
    questions: list[Row]

    @classmethod
    def read(cls, documents: Path, questions: Path) -> "Collection":
        """Take the given files."""
        rows = [
            {"id": str(row["id"])} | {name: row.get(name) or "" for name in ("title", "context", "text")}
            for row in read_lines(documents)
        ]
        return cls(documents.name, rows, list(read_lines(questions)))

    @classmethod
    def generated(cls, size: int) -> "Collection":
        """Make documents like the pages of ``manage.py grow``, and questions that each look for one of them."""
        documents = [generated_document(number) for number in range(size)]
        return cls("generated", documents, list(known_item_questions(documents)))

    def sized(self, size: int) -> list[Row]:
        """So many documents: the first of them, or all of them and then varied copies."""
        if self.name == "generated":
            made = range(len(self.documents), size)
            return self.documents[:size] + [generated_document(number) for number in made]
        return list(islice(self._endless(), size))

    def _endless(self) -> Iterator[Row]:
        yield from self.documents
        copy = 0
        while self.documents:
            copy += 1
            for row in self.documents:
                yield varied(row, copy)

    def asked(self, form: str, number: int) -> list[str]:
        """So many questions of a form, spread evenly over the collection."""
        questions = [row["question"] for row in self.questions if (row.get("form") or "original") == form]
        step = max(1, len(questions) // number) if number else 1
        return questions[::step][:number]


def varied(row: Row, copy: int) -> Row:
    """Another document of the same language: its sentences in another order, some left out, under another number."""
    random = Random(f"{row['id']}-{copy}")  # noqa: S311  # reproducible text, not secrets
    sentences = row["text"].split(". ")
    random.shuffle(sentences)
    kept = [sentence for sentence in sentences if random.random() < 0.9] or sentences[:1]
    number = Writer(random).document()
    return {
        "id": f"{row['id']}-{copy}",
        "title": row["title"],
        "context": f"{row['context']}. {number}",
        "text": ". ".join(kept),
    }


def generated_document(number: int) -> Row:
    """Document ``number``; the same every time."""
    random = Random(f"search-{number}")  # noqa: S311  # reproducible text, not secrets
    writer = Writer(random)
    paragraphs = [
        writer.paragraph().removeprefix("<p>").removesuffix("</p>") for _paragraph in range(random.randint(2, 6))
    ]
    title, context = writer.title(), f"{writer.document()}. {writer.summary()}"
    return {"id": str(number), "title": title, "context": context, "text": "\n".join(paragraphs)}


# Questions --------------------------------------------------------------------------------------------------------


def known_item_questions(documents: list[Row]) -> Iterator[Row]:
    """What somebody types who has seen a document: most words of its title and a few of what it says, in each form."""
    step = max(1, len(documents) // GENERATED_QUESTIONS)
    for row in documents[::step][:GENERATED_QUESTIONS]:
        random = Random(f"question-{row['id']}")  # noqa: S311  # reproducible text, not secrets
        title = row["title"].replace(":", " ").replace(",", " ").split()
        remembered = [word for word in title if random.random() < 0.75] or title
        sentence = random.choice(row["text"].split(". ")).split()
        begin = random.randrange(max(1, len(sentence) - 6))
        question = " ".join([*remembered, *sentence[begin : begin + 6]])
        for form, change in FORMS.items():
            yield {"id": row["id"], "form": form, "question": change(question, random), "relevant": [row["id"]]}


def _as_typed(text: str, _random: Random) -> str:
    return text


def _bare(text: str, _random: Random) -> str:
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(part for part in parts if not unicodedata.combining(part))


def _slip(text: str, random: Random) -> str:
    words = text.split()
    long = [place for place, word in enumerate(words) if len(word) > 2 and word.isalpha()]
    if long:
        place = random.choice(long)
        letters = list(words[place])
        at = random.randrange(len(letters) - 1)
        letters[at], letters[at + 1] = letters[at + 1], letters[at]
        words[place] = "".join(letters)
    return " ".join(words)


def _upper(text: str, _random: Random) -> str:
    return text.upper()


FORMS: dict[str, Callable[[str, Random], str]] = {
    "original": _as_typed,
    "no_diacritics": _bare,
    "typo": _slip,
    "upper": _upper,
}

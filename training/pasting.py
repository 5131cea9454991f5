"""Puts pasted questions into a bank: what was understood waits as plain JSON until the editor says so."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.db import transaction
from wagtail.log_actions import log
from wagtail.search.backends import get_search_backend

from core.text import clean_model_text, clean_text
from training.models import Question, QuestionBank, QuestionOption
from training.questions import Option, Pasted, Question as Asked, problems, read_pasted
from training.questions.model import alike

#: As many go into the search index with one statement.
AT_ONCE = 500


@dataclass
class Reading:
    """What has been understood of pasted texts so far, and what has not."""

    understood: list[Asked] = field(default_factory=list)
    #: With the text that its editor can mend and read again.
    unclear: list[tuple[Pasted, str]] = field(default_factory=list)
    #: Texts that the bank has already, or that were pasted twice; they are left out.
    repeated: list[str] = field(default_factory=list)


def read(texts: Iterable[str], kept: Iterable[Asked], bank: QuestionBank) -> Reading:
    """Read texts, each by itself, behind what was understood before; one query."""
    found = Reading()
    seen = {alike(text) for text in bank.questions.values_list("text", flat=True)}
    for question in kept:
        _take(question, found, seen)
    for text in texts:
        if not text.strip():
            continue
        pasted = read_pasted(text)
        for one in pasted:
            if one.question is not None and not one.problems:
                _take(one.question, found, seen)
            else:
                refused = len(pasted) == 1 and one.question is None  # perhaps all of it, of which it has an excerpt
                found.unclear.append((one, clean_text(text if refused else one.to_mend)))
    return found


def _take(question: Asked, found: Reading, seen: set[str]) -> None:
    key = alike(question.text)
    if key in seen:
        found.repeated.append(question.text)
        return
    seen.add(key)
    found.understood.append(question)


def to_json(questions: Iterable[Asked]) -> str:
    """Questions for a hidden field."""
    return json.dumps(
        [
            {
                "kind": one.kind,
                "text": one.text,
                "explanation": one.explanation,
                "options": [[option.text, option.is_right, option.partner] for option in one.options],
            }
            for one in questions
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def from_json(text: str) -> list[Asked]:
    """Questions of a hidden field; what is not as :func:`to_json` writes it, or could not be asked, is left out."""
    try:
        rows = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return []
    found = [_question(row) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return [question for question in found if question is not None and not problems(question)]


def _question(row: dict[str, Any]) -> Asked | None:
    words = [row.get(name) for name in ("kind", "text", "explanation")]
    options = row.get("options")
    if not all(isinstance(word, str) for word in words) or not isinstance(options, list):
        return None
    if not all(isinstance(one, list) and len(one) == 3 for one in options):
        return None
    kind, asked, explanation = map(_tidy, words)
    return Asked(
        id=0,
        kind=kind,
        text=asked,
        options=tuple(Option(_tidy(text), right is True, _tidy(partner)) for text, right, partner in options),
        explanation=explanation,
    )


def _tidy(text: Any) -> str:
    return clean_text(str(text)).strip()


def store(bank: QuestionBank, questions: Iterable[Asked], user: Any) -> int:
    """Put questions into a bank, all or none, and those that it has meanwhile left out; gives how many.

    Six queries or so, however many questions.
    """
    with transaction.atomic():
        QuestionBank.objects.select_for_update().get(pk=bank.pk)
        new = read([], questions, bank).understood
        rows = [Question(bank=bank, kind=one.kind, text=one.text, explanation=one.explanation) for one in new]
        for row in rows:
            clean_model_text(row)
        Question.objects.bulk_create(rows)
        options = [
            QuestionOption(
                question=row, sort_order=place, text=option.text, is_right=option.is_right, partner=option.partner
            )
            for row, one in zip(rows, new, strict=True)
            for place, option in enumerate(one.options)
        ]
        for option in options:
            clean_model_text(option)
        QuestionOption.objects.bulk_create(options)
        if rows:
            for some in batched(rows, AT_ONCE):  # making many at once sends no signals that would do it
                get_search_backend().add_bulk(Question, some)
            log(bank, "wagtail.edit", user=user)
    return len(rows)

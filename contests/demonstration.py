"""The demonstration's contest: a round that is over, with people, ranking and lots, and one that runs."""

import random
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from contests import drawing, entering
from contests.identity import identity
from contests.models import Answer, ContestIndexPage, ContestPage, Entry, Prize, Round
from core.demonstration import Say, demonstration_part, read_toml
from images.demonstration import scene_image
from organisations.models import Unit
from pages.demonstration import add_published
from pages.models import BasePage
from taxonomy.models import Topic
from training.demonstration import load_bank
from training.models import QuestionBank
from training.questions import Drawn

DEMO = Path(__file__).parent / "demo" / "contests.toml"
#: As a lottery would have published it.
PUBLIC_NUMBER = "48213"
TEXTS = ("title", "slug", "summary", "audience", "draw_source", "signer", "signer_role")


@demonstration_part("Contests", order=58)
def load_contests(say: Say) -> None:
    """Create the bank and the contests that are not there yet."""
    rows = read_toml(DEMO)
    load_bank(rows["bank"])
    for row in rows["contest"]:
        if not BasePage.objects.filter(slug=row["slug"]).exists():
            _contest(row, QuestionBank.objects.get(title=rows["bank"]["title"]))


def _contest(row: dict[str, Any], bank: QuestionBank) -> None:
    topics = list(Topic.objects.filter(slug__in=row["topics"]))
    page = ContestPage(
        **{
            name: row[name] for name in ("title", "slug", "summary", "audience", "draw_source", "signer", "signer_role")
        },
        unit=Unit.objects.filter(slug=row["unit"]).first(),
        cover=scene_image(row["scene"]),
        main_topic=next((topic for topic in topics if topic.slug == row["topics"][0]), None),
        body=[("paragraph", html) for html in row["rules"]],
    )
    page.topics = topics
    page.rounds = [  # type: ignore[misc]  # modelcluster takes a list
        Round(
            title=given["title"],
            bank=bank,
            opens_at=_moment(*given["opens"]),
            closes_at=_moment(*given["closes"]),
            questions=given["questions"],
            minutes_allowed=given["minutes"],
            sort_order=place,
        )
        for place, given in enumerate(row["round"])
    ]
    prizes = [Prize(**given, sort_order=place) for place, given in enumerate(row["prize"])]
    page.prizes = prizes  # type: ignore[misc]  # as above
    made = ContestPage.objects.get(pk=add_published(_index(), page, days_ago=row["days_ago"]).pk)
    drawing.promise(made)
    over = next(one for one in made.rounds.all() if one.is_closed)
    for number, person in enumerate(row["person"], start=1):
        _entry(made, over, person, number)
    draw = made.draws.filter(round=over).first()
    if draw is not None:
        draw.committed_at = over.opens_at - timedelta(days=1)
        draw.save(update_fields=["committed_at"])
        drawing.draw_lots(draw, PUBLIC_NUMBER, None)


def _index() -> ContestIndexPage:
    return ContestIndexPage.objects.get()


def _moment(in_days: int, clock: str) -> datetime:
    day = timezone.localdate() + timedelta(days=in_days)
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))


def _entry(page: ContestPage, round_: Round, person: dict[str, Any], number: int) -> None:
    """Somebody who answered so many questions right, in so many seconds."""
    unit = Unit.objects.filter(slug=person["unit"]).first()
    begun = round_.opens_at + timedelta(hours=5 * number)
    drawn = entering.draw_questions(round_)
    phone = f"0900{page.pk % 1000:03d}{number:03d}"
    entry = Entry.objects.create(
        round=round_,
        identity=identity(page.pk, phone),
        last_digits=phone[-3:],
        name=person["name"],
        unit=unit,
        unit_name=unit.name if unit else "",
        guess=person["guess"],
        drawn=[question.to_json() for question in drawn],
        started_at=begun,
        due_at=round_.due(begun),
    )
    right = set(random.Random(number).sample(range(1, len(drawn) + 1), person["right"]))  # noqa: S311  # no secret
    for place, question in enumerate(drawn, start=1):
        if place in right:
            Answer.objects.create(entry=entry, number=place, given=_right(question), answered_at=begun)
    entering.judge(entry, begun + timedelta(seconds=person["seconds"]))


def _right(question: Drawn) -> Any:
    if question.kind == "short":
        return question.accepted[0]
    return question.right[0] if question.kind == "single" else list(question.right)

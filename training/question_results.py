"""How the questions of a bank are answered: counted over the last attempts, so that a broken question is found."""

from dataclasses import dataclass

from training.bank_uses import drawn_by
from training.models import Attempt, Question, QuestionBank

#: Attempts that are looked at, the newest ones: enough to tell, and read within a second.
LAST = 500
#: Asked so often, a share says something.
ENOUGH = 10
#: Fewer right answers than these, in per cent, are what guessing gives: the key may be wrong, or the question unclear.
FEW, ALL = 30, 98


@dataclass
class Answered:
    """A question and what became of it."""

    question: Question
    asked: int = 0
    points: float = 0.0
    #: Left without an answer.
    empty: int = 0

    @property
    def percent(self) -> int | None:
        """The share of points, half-right answers counted by half; None while nobody was asked."""
        return round(100 * self.points / self.asked) if self.asked else None

    @property
    def verdict(self) -> str:
        """``"hard"`` where hardly anybody is right, ``"easy"`` where everybody is; empty otherwise."""
        if self.percent is None or self.asked < ENOUGH:
            return ""
        return "hard" if self.percent < FEW else "easy" if self.percent >= ALL else ""


def answers_to(bank: QuestionBank) -> tuple[list[Answered], int]:
    """Every question of a bank, those answered worst first, and how many attempts were counted.

    Counted are the last attempts, handed in in time, at the quizzes that draw from the bank today; visitors' too. A
    question that was changed meanwhile counts with its earlier answers: attempts keep its number. Five queries.
    """
    found = {question.pk: Answered(question) for question in bank.questions.all()}
    lessons = [lesson.pk for lesson in drawn_by([bank.pk])[bank.pk]]
    attempts = Attempt.objects.filter(lesson__in=lessons, submitted_at__isnull=False, is_late=False)
    rows = list(attempts.order_by("-submitted_at").values_list("drawn", "answers")[:LAST])
    for drawn, answers in rows:
        given, points = answers.get("given", []), answers.get("points", [])
        for question, answer, point in zip(drawn, given, points, strict=False):
            counted = found.get(question.get("id"))
            if counted is not None:
                counted.asked += 1
                counted.points += point
                counted.empty += answer is None
    in_order = sorted(found.values(), key=lambda one: (one.percent is None, one.percent or 0, one.question.pk))
    return in_order, len(rows)

"""Questions of a quiz: what keeps one from being asked, how each person gets it, what an answer is worth.

Plain values that know no model: :func:`read_pasted` turns what an editor pasted into questions, :func:`problems` says
what to mend in one, :func:`draw` mixes its options for one person, and :func:`grade` compares what was answered.
"""

from training.questions.drawing import Drawn, draw, draw_many
from training.questions.grading import (
    Grade,
    answer_in_words,
    grade,
    read_answer,
    read_json_answer,
    right_answer_in_words,
)
from training.questions.model import KINDS, Option, Question, problems
from training.questions.pasting import Pasted, read_pasted

__all__ = [
    "KINDS",
    "Drawn",
    "Grade",
    "Option",
    "Pasted",
    "Question",
    "answer_in_words",
    "draw",
    "draw_many",
    "grade",
    "problems",
    "read_answer",
    "read_json_answer",
    "read_pasted",
    "right_answer_in_words",
]

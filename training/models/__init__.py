"""Courses and their lessons, classes, materials, the question bank, and what people have studied."""

from training.models.classes import ClassPage, Registration
from training.models.pages import CoursePage, LessonPage, MaterialPage, QuizPart, TrainingIndexPage
from training.models.questions import Question, QuestionBank, QuestionOption
from training.models.records import Attempt, Certificate, Enrolment, LessonRecord

__all__ = [
    "Attempt",
    "Certificate",
    "ClassPage",
    "CoursePage",
    "Enrolment",
    "LessonPage",
    "LessonRecord",
    "MaterialPage",
    "Question",
    "QuestionBank",
    "QuestionOption",
    "QuizPart",
    "Registration",
    "TrainingIndexPage",
]

"""Models of the app."""

from contests.models.draws import Draw
from contests.models.entries import Answer, Entry
from contests.models.pages import ContestIndexPage, ContestPage
from contests.models.rounds import Prize, Round

__all__ = ["Answer", "ContestIndexPage", "ContestPage", "Draw", "Entry", "Prize", "Round"]

"""What search keeps in the database."""

from search.models.editorial import AbbreviationOff, BestBet, Synonym
from search.models.pending import EVERYTHING, IndexBuild, PendingChange
from search.models.related import SimilarItem, SimilarList

__all__ = [
    "EVERYTHING",
    "AbbreviationOff",
    "BestBet",
    "IndexBuild",
    "PendingChange",
    "SimilarItem",
    "SimilarList",
    "Synonym",
]

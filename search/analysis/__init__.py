"""Vietnamese analysis: one module for text and questions, for both engines (docs/developers/search.md)."""

from search.analysis.tokens import fold
from search.analysis.understanding import Understood, understand

#: Raised whenever the same text would give other tokens: indexes made before are then built anew.
ANALYSIS_VERSION = 3

__all__ = ["ANALYSIS_VERSION", "Understood", "fold", "understand"]

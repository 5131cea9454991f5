"""How long a page takes to read."""

import math

from django.db import models

from core.blocks.plain_text import rich_paragraphs

# Vietnamese writes syllables apart; adults read about 240 of them a minute on a screen.
SYLLABLES_A_MINUTE = 240


def reading_minutes(instance: models.Model) -> int:
    """Return whole minutes for all rich content of a page, at least one where there is any text."""
    syllables = sum(len(paragraph.split()) for paragraph in rich_paragraphs(instance))
    return math.ceil(syllables / SYLLABLES_A_MINUTE)

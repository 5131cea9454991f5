"""Choices of the models."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Entrants(TextChoices):
    """Who may enter."""

    OPEN = "open", _("Everybody, with a mobile number")
    MEMBERS = "members", _("Members who have signed in")


class RankingShown(TextChoices):
    """When readers see the ranking."""

    ROUND = "round", _("After each round")
    CONTEST = "contest", _("After the last round")
    NEVER = "never", pgettext_lazy("the ranking is shown", "Never")


class Award(TextChoices):
    """How a prize is given."""

    RANKING = "ranking", _("To the best of the ranking")
    DRAW = "draw", _("By drawing lots")


class Scope(TextChoices):
    """What a prize is given for."""

    ROUND = "round", _("In each round")
    CONTEST = "contest", _("Once, for all rounds together")

"""Choices of the models; the values stand in addresses and never change."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class EventKind(TextChoices):
    """What sort of thing stands in the calendar."""

    MEETING = "hop", _("Meeting")
    CONFERENCE = "hoi-nghi", _("Conference")
    TRAINING = "tap-huan", pgettext_lazy("kind of event", "Training")
    ACTIVITY = "hoat-dong", _("Campaign or activity")
    VISIT = "tham-hoi", _("Visit")
    RECEPTION = "tiep-doan-vien", _("Reception of members")
    DEADLINE = "han-chot", _("Deadline")
    OTHER = "khac", pgettext_lazy("kind of event", "Other")


class Status(TextChoices):
    """Whether it takes place."""

    PLANNED = "planned", _("Takes place as planned")
    POSTPONED = "postponed", _("Postponed, the new date is not known yet")
    CANCELLED = "cancelled", pgettext_lazy("event", "Cancelled")


class State(TextChoices):
    """How an event stands at a moment, in the words that readers see beside it."""

    CANCELLED = "cancelled", pgettext_lazy("event", "Cancelled")
    POSTPONED = "postponed", pgettext_lazy("event", "Postponed")
    OVER = "over", pgettext_lazy("event", "Over")
    UNDER_WAY = "under-way", pgettext_lazy("event", "Under way")
    TODAY = "today", pgettext_lazy("event", "Today")
    COMING = "coming", pgettext_lazy("event", "Coming")

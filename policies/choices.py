"""Enumerations of the policy corner."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Validity(models.TextChoices):
    """Whether a legal document is in force."""

    IN_FORCE = "in_force", _("In force")
    UPCOMING = "upcoming", _("In force soon")
    PARTLY = "partly", _("Partly out of force")
    EXPIRED = "expired", _("No longer in force")

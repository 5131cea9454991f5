"""Enumerations of the picture library."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Licence(models.TextChoices):
    """What a picture may be used for."""

    OWN = "own", _("Made by the federation")
    PERMISSION = "permission", _("Used with the author's permission")
    CC_BY = "cc-by", "CC BY"
    CC_BY_SA = "cc-by-sa", "CC BY-SA"
    CC0 = "cc0", _("Public domain")
    UNKNOWN = "unknown", _("Not known: ask before using it elsewhere")

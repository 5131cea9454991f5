"""Enumerations of the organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    """Levels and kinds of union units; districts were abolished in July 2025 and live on in the archive."""

    FEDERATION = "federation", _("Provincial federation")
    DEPARTMENT = "department", _("Department of the federation")
    SECTOR = "sector", _("Sector union")
    ZONE = "zone", _("Union of the industrial zones")
    COMMUNE_CLUSTER = "commune_cluster", _("Union of communes and wards")
    DISTRICT = "district", _("District federation (until 30 June 2025)")
    GRASSROOTS = "grassroots", _("Grassroots union")

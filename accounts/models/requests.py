"""What members ask about their data, and the administrator's record of it, which names nobody."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DeletionRequest(models.Model):
    """An account that will be deleted unless its owner logs in again before."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deletion_request")
    #: Of the record, which stays.
    reference = models.CharField(max_length=12)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("request for deletion")
        verbose_name_plural = _("requests for deletion")

    def __str__(self) -> str:
        return self.reference


class DataRequest(models.Model):
    """That somebody asked for something, and when. Never who: the record outlives the account."""

    class Kind(models.TextChoices):
        """What happened."""

        EXPORTED = "exported", _("data downloaded")
        WITHDRAWN = "withdrawn", _("consent withdrawn")
        DELETION_ASKED = "deletion_asked", _("deletion asked for")
        DELETION_CANCELLED = "deletion_cancelled", _("deletion called off")
        DELETED = "deleted", _("account deleted")

    kind = models.CharField(_("what"), max_length=20, choices=Kind)
    #: Drawn at random; the steps of one deletion share it.
    reference = models.CharField(_("reference"), max_length=12, db_index=True)
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("request about personal data")
        verbose_name_plural = _("requests about personal data")

    def __str__(self) -> str:
        return f"{self.reference}: {self.get_kind_display()}"

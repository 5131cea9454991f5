"""What training tidies up by itself."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.schedule import periodic
from training.models import Attempt

#: A visitor's browser has forgotten its session by then; nobody can see the attempt any more.
VISITORS_KEPT = timedelta(days=30)
BATCH = 500


@periodic("training_visitors", every=timedelta(days=1), label=_("Attempts of visitors removed"))
def remove_old_attempts() -> None:
    """Delete what visitors answered a month ago, in small transactions."""
    old = Attempt.objects.filter(user__isnull=True, started_at__lt=timezone.now() - VISITORS_KEPT)
    while ids := list(old.values_list("pk", flat=True)[:BATCH]):
        Attempt.objects.filter(pk__in=ids).delete()

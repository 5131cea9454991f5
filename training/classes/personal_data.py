"""Takes out who somebody was, once nobody needs to know any more."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.schedule import periodic
from training.models import Registration

#: After the class; said in the consent of the sign-up and in the admin.
KEPT = timedelta(days=365)


@periodic("classes_forget", every=timedelta(days=1), label=_("Remove personal data of classes of a year ago"))
def forget_old_registrations() -> None:
    """Remove name, contact and account from registrations of classes that ended a year ago.

    Unit, presence and how it was found stay, and so does a certificate: that one is its holder's proof.
    """
    old = Registration.objects.filter(page__end__lt=timezone.now() - KEPT, forgotten_at=None)
    old.update(name="", contact="", user=None, forgotten_at=timezone.now())

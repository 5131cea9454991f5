"""What contests do by themselves: stop whoever forgot to hand in, close lists, forget people after a year."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contests.drawing import close_due_lists
from contests.entering import close_overdue
from contests.models import Answer, Entry
from core.schedule import periodic

#: After the round; said in the consent.
KEPT = timedelta(days=365)
BATCH = 500


@periodic("contests_close", every=timedelta(minutes=1), label=_("Close entries and lists whose time is over"))
def close_what_is_over() -> None:
    """Judge entries that were left, then close the lists that waited for them."""
    close_overdue()
    close_due_lists()


@periodic("contests_forget", every=timedelta(days=1), label=_("Remove personal data of contests of a year ago"))
def forget_old_entries() -> None:
    """Remove name, number's trace, account, questions and answers from entries a year after their round.

    Unit, points and ticket stay: the figures of units, and lots that somebody checks later.
    """
    old = Entry.objects.filter(round__closes_at__lt=timezone.now() - KEPT, forgotten_at=None)
    while ids := list(old.values_list("pk", flat=True)[:BATCH]):
        Answer.objects.filter(entry__in=ids).delete()
        Entry.objects.filter(pk__in=ids).update(
            name="", identity="", last_digits="", user=None, drawn=[], forgotten_at=timezone.now()
        )

"""Zalo group: no program may post there, so the portal writes the text and a person carries it over."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from crossposting.channels.contract import Announcement, Limits, Prepared, Provider
from crossposting.composing import compose, prepared_with
from crossposting.counting import Measure


class ZaloGroup(Provider):
    """Text to copy; the ledger remembers who has posted it."""

    network = "zalo_group"
    label = _("Zalo group (copied by hand)")
    icon = "copy"
    how = _("Zalo lets no program post in groups. The portal writes the text, you copy it and tick it off.")
    limits: ClassVar[Limits] = Limits(text=2000, measure=Measure())
    by_hand = True
    card_shape = "square"  # pictures in groups are cut to squares

    def prepare(self, announcement: Announcement, limits: Limits) -> Prepared:
        """Title, summary and link."""
        return prepared_with(
            announcement, compose(announcement, room=limits.text, measure=limits.measure, with_link=True)
        )

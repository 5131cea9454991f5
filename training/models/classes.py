"""Classes on site: the page that announces one, and who signed up and came."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField

from core.blocks.body import BodyBlock
from core.text import CleanTextMixin
from pages.models import BasePage
from training.certificates.codes import written
from training.choices import Access
from training.classes import selectors
from training.classes.standing import SEATED, WAITING
from training.classes.words import when_in_words
from training.models.pages import refuse_reserved


class ClassPage(BasePage):
    """A class at a place and an hour, with seats and a sign-up."""

    is_item = True
    listing_name = "training"
    admin_icon = "calendar-alt"
    page_description = _("A class at a place and an hour: sign-up, list of those present, certificates.")
    parent_page_types = ["training.TrainingIndexPage"]
    subpage_types: list[str] = []
    template = "training/class_page.html"

    audience = models.CharField(
        _("for whom"), max_length=160, blank=True, help_text=_("Such as: new shop stewards. Shown below the title.")
    )
    start = models.DateTimeField(_("begins"), help_text=_("Shown on the page, in lists and on the tickets."))
    end = models.DateTimeField(_("ends"), help_text=_("For several days: the end of the last one."))
    place = models.CharField(
        _("place"), max_length=200, blank=True, help_text=_("Hall and address, as a driver would need them.")
    )
    online_url = models.URLField(
        _("link for taking part online"),
        blank=True,
        help_text=_("Readers do not see it; it stands on the tickets of those who have a seat."),
    )
    hours = models.CharField(
        _("time of learning"),
        max_length=80,
        blank=True,
        help_text=_("Such as: 2 mornings, 7 hours. Shown on the page and printed on the certificate."),
    )
    access = models.CharField(
        _("who may sign up"),
        max_length=10,
        choices=Access.choices,
        default=Access.OPEN,
        help_text=_("Everybody signs up without an account; members find their name filled in."),
    )
    seats = models.PositiveSmallIntegerField(
        _("seats"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5000)],
        help_text=_("Whoever signs up later waits, and moves up when a seat is given back. Left empty: no limit."),
    )
    sign_up_until = models.DateTimeField(
        _("sign-up until"), null=True, blank=True, help_text=_("Left empty: until the class begins.")
    )
    body = StreamField(BodyBlock(required=False), verbose_name=_("about the class"), blank=True)
    is_cancelled = models.BooleanField(
        _("cancelled"), default=False, help_text=_("The page and every ticket say so; nobody can sign up any more.")
    )
    cancelled_because = models.CharField(
        _("reason"), max_length=300, blank=True, help_text=_("Readers see it where the page says «cancelled».")
    )
    has_certificate = models.BooleanField(
        _("with certificate"), default=True, help_text=_("Given to whoever was marked as present, after the end.")
    )
    signer = models.CharField(
        _("signed by"), max_length=120, blank=True, help_text=_("Printed on the certificate, with the position.")
    )
    signer_role = models.CharField(_("position"), max_length=160, blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("audience"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
                FieldPanel("place"),
                FieldPanel("online_url"),
                FieldPanel("hours"),
            ],
            heading=_("When and where"),
        ),
        MultiFieldPanel(
            [FieldPanel("access"), FieldRowPanel([FieldPanel("seats"), FieldPanel("sign_up_until")])],
            heading=_("Sign-up"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("has_certificate"), FieldRowPanel([FieldPanel("signer"), FieldPanel("signer_role")])],
            heading=_("Certificate"),
        ),
        MultiFieldPanel([FieldPanel("is_cancelled"), FieldPanel("cancelled_because")], heading=_("Cancellation")),
    ]

    class Meta:
        verbose_name = _("class on site")
        verbose_name_plural = _("classes on site")

    def clean(self) -> None:
        """Times in their order, and an address that is not one of the portal's own."""
        super().clean()
        refuse_reserved(self.slug)
        if not _in_order(self.start, self.end):
            raise ValidationError({"end": _("A class ends after it begins.")})
        if not _in_order(self.sign_up_until, self.end, or_same=True):
            raise ValidationError({"sign_up_until": _("Nobody can sign up for a class that is over.")})

    @property
    def sign_up_end(self) -> datetime:
        """The moment after which nobody can sign up."""
        return self.sign_up_until or self.start

    @property
    def is_over(self) -> bool:
        """Whether the class has ended."""
        return not _in_order(timezone.now(), self.end)

    @property
    def has_begun(self) -> bool:
        """Whether it has begun; from then on a seat is no longer given back."""
        return not _in_order(timezone.now(), self.start)

    @property
    def when(self) -> str:
        """Day and hours in words."""
        return when_in_words(self.start, self.end)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what stands around it, how the sign-up stands, and a member's own ticket."""
        context = super().get_context(request, *args, **kwargs)
        context.update(selectors.class_context(self, request))
        return context


def _in_order(earlier: datetime | None, later: datetime | None, *, or_same: bool = False) -> bool:
    """Whether one moment comes before another; nothing is wrong while one of them is not filled in."""
    if earlier is None or later is None:
        return True
    return earlier <= later if or_same else earlier < later


class RegistrationQuerySet(models.QuerySet):
    """Registrations in the words of whoever keeps the list."""

    def active(self) -> "RegistrationQuerySet":
        """Not given back."""
        return self.filter(cancelled_at=None)

    def seated(self) -> "RegistrationQuerySet":
        """Those who hold one of the seats; whoever came without signing up took none from the sign-up."""
        return self.filter(**SEATED)

    def queue(self) -> "RegistrationQuerySet":
        """Those who wait for a seat, the first one first; who came anyway waits no longer."""
        return self.filter(**WAITING).order_by("created", "pk")

    def present(self) -> "RegistrationQuerySet":
        """Those who came."""
        return self.active().filter(attended_at__isnull=False)


class Registration(CleanTextMixin, models.Model):
    """One person's place in a class, with or without an account. The code is the ticket: whoever knows it holds it.

    A year after the class name and contact are taken out (:mod:`training.classes.personal_data`); unit and presence
    stay, for the figures.
    """

    class Source(models.TextChoices):
        """How somebody was found to be present."""

        LIST = "list", _("Ticked in the list")
        TICKET = "ticket", _("Ticket scanned")
        ROOM = "room", _("Checked in by phone in the room")

    page = models.ForeignKey(
        ClassPage, verbose_name=_("class on site"), on_delete=models.CASCADE, related_name="registrations"
    )
    #: The reference index is for what editors choose; one row for each person would only fill it.
    page.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # Wagtail reads it off the field
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="class_registrations"
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    unit = models.ForeignKey(
        "organisations.Unit", verbose_name=_("unit"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    unit.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # as above
    #: As it was called then, or as somebody wrote it whose unit is not in the list.
    unit_name = models.CharField(_("unit"), max_length=200, blank=True)
    #: A telephone number or an address, in the one form of ``classes.contacts``; empty for somebody added by hand.
    contact = models.CharField(_("telephone or e-mail"), max_length=254, blank=True)
    code = models.CharField(_("code"), max_length=20, unique=True)
    created = models.DateTimeField(_("signed up"), default=timezone.now)
    cancelled_at = models.DateTimeField(_("given back"), null=True)
    is_waiting = models.BooleanField(_("waiting for a seat"), default=False)
    is_walk_in = models.BooleanField(_("without sign-up"), default=False)
    attended_at = models.DateTimeField(_("present"), null=True)
    attended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    source = models.CharField(_("how marked"), max_length=10, choices=Source.choices, blank=True)
    forgotten_at = models.DateTimeField(_("personal data removed"), null=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["created", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "contact"],
                condition=models.Q(cancelled_at__isnull=True) & ~models.Q(contact=""),
                name="one_place_per_contact",
            ),
            models.UniqueConstraint(
                fields=["page", "user"],
                condition=models.Q(cancelled_at__isnull=True, user__isnull=False),
                name="one_place_per_member",
            ),
        ]
        indexes = [models.Index(fields=["unit", "attended_at"], name="registration_of_unit")]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name, or words in its place once it was taken out."""
        return self.name or str(_("(name removed)"))

    @property
    def written_code(self) -> str:
        """The code in groups, as people read it out."""
        return written(self.code)

    @property
    def url(self) -> str:
        """The ticket's address."""
        return f"/dao-tao/ve/{self.written_code}/"

    @property
    def is_active(self) -> bool:
        """Whether the place was not given back."""
        return self.cancelled_at is None

    @property
    def is_present(self) -> bool:
        """Whether the person came."""
        return self.attended_at is not None

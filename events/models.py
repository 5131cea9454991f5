"""The work calendar and what stands in it."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.url_routing import RouteResult

from core.blocks.body import BodyBlock
from core.narrowing import day_start
from core.templatetags.portal_text import WEEKDAYS
from events import calendars, moments, parts, selectors
from events.blocks import AgendaBlock, PapersBlock
from events.choices import EventKind, State, Status
from events.querysets import EventManager
from pages.models import BasePage

#: Beyond these a year is a slip of the finger.
FIRST_YEAR, LAST_YEAR = 2000, 2100


class EventIndexPage(BasePage):
    """The work calendar: by month, by week, and as a list of what comes and what was."""

    max_count = 1
    is_section = True
    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.EventPage"]
    template = "events/month.html"

    class Meta:
        verbose_name = _("work calendar front")
        verbose_name_plural = _("work calendar fronts")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Know the calendar's views, which stand below its own address."""
        view = calendars.find(path_components) if path_components else None
        if view and self.live and not self.is_expired:
            return RouteResult(self, kwargs={"view": view})
        return super().route(request, path_components)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """Each view has its own."""
        view: calendars.View = kwargs.get("view") or calendars.ThisMonth()
        return view.template

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the view shows."""
        view: calendars.View = kwargs.pop("view", None) or calendars.ThisMonth()
        context = super().get_context(request, *args, **kwargs)
        context.update(calendars.context_of(self, view, request))
        return context


class EventPage(BasePage):
    """Something with a day: a meeting, a conference, an activity, a deadline."""

    is_item = True
    listing_name = "events"
    admin_icon = "calendar"
    page_description = _("A meeting, conference, activity or deadline in the work calendar, with agenda and papers.")
    parent_page_types = ["events.EventIndexPage"]
    subpage_types: list[str] = []
    template = "events/event_page.html"

    kind = models.CharField(
        _("kind of event"),
        max_length=20,
        choices=EventKind.choices,
        default=EventKind.MEETING,
        help_text=_("Readers see it above the title and can narrow the calendar by it."),
    )
    start = models.DateTimeField(_("begins"), help_text=_("Day and hour; for a deadline, the last moment."))
    end = models.DateTimeField(
        _("ends"),
        null=True,
        blank=True,
        help_text=_("For several days: the end of the last one. Left empty, readers see the beginning alone."),
    )
    all_day = models.BooleanField(
        _("all day"), default=False, help_text=_("Readers see the day or days without hours.")
    )
    place = models.CharField(
        pgettext_lazy("event", "place"),
        max_length=200,
        blank=True,
        help_text=_("Hall and address, as a driver would need them."),
    )
    online_url = models.URLField(
        _("link for taking part online"),
        max_length=500,
        blank=True,
        help_text=_("Readers see that one can take part online; the link itself only if you show it to everybody."),
    )
    online_is_public = models.BooleanField(
        _("show the link to everybody"),
        default=False,
        help_text=_("Leave it off where the invitation brings the link: it then stands nowhere on the portal."),
    )
    chair = models.CharField(
        _("presided by"),
        max_length=200,
        blank=True,
        help_text=_("Name and position. Shown on the page and in the week."),
    )
    participants = models.TextField(
        _("who takes part"), max_length=1000, blank=True, help_text=_("As on the invitation.")
    )
    body = StreamField(BodyBlock(required=False), verbose_name=_("about the event"), blank=True)
    agenda = StreamField(
        AgendaBlock(required=False),
        verbose_name=_("agenda"),
        blank=True,
        help_text=_("Row by row; also printed in the dossier."),
    )
    papers = StreamField(
        PapersBlock(required=False),
        verbose_name=pgettext_lazy("event", "papers"),
        blank=True,
        help_text=_(
            "Files that everybody may open, in the order in which they are needed. Readers take them away one by one "
            "or all in one ZIP file; files of a private collection are left out of it."
        ),
    )
    status = models.CharField(
        _("takes place"),
        max_length=10,
        choices=Status.choices,
        default=Status.PLANNED,
        help_text=_("With a new date, simply change the date above: calendars of readers follow."),
    )
    status_reason = models.CharField(
        _("reason"), max_length=300, blank=True, help_text=_("Readers see it where the page says so.")
    )
    #: Derived: the moment from which it is over; what queries compare with.
    until = models.DateTimeField(editable=False)

    objects: ClassVar[Any] = EventManager()

    content_panels = [
        *BasePage.content_panels[:2],
        FieldPanel("kind"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
                FieldPanel("all_day"),
                FieldPanel("place"),
                FieldRowPanel([FieldPanel("online_url"), FieldPanel("online_is_public")]),
            ],
            heading=_("When and where"),
        ),
        MultiFieldPanel(
            [FieldPanel("chair"), FieldPanel("participants")], heading=pgettext_lazy("people of an event", "People")
        ),
        FieldPanel("agenda"),
        FieldPanel("papers"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("status"), FieldPanel("status_reason")], heading=_("Cancelled or postponed")),
        *BasePage.content_panels[2:],
    ]

    class Meta:
        verbose_name = _("calendar event")
        verbose_name_plural = _("calendar events")
        indexes = [
            models.Index(fields=["start"], name="event_start"),
            models.Index(fields=["until"], name="event_until"),
        ]

    def clean(self) -> None:
        """Times in their order and in this century, and an address that is not one of the calendar's own."""
        super().clean()
        if calendars.is_reserved(self.slug):
            raise ValidationError({"slug": _("This address belongs to the calendar itself. Choose another one.")})
        if not self.is_dated:
            return
        for name, moment in (("start", self.start), ("end", self.end)):
            if moment and not FIRST_YEAR <= timezone.localtime(moment).year < LAST_YEAR:
                raise ValidationError({name: _("Look at the year again.")})
        if self.end and not self._in_order():
            raise ValidationError({"end": _("It ends after it begins.")})

    def _in_order(self) -> bool:
        assert self.end is not None
        return self.last_day >= self.first_day if self.all_day else self.end > self.start

    def derive(self) -> None:
        """Whole days begin and end at midnight; lists and calendars ask when it is over."""
        if self.is_dated:
            if self.all_day:
                first, last = self.first_day, self.last_day
                self.start, self.end = day_start(first), day_start(last) if last > first else None
            self.until = moments.over_at(self)
            self.card_note = moments.note_of(self)
        super().derive()

    # In words and states ----------------------------------------------------------------------------------------

    @property
    def is_dated(self) -> bool:
        """Whether anybody has filled in when it begins; a form that is just being filled is shown without."""
        start: datetime | None = self.start
        return start is not None

    @property
    def first_day(self) -> date:
        """The day on which it begins."""
        return moments.first_day(self)

    @property
    def last_day(self) -> date:
        """The last of its days."""
        return moments.last_day(self)

    @property
    def weekday(self) -> str:
        """Thứ Hai to Chủ nhật."""
        return WEEKDAYS[self.first_day.weekday()]

    @property
    def when(self) -> str:
        """Days and hours in words; "" while nobody has filled them in."""
        return moments.when_in_words(self) if self.is_dated else ""

    @property
    def short_when(self) -> str:
        """The hours, for where the day stands beside them."""
        return moments.short_when(self) if self.is_dated else ""

    @property
    def state(self) -> State:
        """How it stands at this moment."""
        return moments.state_of(self) if self.is_dated else State.COMING

    @property
    def shown_online_url(self) -> str:
        """The link for taking part, where everybody may have it."""
        return self.online_url if self.online_is_public else ""

    # Reading ----------------------------------------------------------------------------------------------------

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Know the dossier and the files, which stand below the page's own address."""
        part = parts.find("/".join(path_components)) if path_components else None
        if part and self.live and not self.is_expired:
            return RouteResult(self, kwargs={"part": part})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer with the part that was asked for, or the page."""
        part = kwargs.pop("part", None)
        return part.respond(self, request) if part else super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what stands around it."""
        context = super().get_context(request, *args, **kwargs)
        context.update(selectors.event_context(self, request))
        return context

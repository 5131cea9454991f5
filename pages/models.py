"""The base of every page: what listings, feeds and search results need, in one table.

One table: a list across all types is one query, without ``.specific()``. «Derived» columns are written on save.
"""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property, classproperty
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.models import AbstractPage, DefaultBasePageMixin, PagePermissionTester, PageViewRestriction
from wagtail.models.pages import AbstractPageMeta
from wagtail.search import index
from wagtail.url_routing import RouteResult

from core.blocks.reading import reading_minutes
from core.text import CleanTextMixin, clean_model_text, vietnamese_slug
from pages import routing
from pages.atomic import AtomicActionsMixin
from pages.forms import FEATURED_FOR, HOT_FOR, PortalPageForm
from pages.permissions import permission_tester
from pages.privacy import is_restricted
from pages.querysets import BasePageManager
from pages.revisions import LiveRevisionMixin
from pages.slugs import VietnameseSlugInput

ROUTE_KEPT_AS = "_wagtail_route_for_request"  # Wagtail's own name for it; its template tags read it too


class BasePage(AtomicActionsMixin, LiveRevisionMixin, CleanTextMixin, DefaultBasePageMixin, AbstractPage):
    """What all pages share. Never created itself: every page is of one of the types built on it."""

    summary = models.TextField(
        _("summary"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences. Readers see them below the title, in lists, in search and when shared."),
    )
    cover = models.ForeignKey(
        "images.PortalImage",
        verbose_name=_("cover picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown in lists and at the top of the page. At least 1200 pixels wide."),
    )
    cover_caption = models.CharField(
        _("caption"), max_length=300, blank=True, help_text=_("What the cover picture shows: who, where, when.")
    )
    share_image = models.ForeignKey(
        "images.PortalImage",
        verbose_name=_("picture when shared"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Left empty, the portal draws a card with the title and the cover picture."),
    )
    unit = models.ForeignKey(
        "organisations.Unit",
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="pages",
        help_text=_("The union unit that this page is about or that wrote it. Decides who may edit the page."),
    )
    main_topic = models.ForeignKey(
        "taxonomy.Topic",
        verbose_name=_("main topic"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Readers see it above the title."),
    )
    topics = ParentalManyToManyField(
        "taxonomy.Topic",
        verbose_name=_("topics"),
        blank=True,
        related_name="pages",
        help_text=_("Every topic under which readers should find this page."),
    )
    authors = ParentalManyToManyField(
        "organisations.Person",
        verbose_name=_("authors"),
        blank=True,
        related_name="pages",
        help_text=_("Their names link to their own pages."),
    )
    byline = models.CharField(
        _("author line"),
        max_length=160,
        blank=True,
        help_text=_("Only when it should differ from the authors' names, for instance the name of a department."),
    )
    display_date = models.DateTimeField(
        _("date shown"),
        null=True,
        blank=True,
        help_text=_("Left empty: the moment of first publication. Lists are ordered by it."),
    )
    is_hot = models.BooleanField(
        _("hot news"), default=False, help_text=_("Shown in the red strip at the top of the front page.")
    )
    hot_until = models.DateTimeField(
        _("hot until"),
        null=True,
        blank=True,
        help_text=_("Left empty: for 24 hours. Afterwards it leaves the strip by itself."),
    )
    is_featured = models.BooleanField(
        _("featured"), default=False, help_text=_("May lead the front page, with a large picture.")
    )
    featured_until = models.DateTimeField(
        _("featured until"), null=True, blank=True, help_text=_("Left empty: for 7 days.")
    )

    # Derived.
    listed = models.BooleanField(default=False, editable=False)
    listing = models.CharField(max_length=20, blank=True, editable=False)
    section = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.SET_NULL, related_name="section_items"
    )
    section.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # Wagtail reads it off the field
    author_line = models.CharField(max_length=300, blank=True, editable=False)
    reading_minutes = models.PositiveSmallIntegerField(default=0, editable=False)
    card_note = models.CharField(max_length=20, blank=True, editable=False)

    objects = BasePageManager()

    #: Whether pages of this type are items in listings, feeds and search (sections and indexes are not).
    is_item: ClassVar[bool] = False
    of_units: ClassVar[bool] = False  # editors of a unit write such pages although they are no items
    #: Name of the listing that all items of a vertical share ("news"); one column, so that one index orders it.
    listing_name: ClassVar[str] = ""
    #: Whether pages of this type gather the items below them.
    is_section: ClassVar[bool] = False
    #: Icon on a card: "", "video" or "photo"; a card's note stands beside it, or without one in place of the date.
    card_badge: ClassVar[str] = ""
    #: Icon of the type in the admin.
    admin_icon: ClassVar[str] = "doc-full"
    #: What the type is for, where an editor chooses one.
    page_description: Any = ""

    search_fields = [
        *AbstractPage.search_fields,
        *DefaultBasePageMixin.search_fields,
        index.SearchField("summary"),
        index.FilterField("unit"),
        index.FilterField("listed"),
    ]

    content_panels = [
        *AbstractPage.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("cover"), FieldPanel("cover_caption")], heading=_("Cover picture")),
    ]
    classification_panels = [
        MultiFieldPanel(
            [FieldPanel("main_topic"), FieldPanel("topics", widget=CheckboxSelectMultiple)], heading=_("Topics")
        ),
        FieldPanel("unit"),
    ]
    item_panels = [
        MultiFieldPanel(
            [FieldPanel("authors", widget=CheckboxSelectMultiple), FieldPanel("byline")], heading=_("Authors")
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("is_hot"), FieldPanel("hot_until")]),
                FieldRowPanel([FieldPanel("is_featured"), FieldPanel("featured_until")]),
            ],
            heading=_("On the front page"),
        ),
        FieldPanel("display_date"),
    ]
    promote_panels = [
        FieldPanel("slug", widget=VietnameseSlugInput),
        FieldPanel("share_image"),
        MultiFieldPanel(
            [
                HelpPanel(content=_("Left empty, the title and the summary are used.")),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
            ],
            heading=_("For search engines"),
            classname="collapsed",
        ),
    ]

    class Meta(AbstractPageMeta):
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        # Each begins with what a list asks for, goes on in its order and holds all it filters by: page 5,000 is a scan
        # of an index that touches no row it does not show. SQLite does not take the smaller partial ones for covering.
        indexes = [
            models.Index(
                fields=["listed", "live", "-display_date", "-id", "expire_at", "content_type"], name="page_newest"
            ),
            models.Index(
                fields=["listing", "live", "listed", "-display_date", "-id", "expire_at", "content_type", "unit"],
                name="page_listing_newest",
            ),
            models.Index(
                fields=["section", "live", "listed", "-display_date", "-id", "expire_at", "content_type", "unit"],
                name="page_section_newest",
            ),
            models.Index(
                fields=["unit", "live", "listed", "-display_date", "-id", "expire_at", "content_type"],
                name="page_unit_newest",
            ),
            models.Index(
                fields=["content_type", "live", "listed", "-display_date", "-id", "expire_at", "unit"],
                name="page_type_newest",
            ),
            models.Index(fields=["listed", "live", "-first_published_at", "-id", "expire_at"], name="page_first_live"),
            models.Index(fields=["is_hot", "live", "listed", "-hot_until", "expire_at"], name="page_hot"),
            models.Index(
                fields=["is_featured", "live", "listed", "-featured_until", "expire_at"], name="page_featured"
            ),
            models.Index(fields=["url_path"], name="page_url_path"),
            models.Index(fields=["expire_at"], name="page_expiry", condition=models.Q(expire_at__isnull=False)),
        ]

    @classproperty
    def edit_handler(cls) -> TabbedInterface:  # noqa: N805  # a property of the class
        """Four tabs for every type; a type changes a tab by changing its list of panels."""
        classification = [*cls.classification_panels, *(cls.item_panels if cls.is_item else [])]
        # Wagtail's admin sets the base page's form class to its own when it is ready.
        form_class = cls.base_form_class if issubclass(cls.base_form_class, PortalPageForm) else PortalPageForm
        return TabbedInterface(
            [
                ObjectList(cls.content_panels, heading=_("Content")),
                ObjectList(classification, heading=_("Classification")),
                ObjectList(cls.promote_panels, heading=_("Sharing")),
                ObjectList(cls.settings_panels, heading=_("Settings")),
            ],
            base_form_class=form_class,
        )

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Wagtail asks this before every action; rights by unit come in here."""
        return permission_tester(user, self)

    # Saving -----------------------------------------------------------------------------------------------------

    def clean(self) -> None:
        """Check what spans fields, in words that help an editor."""
        super().clean()
        if self.is_item and self.is_hot and not self.is_featured and not self.summary and not self.cover_id:
            raise ValidationError({"is_hot": _("Hot news needs a summary or a cover picture.")})

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Propose an ASCII address that keeps đ before Wagtail would make one."""
        if not self.slug and self.title and (self.path or getattr(self, "_cached_parent_obj", None)):  # type: ignore[has-type]  # Wagtail is untyped
            self.slug = self._get_autogenerated_slug(vietnamese_slug(self.title) or "trang")
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        """The same proposal for a page first saved as a draft."""
        if not self.slug and self.title and self.path:
            self.slug = self._get_autogenerated_slug(vietnamese_slug(self.title) or "trang")
        super().minimal_clean()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the derived columns with the rest."""
        if kwargs.get("update_fields") is None:
            self.derive()
        super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Clean the text of drafts too: PostgreSQL stores no NUL inside a revision."""
        clean_model_text(self)
        return super().save_revision(*args, **kwargs)

    def derive(self) -> None:
        """Compute every derived column from the page's own content and its place in the tree.

        Wagtail moves and expires pages by their row in the base table: such a save leaves the columns as they are.
        """
        if type(self) is not self.specific_class:
            return
        now = timezone.now()
        self.listed, self.listing = self.is_item, self.listing_name if self.is_item else ""
        if self.live:  # Wagtail's own actions set the first; a page that is simply saved live has one, too
            page: Any = self  # the stubs do not know Wagtail's field
            self.display_date = self.display_date or page.first_published_at or self.go_live_at or now
            page.first_published_at = page.first_published_at or now
        if self.live and self.is_hot and self.hot_until is None:
            self.hot_until = now + HOT_FOR
        if self.live and self.is_featured and self.featured_until is None:
            self.featured_until = now + FEATURED_FOR
        if self.is_item and self.depth and self.depth > 1:
            self.section_id = self.section_for(self.get_parent())
        self.reading_minutes = reading_minutes(self)
        if self.is_item:
            if self.main_topic_id and self.main_topic not in self.topics.all():
                self.topics = [*self.topics.all(), self.main_topic]
            self.author_line = (self.byline or ", ".join(str(person) for person in self.authors.all()))[:300]

    @staticmethod
    def section_for(parent: "BasePage | None") -> int | None:
        """The id of the section that gathers the children of ``parent``, if it is one."""
        specific = parent.cached_content_type.model_class() if parent else None
        return parent.pk if parent and specific and specific.is_section else None

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """Keep the dates set by publishing: a draft made before does not know them, and would begin them anew."""
        page: Self = super().with_content_json(content)
        if page.display_date is None:
            page.display_date = self.display_date
        if page.hot_until is None and page.is_hot and self.is_hot:
            page.hot_until = self.hot_until
        if page.featured_until is None and page.is_featured and self.is_featured:
            page.featured_until = self.featured_until
        page.section_id = self.section_id
        return page

    # Reading ----------------------------------------------------------------------------------------------------

    @staticmethod
    def route_for_request(request: HttpRequest, path: str) -> RouteResult | None:
        """Find the page of an address; the result is kept on the request, as Wagtail's own is."""
        kept = request.__dict__
        if ROUTE_KEPT_AS not in kept:
            kept[ROUTE_KEPT_AS] = routing.route(BasePage, request, path)
        result: RouteResult | None = kept[ROUTE_KEPT_AS]
        return result

    def get_view_restrictions(self) -> Any:
        """Wagtail's answer, without its two statements where nothing above this page is restricted."""
        if self.alias_of_id is None and not is_restricted(self):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Hide a page at the moment it expires, whether or not the worker has come round to it."""
        if not path_components and self.is_expired:
            raise Http404
        return super().route(request, path_components)

    @property
    def is_expired(self) -> bool:
        """Whether the end date has passed."""
        return self.expire_at is not None and self.expire_at <= timezone.now()

    @property
    def visible_now(self) -> bool:
        """Whether any reader may see the page at this moment; the same test as ``published()``, without a query."""
        return self.live and not self.is_expired and not is_restricted(self)

    @property
    def is_hot_now(self) -> bool:
        """Hot, and its time has not run out."""
        return bool(self.is_hot and self.hot_until and self.hot_until > timezone.now())

    @property
    def is_featured_now(self) -> bool:
        """Featured, and its time has not run out."""
        return bool(self.is_featured and self.featured_until and self.featured_until > timezone.now())

    @property
    def kicker(self) -> str:
        """The words above the title."""
        return self.main_topic.name if self.main_topic else ""

    @property
    def kicker_url(self) -> str:
        """Where the words above the title lead."""
        return self.main_topic.url if self.main_topic else ""

    @property
    def kind_label(self) -> str:
        """The type's name as readers see it."""
        return str(self.specific_class._meta.verbose_name) if self.specific_class else ""

    @property
    def badge(self) -> str:
        """Icon for the card, from the type and without loading the specific page."""
        return self.specific_class.card_badge if self.specific_class else ""

    @property
    def updated_at(self) -> Any:
        """When readers last saw something new here, if later than the first publication by a quarter of an hour."""
        first, last = self.first_published_at, self.last_published_at
        return last if first and last and last - first > timedelta(minutes=15) else None

    @cached_property
    def topics_list(self) -> list[Any]:
        """The topics, main topic first."""
        return sorted(self.topics.all(), key=lambda topic: topic.pk != self.main_topic_id)

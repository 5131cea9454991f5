"""Union units in a tree and in time."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.search import index

from core.slugs import free_slug
from core.text import CleanTextMixin, sort_key, vietnamese_slug
from organisations.choices import UnitKind
from organisations.querysets import UnitQuerySet


class Unit(CleanTextMixin, index.Indexed, ClusterableModel):
    """A union unit: the federation itself, a sector union, a grassroots union, …

    Units are never deleted when they end: they get a last day and, where there is one, the unit they merged into.
    """

    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(
        _("short name"), max_length=80, blank=True, help_text=_("For lists and small screens.")
    )
    slug = models.SlugField(
        _("slug"), max_length=120, unique=True, blank=True, help_text=_("Left empty: made from the name.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind, default=UnitKind.GRASSROOTS)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("belongs to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    valid_from = models.DateField(_("exists since"), null=True, blank=True)
    valid_to = models.DateField(
        _("existed until"), null=True, blank=True, help_text=_("The last day. Left empty while the unit exists.")
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="predecessors",
        help_text=_("Readers who open the old unit's address are led to this unit."),
    )
    address = models.CharField(_("address"), max_length=250, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    facebook = models.URLField(_("Facebook page"), blank=True)
    zalo = models.URLField(_("Zalo page"), blank=True)
    youtube = models.URLField(_("YouTube channel"), blank=True)
    members = models.PositiveIntegerField(_("members"), null=True, blank=True)
    tree_path = models.CharField(max_length=255, editable=False, db_index=True, default="")
    sort_name = models.CharField(max_length=900, editable=False, default="")

    objects = UnitQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("short_name"), FieldRowPanel([FieldPanel("kind"), FieldPanel("parent")])],
            heading=_("Unit"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
                FieldRowPanel([FieldPanel("website"), FieldPanel("facebook")]),
                FieldRowPanel([FieldPanel("zalo"), FieldPanel("youtube")]),
                FieldPanel("members"),
            ],
            heading=_("Contact"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]), FieldPanel("merged_into")],
            heading=_("Beginning and end"),
        ),
        InlinePanel("former_names", heading=_("Former names"), label=_("former name")),
        InlinePanel("assignments", heading=_("Who edits for this unit"), label=_("editor")),
        FieldPanel("slug"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.AutocompleteField("short_name"),
        index.FilterField("kind"),
        index.FilterField("slug"),
    ]

    class Meta:
        ordering = ["sort_name"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="unit_ends_after_it_began",
                violation_error_message=_("The last day must not come before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    def clean(self) -> None:
        """A unit can neither stand below itself nor merge into itself."""
        super().clean()
        if self.pk and self.parent_id and self.parent and self.parent.tree_path.startswith(self.tree_path or "-"):
            raise ValidationError({"parent": _("A unit cannot belong to itself or to a unit below it.")})
        if self.merged_into_id and self.merged_into_id == self.pk:
            raise ValidationError({"merged_into": _("A unit cannot merge into itself.")})
        seen = {self.pk}
        successor = self.merged_into
        while successor:
            if successor.pk in seen:
                raise ValidationError({"merged_into": _("These units merge into each other in a circle.")})
            seen.add(successor.pk)
            successor = successor.merged_into

    @transaction.atomic
    def save(self, *args: object, **kwargs: object) -> None:
        """Derive slug, place in the alphabet and path; move everything below along with the unit."""
        self.slug = self.slug or free_slug(Unit.objects, self.short_name or self.name, fallback="don-vi")
        self.sort_name = sort_key(self.name)[:900]
        # Both paths as they are in the database: the instance and its parent may have been loaded before a move.
        stored = dict(Unit.objects.filter(pk__in=[self.pk, self.parent_id]).values_list("pk", "tree_path"))
        before = stored.get(self.pk, "")
        self.tree_path = before
        super().save(*args, **kwargs)
        path = f"{stored[self.parent_id] if self.parent_id else '/'}{self.pk}/"
        if path != before:
            self.tree_path = path
            Unit.objects.filter(pk=self.pk).update(tree_path=path)
            if before:
                Unit.objects.filter(tree_path__startswith=before).exclude(pk=self.pk).update(
                    tree_path=Concat(Value(path), Substr("tree_path", len(before) + 1))
                )

    @property
    def is_current(self) -> bool:
        """Whether the unit exists today."""
        today = timezone.localdate()
        return (self.valid_to is None or self.valid_to >= today) and (
            self.valid_from is None or self.valid_from <= today
        )

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return str(self.get_kind_display())

    @property
    def level(self) -> int:
        """Depth in the tree; the federation is 1."""
        return self.tree_path.count("/") - 1

    @property
    def url(self) -> str:
        """The unit's address; built, not looked up, since every card may show it."""
        return f"/don-vi/{self.slug}/"


class FormerName(CleanTextMixin, models.Model):
    """What a unit was called before; its old address keeps working."""

    unit = ParentalKey(Unit, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(
        _("former slug"), max_length=120, blank=True, help_text=_("Readers who open it are led to the unit.")
    )
    until = models.DateField(_("until"), null=True, blank=True)

    panels = [FieldPanel("name"), FieldRowPanel([FieldPanel("slug"), FieldPanel("until")])]

    class Meta:
        ordering = ["-until", "pk"]
        verbose_name = _("former name")
        verbose_name_plural = _("former names")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Derive the former slug."""
        self.slug = self.slug or vietnamese_slug(self.name, max_length=120)
        super().save(*args, **kwargs)


class UnitAssignment(models.Model):
    """Says that a user edits for a unit and everything below it; the user's group says what they may do there."""

    unit = ParentalKey(Unit, on_delete=models.CASCADE, related_name="assignments")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="unit_assignments"
    )

    panels = [FieldPanel("user")]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "user"], name="one_assignment_per_unit")]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")

    def __str__(self) -> str:
        return f"{self.user} – {self.unit}"

"""People readers meet: officers of a unit and authors."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from core.slugs import free_slug
from core.text import CleanTextMixin, sort_key


class Person(CleanTextMixin, index.Indexed, models.Model):
    """An officer or an author. Holds only what the person agreed to publish."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("slug"), max_length=120, unique=True, blank=True, help_text=_("Left empty: made from the name.")
    )
    role = models.CharField(_("position"), max_length=160, blank=True)
    unit = models.ForeignKey(
        "organisations.Unit",
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
    )
    photo = models.ForeignKey(
        "images.PortalImage",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    bio = models.TextField(
        _("about"), max_length=1200, blank=True, help_text=_("A few sentences for the author's page.")
    )
    phone = models.CharField(_("telephone at work"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail at work"), blank=True)
    is_author = models.BooleanField(_("writes for the portal"), default=False)
    sort_name = models.CharField(max_length=600, editable=False, db_index=True, default="")

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("role"), FieldPanel("unit"), FieldPanel("photo")], heading=_("Person")
        ),
        FieldPanel("bio"),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
        FieldPanel("is_author"),
        FieldPanel("slug"),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("is_author")]

    class Meta:
        ordering = ["sort_name"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Derive slug and place in the alphabet: Vietnamese lists go by the given name, the last word."""
        self.slug = self.slug or free_slug(Person.objects, self.name, fallback="nguoi")
        given = self.name.split()[-1] if self.name.split() else ""
        self.sort_name = sort_key(f"{given} {self.name}")[:600]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Django's name for :attr:`url`."""
        return self.url

    @property
    def url(self) -> str:
        """Address of the author's archive."""
        return reverse("author", args=[self.slug])

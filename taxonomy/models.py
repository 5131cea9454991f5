"""Topics, by which readers browse across every kind of page."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.slugs import free_slug
from core.text import CleanTextMixin, sort_key


class Topic(CleanTextMixin, index.Indexed, models.Model):
    """A subject such as wages or safety at work, chosen from one short list by all editors."""

    name = models.CharField(_("name"), max_length=80, unique=True, help_text=_("Short: readers see it above titles."))
    slug = models.SlugField(
        _("slug"), max_length=80, unique=True, blank=True, help_text=_("Left empty: made from the name.")
    )
    description = models.TextField(
        _("description"), max_length=300, blank=True, help_text=_("Stands below the topic's title.")
    )
    sort_name = models.CharField(max_length=400, editable=False, db_index=True)

    panels = [FieldPanel("name"), FieldPanel("description"), FieldPanel("slug")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["sort_name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Derive slug and place in the alphabet."""
        self.slug = self.slug or free_slug(Topic.objects, self.name, fallback="chu-de", max_length=70)
        self.sort_name = sort_key(self.name)[:400]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Django's name for :attr:`url`; Wagtail's admin links with it."""
        return self.url

    @property
    def url(self) -> str:
        """Address of the topic's archive."""
        return reverse("topic", args=[self.slug])

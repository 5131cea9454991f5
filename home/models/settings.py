"""What the administrator sets for the whole site."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

from core.text import CleanTextMixin
from home.blocks import FooterBlock, NavigationBlock


@register_setting(icon="cog")
class SiteSettings(CleanTextMixin, BaseSiteSetting):
    """Name, address, hotline, menu and foot of the portal."""

    name = models.CharField(_("name of the portal"), max_length=80, default="Công đoàn")
    tagline = models.CharField(_("line below the name"), max_length=120, blank=True)
    federation_name = models.CharField(_("name of the federation"), max_length=160, default="Liên đoàn Lao động tỉnh")
    description = models.TextField(
        _("description"),
        max_length=300,
        blank=True,
        help_text=_("For search engines and when the front page is shared."),
    )
    emblem = models.ForeignKey(
        "images.PortalImage",
        verbose_name=_("emblem"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Square. Left empty, the portal's own emblem is shown."),
    )
    address = models.CharField(_("address"), max_length=250, blank=True)
    responsible = models.CharField(_("responsible for the content"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    hotline = models.CharField(_("hotline"), max_length=40, blank=True)
    hotline_label = models.CharField(_("what the hotline is for"), max_length=120, blank=True)
    copyright_note = models.CharField(_("note at the foot"), max_length=200, blank=True)
    facebook = models.URLField(_("Facebook page"), blank=True)
    zalo = models.URLField(_("Zalo page"), blank=True)
    youtube = models.URLField(_("YouTube channel"), blank=True)
    menu = StreamField(NavigationBlock(required=False), verbose_name=_("main menu"), blank=True)
    footer = StreamField(FooterBlock(required=False), verbose_name=_("foot of the page"), blank=True)

    visits_before = models.PositiveBigIntegerField(
        _("views before this portal"),
        default=0,
        help_text=_("What the counter of your former website showed. It is added to the views this portal counts."),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("tagline"),
                FieldPanel("federation_name"),
                FieldPanel("description"),
                FieldPanel("emblem"),
            ],
            heading=_("Portal"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldPanel("responsible"),
                FieldRowPanel([FieldPanel("hotline"), FieldPanel("hotline_label")]),
                FieldPanel("email"),
                FieldPanel("copyright_note"),
            ],
            heading=_("Contact"),
        ),
        MultiFieldPanel([FieldPanel("facebook"), FieldPanel("zalo"), FieldPanel("youtube")], heading=_("Channels")),
        FieldPanel("menu"),
        FieldPanel("footer"),
        FieldPanel("visits_before"),
    ]

    class Meta:
        verbose_name = _("portal")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep Wagtail's own record of the site's name equal: share cards and the admin read it there."""
        super().save(*args, **kwargs)
        type(self.site).objects.filter(pk=self.site_id).update(site_name=self.name)

    @property
    def hotline_dial(self) -> str:
        """The hotline as a telephone dials it."""
        return "".join(character for character in self.hotline if character in "+0123456789")

    @property
    def footer_columns(self) -> list[dict[str, object]]:
        """Columns at the foot, without links whose page is gone."""
        return [
            {
                "title": column.value["title"],
                "links": [{"text": link["text"], "url": link.href} for link in column.value["links"] if link.href],
            }
            for column in self.footer
        ]

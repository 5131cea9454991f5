"""Blocks of the front page and of the site's settings."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    ListBlock,
    PageChooserBlock,
    StaticBlock,
    StreamBlock,
    StructBlock,
    StructValue,
)


class LinkValue(StructValue):
    """A link to a page of the portal or to an address."""

    @property
    def href(self) -> str:
        """Where the link leads; "" when its page is gone."""
        page = self.get("page")
        if page:
            return page.url if page.live else ""
        return self.get("url") or ""


class LinkBlock(StructBlock):
    """A link with its words."""

    text = CharBlock(label=_("Words of the link"), max_length=60)
    page = PageChooserBlock(label=_("Page"), required=False)
    url = CharBlock(label=_("or address"), required=False, max_length=300, help_text=_("Such as /don-vi/ or https://…"))

    def clean(self, value: Any) -> Any:
        """A link must lead somewhere safe."""
        cleaned = super().clean(value)
        address = cleaned.get("url") or ""
        if not cleaned.get("page") and not address.startswith(("/", "https://", "http://", "tel:", "mailto:")):
            raise ValidationError(_("Choose a page, or give an address that begins with / or https://."))
        return cleaned

    class Meta:
        label = _("Link")
        icon = "link"
        value_class = LinkValue


class NavigationBlock(StreamBlock):
    """The main menu."""

    link = LinkBlock()


class FooterColumnBlock(StructBlock):
    """A column of links at the foot of every page."""

    title = CharBlock(label=_("Title"), max_length=60)
    links = ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        label = _("Column")
        icon = "list-ul"


class FooterBlock(StreamBlock):
    """The columns at the foot."""

    column = FooterColumnBlock()

    class Meta:
        max_num = 4


class SectionBandBlock(StructBlock):
    """The newest items of a section."""

    section = PageChooserBlock(label=_("News section"), page_type="news.SectionPage")
    layout = ChoiceBlock(
        label=_("Arrangement"),
        choices=[("big_rows", _("One large, four rows")), ("three", _("Three cards"))],
        default="big_rows",
    )

    class Meta:
        label = _("News section")
        icon = "list-ul"
        description = _("The newest items of one section.")


class PolicyBandBlock(StructBlock):
    """The policy corner."""

    show_procedures = BooleanBlock(label=_("Also show procedures"), required=False, default=True)

    class Meta:
        label = _("Policy corner")
        icon = "doc-full-inverse"
        description = _("The newest explainers, and procedures beside them.")


class MediaBandBlock(StaticBlock):
    """Video and photo stories."""

    class Meta:
        label = _("Video and photo stories")
        icon = "media"
        admin_text = _("The newest video and photo stories, on a dark ground.")


class InfographicsBandBlock(StaticBlock):
    """Infographics."""

    class Meta:
        label = _("Infographics")
        icon = "view"
        admin_text = _("The three newest infographics.")


class TrainingBandBlock(StaticBlock):
    """Courses."""

    class Meta:
        label = _("Training")
        icon = "list-ol"
        admin_text = _("The three newest courses.")


class ContestsBandBlock(StaticBlock):
    """Contests that are on."""

    class Meta:
        label = _("Contests")
        icon = "pick"
        admin_text = _("Contests that are open, or open within two weeks. While there is none, the band is not there.")


class EventsBandBlock(StaticBlock):
    """The work calendar."""

    class Meta:
        label = _("Work calendar")
        icon = "calendar"
        admin_text = _("What takes place next. While nothing is coming, the band is not there.")


class UnitsBandBlock(StaticBlock):
    """Units and linked systems."""

    class Meta:
        label = _("Units and linked systems")
        icon = "group"
        admin_text = _("The units directly below the federation, and the linked systems.")


class VisitsBandBlock(StaticBlock):
    """How often the portal is read."""

    class Meta:
        label = _("Views")
        icon = "view"
        admin_text = _("The views of today and in all, and those of the last seven days.")


class FrontPageBlock(StreamBlock):
    """The bands of the front page, from top to bottom."""

    section = SectionBandBlock()
    policy = PolicyBandBlock()
    media = MediaBandBlock()
    infographics = InfographicsBandBlock()
    training = TrainingBandBlock()
    contests = ContestsBandBlock()
    events = EventsBandBlock()
    units = UnitsBandBlock()
    visits = VisitsBandBlock()

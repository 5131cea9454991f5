"""Blocks that only events use."""

from django.utils.translation import gettext_lazy as _, pgettext_lazy
from wagtail.blocks import CharBlock, StreamBlock, StructBlock, TimeBlock

from core.blocks.media import DocumentBlock

MOST_AGENDA_ROWS = 120
MOST_PAPERS = 60


class AgendaItemBlock(StructBlock):
    """One row of the agenda."""

    time = TimeBlock(label=pgettext_lazy("of an agenda", "Hour"), required=False)
    what = CharBlock(label=pgettext_lazy("of an agenda", "What"), max_length=300)
    who = CharBlock(
        label=pgettext_lazy("of an agenda", "Who"),
        required=False,
        max_length=200,
        help_text=_("Who speaks or leads, with the position."),
    )

    class Meta:
        label = pgettext_lazy("of an agenda", "Row")
        icon = "time"
        template = "events/blocks/agenda_item.html"
        preview_value = {"time": "08:00", "what": "Đón tiếp đại biểu", "who": "Văn phòng"}


class AgendaPartBlock(StructBlock):
    """A heading between rows."""

    title = CharBlock(
        label=_("Heading"), max_length=120, help_text=_("Such as: Second day, or: Afternoon, in four groups.")
    )

    class Meta:
        label = _("Heading")
        icon = "title"
        template = "events/blocks/agenda_part.html"
        preview_value = {"title": "Ngày thứ hai"}


class AgendaBlock(StreamBlock):
    """The agenda, row by row."""

    item = AgendaItemBlock()
    part = AgendaPartBlock()

    class Meta:
        max_num = MOST_AGENDA_ROWS


class PapersBlock(StreamBlock):
    """The papers, in the order in which they are needed."""

    paper = DocumentBlock()

    class Meta:
        max_num = MOST_PAPERS

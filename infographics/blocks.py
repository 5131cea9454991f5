"""What an infographic is made of: pictures that somebody has drawn, and charts that the portal draws itself."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    IntegerBlock,
    StreamBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    URLBlock,
)
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageChooserBlock

from core.blocks.tables import table_columns
from infographics.charts import KINDS, PAPERS, Chart, ChartError, describe, draw_svg, read_table

PREVIEW = {
    "kind": "bar",
    "title": "Lương tối thiểu từ 1/1/2026",
    "subtitle": "Triệu đồng một tháng, so với mức cũ",
    "unit": "",
    "table": {
        "columns": [
            {"type": "text", "heading": "Vùng"},
            {"type": "number", "heading": "Đến 31/12/2025"},
            {"type": "number", "heading": "Từ 1/1/2026"},
        ],
        "rows": [
            {"values": ["I", "4,96", "5,31"]},
            {"values": ["II", "4,41", "4,73"]},
            {"values": ["III", "3,86", "4,14"]},
            {"values": ["IV", "3,45", "3,70"]},
        ],
        "caption": "",
    },
    "source": "",
    "paper": "sun",
    "highlight": None,
}


class ChartValue(StructValue):
    """A chart as an editor has described it."""

    @property
    def chart(self) -> Chart:
        """The chart to draw. Raises ChartError when the table cannot be drawn."""
        table = self.get("table")
        rows = [[str(cell.value or "") for cell in row] for row in table.rows] if table else []
        heads = [column["heading"] for column in table.columns] if table else []
        columns, read = read_table(heads, rows, kind=self.get("kind") or "bar")
        highlight = self.get("highlight")
        return Chart(
            kind=self.get("kind") or "bar",
            title=self.get("title") or "",
            subtitle=self.get("subtitle") or "",
            unit=self.get("unit") or "",
            columns=columns,
            rows=read,
            highlight=highlight - 1 if highlight else None,
            source=self.get("source") or "",
            paper=self.get("paper") or "sun",
        )


class ChartBlock(StructBlock):
    """A chart that the portal draws from a small table."""

    kind = ChoiceBlock(label=_("Kind of chart"), choices=list(KINDS.items()), default="bar")
    title = CharBlock(
        label=_("Title on the chart"), max_length=90, help_text=_("What it shows, with the date: short and large.")
    )
    subtitle = CharBlock(label=_("Below the title"), required=False, max_length=120)
    unit = CharBlock(
        label=_("Unit"), required=False, max_length=30, help_text=_("Written behind each number, such as % or people.")
    )
    table = TypedTableBlock(
        table_columns(),
        label=_("Table"),
        help_text=_("The first column names the rows, each other column holds numbers: 5,31 or 5.310.000."),
    )
    highlight = IntegerBlock(
        label=_("Row to stress"), required=False, min_value=1, max_value=30, help_text=_("Its number, from the top.")
    )
    source = CharBlock(
        label=_("Source"), required=False, max_length=160, help_text=_("Where the numbers come from: on the chart.")
    )
    paper = ChoiceBlock(label=_("Paper"), choices=list(PAPERS.items()), default="sun")

    def clean(self, value: Any) -> Any:
        """Refuse what cannot be drawn, with the row and the column at fault."""
        cleaned = super().clean(value)
        try:
            chart = cleaned.chart
            draw_svg(chart)
        except ChartError as error:
            raise StructBlockValidationError(block_errors={"table": ValidationError(error.messages)}) from error
        if chart.highlight is not None and chart.highlight >= len(chart.rows):
            missing = ValidationError(_("The table has no such row: it has %(rows)s.") % {"rows": len(chart.rows)})
            raise StructBlockValidationError(block_errors={"highlight": missing})
        return cleaned

    def get_preview_value(self) -> Any:
        """Show a chart."""
        return self.to_python(PREVIEW)

    class Meta:
        label = _("Chart that the portal draws")
        icon = "table"
        description = _("Bars, a line, shares, large numbers or before and after, drawn from a small table.")
        template = "infographics/blocks/chart.html"
        value_class = ChartValue


class InfographicPictureBlock(StructBlock):
    """One finished picture, or one page of a series of pictures."""

    image = ImageChooserBlock(label=_("Picture"), help_text=_("As large as you have it: readers can zoom in."))
    alt = CharBlock(
        label=_("What it is, in one sentence"),
        max_length=300,
        help_text=_("Read out in the picture's place; everything on it stands in «In words» below."),
    )

    class Meta:
        label = _("Finished picture")
        icon = "image"
        description = _("A picture made elsewhere; several make a series of pages.")
        template = "infographics/blocks/picture.html"


class PanelBlock(StreamBlock):
    """Pictures and charts, in order."""

    chart = ChartBlock()
    picture = InfographicPictureBlock()

    class Meta:
        required = True
        max_num = 20


class SourceBlock(StructBlock):
    """Where something on the infographic comes from."""

    text = CharBlock(label=_("Source"), max_length=200)
    url = URLBlock(label=_("Address"), required=False)

    class Meta:
        label = _("Source")
        icon = "link"


class SourceStreamBlock(StreamBlock):
    """The sources."""

    source = SourceBlock()

    class Meta:
        required = False


def words_of(value: ChartValue) -> str:
    """A chart in sentences; "" when it cannot be drawn."""
    try:
        return describe(value.chart)
    except ChartError:
        return ""

"""Tables that stay readable on a phone."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock


def table_columns() -> list[tuple[str, CharBlock]]:
    """The kinds of column that a table is made of."""
    return [
        ("text", CharBlock(label=_("Column of words"), required=False)),
        ("number", CharBlock(label=_("Figures"), required=False)),
    ]


class TableBlock(StructBlock):
    """A table with its title and source; columns of figures are set right."""

    caption = CharBlock(label=_("Title"), max_length=160)
    table = TypedTableBlock(table_columns(), label=_("Table"))
    source = CharBlock(label=_("Source"), required=False, max_length=200)

    def get_preview_value(self) -> Any:
        """A small table of figures."""
        table = {
            "columns": [{"type": "text", "heading": "Vùng"}, {"type": "number", "heading": "Từ 1/1/2026"}],
            "rows": [{"values": ["I", "5.310.000"]}, {"values": ["II", "4.730.000"]}],
            "caption": "",
        }
        return self.to_python({"caption": "Lương tối thiểu theo tháng, đồng", "table": table, "source": ""})

    class Meta:
        label = _("Table")
        icon = "table"
        description = _("A table with title and source; figures are aligned.")
        template = "blocks/table.html"

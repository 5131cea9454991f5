"""Prints a chart."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from infographics.charts import ChartError, draw_svg

register = template.Library()


@register.simple_tag
def chart(value: Any) -> SafeString:
    """The chart of a block as SVG; nothing while its table cannot be drawn."""
    try:
        return mark_safe(draw_svg(value.chart))  # the drawing escapes every text
    except ChartError:
        return SafeString("")

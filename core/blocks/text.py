"""Blocks made of words."""

from typing import Any

import nh3
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock, RichTextBlock, StructBlock, TextBlock, URLBlock
from wagtail.rich_text import RichText

from core.text import clean_text, vietnamese_slug

INLINE_FEATURES = ["bold", "link", "document-link"]
TEXT_FEATURES = [*INLINE_FEATURES, "ol", "ul", "h3"]
# What Wagtail stores for the features above; everything else (scripts, styles, frames, event attributes) goes.
ALLOWED_TAGS = {"p", "br", "b", "strong", "i", "em", "a", "ul", "ol", "li", "h2", "h3", "h4", "hr", "sup", "sub"}
ALLOWED_ATTRIBUTES = {"a": {"href", "linktype", "id"}}


def sanitise_rich_text(html: str) -> str:
    """Return stored rich text with nothing in it that could run or restyle the page.

    The editor cannot produce such things, but a paste, an import or the API can.
    """
    return nh3.clean(
        clean_text(html),
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


class SafeRichTextBlock(RichTextBlock):
    """Rich text that is safe whoever wrote it: cleaned when it is stored and when it is checked."""

    def clean(self, value: RichText) -> RichText:
        """Clean what the editor sent."""
        return super().clean(RichText(sanitise_rich_text(value.source)))

    def get_prep_value(self, value: Any) -> str:
        """Clean what is about to be stored, however it came here."""
        return sanitise_rich_text(super().get_prep_value(value) or "")

    class Meta:
        icon = "pilcrow"


class ParagraphBlock(SafeRichTextBlock):
    """Running text."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        description = _("Paragraphs, lists and links. Text pasted from Word keeps its paragraphs, lists and bold.")
        template = "blocks/paragraph.html"
        preview_value = "<p>Công đoàn cơ sở đã thương lượng lại <b>thang lương</b> với doanh nghiệp.</p>"


class HeadingBlock(StructBlock):
    """A heading that can be linked to."""

    text = CharBlock(label=_("Heading"), max_length=160)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the anchor, made from the words, so that a link to it survives moving the block."""
        context = super().get_context(value, parent_context=parent_context)
        context["anchor"] = vietnamese_slug(value.get("text") or "", max_length=60)
        return context

    class Meta:
        label = _("Heading")
        icon = "title"
        description = _("Divides a long text; readers can jump to it.")
        template = "blocks/heading.html"
        preview_value = {"text": "Không chờ đến ngày nghị định có hiệu lực"}


class QuoteBlock(StructBlock):
    """Somebody's own words."""

    text = TextBlock(label=_("Quotation"), help_text=_("Without quotation marks: the page adds them."), max_length=600)
    speaker = CharBlock(label=_("Who said it"), required=False, max_length=120)
    role = CharBlock(label=_("Their position"), required=False, max_length=160)

    class Meta:
        label = _("Quotation")
        icon = "openquote"
        description = _("One strong sentence, set large.")
        template = "blocks/quote.html"
        preview_value = {
            "text": "Khi hai bên cùng nhìn một con số thì câu chuyện nhẹ đi nhiều.",
            "speaker": "Nguyễn Thị Hạnh",
            "role": "Chủ tịch công đoàn cơ sở",
        }


class CalloutBlock(StructBlock):
    """A box that must not be overlooked."""

    kind = ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("info", _("Good to know")),
            ("ok", _("Good news, advice")),
            ("warn", _("Take care")),
            ("bad", _("Danger, deadline")),
        ],
        default="info",
    )
    title = CharBlock(label=_("Title"), max_length=120)
    text = SafeRichTextBlock(label=_("Text"), features=[*INLINE_FEATURES, "ul", "ol"])

    class Meta:
        label = _("Callout")
        icon = "warning"
        description = _("A coloured box with an icon: a hint, advice, a warning or a deadline.")
        template = "blocks/callout.html"
        preview_value = {
            "kind": "info",
            "title": "Lương của tôi có tăng không?",
            "text": "<p>So mức lương ghi trong hợp đồng với mức tối thiểu của vùng.</p>",
        }


class StepBlock(StructBlock):
    """One step."""

    title = CharBlock(label=_("What to do"), max_length=160)
    text = SafeRichTextBlock(label=_("How"), features=[*INLINE_FEATURES, "ul"], required=False)

    class Meta:
        label = _("Step")
        icon = "list-ol"


class StepsBlock(StructBlock):
    """What to do, in order."""

    title = CharBlock(label=_("Title"), required=False, max_length=120)
    items = ListBlock(StepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        label = _("Steps")
        icon = "list-ol"
        description = _("Numbered steps joined by a line.")
        template = "blocks/steps.html"
        preview_value = {
            "title": "",
            "items": [
                {"title": "Tìm vùng của nơi làm việc", "text": "<p>Vùng tính theo xã, phường.</p>"},
                {"title": "So với mức lương trong hợp đồng", "text": "<p>Không cộng tiền ăn ca.</p>"},
            ],
        }


class FactBlock(StructBlock):
    """One figure with what it means."""

    label = CharBlock(label=_("What it is"), max_length=80)
    value = CharBlock(label=_("Figure or short answer"), max_length=120)

    class Meta:
        label = _("Fact")
        icon = "tag"


class FactsBlock(StructBlock):
    """Key facts at a glance."""

    items = ListBlock(FactBlock(), label=_("Facts"), min_num=1, max_num=6)

    class Meta:
        label = _("Key facts")
        icon = "tag"
        description = _("Two to six figures or short answers in a row.")
        template = "blocks/facts.html"
        preview_value = {
            "items": [
                {"label": "Doanh nghiệp đã ký", "value": "186"},
                {"label": "Người được tăng lương", "value": "41.000"},
            ]
        }


class HotlineBlock(StructBlock):
    """A telephone number to call at a touch."""

    name = CharBlock(label=_("Who answers"), max_length=120)
    phone = CharBlock(label=_("Telephone"), max_length=30)
    hours = CharBlock(label=_("When"), required=False, max_length=80)
    note = CharBlock(label=_("Note"), required=False, max_length=200)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the number in the form a telephone dials."""
        context = super().get_context(value, parent_context=parent_context)
        context["dial"] = "".join(character for character in value.get("phone") or "" if character in "+0123456789")
        return context

    class Meta:
        label = _("Hotline")
        icon = "mobile-alt"
        description = _("A large telephone number; on a phone a touch calls it.")
        template = "blocks/hotline.html"
        preview_value = {"name": "Tư vấn pháp luật miễn phí", "phone": "1800 0042", "hours": "7:30–17:00", "note": ""}


class LinkItemBlock(StructBlock):
    """One service."""

    title = CharBlock(label=_("Title"), max_length=120)
    url = URLBlock(label=_("Address"))
    description = CharBlock(label=_("What it is for"), required=False, max_length=200)

    class Meta:
        label = _("Link")
        icon = "link"


class LinksBlock(StructBlock):
    """Links to services."""

    title = CharBlock(label=_("Title"), required=False, max_length=120)
    items = ListBlock(LinkItemBlock(), label=_("Links"), min_num=1)

    class Meta:
        label = _("Service links")
        icon = "link"
        description = _("Links to services elsewhere, each with a word on what it is for.")
        template = "blocks/links.html"
        preview_value = {
            "title": "Dịch vụ trực tuyến",
            "items": [{"title": "Tra cứu bảo hiểm", "url": "https://example.org/", "description": "Quá trình đóng"}],
        }

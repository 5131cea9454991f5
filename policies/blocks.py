"""Blocks that only policy pages use."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, DateBlock, StreamBlock, StructBlock, URLBlock
from wagtail.documents.blocks import DocumentChooserBlock

from core.blocks.body import BodyBlock
from core.blocks.text import INLINE_FEATURES, SafeRichTextBlock
from policies.choices import Validity


class BeforeAfterBlock(StructBlock):
    """What was and what is, side by side."""

    before_title = CharBlock(label=_("Title before"), max_length=80)
    before_text = SafeRichTextBlock(label=_("Before"), features=INLINE_FEATURES)
    after_title = CharBlock(label=_("Title after"), max_length=80)
    after_text = SafeRichTextBlock(label=_("After"), features=INLINE_FEATURES)

    class Meta:
        label = _("Before and after")
        icon = "order"
        description = _("Two boxes side by side: the old rule and the new one.")
        template = "blocks/before_after.html"
        preview_value = {
            "before_title": "Trước 1/1/2026",
            "before_text": "<p>Vùng I: 4.960.000 đồng một tháng.</p>",
            "after_title": "Từ 1/1/2026",
            "after_text": "<p>Vùng I: <b>5.310.000 đồng</b> một tháng.</p>",
        }


class PolicyBodyBlock(BodyBlock):
    """The shared blocks and the pair of before and after."""

    before_after = BeforeAfterBlock()


class BasisBlock(StructBlock):
    """A legal document that the page rests on, named by its number."""

    number = CharBlock(
        label=_("Number of the document"), max_length=60, help_text=_("As printed, such as 293/2025/NĐ-CP.")
    )
    kind = CharBlock(label=_("Kind"), max_length=60, help_text=_("Law, decree, circular, …"))
    title = CharBlock(label=_("Title"), max_length=400)
    articles = CharBlock(
        label=_("Articles"), required=False, max_length=160, help_text=_("Such as Articles 90 and 91.")
    )
    effective_from = DateBlock(label=_("In force since"), required=False)
    status = ChoiceBlock(label=_("Validity"), choices=Validity.choices, default=Validity.IN_FORCE)
    url = URLBlock(label=_("Full text"), required=False)

    class Meta:
        label = _("Legal document")
        icon = "doc-full"


class BasisStreamBlock(StreamBlock):
    """The legal basis."""

    basis = BasisBlock()


class QuestionBlock(StructBlock):
    """A question that workers really ask."""

    question = CharBlock(label=_("Question"), max_length=200)
    answer = SafeRichTextBlock(label=_("Answer"), features=[*INLINE_FEATURES, "ul", "ol"])

    class Meta:
        label = _("Question and answer")
        icon = "help"


class QuestionStreamBlock(StreamBlock):
    """Questions and answers."""

    question = QuestionBlock()


class ProcedureStepBlock(StructBlock):
    """A step of a procedure."""

    title = CharBlock(label=_("What to do"), max_length=160)
    text = SafeRichTextBlock(label=_("How"), features=[*INLINE_FEATURES, "ul"], required=False)

    class Meta:
        label = _("Step")
        icon = "list-ol"


class ProcedureStepStreamBlock(StreamBlock):
    """The steps of a procedure."""

    step = ProcedureStepBlock()


class PaperBlock(StructBlock):
    """A paper to bring."""

    name = CharBlock(label=_("Paper"), max_length=200)
    copies = CharBlock(label=_("Copies"), required=False, max_length=60)
    note = CharBlock(label=_("Note"), required=False, max_length=200)

    class Meta:
        label = _("Paper")
        icon = "doc-full"


class PaperStreamBlock(StreamBlock):
    """The papers to bring."""

    paper = PaperBlock()


class FormBlock(StructBlock):
    """A form to fill in, as a file or at an address."""

    name = CharBlock(label=_("Form"), max_length=200)
    document = DocumentChooserBlock(label=_("File"), required=False)
    url = URLBlock(label=_("Address"), required=False)
    note = CharBlock(label=_("Note"), required=False, max_length=200)

    class Meta:
        label = _("Form")
        icon = "form"


class FormStreamBlock(StreamBlock):
    """The forms to fill in."""

    form = FormBlock()


class PolicyFactBlock(StructBlock):
    """One of the facts at the head of an explainer."""

    label = CharBlock(label=_("What it is"), max_length=60)
    value = CharBlock(label=_("Short answer"), max_length=120)

    class Meta:
        label = _("Fact")
        icon = "tag"


class PolicyFactStreamBlock(StreamBlock):
    """The facts at the head of an explainer."""

    fact = PolicyFactBlock()

    class Meta:
        max_num = 4

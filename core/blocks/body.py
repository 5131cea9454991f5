"""The stream of blocks from which every page's text is made."""

from wagtail.blocks import StreamBlock

from core.blocks.media import DocumentBlock, GalleryBlock, ImageBlock
from core.blocks.related import RelatedBlock
from core.blocks.tables import TableBlock
from core.blocks.text import (
    CalloutBlock,
    FactsBlock,
    HeadingBlock,
    HotlineBlock,
    LinksBlock,
    ParagraphBlock,
    QuoteBlock,
    StepsBlock,
)
from core.blocks.video import VideoBlock


class BodyBlock(StreamBlock):
    """All shared blocks. Names are stored with the content: rename one only with a migration."""

    paragraph = ParagraphBlock()
    heading = HeadingBlock()
    image = ImageBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    table = TableBlock()
    document = DocumentBlock()
    video = VideoBlock()
    callout = CalloutBlock()
    steps = StepsBlock()
    facts = FactsBlock()
    hotline = HotlineBlock()
    links = LinksBlock()
    related = RelatedBlock()

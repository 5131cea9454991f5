"""Fills a page's form the way a browser would send it, whatever fields and blocks its type has.

A later page type or block is filled without a line here, as long as it is made of the usual fields and blocks.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.http import QueryDict
from taggit.forms import TagField
from wagtail import blocks
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea
from wagtail.blocks.field_block import FieldBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.test.utils.form_data import rich_text

from core.blocks.video import VideoBlock
from images.models import PortalImage
from infographics.blocks import ChartBlock
from pages.models import BasePage
from tests import factories
from training.blocks import AudioBlock

WORDS = "Thương lượng tập thể ở Đông Lâu"
RICH = "<p>Người lao động được <b>tăng lương</b> từ tháng này.</p>"

#: Fields that hold a later moment than all others.
LATER = {"end": "2026-11-20 11:30", "closes_at": "2026-11-20 11:30"}

#: A film comes from YouTube or is one of the portal's own.
FILM_FIELDS = {"video_url", "video_file", "captions"}

Data = dict[str, Any]


class Filler:
    """Makes form data; ``words`` and ``rich`` are put into every plain and every rich text."""

    def __init__(self, *, words: str = WORDS, rich: str = RICH) -> None:
        self.words = words
        self.rich = rich

    # What fields and blocks refer to, made when one of them asks: few forms ask for all of it.

    @cached_property
    def image(self) -> Any:
        return PortalImage.objects.first() or factories.make_image()

    @cached_property
    def frame(self) -> Any:
        return factories.make_frame_picture()

    @cached_property
    def document(self) -> Any:
        return factories.make_document()

    @cached_property
    def recording(self) -> Any:
        return factories.make_document(file=ContentFile(b"ID3", name="ghi-am.mp3"))

    @cached_property
    def film(self) -> Any:
        return factories.make_film()

    @cached_property
    def captions(self) -> Any:
        return factories.make_captions()

    @property
    def of_films(self) -> Data:
        """One of the portal's own films."""
        return {"video_url": "", "video_file": str(self.film.pk), "captions": str(self.captions.pk)}

    @cached_property
    def page(self) -> BasePage:
        return BasePage.objects.filter(listed=True, live=True).first() or factories.make_article()

    # Forms ------------------------------------------------------------------------------------------------------

    def everything(self, form: forms.ModelForm, **given: Any) -> Data:
        """Every field of a form filled, each stream with each of its blocks."""
        data: Data = {}
        for name, field in form.fields.items():
            if name in given:
                data |= _named(name, given[name])
            else:
                data |= self.field(name, field)
        return data | self.formsets(form)

    def only_required(self, form: forms.ModelForm, **given: Any) -> Data:
        """The required fields and nothing else; streams empty."""
        data: Data = {}
        for name, field in form.fields.items():
            if name in given:
                data |= _named(name, given[name])
            elif _is_stream(field) and not field.required:
                data |= {f"{name}-count": "0"}
            elif isinstance(field.widget, DraftailRichTextArea):
                data[name] = "null"
            elif field.required:
                data |= self.field(name, field)
            else:
                data |= _empty(name, field)
        return data | self.formsets(form)

    def formsets(self, form: Any) -> Data:
        """As many children as there must be, and no more."""
        data: Data = {}
        for formset in form.formsets.values():
            data |= {
                f"{formset.prefix}-TOTAL_FORMS": str(formset.min_num),
                f"{formset.prefix}-INITIAL_FORMS": "0",
                f"{formset.prefix}-MIN_NUM_FORMS": "0",
                f"{formset.prefix}-MAX_NUM_FORMS": "1000",
            }
            for place in range(formset.min_num):
                data |= self.child(f"{formset.prefix}-{place}", formset.empty_form)
        return data

    def child(self, prefix: str, form: Any) -> Data:
        """A row of what is written inside the page's form."""
        names = [name for name in form.fields if name not in {"id", "DELETE", "ORDER"}]
        data = {
            f"{prefix}-{key}": value for name in names for key, value in self.field(name, form.fields[name]).items()
        }
        return {**data, f"{prefix}-ORDER": "1", f"{prefix}-id": ""}

    def field(self, name: str, field: forms.Field) -> Data:
        if _is_stream(field):
            return self.stream(name, field.block)  # type: ignore[attr-defined]  # Wagtail's BlockField
        if isinstance(field.widget, DraftailRichTextArea):
            return {name: rich_text(self.rich)}
        if name == "frame":
            return {name: str(self.frame.pk)}
        if name in LATER:
            return {name: LATER[name]}
        if name in FILM_FIELDS:
            return {name: self.of_films[name]}
        return _named(name, self.value(field))

    def value(self, field: forms.Field) -> Any:
        """What a browser sends for a plain field."""
        for kind, make in self._makers():
            if isinstance(field, kind):
                return make(field)
        raise NotImplementedError(f"{type(field).__name__}: teach tests/form_data.py to fill it")

    def _makers(self) -> list[tuple[Any, Callable[[Any], Any]]]:
        return [
            (forms.ModelMultipleChoiceField, lambda field: [str(item.pk) for item in field.queryset[:2]]),
            (forms.ModelChoiceField, self._choice_of_model),
            (forms.TypedChoiceField, lambda field: str(next(value for value, _label in _choices(field) if value))),
            (forms.ChoiceField, lambda field: str(next(value for value, _label in _choices(field) if value))),
            (forms.BooleanField, lambda field: "on"),
            (forms.SplitDateTimeField, lambda field: ["2026-11-20", "07:30"]),
            (forms.DateTimeField, lambda field: "2026-11-20 07:30"),
            (forms.DateField, lambda field: "2026-11-20"),
            (forms.TimeField, lambda field: "07:30"),
            (forms.URLField, lambda field: factories.YOUTUBE),
            (forms.EmailField, lambda field: "cong-doan@example.org"),
            (forms.IntegerField, lambda field: "3"),
            (TagField, lambda field: "lương, thưởng"),
            (forms.SlugField, lambda field: ""),
            (forms.CharField, lambda field: self.words[: field.max_length]),
        ]

    def _choice_of_model(self, field: Any) -> str:
        model = field.queryset.model
        if model is PortalImage:
            return str(self.image.pk)
        chosen = field.queryset.first()
        return str(chosen.pk) if chosen else ""

    # Blocks -----------------------------------------------------------------------------------------------------

    def stream(self, prefix: str, block: blocks.StreamBlock, *, times: int = 1) -> Data:
        """A stream with every kind of its blocks, up to the number it allows."""
        names = list(block.child_blocks) * times
        names = names[: block.meta.max_num] if block.meta.max_num else names
        data: Data = {f"{prefix}-count": str(len(names))}
        for place, name in enumerate(names):
            at = f"{prefix}-{place}"
            data |= {f"{at}-type": name, f"{at}-order": str(place), f"{at}-deleted": "", f"{at}-id": ""}
            data |= self.block(f"{at}-value", block.child_blocks[name])
        return data

    def block(self, prefix: str, block: blocks.Block) -> Data:
        if isinstance(block, TypedTableBlock):
            return self._table(prefix, block)
        if isinstance(block, blocks.StreamBlock):
            return self.stream(prefix, block)
        if isinstance(block, ChartBlock):
            return self._struct(prefix, block) | self._numbers(prefix, block)
        if isinstance(block, AudioBlock):
            return self._struct(prefix, block) | {f"{prefix}-recording": str(self.recording.pk)}
        if isinstance(block, VideoBlock):
            own = {"url": "", "file": str(self.film.pk), "captions": str(self.captions.pk)}
            return self._struct(prefix, block) | {f"{prefix}-{name}": value for name, value in own.items()}
        if isinstance(block, blocks.StructBlock):
            return self._struct(prefix, block)
        if isinstance(block, blocks.ListBlock):
            return self._list(prefix, block)
        if isinstance(block, blocks.StaticBlock):
            return {}
        if isinstance(block, blocks.RichTextBlock):
            return {prefix: rich_text(self.rich, features=block.features)}
        return {prefix: self._simple(block)}

    def _struct(self, prefix: str, block: blocks.StructBlock) -> Data:
        return {
            key: value
            for name, child in block.child_blocks.items()
            for key, value in self.block(f"{prefix}-{name}", child).items()
        }

    def _numbers(self, prefix: str, block: ChartBlock) -> Data:
        """What a chart can be drawn of: numbers where they belong, and a row to stress that is there."""
        number = list(block.child_blocks["table"].child_blocks).index("number")
        cells = {f"{prefix}-table-cell-{row}-{number}": "5,31" for row in range(2)}
        return {f"{prefix}-highlight": "1", **cells}

    def _simple(self, block: blocks.Block) -> Any:
        if isinstance(block, ImageChooserBlock):
            return str(self.image.pk)
        if isinstance(block, DocumentChooserBlock):
            return str(self.document.pk)
        if isinstance(block, blocks.PageChooserBlock):
            return str(self._page_for(block).pk)
        if isinstance(block, FieldBlock):
            return self.value(block.field)
        raise NotImplementedError(f"{type(block).__name__}: teach tests/form_data.py to fill it")

    def _page_for(self, block: blocks.PageChooserBlock) -> BasePage:
        models = block.target_models
        if models == [BasePage]:
            return self.page
        return BasePage.objects.type(*models).live().first() or factories.make_section()

    def _list(self, prefix: str, block: blocks.ListBlock) -> Data:
        number = block.meta.min_num or 1
        data: Data = {f"{prefix}-count": str(number)}
        for place in range(number):
            at = f"{prefix}-{place}"
            data |= {f"{at}-order": str(place), f"{at}-deleted": "", f"{at}-id": ""}
            data |= self.block(f"{at}-value", block.child_block)
        return data

    def _table(self, prefix: str, block: TypedTableBlock) -> Data:
        names = list(block.child_blocks)
        data: Data = {f"{prefix}-caption": "", f"{prefix}-column-count": str(len(names)), f"{prefix}-row-count": "2"}
        for place, name in enumerate(names):
            at = f"{prefix}-column-{place}"
            data |= {f"{at}-type": name, f"{at}-order": str(place), f"{at}-deleted": "", f"{at}-heading": self.words}
        for row in range(2):
            data |= {f"{prefix}-row-{row}-order": str(row), f"{prefix}-row-{row}-deleted": ""}
            for place, name in enumerate(names):
                data |= self.block(f"{prefix}-cell-{row}-{place}", block.child_blocks[name])
        return data


def querydict(data: Data) -> QueryDict:
    """As the form itself is given it."""
    sent = QueryDict(mutable=True)
    for key, value in data.items():
        sent.setlist(key, value if isinstance(value, list) else [value])
    return sent


def _is_stream(field: forms.Field) -> bool:
    return isinstance(getattr(field, "block", None), blocks.StreamBlock)


def _choices(field: Any) -> list[tuple[Any, Any]]:
    choices: list[tuple[Any, Any]] = []
    for value, label in field.choices:
        choices += list(label) if isinstance(label, list | tuple) else [(value, label)]
    return choices


def _empty(name: str, field: forms.Field) -> Data:
    return {} if isinstance(field, forms.BooleanField | forms.ModelMultipleChoiceField) else {name: ""}


def _named(name: str, value: Any) -> Data:
    return {} if value is None else {name: value}

"""Vietnamese text: one canonical form for storage, ASCII slugs and the order of the Vietnamese alphabet."""

import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from anyascii import anyascii
from django.db import models
from django.http import QueryDict
from django.utils.text import slugify
from wagtail.fields import StreamField

# C0 and C1 control characters except tab, line feed and carriage return; none is legal in XML 1.0 feeds either.
# Pasted text also brings invisible marks: zero-width space and no-break, word joiner, soft hyphen, direction marks.
# U+200D stays: it holds emoji together.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")

# The Vietnamese alphabet's letters and, within a syllable, its tones in dictionary order.
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # level, huyền, hỏi, ngã, sắc, nặng
_LETTER_RANK = {letter: f"{rank:02d}" for rank, letter in enumerate(_LETTERS, start=10)}
_TONE_RANK = {tone: str(rank) for rank, tone in enumerate(_TONES)}


def clean_text(value: str) -> str:
    """Return text as it is stored: NFC, without control and invisible characters.

    The placing of tone marks is left alone (hòa and hoà both stay): names keep their owner's spelling.
    """
    return unicodedata.normalize("NFC", _SURROGATES.sub("", _UNWANTED.sub("", value)))


def is_clean(value: str) -> bool:
    """Whether :func:`clean_text` would return the same text; much cheaper than cleaning it."""
    return unicodedata.is_normalized("NFC", value) and not _UNWANTED.search(value) and not _SURROGATES.search(value)


def clean_json(value: Any) -> Any:
    """Clean every string inside JSON-like data (lists and dicts of plain values)."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [clean_json(item) for item in value]
    if isinstance(value, dict):
        return {key: clean_json(item) for key, item in value.items()}
    return value


def clean_form_data(data: QueryDict | None) -> QueryDict | None:
    """What was sent, in NFC and without control characters: decomposed text has up to three times the length."""
    if data is None:
        return None
    cleaned = data.copy()
    for key in data:
        cleaned.setlist(key, [clean_text(value) for value in data.getlist(key)])
    return cleaned


def vietnamese_slug(value: str, *, max_length: int = 100) -> str:
    """Return an ASCII slug that keeps đ as d: «Đoàn viên» gives ``doan-vien``. Cut at a word, never inside one."""
    slug = slugify(anyascii(clean_text(value)).replace("_", "-"))
    if len(slug) <= max_length:
        return slug
    cut = slug[: max_length + 1].rpartition("-")[0]
    return cut or slug[:max_length]


def sort_key(value: str) -> str:
    """Return a key whose plain string order is the order of a Vietnamese dictionary.

    Letters come before tones within each word, so «an, ăn, ân», «da, đa» and «ma, mà, mả, mã, má, mạ» stand in order;
    Đ follows D. Digits sort before letters and by value up to twelve digits.
    """
    words = re.findall(r"\d+|[^\W\d_]+", clean_text(value).lower())
    return " ".join(_number_key(word) if word.isdecimal() else _word_key(word) for word in words)


def _number_key(word: str) -> str:
    return "0" + str(int(word)).rjust(12, "0")


def _word_key(word: str) -> str:
    letters, tones = [], []
    for character in word:
        base, tone = _split_tone(character)
        letters.append(_LETTER_RANK.get(base, f"z{ord(base[0]):06x}"))
        tones.append(_TONE_RANK[tone])
    return "".join(letters) + "!" + "".join(tones)


def _split_tone(character: str) -> tuple[str, str]:
    decomposed = unicodedata.normalize("NFD", character)
    tone = next((mark for mark in decomposed if mark in _TONE_RANK), "")
    base = unicodedata.normalize("NFC", decomposed.replace(tone, "") if tone else decomposed)
    return base, tone


def clean_model_text(instance: models.Model, *, only: Iterable[str] | None = None) -> None:
    """Clean every text and StreamField of a model instance in place.

    Only loaded fields are touched, so that a deferred field costs no query.
    """
    deferred = instance.get_deferred_fields()
    for field in instance._meta.concrete_fields:  # Django's documented model API
        if field.attname in deferred or (only is not None and field.name not in only):
            continue
        value = instance.__dict__.get(field.attname)
        if isinstance(field, StreamField):
            _clean_stream(instance, field)
        elif isinstance(value, str) and isinstance(field, models.CharField | models.TextField) and not is_clean(value):
            setattr(instance, field.attname, clean_text(value))


def _clean_stream(instance: models.Model, field: StreamField) -> None:
    value = getattr(instance, field.attname)
    prepared = value.get_prep_value()
    if not _all_clean(prepared):
        setattr(instance, field.attname, field.to_python(json.dumps(clean_json(prepared))))


def _all_clean(value: Any) -> bool:
    if isinstance(value, str):
        return is_clean(value)
    if isinstance(value, list):
        return all(_all_clean(item) for item in value)
    if isinstance(value, dict):
        return all(_all_clean(item) for item in value.values())
    return True


class CleanTextMixin(models.Model):
    """Model mixin: text is NFC and free of control characters before it is checked and before it is stored."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Clean the text also when code saves without a form."""
        clean_model_text(self, only=kwargs.get("update_fields"))
        super().save(*args, **kwargs)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Clean the text first, so that length and uniqueness are checked on what is stored."""
        clean_model_text(self)
        super().full_clean(*args, **kwargs)

"""Captions as editors have them become captions as browsers show them."""

import codecs
import unicodedata

import pytest
from django.core.exceptions import ValidationError

from core.captions import MAX_BYTES, Cue, decode, passages, read_captions, webvtt

SRT = """1
00:00:01,000 --> 00:00:03,500
Chị Lan: Nghe tiếng máy

2
00:00:03,500 --> 00:00:05,000
là biết nước lên.
"""
WORDS = "Việc thứ nhất: đội mũ, mặc áo phản quang."


def texts(data: bytes | str) -> list[str]:
    return [cue.text for cue in read_captions(data.encode() if isinstance(data, str) else data)]


def cue(text: str) -> str:
    return f"1\n00:00:01,000 --> 00:00:02,000\n{text}\n"


def test_srt_becomes_webvtt():
    assert webvtt(read_captions(SRT.encode())) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:03.500\nChị Lan: Nghe tiếng máy\n\n"
        "00:00:03.500 --> 00:00:05.000\nlà biết nước lên.\n"
    )


def test_what_is_written_is_read_again():
    cues = read_captions(SRT.encode())

    assert read_captions(webvtt(cues).encode()) == cues


def test_webvtt_with_all_it_may_hold():
    text = (
        "\ufeffWEBVTT - Phim\nKind: captions\n\nNOTE\nlời nhắc\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\n"
        "mở đầu\n01:02.500 --> 01:04.000 align:start position:10%\n<v Chị Lan>Chào <b>anh</b></v>\n\n"
        "1:00:00.000 --> 1:00:01.000\n<c.vang>Hết</c> &amp; cảm ơn\n"
    )

    assert read_captions(text.encode()) == [
        Cue(62.5, 64.0, "Chị Lan: Chào anh"),
        Cue(3600.0, 3601.0, "Hết & cảm ơn"),
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_of_every_system(newline):
    assert texts(SRT.replace("\n", newline)) == ["Chị Lan: Nghe tiếng máy", "là biết nước lên."]


@pytest.mark.parametrize(
    "data",
    [
        cue(WORDS).encode(),
        codecs.BOM_UTF8 + cue(WORDS).encode(),
        cue(WORDS).encode("utf-16"),
        codecs.BOM_UTF16_BE + cue(WORDS).encode("utf-16-be"),
        cue(WORDS).encode("utf-16-le"),
        cue(WORDS).encode("utf-16-be"),
        cue(unicodedata.normalize("NFD", WORDS)).encode(),
    ],
)
def test_every_form_of_unicode(data):
    assert texts(data) == [WORDS]


def as_windows_wrote(text: str) -> bytes:
    """Windows-1258 has vowels with their hats and the tones as signs of their own."""
    tones = {"\u0300", "\u0309", "\u0303", "\u0301", "\u0323"}
    apart = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        kept = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        apart.append(kept + "".join(part for part in parts if part in tones))
    return "".join(apart).encode("cp1258")


def test_windows_old_vietnamese():
    assert texts(as_windows_wrote(cue("Đường dây nóng: “nước lên” – ồ, ậ, ử, ỹ"))) == [
        "Đường dây nóng: “nước lên” – ồ, ậ, ử, ỹ"
    ]


@pytest.mark.parametrize(
    "data", [cue("C«ng ®oµn").encode("latin-1"), cue("Coâng ñoaøn").encode("latin-1"), b"\xff\xfe\x00"]
)
def test_an_unknown_code_is_refused_with_what_to_do(data):
    with pytest.raises(ValidationError) as refused:
        decode(data)
    assert refused.value.code == "encoding"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("1\n00:00:01,000 -> 00:00:02,000\nChữ\n", 2),
        (f"{SRT}\n3\n00:00:06,000 --> 00:00:0x,000\nChữ\n", 10),
        (f"{SRT}\n3\n00:00:61,000 --> 00:01:02,000\nChữ\n", 10),
        (f"{SRT}\n3\n00:00:07,000 --> 00:00:06,000\nChữ\n", 10),
        (f"{SRT}\nChữ bơ vơ\n", 9),
        ("<!doctype html>\n<p>Không phải phụ đề</p>\n", 2),
    ],
)
def test_a_mistake_tells_its_line(text, line):
    with pytest.raises(ValidationError) as refused:
        read_captions(text.encode())
    assert f"Dòng {line}:" in refused.value.messages[0]


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "empty"), (b"WEBVTT\n", "empty"), (b"x" * (MAX_BYTES + 1), "too_large")]
)
def test_files_without_captions(data, code):
    with pytest.raises(ValidationError) as refused:
        read_captions(data)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<i>Nghiêng</i> {\\an8}trên", "Nghiêng trên"),
        ('<font color="red">Đỏ</font>', "Đỏ"),
        ("<script>alert(1)</script>", "alert(1)"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"),
        ("3 < 5 và 7 > 6", "3 < 5 và 7 > 6"),
        ("không\u200b thấy\x07", "không thấy"),
    ],
)
def test_nothing_of_a_cue_is_markup(written, kept):
    cues = read_captions(cue(written).encode())

    assert [each.text for each in cues] == [kept]
    body = webvtt(cues).partition("-->")[2].partition("\n")[2]
    assert "<" not in body
    assert "-->" not in body


def test_cues_in_disorder_are_put_in_order():
    assert texts("00:05.000 --> 00:06.000\nhai\n\n00:01.000 --> 00:02.000\nmột\n") == ["một", "hai"]


def test_paragraphs_follow_speakers_and_pauses():
    cues = [
        Cue(0, 2, "Chị Lan: Nghe tiếng máy"),
        Cue(2, 3, "là biết\nnước lên."),
        Cue(3, 4, "– Thật ư?"),
        Cue(10, 11, "Phà đi."),
    ]

    assert [(each.start, each.text) for each in passages(cues)] == [
        (0, "Chị Lan: Nghe tiếng máy là biết nước lên."),
        (3, "– Thật ư?"),
        (10, "Phà đi."),
    ]


def test_a_long_speech_is_cut_at_a_sentence():
    cues = [
        Cue(second, second + 1, "một hai ba bốn năm sáu bảy tám chín mười" + "." * (second % 2)) for second in range(20)
    ]

    lengths = [len(each.text.split()) for each in passages(cues)]

    assert sum(lengths) == 200
    assert max(lengths) <= 100
    assert all(each.text.endswith(".") for each in passages(cues))

"""Questions as they are typed: lost marks are put back, slips mended, and nothing that is right is touched."""

import random
import unicodedata

import pytest

from search.analysis.lexicon import Lexicon
from search.analysis.questions import ASKING, asking_places
from search.analysis.syllables import exact, fold_letters
from search.analysis.tokens import fold, words
from search.analysis.understanding import understand
from search.analysis.vocabulary import Counts, Vocabulary
from tests.search.analysis.corpus import TOPICS, documents

TITLES = [title for title, _text in TOPICS]
SENTENCES = sorted({line for made in documents() for line in f"{made.title}. {made.text}".split(". ") if line})


def slips(word: str) -> dict[str, str]:
    """What one slip makes of a word: each with its name."""
    made = {}
    for at in range(len(word)):
        made[word[:at] + word[at] + word[at:]] = "doubled"
        if len(word) > 3:
            made[word[:at] + word[at + 1 :]] = "dropped"
        if at + 1 < len(word):
            made[word[:at] + word[at + 1] + word[at] + word[at + 2 :]] = "swapped"
    return {slip: name for slip, name in made.items() if slip != word}


def with_one_slip(title: str) -> list[tuple[str, str]]:
    """A title with each slip at each of its words, in turn."""
    found = title.lower().split()
    return [
        (name, " ".join([*found[:at], slip, *found[at + 1 :]]))
        for at, word in enumerate(found)
        for slip, name in slips(word).items()
    ]


# Right already --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [str, str.lower, str.upper, lambda line: unicodedata.normalize("NFD", line)])
def test_right_vietnamese_is_never_corrected(library, shape):
    changed = {line: library.spelling(shape(line)) for line in SENTENCES}

    assert {line for line, spelling in changed.items() if spelling != shape(line)} == set()


@pytest.mark.parametrize(
    "line",
    [
        "lao động nữ sinh con được nghỉ sáu tháng",
        "công nhân nghỉ ốm đau hưởng chế độ nào",
        "đoàn phí và kinh phí công đoàn trả thế nào",
        "thương lượng với doanh nghiệp về tiền lương",
        "hoà giải tranh chấp",
        "kĩ thuật an toàn",
    ],
)
def test_other_questions_of_known_words_stay(library, line):
    understood = library.understand(line)

    assert not understood.applied


QUESTIONS = [
    "như thế nào",
    "là gì",
    "ra sao",
    "bao nhiêu",
    "bao lâu",
    "khi nào",
    "tại sao",
    "vì sao",
    "có được không",
    "phải không ạ",
    "cho tôi hỏi",
    "ở đâu",
    "ai được",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_question_words_are_neither_changed_nor_taken_for_slips(library, question):
    assert library.spelling(question) == question
    assert library.spelling(f"chế độ thai sản {question}") == f"chế độ thai sản {question}"


@pytest.mark.parametrize(
    "question",
    [
        "như thế nào",
        "là bao nhiêu",
        "ra sao",
        "hay không",
        "bao lâu ạ",
        "thế nào vậy",
        "có phải không",
        "là gì",
        "được quy định như thế nào",
    ],
)
def test_words_that_ask_do_not_decide_what_is_found(library, question):
    assert library.first(f"chế độ thai sản {question}") == "page:0"
    assert library.first(f"kinh phí công đoàn {question}?") == "page:4"


@pytest.mark.parametrize("opening", ["cho tôi hỏi", "xin hỏi", "tôi muốn hỏi", "em muốn hỏi"])
def test_words_that_lead_to_a_question_do_not_decide_either(library, opening):
    assert library.first(f"{opening} kinh phí công đoàn") == "page:4"


@pytest.mark.parametrize(
    ("line", "asking"),
    [
        ("thai sản được quy định như thế nào", "được quy định như thế nào"),
        ("quy định về thai sản", ""),
        ("trường hợp nào được nghỉ", "trường hợp nào"),
        ("trường hợp tai nạn", ""),
        ("thưởng là gì", "là gì"),
        ("như thế nào", "như thế nào"),
        ("", ""),
    ],
)
def test_which_words_only_ask(line, asking):
    found = words(line)
    places = asking_places([exact(word) for word in found])

    assert " ".join(found[at] for at in sorted(places)) == asking


def test_words_that_ask_are_not_marked(library):
    marks = library.understand("kinh phí công đoàn là bao nhiêu").marks("Bao nhiêu kinh phí? Thế nào?")

    assert library.first("cho tôi hỏi kinh phí công đoàn") == "page:4"
    assert ["Bao nhiêu kinh phí? Thế nào?"[start:end] for start, end in marks] == ["kinh phí"]
    assert {exact("nào"), exact("gì")} <= ASKING


# Lost marks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", TITLES)
def test_lost_marks_are_put_back(library, title):
    place = TITLES.index(title)
    bare = fold_letters(title.lower())

    assert exact_line(library.spelling(bare)) == exact_line(title)
    assert not library.understand(bare).applied
    assert library.first(bare) == library.first(title) == f"page:{place}"


@pytest.mark.parametrize("title", TITLES)
def test_some_lost_marks_are_put_back(library, title):
    bare = [word if at % 2 else fold_letters(word) for at, word in enumerate(title.lower().split())]

    assert exact_line(library.spelling(" ".join(bare))) == exact_line(title)


def test_marks_that_were_typed_are_rewarded(library):
    assert library.first("lượng") != library.first("lương")
    assert library.first("tranh chấp") == "page:10"
    for word in ("lương", "lượng"):
        best = library.engine.get([library.first(word)]).popitem()[1]
        assert exact(word) in [exact(found) for found in words(f"{best.title} {best.text}")]


# Slips ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", TITLES)
def test_a_slip_keeps_its_answer_from_nobody(library, title):
    place = TITLES.index(title)

    assert {line for _name, line in with_one_slip(title) if library.first(line) != f"page:{place}"} == set()


@pytest.mark.parametrize("kind", ["doubled", "dropped", "swapped"])
def test_nearly_every_slip_is_mended(library, kind):
    made = [(line, title) for title in TITLES for name, line in with_one_slip(title) if name == kind]
    sample = random.Random(kind).sample(made, 150)
    mended = [fold(library.spelling(line)) == fold(title) for line, title in sample]

    assert sum(mended) / len(mended) > 0.93


def test_a_slip_that_was_mended_is_applied_and_lost_marks_are_proposed(library):
    mended, restored = library.understand("kinh phsi cong doan"), library.understand("kinh phi cong doan")

    assert (mended.applied, mended.proposed) == ("kinh phí công đoàn", "")
    assert (restored.applied, restored.proposed) == ("", "kinh phí công đoàn")


def test_capitals_of_words_that_stay_are_kept(library):
    assert library.understand("Kinh phsi Công đoàn").applied == "Kinh phí Công đoàn"


@pytest.mark.parametrize("line", ["xyzzy", "zalo marketing", "qwrt zxcv", "工会", "🎉", "12 345"])
def test_what_nobody_can_read_stays(library, line):
    assert not library.understand(line).applied


# Telex and VNI --------------------------------------------------------------------------------------------------------

TELEX = {
    "coong ddoanf": "công đoàn",
    "lao ddoongj": "lao động",
    "chees ddooj thai sanr": "chế độ thai sản",
    "ddaij hooij coong ddoanf cow sowr": "đại hội công đoàn cơ sở",
    "kinh phis coong ddoanf": "kinh phí công đoàn",
    "nguwowif lao ddoongj nuwx": "người lao động nữ",
    "tieenf luwowng": "tiền lương",
    "hoaf giair": "hòa giải",
    "chế độ thai sanr": "chế độ thai sản",
}
VNI = {
    "cong1 d9oan2": "công đoàn",
    "cong6 d9oan2": "công đoàn",
    "lao d9o65ng": "lao động",
    "che61 d9o65 thai sa3n": "chế độ thai sản",
    "kinh phi1 cong6 d9oan2": "kinh phí công đoàn",
    "tien62 luong7": "tiền lương",
    "nguoi72 lao dong965 nu74": "người lao động nữ",
    "chế độ thai san3": "chế độ thai sản",
}


@pytest.mark.parametrize(("typed", "meant"), [*TELEX.items(), *VNI.items()])
def test_unfinished_telex_and_vni_are_mended(library, typed, meant):
    assert library.understand(typed).applied == meant
    assert library.first(typed) == library.first(meant)


@pytest.fixture
def vocabulary(tmp_path):
    """A vocabulary of a few lines of its own."""
    opened = Vocabulary(tmp_path / "vocabulary")
    counts = Counts()
    for line in ["giấy khổ A4 in hai mặt"] * 5 + ["ã", "lạnh cóng"] + ["công đoàn"] * 40:
        counts.add([[exact(word) for word in words(line)]])
        counts.documents += 1
    opened.merge(counts)
    yield opened
    opened.close()


def test_digits_that_belong_to_a_word_stay(vocabulary):
    assert not understand("giấy khổ A4", vocabulary, Lexicon()).applied
    assert not understand("covid19 2024", vocabulary, Lexicon()).applied


def test_a_wrong_digit_is_mended_by_its_neighbours(vocabulary):
    assert understand("cong1 d9oan2", vocabulary, Lexicon()).applied == "công đoàn"
    assert understand("lanh5 cong1", vocabulary, Lexicon()).applied == "lạnh cóng"


# As it was typed ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["coong ddoanf", "kinh phsi", "cong doan", "cong1 d9oan2", "chế độ thai sản", "CĐCS"])
def test_exact_changes_nothing(library, line):
    understood = library.understand(line, exact=True)

    assert (understood.text, understood.applied, understood.proposed) == (line, "", "")


def test_exact_asks_for_what_was_typed(library):
    assert library.find("coong ddoanf", exact=True) == []
    assert library.first("kinh phí công đoàn", exact=True) == "page:4"
    assert library.first("kinh phi cong doan", exact=True) == "page:4"


def test_without_a_vocabulary_nothing_is_mended():
    understood = understand("coong ddoanf cong doan", None, Lexicon())

    assert (understood.applied, understood.proposed, understood.empty) == ("", "", False)


def exact_line(line: str) -> list[str]:
    return [exact(word) for word in words(line)]

"""From a line to a plan: phrases, words to leave out, and lines that mean nothing or mean harm."""

import pytest
from hypothesis import given, settings, strategies as st

from search.analysis.asking import MAX_CHARACTERS, MAX_WORDS, take_apart
from search.analysis.lexicon import Lexicon
from search.analysis.understanding import Understood, understand
from search.engines.contract import AllOf, AnyOf, Clause, Phrase, SearchRequest, Term
from search.engines.embedded import EmbeddedEngine
from tests.search.analysis.conftest import Library

# Taking apart ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ['"công đoàn"', "“công đoàn”", "«công đoàn»", "„công đoàn”"])
def test_quotation_marks_of_any_kind_make_a_phrase(line):
    asked = take_apart(f"thưởng {line} cơ sở")

    assert asked.phrases == ("công đoàn",)
    assert asked.excluded == ()


@pytest.mark.parametrize(
    ("line", "excluded"),
    [
        ("lương -thưởng", ("thưởng",)),
        ("-thưởng lương", ("thưởng",)),
        ("lương −thưởng", ("thưởng",)),
        ('lương -"làm thêm"', ("làm thêm",)),
        ("lương -thưởng -phạt", ("thưởng", "phạt")),
        ("lương - thưởng", ()),
        ("02-NQ/TU", ()),
        ("lương-thưởng", ()),
        ("tháng -12", ()),
    ],
)
def test_a_minus_before_a_word_leaves_it_out(line, excluded):
    assert take_apart(line).excluded == excluded


def test_a_quotation_mark_alone_is_no_phrase():
    asked = take_apart('"chưa đóng ngoặc')

    assert (asked.phrases, asked.excluded) == ((), ())
    assert understand('"chưa đóng ngoặc', None, Lexicon()).plan.match is not None


# In the index ---------------------------------------------------------------------------------------------------------


def test_all_words_of_a_short_question_are_wanted(library):
    assert library.find("thai sản bóng") == []
    assert library.first("thai sản trợ cấp") == "page:0"


def test_a_phrase_finds_only_words_next_to_one_another(library):
    found = library.find('"lao động nữ"', limit=50)
    assert found
    assert set(found) <= set(library.find("lao động nữ", limit=50))
    for hit in library.engine.get(found).values():
        assert "lao động nữ" in f"{hit.title} {hit.text}".lower()

    assert library.find('"nữ lao động sinh"') == []


def test_a_phrase_without_marks_finds_any_marks_and_with_marks_only_its_own(library):
    assert set(library.find('"kinh phi cong doan"')) == set(library.find('"kinh phí công đoàn"'))
    assert library.find('"kinh phì công đoàn"') == []


def test_a_phrase_narrows_other_words(library):
    found = library.find('"thương lượng" thỏa ước', limit=50)

    assert found[0] == "page:6"
    assert set(found) <= set(library.find('"thương lượng"', limit=50))


@pytest.mark.parametrize("minus", ["-hòa", "-hoà", "-hoa", "−hòa", '-"hòa giải"'])
def test_what_is_left_out_is_not_found(library, minus):
    everything, without = library.find("tranh chấp", limit=50), library.find(f"tranh chấp {minus}", limit=50)

    assert "page:10" in everything
    assert "page:10" not in without


def test_only_words_to_leave_out_leave_everything_else(library):
    understood = library.understand("-thai")

    assert not understood.empty
    assert understood.excluded == ("thai",)
    found = library.find("-thai", limit=200)
    assert "page:0" not in found
    assert len(found) > 50


def test_a_longer_question_is_found_by_most_of_its_words(library):
    line = "lao động nữ sinh con được nghỉ thai sản và hưởng trợ cấp bao nhiêu tháng xyzzy"

    assert library.first(line) == "page:0"


def test_a_looser_plan_finds_what_the_strict_one_misses(library):
    understood = library.understand("thai sản bóng")

    assert understood.looser is not None
    assert library.engine.search(SearchRequest(plan=understood.looser)).total > 0
    assert library.understand("thai").looser is None


# Nothing, and too much ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line", ["", "   ", "?!…", "\x00\x01", "\u200b", "\ud800", '""', '" "', "-", "- -", "🎉", "()"]
)
def test_what_holds_no_words_is_empty(library, line):
    understood = library.understand(line)

    assert understood.empty
    assert understood.looser is None
    assert understood.marks("Công đoàn 🎉") == []


HARMLESS = [
    'title:(công AND đoàn)~2^5 NOT [1 TO *] {x} /re.*/ \\ + - && || ! ( ) " ~ * ? :',
    "' OR '1'='1'; DROP TABLE search_bestbet; --",
    '{"query": {"match_all": {}}}',
    "<script>alert(1)</script>",
    "{{ 7*7 }} {% load x %} %(words)s %s {0}",
    "AND OR NOT AND",
    '+ - && || ! ( ) { } [ ] ^ " ~ * ? : \\ /',
    "x:* xp:a_b f:cong k:page\\:1",
    "../../etc/passwd\x00.png",
    "_ __ a_b _công_đoàn_ |2020|nd #145 @20251216 ~cp",
    "\ud800\udfff công \udc00đoàn",
    "a\u0301" * 4_000,
    "công " * 3_000,
    "a" * 10_000,
    '"' * 3_000,
    '"a ' * 3_000,
    "-" * 5_000,
    "-a " * 3_000,
    '-"a b" ' * 2_000,
    "145/2020/NĐ-CP " * 700,
    "1" * 10_000,
    "1/" * 5_000,
    "1 2 2020 " * 1_000,
    "CĐCS " * 2_000,
    "ngày 16 tháng 12 năm 2025 " * 400,
    "²³ ٣٤٥/٢٠٢٠ ১৪৫ 145²",
    "İ ı ß ﬁ ǅ K Å",
    "工会 профсоюз 노동조합 ﷽",
]


@pytest.mark.parametrize("line", HARMLESS, ids=lambda line: ascii(line[:24]))
@pytest.mark.parametrize("verbatim", [False, True])
def test_no_line_is_an_error(library, line, verbatim):
    library.find(line, exact=verbatim)
    library.understand(line, exact=verbatim).marks("Công đoàn 145/2020/NĐ-CP")


def test_operators_of_other_engines_are_words(library):
    assert library.find("kinh AND phí") == []
    assert library.first("(kinh phí) +công* đoàn?") == "page:4"
    assert library.first("kinh phí; công/đoàn\\") == "page:4"
    assert library.find("k:page") == library.find("x:*") == []


def clauses(clause: Clause | None) -> int:
    if clause is None:
        return 0
    if isinstance(clause, Term | Phrase):
        return 1
    return 1 + sum(map(clauses, clause.parts))


def size(understood: Understood) -> int:
    """How many clauses an engine is asked to look at."""
    plan = understood.plan
    return sum(map(clauses, [plan.match, *plan.score, *plan.without]))


@pytest.mark.parametrize("line", [line for line in HARMLESS if len(line) > 2_000], ids=lambda line: ascii(line[:24]))
def test_no_line_is_too_much_work(library, line):
    understood = library.understand(line)

    assert len(understood.text) <= MAX_CHARACTERS
    assert size(understood) < 40 * MAX_WORDS


def test_different_words_are_read_up_to_a_limit(library):
    words = [first + second for first in "bcdghklmn" for second in ("a", "e", "i", "o", "u", "an", "en", "in")]
    few, many = library.understand(" ".join(words[:MAX_WORDS])), library.understand(" ".join(words))

    assert size(many) <= size(few) < 10 * MAX_WORDS
    assert clauses(many.plan.match) < 50


@given(line=st.text(max_size=200), verbatim=st.booleans())
@settings(deadline=None, max_examples=300)
def test_any_text_is_a_question(library, line, verbatim):
    understood = library.understand(line, exact=verbatim)

    assert understood.empty or understood.plan.match is not None or understood.plan.without
    library.engine.search(SearchRequest(plan=understood.plan, limit=3))
    if verbatim:
        assert understood.applied == understood.proposed == ""


PIECES = [
    *'"/-_«»: ',
    "công đoàn",
    "coong",
    "d9oan2",
    "145",
    "2020",
    "NĐ-CP",
    "CĐCS",
    "nào",
    "ngày",
    "số",
    "tháng",
    "12",
]
PIECES += ["năm", "lương", "lwong", "\x00", "\ud83d", "e\u0302\u0301", "luật", "qh14", "-thưởng"]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))
@settings(deadline=None, max_examples=200)
def test_any_mixture_is_a_question_and_what_it_is_read_as_is_read_as_itself(library, line):
    understood = library.understand(line)
    library.engine.search(SearchRequest(plan=understood.plan, limit=3))

    assert isinstance(understood.plan.match, Term | Phrase | AnyOf | AllOf | None)
    assert library.understand(understood.text).plan.match == understood.plan.match


def test_an_empty_index_is_asked_like_any_other(tmp_path):
    engine = EmbeddedEngine(tmp_path / "index")
    engine.rebuild([])
    library = Library(engine, Lexicon())

    for line in ("công đoàn", "coong ddoanf", "145/2020/NĐ-CP", '"công đoàn" -cơ sở', ""):
        assert library.find(line) == []

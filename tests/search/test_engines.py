"""The contract of search engines, held against both of them, the real ones."""

import threading
import time
from datetime import UTC, datetime

import pytest

from search.analysis.lexicon import Lexicon
from search.analysis.understanding import understand
from search.engines.contract import AllOf, AnyOf, EngineUnavailable, Plan, SearchRequest, Term
from tests.search.engine_places import *  # noqa: F403  # pytest finds fixtures by their names
from tests.search.engine_places import document

TITLES = [
    "Chăm lo Tết cho đoàn viên khó khăn",
    "Đại hội công đoàn cơ sở nhiệm kỳ mới",
    "Hội thao chào mừng ngày thành lập công đoàn",
    "Tập huấn cán bộ công đoàn về thương lượng tập thể",
]


def keys(engine, plan=None, **options) -> list[str]:
    return [hit.key for hit in engine.search(SearchRequest(plan=plan or Plan(), **options)).hits]


def asked(engine, text, **options):
    return engine.search(SearchRequest(plan=understand(text, engine.vocabulary(), Lexicon()).plan, **options))


def word(token: str) -> Plan:
    return Plan(match=Term("f", token), score=(Term("f", token),))


def build(engine, *documents) -> None:
    assert engine.rebuild(iter(documents)) == len(documents)


# Writing ----------------------------------------------------------------------------------------------------------


def test_what_is_written_is_given_back_as_it_was(engine):
    build(engine)
    shown = {"label": "Quyết định", "a.b": "c", "": "trống"}
    words = {"context": "Tin tức", "summary": "Tóm tắt"}
    written = document(
        7, "Tổng kết  năm\u00a02024", "Dòng một.\nDòng hai.", **words, day="2025-03-01T07:30", fades=True, shown=shown
    )

    engine.write([written])

    hit = engine.get(["page:7", "page:8"])["page:7"]
    assert (hit.title, hit.text, hit.context, hit.summary) == (written.title, written.text, "Tin tức", "Tóm tắt")
    assert (hit.date, hit.fades, hit.shown, hit.url, hit.kind) == (written.date, True, shown, "/bai/7/", "tin-bai")
    assert set(engine.get(["page:7", "page:8"])) == {"page:7"}


def test_documents_are_replaced_and_removed(engine):
    build(engine, document(1, "Lương"), document(2, "Thưởng"), document(3, "Phạt"))

    engine.write([document(1, "Lao động"), document(4, "Mới")], remove=["page:2", "page:99"])

    assert keys(engine, word("luong")) == []
    assert keys(engine, word("dong")) == ["page:1"]
    assert sorted(keys(engine)) == ["page:1", "page:3", "page:4"]
    assert dict(engine.fingerprints()) == {
        one.key: one.fingerprint() for one in (document(1, "Lao động"), document(3, "Phạt"), document(4, "Mới"))
    }


def test_writing_the_same_again_changes_nothing(engine):
    documents = [document(number, title) for number, title in enumerate(TITLES)]
    build(engine)
    engine.write(documents)
    before, counted = engine.describe(), engine.vocabulary().documents

    engine.write(documents, remove=["page:77"])

    assert engine.describe() == before
    assert engine.vocabulary().documents == counted == len(documents)


def test_another_process_sees_it_within_a_second(engine, place):
    build(engine, document(1, "Cũ"))
    watching = place.watch("page:2")

    engine.write([document(2, "Mới")])

    written = time.time()
    answer, _nothing = watching.communicate(timeout=30)
    assert float(answer) - written < 1.0


def test_the_vocabulary_learns_new_words(engine):
    build(engine, document(1, "Cũ kỹ"))
    with engine.vocabulary().read() as reader:
        assert reader.variants("ki")

    engine.write([document(2, "Nghiệp đoàn nghề cá")])

    with engine.vocabulary().read() as reader:
        assert reader.pairs("nghiep", "doan")


# Conditions -------------------------------------------------------------------------------------------------------


@pytest.fixture
def shelf(engine):
    rows = [
        (1, "2023-05-01", {"kind": ("tin-bai",), "topic": ("luong", "tet"), "year": ("2023",)}),
        (2, "2024-05-01", {"kind": ("tin-bai",), "topic": ("luong",), "year": ("2024",)}),
        (3, "2024-06-01", {"kind": ("quyet-dinh",), "topic": ("luong",), "year": ("2024",)}),
        (4, "2025-01-01", {"kind": ("quyet-dinh",), "topic": ("bao-hiem",), "year": ("2025",)}),
        (5, None, {"kind": ("tap-tin",)}),
    ]
    build(engine, *(document(number, "Đoàn viên", day=day, facets=facets) for number, day, facets in rows))
    return engine


def test_values_of_a_facet_are_alternatives_and_facets_narrow(shelf):
    assert sorted(keys(shelf, filters={"kind": ("quyet-dinh", "tap-tin")})) == ["page:3", "page:4", "page:5"]
    assert keys(shelf, filters={"kind": ("quyet-dinh",), "topic": ("luong", "tet")}) == ["page:3"]
    assert keys(shelf, filters={"kind": ("tap-tin",), "topic": ("luong",)}) == []


def test_counts_of_a_facet_are_taken_without_its_own_choice(shelf):
    request = SearchRequest(
        plan=word("doan"), filters={"kind": ("quyet-dinh",), "year": ("2024",)}, facets=("kind", "topic", "year")
    )

    answer = shelf.search(request)

    assert answer.total == 1
    assert answer.facets == {
        "kind": {"tin-bai": 1, "quyet-dinh": 1},
        "topic": {"luong": 1},
        "year": {"2024": 1, "2025": 1},
    }


def test_totals_are_of_all_and_not_of_the_page(shelf):
    assert shelf.search(SearchRequest(plan=Plan(), limit=2)).total == 5
    assert shelf.search(SearchRequest(plan=Plan(), limit=2, facets=("kind",))).total == 5


def test_days_narrow(shelf):
    first, last = datetime(2024, 5, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)

    assert sorted(keys(shelf, date_from=first, date_to=last)) == ["page:2", "page:3"]
    assert sorted(keys(shelf, date_from=first)) == ["page:2", "page:3", "page:4"]
    assert sorted(keys(shelf, date_to=first)) == ["page:1"]


def test_newest_first_and_what_has_no_date_last(shelf):
    assert keys(shelf, word("doan"), sort="date") == [f"page:{number}" for number in (4, 3, 2, 1, 5)]


def test_what_is_hidden_is_neither_found_nor_counted(shelf):
    hidden = {"hidden": frozenset({"page:1"}), "hidden_below": frozenset({2, 77})}

    answer = shelf.search(SearchRequest(plan=word("doan"), facets=("kind",), **hidden))

    assert sorted(hit.key for hit in answer.hits) == ["page:3", "page:4", "page:5"]
    assert (answer.total, answer.facets["kind"]) == (3, {"quyet-dinh": 2, "tap-tin": 1})
    assert keys(shelf, hidden_below=frozenset({1})) == []


def test_conditions_may_be_many(shelf):
    many = {"hidden": frozenset(f"page:{n}" for n in range(2, 70_000)), "hidden_below": frozenset(range(2, 70_000))}

    assert keys(shelf, **many) == ["page:1"]


@pytest.mark.parametrize("sort", ["relevance", "date"])
@pytest.mark.parametrize("text", ["đoàn viên", "công đoàn cơ sở", ""])
def test_pages_neither_repeat_nor_leave_out_anything(engine, text, sort):
    build(engine, *(document(n, f"{TITLES[n % 4]} đoàn viên", day=f"2025-01-{n % 9 + 1:02}") for n in range(130)))
    plan = understand(text, engine.vocabulary(), Lexicon()).plan
    total = engine.search(SearchRequest(plan=plan)).total

    pages = [keys(engine, plan, sort=sort, offset=offset, limit=7) for offset in range(0, total + 7, 7)]

    found = [key for page in pages for key in page]
    assert len(found) == len(set(found)) == total > 30
    assert found == keys(engine, plan, sort=sort, limit=130)


# Clauses ----------------------------------------------------------------------------------------------------------


def test_clauses_find_what_they_say(engine):
    build(engine, document(1, "Một hai ba"), document(2, "Hai ba"), document(3, "Ba bốn"), document(4, "Năm"))
    one, two, three = Term("f", "mot"), Term("f", "hai"), Term("f", "ba")

    assert sorted(keys(engine, Plan(match=AnyOf((one, two, three))))) == ["page:1", "page:2", "page:3"]
    assert sorted(keys(engine, Plan(match=AnyOf((one, two, three), at_least=2)))) == ["page:1", "page:2"]
    assert keys(engine, Plan(match=AnyOf((one, two, three), at_least=9))) == ["page:1"]
    assert keys(engine, Plan(match=AllOf((two, three)), without=(one,))) == ["page:2"]
    assert sorted(keys(engine, Plan(without=(three,)))) == ["page:4"]
    assert keys(engine, Plan(match=AnyOf(()))) == []
    assert keys(engine, Plan(match=three, score=(one,)))[0] == "page:1"


def test_what_is_excluded_is_left_out(engine):
    build(engine, document(1, "Nghỉ phép năm"), document(2, "Nghỉ phép không lương"))

    assert [hit.key for hit in asked(engine, 'nghỉ phép -"không lương"').hits] == ["page:1"]


def test_a_question_of_two_thousand_terms_is_answered(engine):
    build(engine, document(1, "Lương tối thiểu"))
    terms = (*(Term("f", f"w{number}") for number in range(2_000)), Term("f", "luong"))

    assert keys(engine, Plan(match=AnyOf(terms), score=terms)) == ["page:1"]


# Odd documents ----------------------------------------------------------------------------------------------------


def test_a_text_of_five_megabytes_is_found_by_its_last_word(engine):
    text = "Điều khoản thi hành của quyết định này có hiệu lực. " * 80_000
    build(engine, document(1, "Ngắn"))

    engine.write([document(2, "Toàn văn", f"{text} Kết thúc hẳn"), document(3, "Ngắn nữa")])

    assert keys(engine, word("han")) == ["page:2"]
    assert engine.get(["page:2"])["page:2"].text.endswith("Kết thúc hẳn")
    assert len(dict(engine.fingerprints())) == 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00\x01\x1f\x7f",
        "\u200b\ufeff",
        "🎉 ﷽ 工会 профсоюз",
        "a" * 70_000,
        '"\\{}[]:/*?',
        "a\u0301" * 900,
        "\u2028\x85x",
    ],
    ids=["nothing", "controls", "invisible", "scripts", "one-word", "syntax", "marks", "ends-of-lines"],
)
def test_odd_texts_are_kept_as_they_are(engine, text):
    build(engine, document(1, text, text, context=text, numbers=(text,) if text else ()))

    engine.write([document(2, f"Sau {text}", text)])

    assert engine.get(["page:1"])["page:1"].title == text
    assert keys(engine, word("sau")) == ["page:2"]


# Rebuilding -------------------------------------------------------------------------------------------------------


def test_readers_notice_nothing_of_a_rebuild(engine):
    documents = [document(number, f"{TITLES[number % 4]} {number}") for number in range(200)]
    build(engine, *documents)
    answers, errors, over = [], [], threading.Event()

    def read() -> None:
        while not over.is_set():
            try:
                answers.append(asked(engine, "công đoàn", facets=("kind",)).total)
            except Exception as error:  # noqa: BLE001  # whatever a reader would see
                errors.append(repr(error))

    readers = [threading.Thread(target=read) for _reader in range(2)]
    for reader in readers:
        reader.start()
    for _round in range(3):
        build(engine, *documents)
    over.set()
    for reader in readers:
        reader.join()
    assert errors == []
    assert set(answers) == {150}


def test_changes_after_a_rebuild_reach_the_new_index(engine):
    build(engine, document(1, "Một"), document(2, "Hai"))
    build(engine, document(2, "Hai"), document(3, "Ba"))

    engine.write([document(4, "Bốn")], remove=["page:2"])

    assert sorted(keys(engine)) == ["page:3", "page:4"]


def test_a_rebuild_that_fails_leaves_the_index_as_it_was(engine):
    build(engine, document(1, "Một"))

    def broken():
        yield document(2, "Hai")
        raise LookupError("the database went away")

    with pytest.raises(LookupError):
        engine.rebuild(broken())

    assert keys(engine) == ["page:1"]
    assert engine.vocabulary() is not None
    engine.write([document(3, "Ba")])
    assert sorted(keys(engine)) == ["page:1", "page:3"]


def test_compacting_keeps_everything(engine):
    build(engine, *(document(number, f"Tin {number}") for number in range(40)))
    engine.write([document(1, "Sửa")], remove=[f"page:{number}" for number in range(10, 40)])
    before = dict(engine.fingerprints())

    engine.compact()

    assert dict(engine.fingerprints()) == before
    assert engine.status().documents == 10
    assert engine.describe()["segments"] == 1
    engine.write([document(50, "Sau")])
    assert keys(engine, word("sau")) == ["page:50"]


# State ------------------------------------------------------------------------------------------------------------

QUESTIONS = {  # what may be asked of an engine
    "search": lambda engine: engine.search(SearchRequest(plan=Plan())),
    "similar": lambda engine: engine.similar("page:1", limit=3),
    "get": lambda engine: engine.get(["page:1"]),
    "write": lambda engine: engine.write([document(1, "Một")]),
    "fingerprints": lambda engine: list(engine.fingerprints()),
    "compact": lambda engine: engine.compact(),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_without_an_index_nothing_is_answered(engine, question):
    with pytest.raises(EngineUnavailable):
        QUESTIONS[question](engine)


def test_without_an_index_the_state_says_so(engine):
    status = engine.status()

    assert (status.ok, status.needs_rebuild, engine.vocabulary()) == (False, True, None)
    assert engine.describe()["documents"] == 0


def test_the_state_of_an_index(engine):
    build(engine, *(document(number, "Tin") for number in range(3)))

    status = engine.status()

    assert (status.ok, status.needs_rebuild, status.documents) == (True, False, 3)
    assert status.bytes > 500
    assert status.version


def test_every_fingerprint_is_told(engine):
    documents = [document(number, f"Tin {number}") for number in range(4_100)]
    build(engine, *documents)

    told = list(engine.fingerprints())

    assert len(told) == len(documents)
    assert dict(told) == {one.key: one.fingerprint() for one in documents}

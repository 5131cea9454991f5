"""What readers get is the same from both engines: the same question, understood alike, has the same first answers."""

import unicodedata

import pytest

from search.analysis.lexicon import Lexicon
from search.analysis.understanding import understand
from search.engines.contract import SearchRequest
from search.engines.embedded import EmbeddedEngine
from tests.search.engine_places import *  # noqa: F403  # pytest finds fixtures by their names
from tests.search.engine_places import document

QUESTION = "Lao động nữ nghỉ thai sản được hưởng chế độ gì"
SPELLINGS = {
    "as it is": QUESTION,
    "without marks": "lao dong nu nghi thai san duoc huong che do gi",
    "some marks": "lao động nữ nghi thai sản duoc hưởng che độ gi",
    "capitals": QUESTION.upper(),
    "apart": unicodedata.normalize("NFD", QUESTION),
    "invisible": QUESTION.replace("thai", "th\u200bai"),
    "swapped": QUESTION.replace("hưởng", "hưởgn"),
    "dropped": QUESTION.replace("nghỉ", "ngỉ"),
    "Telex": "lao ddoongj nuwx nghir thai sanr dduwowcj huwowngr ches ddooj gif",
    "VNI": "lao d9o65ng nu74 nghi3 thai sa3n d9u7o75c hu7o73ng che61 d9o65 gi2",
}
NUMBERS = [
    "145/2020/NĐ-CP",
    "145/2020/nd-cp",
    "nd 145 2020",
    "nđ 145/2020",
    "nghị định 145",
    "nghi dinh so 145 nam 2020",
    "145 2020 nd cp",
    "NĐ145/2020",
]
TOPICS = [
    ("Chế độ thai sản của lao động nữ", "Lao động nữ sinh con được nghỉ thai sản sáu tháng và hưởng chế độ thai sản."),
    ("Chế độ ốm đau của người lao động", "Người lao động nghỉ việc vì ốm đau được hưởng chế độ theo số ngày nghỉ."),
    ("Nghỉ phép năm của người lao động", "Người lao động làm đủ một năm được nghỉ phép mười hai ngày, hưởng lương."),
    ("Đại hội công đoàn cơ sở", "Đại hội bầu ban chấp hành công đoàn cơ sở nhiệm kỳ mới."),
    ("Kinh phí công đoàn hằng năm", "Doanh nghiệp trích nộp kinh phí công đoàn bằng hai phần trăm quỹ lương."),
    ("Tiền lương làm thêm giờ", "Làm thêm giờ ban đêm được trả lương cao hơn ngày thường."),
    ("Thương lượng tập thể tại doanh nghiệp", "Công đoàn thương lượng thỏa ước lao động tập thể với doanh nghiệp."),
]


def documents():
    made = [
        document(
            100 * round_ + number,
            title if not round_ else f"{title}: trao đổi lần {round_}",
            f"{text} Nội dung trao đổi lần {round_}." if round_ else text,
            day="2024-05-01",
        )
        for round_ in range(8)
        for number, (title, text) in enumerate(TOPICS)
    ]
    decree = "Nghị định 145/2020/NĐ-CP quy định chi tiết về điều kiện lao động"
    made.append(document(9_001, decree, "Quan hệ lao động và điều kiện lao động.", numbers=("145/2020/NĐ-CP",)))
    made.append(document(9_002, "Nghị định 245/2018/NĐ-CP về thuế", "Thuế.", numbers=("245/2018/NĐ-CP",)))
    made.append(document(9_003, "Hỏi đáp", "Theo Nghị định 145/2020/NĐ-CP và Nghị định 38/2022/NĐ-CP thì sao?"))
    return made


@pytest.fixture
def library(engine):
    engine.rebuild(documents())
    return engine


def found(engine, text, limit=20):
    plan = understand(text, engine.vocabulary(), Lexicon()).plan
    return [hit.key for hit in engine.search(SearchRequest(plan=plan, limit=limit)).hits]


def test_ten_spellings_of_a_question_have_the_same_first_answer(library):
    firsts = {name: found(library, text)[0] for name, text in SPELLINGS.items()}

    assert firsts == dict.fromkeys(SPELLINGS, "page:0")


def test_eight_spellings_of_a_number_have_the_same_first_answer(library):
    assert {text: found(library, text)[0] for text in NUMBERS} == dict.fromkeys(NUMBERS, "page:9001")


def test_what_is_like_a_document_speaks_of_the_same(library):
    alike = [hit.key for hit in library.similar("page:3", limit=5, hidden={"page:103"})]

    assert set(alike) <= {f"page:{100 * round_ + 3}" for round_ in range(2, 8)}
    assert len(alike) == 5
    assert library.similar("page:77777", limit=5) == []


@pytest.mark.elasticsearch
def test_both_rank_alike(elasticsearch_url, elasticsearch_prefix, tmp_path):
    from search.engines.elastic import ElasticEngine  # only this test needs both

    one = EmbeddedEngine(tmp_path / "embedded")
    other = ElasticEngine(elasticsearch_url, index=f"{elasticsearch_prefix}portal", folder=tmp_path / "elasticsearch")
    for engine in (one, other):
        engine.rebuild(documents())

    for text in [*SPELLINGS.values(), *NUMBERS, "nghỉ phép hưởng lương", "kinh phi cong doan", "thương lượng tập thể"]:
        assert found(one, text, 5) == found(other, text, 5), text

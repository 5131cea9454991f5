import time
import unicodedata

import pytest
from django.utils.translation import override
from hypothesis import given, settings, strategies as st

from training.questions import Option, problems, read_pasted
from training.questions.pasting import MOST_LINES


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def only(text):
    found = read_pasted(text)
    assert len(found) == 1, found
    return found[0]


def understood(text):
    pasted = only(text)
    assert pasted.problems == []
    assert problems(pasted.question) == []
    return pasted.question


def said(pasted):
    return " ".join(pasted.problems)


def right(question):
    return [option.text for option in question.options if option.is_right]


UNION = """\
BỘ CÂU HỎI TÌM HIỂU CÔNG ĐOÀN VIỆT NAM

Câu 1. Công đoàn Việt Nam được thành lập vào ngày, tháng, năm nào?
A. 03/02/1930
*B. 28/7/1929
C. 01/5/1929
D. 19/8/1945
Giải thích: Ngày 28/7/1929, tại số nhà 15 phố Hàng Nón (Hà Nội),
Đại hội thành lập Tổng Công hội Đỏ Bắc Kỳ được tổ chức.

Câu 2: Theo Luật Công đoàn 2024, nguồn tài chính công đoàn gồm những khoản nào?
a) Đoàn phí công đoàn do đoàn viên đóng (đúng)
b) Kinh phí công đoàn do người sử dụng lao động đóng (đúng)
c) Tiền phạt vi phạm giao thông

Câu hỏi 3: Sắp xếp các bước thành lập công đoàn cơ sở:
1. Đề nghị công nhận
2. Thành lập ban vận động
3. Tổ chức đại hội
Đáp án: 2-3-1

Câu 4. Nối mỗi đối tượng với tuổi nghỉ hưu của năm 2028 và sau đó:
Lao động nam = 62 tuổi
Lao động nữ → 60 tuổi

Câu 5. Mức đóng đoàn phí tối thiểu là bao nhiêu phần trăm?
Trả lời: 0,5%; 0,5 phần trăm
"""


def test_a_whole_paper():
    title, *found = read_pasted(UNION)
    assert title.question is None
    assert "belong to no question" in said(title)
    assert title.source == "BỘ CÂU HỎI TÌM HIỂU CÔNG ĐOÀN VIỆT NAM"
    assert [pasted.problems for pasted in found] == [[]] * 5
    assert [pasted.line for pasted in found] == [3, 11, 16, 22, 26]
    questions = [pasted.question for pasted in found]
    assert [question.kind for question in questions] == ["single", "multiple", "order", "match", "short"]
    assert questions[0].text == "Công đoàn Việt Nam được thành lập vào ngày, tháng, năm nào?"
    assert right(questions[0]) == ["28/7/1929"]
    assert questions[0].explanation.startswith("Ngày 28/7/1929, tại số nhà 15")
    assert questions[0].explanation.endswith("được tổ chức.")
    assert len(right(questions[1])) == 2
    assert [option.text for option in questions[2].options] == [
        "Thành lập ban vận động",
        "Tổ chức đại hội",
        "Đề nghị công nhận",
    ]
    assert questions[3].options[1] == Option("Lao động nữ", partner="60 tuổi")
    assert [option.text for option in questions[4].options] == ["0,5%", "0,5 phần trăm"]
    assert found[0].source.startswith("Câu 1. Công đoàn")


START = "Công đoàn là tổ chức của ai?"
ANSWERS = "A. Giai cấp công nhân\nB. Doanh nghiệp"


@pytest.mark.parametrize(
    "start",
    [
        "Câu 1.",
        "Câu 1:",
        "CÂU 1:",
        "câu 1)",
        "Câu số 1.",
        "Câu hỏi 12:",
        "Câu hỏi số 7:",
        "Câu 1",
        "Câu 1 -",
        "Câu 1 –",
        "1.",
        "1)",
        "1/",
        "12.\t",
        "**Câu 1:**",
        "## Câu 1.",
        "Câu\u00a01.",
        "Ca\u0302u 1.",
        "Câu 1.\n",
    ],
)
def test_how_a_question_begins(start):
    question = understood(f"{start} {START}\n{ANSWERS}\nĐáp án: A")
    assert question.text == START
    assert right(question) == ["Giai cấp công nhân"]


def test_points_stay_with_the_question():
    assert understood(f"Câu 1 (2 điểm): {START}\n{ANSWERS}\nĐáp án: A").text == f"(2 điểm): {START}"


@pytest.mark.parametrize(
    "answers",
    [
        "A. Đoàn viên\n*B. Chủ nợ",
        "A. Đoàn viên\nB. *Chủ nợ",
        "A. Đoàn viên\nB. Chủ nợ*",
        "A. Đoàn viên\nB. Chủ nợ (đúng)",
        "A. Đoàn viên\nB. Chủ nợ (ĐÚNG).",
        "A. Đoàn viên (sai)\nB. Chủ nợ (đúng)",
        "A. Đoàn viên\n**B. Chủ nợ**",
        "a) Đoàn viên\n* b) Chủ nợ",
        "A) Đoàn viên\nB) Chủ nợ (*)",
        "a. Đoàn viên\nb. Chủ nợ [x]",
        "- Đoàn viên\n- *Chủ nợ",
        "- Đoàn viên\n*- Chủ nợ",
        "-Đoàn viên\n-Chủ nợ*",
        "• Đoàn viên\n• Chủ nợ (đúng)",
        "–\tĐoàn viên\n–\tChủ nợ*",
        "o\tĐoàn viên\no\tChủ nợ *",
        "\uf0b7\tĐoàn viên\n\uf0b7\tChủ nợ*",
        "·       Đoàn viên\n·       Chủ nợ*",
        "+ Đoàn viên\n+ Chủ nợ (đúng)",
        "A. Đoàn viên\nB. Chủ nợ\nĐáp án: B",
        "A. Đoàn viên\nB. Chủ nợ\nĐÁP ÁN B",
        "A. Đoàn viên\nB. Chủ nợ\nĐáp án đúng là: B.",
        "A. Đoàn viên\nB. Chủ nợ\nĐáp án: b",
        "A. Đoàn viên\nB. Chủ nợ\nĐáp án: Chủ nợ",
        "A. Đoàn viên\nB. Chủ nợ\nĐáp án: B. Chủ nợ",
        "A. Đoàn viên\nB. Chủ nợ\n=> Đáp án: B",
        "A. Đoàn viên\nB. Chủ nợ\n(Đáp án: B)",
        "A. Đoàn viên\nB. Chủ nợ\nChọn B",
        "A. Đoàn viên\nB. Chủ nợ\nĐáp án:\nB",
        "A. Đoàn viên\nB. Chủ nợ\n**Đáp án:** B",
        "A. Đoàn viên\nB. Chủ nợ\nTrả lời: B",
        "A. Đoàn viên\nB. Chủ nợ\n✅ Đáp án: B",
        "A. Đoàn viên\nB. Chủ nợ ✅",
        "☐ Đoàn viên\n☑ Chủ nợ",
        "A. Đoàn viên\nB. Chủ nợ\n- Đáp án gợi ý: B",
        "A. Đoàn viên\nB. Chủ nợ\nĐ/A: B",
        "- Đoàn viên\n- Chủ nợ\nĐáp án: B",
        "A. Đoàn viên\tB. Chủ nợ\nĐáp án: B",
        "A. Đoàn viên\n*B. Chủ nợ\nĐáp án: B",
        "* A. Đoàn viên\n* B. Chủ nợ\nĐáp án: B",
        "1) Đoàn viên\n2) Chủ nợ\nĐáp án: 2",
        "A. Đoàn viên\n\n\nB. Chủ nợ\n\nĐáp án: B\n-----\nHẾT",
    ],
)
def test_how_answers_are_marked(answers):
    question = understood(f"Câu 1. Ai không phải là chủ thể của quan hệ công đoàn?\n{answers}")
    assert question.kind == "single"
    assert [option.text for option in question.options] == ["Đoàn viên", "Chủ nợ"]
    assert right(question) == ["Chủ nợ"]


@pytest.mark.parametrize("named", ["A, C", "A,C", "A và C", "a; c", "AC", "A - C", "A. C.", "A, C (Điều 4)"])
def test_several_right_answers_are_named(named):
    question = understood(f"Câu 1. Quyền của đoàn viên?\nA. Ứng cử\nB. Trốn việc\nC. Đề cử\nĐáp án: {named}")
    assert question.kind == "multiple"
    assert right(question) == ["Ứng cử", "Đề cử"]
    assert question.explanation == ("(Điều 4)" if "Điều" in named else "")


def test_what_stands_behind_the_letter_explains():
    question = understood(f"Câu 1. {START}\n{ANSWERS}\nĐáp án: A – Điều 1 Luật Công đoàn\nGiải thích: Xem thêm.")
    assert question.explanation == "Xem thêm.\nĐiều 1 Luật Công đoàn"


PLAIN = "\n".join(f"Câu {n}. Câu hỏi thứ {n}?\nA. một\nB. hai\nC. ba" for n in (1, 2, 3))


@pytest.mark.parametrize(
    "table",
    [
        "1-B 2-C 3.A",
        "1B 2C 3A",
        "1-B, 2-C, 3-A",
        "1: b; 2: c; 3: a",
        "Đáp án: 1-B, 2-C, 3-A",
        "ĐÁP ÁN\n1. B\n2. C\n3. A",
        "BẢNG ĐÁP ÁN\n\n1-B\t2-C\n3-A\n\n----- HẾT -----",
        "Đáp án:\nCâu 1: B\nCâu 2: C\nCâu 3: A",
        "1-B 2-C\n3-A",
        "Câu\tĐáp án\n1\tB\n2\tC\n3\tA",
        "Câu\t1\t2\t3\nĐáp án\tB\tC\tA",
        "Đáp án\n1. B. hai\n2. C\n3. A. một",
        "Câu 1: B\nCâu 2: C\nCâu 3: A",
    ],
)
@pytest.mark.parametrize("form", ["Câu {}.", "{}."])
def test_a_table_of_answers_at_the_end(table, form):
    paper = PLAIN
    for number in (1, 2, 3):
        paper = paper.replace(f"Câu {number}.", form.format(number))
    found = read_pasted(f"{paper}\n\n{table}\n")
    assert [pasted.problems for pasted in found] == [[], [], []]
    assert [right(pasted.question) for pasted in found] == [["hai"], ["ba"], ["một"]]


def test_a_table_names_several_and_explains():
    found = read_pasted(f"{PLAIN}\nĐáp án\n1. A, C\n2. B (Điều 5 Luật Công đoàn)\n3. AB")
    assert [right(pasted.question) for pasted in found] == [["một", "ba"], ["hai"], ["một", "hai"]]
    assert found[1].question.explanation == "(Điều 5 Luật Công đoàn)"


def test_a_table_for_other_questions_is_reported():
    *found, lost = read_pasted(f"{PLAIN}\n1-B 2-C 3-A 4-D 9-A")
    assert all(not pasted.problems for pasted in found)
    assert "not there: 4, 9" in said(lost)
    assert lost.source == "1-B 2-C 3-A 4-D 9-A"


def test_a_table_cannot_tell_between_equal_numbers():
    found = read_pasted(f"{PLAIN}\n{PLAIN}\n1-B 2-C 3-A")
    assert all("Several questions have the number" in said(pasted) for pasted in found)


def test_a_table_that_contradicts_marks_is_reported():
    pasted = read_pasted(f"{PLAIN.replace('A. một', '*A. một')}\n1-B 2-A 3-A")
    assert "do not agree" in said(pasted[0])
    assert pasted[1].problems == []


def test_text_and_answers_of_several_lines():
    question = understood(
        "Câu 1. Cho các nội dung sau:\n- Tiền lương\n- Bữa ăn ca\n1. Trích dẫn\n"
        "Nội dung nào được thương lượng tập thể?\n"
        "A. Tiền lương\nvà bữa ăn ca\n– kể cả phụ cấp\n*B. Không nội dung\nnào"
    )
    assert question.text.splitlines() == [
        "Cho các nội dung sau:",
        "- Tiền lương",
        "- Bữa ăn ca",
        "1. Trích dẫn",
        "Nội dung nào được thương lượng tập thể?",
    ]
    assert [option.text for option in question.options] == [
        "Tiền lương và bữa ăn ca – kể cả phụ cấp",
        "Không nội dung nào",
    ]


def test_names_that_look_like_letters_are_text():
    question = understood("Câu 1. Ai viết Tuyên ngôn?\nC. Mác được nhắc đến ở đâu?\nA. Paris\nB. London\nĐáp án: B")
    assert question.text == "Ai viết Tuyên ngôn?\nC. Mác được nhắc đến ở đâu?"
    question = understood("Câu 1. Ai?\nA. C. Mác\nB. Ph. Ăngghen\nC. Lênin\nĐáp án: A. C. Mác")
    assert right(question) == ["C. Mác"]


def test_answers_in_one_line():
    for line in (
        "A. 1929\tB. 1930\tC. 1945",
        "A. 1929 B. 1930 C. 1945",
        "A.1929   B.1930   C.1945",
        "a) 1929\tb) 1930\tc) 1945",
    ):
        question = understood(f"Câu 1. Năm nào?\n{line}\nĐáp án: A")
        assert [option.text for option in question.options] == ["1929", "1930", "1945"]
    assert right(understood("Câu 1. Năm nào? A. 1929 *B. 1930 C. 1945")) == ["1930"]
    pasted = understood("Câu 1. Theo điểm a) và b) thì sao?\nA. Anh B. được nghỉ\nB. Chị C. được nghỉ*")
    assert [option.text for option in pasted.options] == ["Anh B. được nghỉ", "Chị C. được nghỉ"]


def test_right_or_wrong():
    question = understood("Câu 1. Người lao động có quyền gia nhập công đoàn.\nĐáp án: Đúng")
    assert (question.kind, right(question)) == ("single", ["Đúng"])
    assert [option.text for option in question.options] == ["Đúng", "Sai"]


def test_an_order_by_letters_and_a_choice_of_orders():
    question = understood("Câu 1. Sắp xếp theo trình tự đúng:\nA. Đại hội\nB. Vận động\nC. Công nhận\nĐáp án: B-A-C")
    assert [option.text for option in question.options] == ["Vận động", "Đại hội", "Công nhận"]
    question = understood("Câu 1. Sắp xếp:\n1. Đại hội\n2. Vận động\nA. 1-2\nB. 2-1\nĐáp án: B")
    assert (question.kind, right(question)) == ("single", ["2-1"])


def test_all_answers_of_a_question_about_an_order_may_be_right():
    question = understood("Câu 1. Nguyên tắc bố trí, sắp xếp cán bộ?\nA. Công khai\nB. Đúng việc\nĐáp án: A, B")
    assert (question.kind, len(right(question))) == ("multiple", 2)
    assert understood("Câu 1. Sắp xếp:\nA. Vận động\nB. Đại hội\nĐáp án: A-B").kind == "order"


def test_an_order_that_is_not_named_is_asked_for():
    pasted = only("Câu 1. Sắp xếp các bước:\n1. Vận động\n2. Đại hội")
    assert "Đáp án: 2-1-3" in said(pasted)
    assert pasted.question.kind == "order"
    assert "name every answer once" in said(only("Câu 1. Sắp xếp:\n1. a\n2. b\n3. c\nĐáp án: 2-1"))


def test_numbered_steps_among_numbered_questions():
    steps = "5. Sắp xếp các bước:\n1. Đại hội\n2. Vận động\nĐáp án: 2-1"
    found = read_pasted(f"4. Năm nào?\nA. 1929*\nB. 1930\n{steps}\n6. Ai?\nA. Tôi*\nB. Anh")
    assert [pasted.problems for pasted in found] == [[], [], []]
    assert [option.text for option in found[1].question.options] == ["Vận động", "Đại hội"]


def test_numbered_answers_among_numbered_questions():
    found = read_pasted(
        "1. Nghỉ phép năm bao nhiêu ngày?\n1) 12\n2) 10\nĐáp án: 1\n2. Nghỉ cưới?\n1) 3 ngày*\n2) 5 ngày"
    )
    assert [pasted.problems for pasted in found] == [[], []]
    assert [right(pasted.question) for pasted in found] == [["12"], ["3 ngày"]]


def test_steps_that_may_be_questions_are_reported():
    found = read_pasted("1. Sắp xếp các bước:\n1. Đại hội\n2. Vận động\n3. Công nhận\nĐáp án: 2-1-3")
    assert "cannot be told where this list ends" in said(found[0])
    assert all(pasted.problems for pasted in found)


def test_listed_pairs():
    for list_of in ("A. Nam = 62\nB. Nữ = 60", "- Nam → 62\n- Nữ → 60", "1. Nam -> 62\n2. Nữ => 60", "Nam=62\nNữ=60"):
        question = understood(f"Câu 1. Nối tuổi nghỉ hưu:\n{list_of}")
        assert question.kind == "match"
        assert question.options == (Option("Nam", partner="62"), Option("Nữ", partner="60"))


def test_formulas_to_choose_from_are_no_pairs():
    question = understood("Câu 1. Công thức?\nA. Lương = hệ số × mức cơ sở*\nB. Lương = hệ số + mức cơ sở")
    assert right(question) == ["Lương = hệ số × mức cơ sở"]


def test_headings_between_questions_are_no_answers():
    paper = (
        "Câu 1. Ai?\nA. Tôi*\nB. Anh\nPhần II. Pháp luật lao động\nCâu 2. Ai?\nA. Tôi*\nB. Anh\n\n"
        "BẢO HIỂM XÃ HỘI\n\nCâu 3. Ai?\nA. Tôi\nB. TẤT CẢ MỌI NGƯỜI*"
    )
    found = read_pasted(paper)
    assert [pasted.source for pasted in found if pasted.problems] == ["Phần II. Pháp luật lao động", "BẢO HIỂM XÃ HỘI"]
    assert [option.text for option in found[0].question.options] == ["Tôi", "Anh"]
    assert right(found[4].question) == ["TẤT CẢ MỌI NGƯỜI"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Công đoàn là gì?", "belong to no question"),
        ("Câu 1. Công đoàn là gì?", "No answers were found"),
        ("Câu 1.\nA. Tôi*\nB. Anh", "The question has no text"),
        ("Câu 1. Ai?\nA. Tôi\nB. Anh", "No answer is marked as right"),
        ("Câu 1. Ai?\nA. Tôi*", "two answers"),
        ("Câu 1. Ai?\nA. Tôi*\nB. tôi", "alike"),
        ("Câu 1. Ai?\nA. Tôi*\nB.", "Answer 2 is empty"),
        ("Câu 1. Ai?\nA. Tôi*\nB. Anh\nĐáp án: B", "do not agree"),
        ("Câu 1. Ai?\nA. Tôi\nB. Anh\nĐáp án: D", "Line 4 was not understood: “Đáp án: D”"),
        ("Câu 1. Ai?\nA. Tôi\nB. Anh\nĐáp án: A. Anh", "Line 4 was not understood"),
        ("Câu 1. Ai?\nA. Tôi\nB. Anh\nĐáp án: A, B khác", "Line 4 was not understood"),
        ("Câu 1. Ai?\nA. Tôi*\nB. Anh\nB. Em", "Two answers have the letter B"),
        ("Câu 1. Ai?\nA. Tôi*\nB. Anh\n\nChúc thành công", "Line 5 was not understood: “Chúc thành công”"),
        ("Câu 1. Ai?\nA. Tôi*\nB. Anh\n--- Hết ---\nChúc thành công", "Line 5 was not understood"),
        ("Câu 1. Ghép:\n1. a\n2. b\nA. x\nB. y\nĐáp án: 1-A; 2-B", "Line 6 was not understood"),
        ("Câu 1. Ai?\nA. Tôi\nB. Anh\nĐáp án: A\nVì thế", "Line 5 was not understood"),
        ("Câu 1. Ai?\nĐáp án: B", "Line 2 was not understood: “Đáp án: B”. No answers were found"),
        ("Câu 1. Ai?\nTrả lời: Tôi\nĐáp án: B", "Line 3 was not understood"),
        ("Câu 1. Ai?\n" + "\n".join(f"- {n}" for n in range(13)), "at most 12"),
    ],
)
def test_what_is_not_understood_comes_back(text, words):
    pasted = only(text)
    assert words in said(pasted)
    assert pasted.source == text
    assert pasted.line == 1


def test_word_survives():
    paper = UNION.replace("\n", "\r\n").replace("A. ", "A.\u00a0\t").replace("Câu 2", "\ufeffCâu\u00a02")
    expected = [pasted.question for pasted in read_pasted(UNION)]
    assert [pasted.question for pasted in read_pasted(paper)] == expected
    assert [pasted.question for pasted in read_pasted(unicodedata.normalize("NFD", UNION))] == expected
    assert [pasted.question for pasted in read_pasted(UNION.replace("\n", "\x0b"))] == expected
    assert [pasted.line for pasted in read_pasted(paper)] == [pasted.line for pasted in read_pasted(UNION)]


def test_nothing_is_pasted():
    assert read_pasted("") == read_pasted(" \r\n\t\u00a0\n") == []


def test_too_much_is_one_problem():
    assert "too long" in said(only("a" * 1_000_001))
    assert len(only("a" * 1_000_001).source) <= 500
    assert "more than 500 questions" in said(only("\n".join(f"Câu {n}. Ai?\nA. a*\nB. b" for n in range(501))))
    assert "more than 500 questions" in said(only("1-A " * 501))
    assert "too long" in said(only("\n" * 20_000))
    assert len(read_pasted("\n".join(f"Câu {n}. Ai?\nA. a*\nB. b" for n in range(500)))) == 500


LINES = st.lists(
    st.sampled_from(
        [
            "Câu 1. Ai?",
            "1. Ai?",
            "2) x",
            "Câu 2: Sắp xếp",
            "A. x",
            "*B. y",
            "- z",
            "C. w (đúng)",
            "Đáp án: A",
            "Đáp án",
            "ĐÁP ÁN B",
            "Đáp án: 2-1",
            "Giải thích: vì",
            "",
            "x = y",
            "a → b",
            "Trả lời: 1929",
            "1-B 2-A",
            "Phần I",
            "HẾT",
            "A. x\tB. y",
            "* *",
            "Câu",
            "thường",
            "Câu\t1\t2",
            "Đáp án\tA\tB",
            "o\tz",
            "**",
            "(",
            "=",
            "→",
        ]
    )
    | st.text(max_size=15),
    max_size=25,
)


@settings(deadline=None, max_examples=300)
@given(LINES, st.sampled_from(["\n", "\r\n", "\x0b", "\n\n"]))
def test_nothing_raises_and_nothing_is_lost(lines, end):
    with override("en"):
        found = read_pasted(end.join(lines))
        for pasted in found:
            assert pasted.question is not None or pasted.problems
            assert pasted.problems or problems(pasted.question) == []
            assert pasted.source.strip()
    assert [pasted.line for pasted in found[:-1]] == sorted(pasted.line for pasted in found[:-1])
    everything = "\n".join(pasted.source for pasted in found)
    assert all(word in everything for word in ("thường", "Sắp xếp", "giải thích") if word in lines)


HOSTILE = {
    "spaces": " ",
    "tabs": "\t",
    "stars": "*",
    "dashes": "-",
    "arrows": "=>",
    "equals": "= ",
    "brackets": "(đúng)",
    "letters": "A. ",
    "tabbed letters": "A.\tB.\t",
    "lines of letters": "A. x\n",
    "long lines of letters": f"A. {'x ' * 20} B. y\n",
    "steps": "1. x\n",
    "bullets": "- x\n",
    "lines": "\n",
    "question words": "Câu ",
    "digits": "1",
    "grouped": "1 234 ",
    "keys": "1-A ",
    "broken keys": "1-A, x",
    "named": "Đáp án: A\n",
    "dots": "Đáp án: x.\n",
    "one line of labels": "A, B ",
    "sections": "Phần I\n",
    "pairs": "a = b\n",
    "marks": "\u0301",
    "all labels": "".join(f"{letter}. x\n" for letter in "ABCDEFGHIJKLMNOP"),
    "above": "ở trên ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("start", ["", "Câu 1. Sắp xếp\n- x\nĐáp án: "], ids=["bare", "inside"])
def test_a_megabyte_of_hostile_text_is_read_in_time(start, piece):
    lines = piece.count("\n")
    times = 1_000_000 // len(piece) if not lines else (MOST_LINES - 5) // lines
    text = (start + piece * times)[:1_000_000]
    began = time.process_time()
    read_pasted(text)
    assert time.process_time() - began < 20  # about one second; what is not linear takes hours

"""``evaluate_search``: a collection in, figures by form of question out, on both engines and without a trace."""

import json
import lzma
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.search.engine_places import ENGINES

DOCUMENTS = [
    {
        "id": str(number),
        "title": f"{what} {where}",
        "context": f"Sổ tay công đoàn, phần {number % 4}",
        "text": f"Phần này nói về {what.lower()} {where}. Việc này giao cho tổ công đoàn.",
    }
    for number, (what, where) in enumerate(
        (what, where)
        for what in ("Bữa ăn giữa ca", "Nhà trẻ cho con công nhân", "Tủ sách pháp luật", "Sân bóng của khu tập thể")
        for where in ("ở xưởng may", "ở cảng biển", "ở nhà máy đường")
    )
]
QUESTIONS = [
    {"id": "a", "form": "original", "question": "bữa ăn giữa ca ở cảng biển", "relevant": ["1"]},
    {"id": "a", "form": "no_diacritics", "question": "bua an giua ca o cang bien", "relevant": ["1"]},
    {"id": "b", "form": "original", "question": "tủ sách pháp luật ở xưởng may", "relevant": [6]},
    {"id": "b", "form": "no_diacritics", "question": "tu sach phap luat o xuong may", "relevant": [6]},
    {"id": "c", "form": "original", "question": "профсоюз моряков", "relevant": ["3", "4"]},
]
FIGURES = {"n", "mrr@10", "recall@50", "success@1", "p50_ms", "p95_ms"}


def write(path, rows):
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_bytes(lzma.compress(lines.encode()) if path.suffix == ".xz" else f"{lines}\n".encode())
    return path


@pytest.fixture
def collection(tmp_path):
    return write(tmp_path / "documents.jsonl.xz", DOCUMENTS), write(tmp_path / "questions.jsonl", QUESTIONS)


@pytest.fixture(params=ENGINES)
def engine_name(request, settings):
    if request.param == "elasticsearch":
        settings.ELASTICSEARCH_URL = request.getfixturevalue("elasticsearch_url")
    return request.param


def evaluate(documents, questions, *options):
    output = StringIO()
    call_command(
        "evaluate_search", "--documents", str(documents), "--questions", str(questions), *options, stdout=output
    )
    return output.getvalue()


def test_the_report_has_the_figures_of_every_form(collection, engine_name):
    report = json.loads(evaluate(*collection, "--engine", engine_name, "--json"))

    assert list(report) == ["engine", "documents", "index_docs_per_s", "forms"]
    assert (report["engine"], report["documents"]) == (engine_name, len(DOCUMENTS))
    assert report["index_docs_per_s"] > 0
    assert list(report["forms"]) == ["original", "no_diacritics"]
    assert all(set(figures) == FIGURES for figures in report["forms"].values())
    original, bare = report["forms"]["original"], report["forms"]["no_diacritics"]
    assert (original["n"], bare["n"]) == (3, 2)
    assert original["mrr@10"] == original["success@1"] == pytest.approx(2 / 3, abs=1e-4)
    assert original["recall@50"] == pytest.approx(2 / 3, abs=1e-4)
    assert bare["mrr@10"] == bare["recall@50"] == bare["success@1"] == 1.0
    assert 0 < original["p50_ms"] <= original["p95_ms"]


def test_a_limit_counts_by_form(collection, engine_name):
    report = json.loads(evaluate(*collection, "--engine", engine_name, "--limit", "1", "--json"))

    assert {form: figures["n"] for form, figures in report["forms"].items()} == {"original": 1, "no_diacritics": 1}


def test_people_get_a_table(collection):
    heading, columns, *lines = evaluate(*collection, "--engine", "embedded").splitlines()

    assert heading.startswith("embedded: 12 documents")
    assert columns.split() == ["form", "n", "mrr@10", "recall@50", "success@1", "p50_ms", "p95_ms"]
    assert [line.split()[0] for line in lines] == ["original", "no_diacritics"]


def test_files_may_be_packed_or_not(tmp_path):
    documents, questions = write(tmp_path / "d.jsonl", DOCUMENTS), write(tmp_path / "q.jsonl.xz", QUESTIONS)

    report = json.loads(evaluate(documents, questions, "--engine", "embedded", "--json"))

    assert report["documents"] == len(DOCUMENTS)


def test_nothing_of_it_is_left(collection, elasticsearch_url, settings, tmp_path):
    from elasticsearch import Elasticsearch  # only here is there a server to look at

    settings.ELASTICSEARCH_URL, settings.DATA_DIR = elasticsearch_url, tmp_path / "data"
    with Elasticsearch(elasticsearch_url) as client:
        before = set(client.indices.get(index="evaluation-*"))
        evaluate(*collection, "--engine", "elasticsearch", "--json")
        assert set(client.indices.get(index="evaluation-*")) <= before
    assert not settings.DATA_DIR.exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"id": "1", "title": \n', "JSONDecodeError"),
        (b'{"title": "without an id"}\n', "KeyError"),
        (b'["a", "list"]\n', "TypeError"),
        (b"\xff\xfe\x00", "UnicodeDecodeError"),
        (b'{"id": "1", "title": 5}\n', "TypeError"),
    ],
)
def test_documents_that_are_none_are_named(collection, tmp_path, content, reason):
    broken = tmp_path / "broken.jsonl"
    broken.write_bytes(content)

    with pytest.raises(CommandError, match=f"not such a collection: {reason}"):
        evaluate(broken, collection[1], "--engine", "embedded")


@pytest.mark.parametrize("row", [{"question": "a"}, {"relevant": ["1"]}, {"question": "a", "relevant": 5}])
def test_questions_that_are_none_are_named(collection, tmp_path, row):
    with pytest.raises(CommandError, match="not such a collection"):
        evaluate(collection[0], write(tmp_path / "broken.jsonl", [row]), "--engine", "embedded")


@pytest.mark.parametrize("content", [b"plain", lzma.compress(b"cut short" * 1000)[:-20]], ids=["plain", "cut short"])
def test_a_file_that_is_not_packed_as_it_says_is_refused(collection, tmp_path, content):
    broken = tmp_path / "broken.jsonl.xz"
    broken.write_bytes(content)

    with pytest.raises(CommandError, match="not such a collection"):
        evaluate(broken, collection[1], "--engine", "embedded")


def test_a_file_that_is_not_there_is_named(collection, tmp_path):
    with pytest.raises(CommandError, match=r"there is no file .*nowhere\.jsonl"):
        evaluate(collection[0], tmp_path / "nowhere.jsonl", "--engine", "embedded")


def test_without_an_address_there_is_no_elasticsearch(collection, settings):
    settings.ELASTICSEARCH_URL = ""

    with pytest.raises(CommandError, match="ELASTICSEARCH_URL"):
        evaluate(*collection, "--engine", "elasticsearch")

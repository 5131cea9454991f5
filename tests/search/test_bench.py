"""``bench.search``: every contender really finds, and what it measures becomes tables."""

import json

import pytest

from bench.search import report, speed
from bench.search.collection import Collection, Row, known_item_questions, varied
from bench.search.opening import IN_PROCESS, ON_SERVER, open_contender
from bench.search.quality import answer

DOCUMENTS: list[Row] = [
    {"id": str(number), "title": title, "context": "Sổ tay công đoàn", "text": text}
    for number, (title, text) in enumerate(
        (
            ("Bữa ăn giữa ca", "Bếp nấu cho thợ may. Suất ăn có rau."),
            ("Nhà trẻ cho con công nhân", "Mở cửa từ sáng sớm. Cô giáo ở gần xưởng."),
            ("Tủ sách pháp luật", "Sách cho mượn ở phòng họp. Ai đọc cũng được."),
            ("Sân bóng khu tập thể", "Đèn sáng đến khuya. Cỏ được cắt hằng tuần."),
            ("Xe đưa đón ca đêm", "Xe chạy hai chuyến. Trạm đầu ở cổng cảng."),
        )
    )
]
QUESTIONS: list[Row] = [
    {"form": "original", "question": "Sách pháp luật", "relevant": ["2"]},
    {"form": "original", "question": 'xe đưa đón "ca đêm" (?)', "relevant": [4]},
]
COLLECTION = Collection("tests", DOCUMENTS, QUESTIONS)


@pytest.fixture
def opened(request, tmp_path):
    """A contender that has indexed the five documents."""

    def open_one(name):
        url = request.getfixturevalue("elasticsearch_url") if name in ON_SERVER else ""
        contender = open_contender(name, tmp_path / name, url)
        request.addfinalizer(contender.drop)
        contender.build(DOCUMENTS)
        return contender

    return open_one


@pytest.mark.parametrize("name", [*IN_PROCESS, *(pytest.param(n, marks=pytest.mark.elasticsearch) for n in ON_SERVER)])
def test_every_contender_finds(opened, name):
    contender = opened(name)

    assert contender.name == name
    assert contender.ask("nhà trẻ")[0] == "1"
    assert contender.ask("cổng cảng", count=False)[0] == "4"
    assert contender.ask("профсоюз") == []
    assert contender.size() > 0
    assert answer(contender, COLLECTION, None)["original"]["mrr@10"] == 1.0
    assert answer(contender, COLLECTION, 1)["original"]["n"] == 1


def test_contenders_are_measured_in_turns(tmp_path):
    plan = speed.Plan(("embedded", "tantivy"), 2, 2, 0.1, tmp_path, None)
    entries = [speed.Entry(name, tmp_path / name, None) for name in plan.names]
    figures = {entry.name: entry.build(DOCUMENTS) for entry in entries}

    for name, times in speed.ask_in_turns(entries, COLLECTION.asked("original", 2), plan.rounds).items():
        figures[name] |= times
        assert 0 < times["p50_ms"] <= times["p95_ms"]
        assert figures[name]["index_docs_per_s"] > 0
    ratios = speed.compare(entries, DOCUMENTS, COLLECTION, plan)
    assert ratios["queries"]["original"]["p95_ms"] > 0
    assert ratios["indexing"]["rate"] > 0
    assert not list(tmp_path.glob("slice-*"))


@pytest.mark.slow
def test_clients_are_processes_that_ask(tmp_path, monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    entry = speed.Entry("fts5", tmp_path / "fts5", None)
    entry.build(DOCUMENTS)

    rate, memory = speed.load(entry, ["nhà trẻ", "sân bóng"], clients=2, seconds=0.2, warm=2)

    assert rate > 0
    assert memory["memory_bytes"] >= memory["memory_before_bytes"] > 1_000_000
    entry.remove()
    assert not entry.folder.exists()


def test_a_collection_has_any_size():
    assert [row["id"] for row in COLLECTION.sized(3)] == ["0", "1", "2"]
    many = COLLECTION.sized(12)
    assert len({row["id"] for row in many}) == 12
    assert many[5] == varied(DOCUMENTS[0], 1) == varied(DOCUMENTS[0], 1)
    assert many[5]["context"] != DOCUMENTS[0]["context"]


def test_generated_text_is_the_same_every_time_and_has_questions():
    collection = Collection.generated(4)

    assert collection == Collection.generated(4)
    assert collection.sized(6)[:4] == collection.documents
    assert {row["form"] for row in known_item_questions(collection.documents)} == {
        "original",
        "no_diacritics",
        "typo",
        "upper",
    }
    assert len(collection.asked("original", 3)) == 3


def test_figures_go_between_the_marks_of_a_page(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"# Before\n{report.BEGIN}\nold\n{report.END}\nafter\n", encoding="utf-8")
    figures = {"n": 3, "mrr@10": 0.5, "recall@50": 1.0, "success@1": 0.25}
    record = {
        "at": "2026-11-25T00:00:00Z",
        "machine": "here",
        "collection": "tests, 5",
        "quality": {"fts5": {"original": figures}},
        "speed": {"1000": {"fts5": {"p50_ms": 1.5, "bytes": 2_000_000}}},
        "ratios": {
            "documents": 1000,
            "queries": {"original": {"p50_ms": 1.25, "p95_ms": 2.5, "cpu_ms": 3.0}},
            "indexing": {"rate": 0.2, "cpu": 5.0},
        },
        "site": {
            "documents": 60,
            "cpu_ms": {"search results": 9.0, "empty page": 4.5},
            "results_to": {"empty page": 2.0},
        },
    }

    report.put_into(page, json.loads(json.dumps(record)))

    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Before\n")
    assert text.endswith(f"{report.END}\nafter\n")
    assert "old" not in text
    for row in (
        "| original | 3 | 0.500/1.000/0.250 |",
        "| original: p95 | 2.5 |",
        "| empty page | 4.5 | 2.0 |",
        "### 1,000 documents",
    ):
        assert row in text


def test_a_page_without_marks_is_refused(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Nothing\n", encoding="utf-8")

    with pytest.raises(SystemExit, match="no place for figures"):
        report.put_into(page, {"at": "", "machine": "", "collection": ""})

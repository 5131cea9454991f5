"""A small index of the real engine that the tests of the page search in; test modules take the fixtures by name."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from search.documents import SearchDocument
from search.engines import use_engine
from search.engines.embedded import EmbeddedEngine

#: Beyond what a page shows of a text, so that excerpts have something to choose from.
FILLER = "Hội nghị cũng bàn nhiều việc khác của quý tới. " * 12


def document(number: int, title: str, text: str = "", **fields) -> SearchDocument:
    fields = {"kind": "tin-bai", "year": 2025, "month": 6, "topic": (), "unit": (), "shown": {}, **fields}
    date = datetime(fields.pop("year"), fields.pop("month"), 15, tzinfo=UTC)
    facets = {
        "kind": (fields["kind"],),
        "topic": fields.pop("topic"),
        "unit": fields.pop("unit"),
        "year": (str(date.year),),
    }
    shown = {"kind": "Tin bài", "date": f"{date.day}/{date.month}/{date.year}", **fields.pop("shown")}
    return SearchDocument(
        key=f"page:{number}",
        title=title,
        url=f"/bai/{number}/",
        text=text,
        date=date,
        facets={key: values for key, values in facets.items() if values},
        above=(1, number),
        shown=shown,
        **fields,
    )


DOCUMENTS = [
    document(
        1_000_001,
        "Quy chế thăm hỏi, hỗ trợ đoàn viên gặp khó khăn",
        FILLER + "Đoàn viên có hoàn cảnh khó khăn được xét trợ cấp một lần dịp Tết Nguyên đán. " + FILLER,
        summary="Mức chi và hồ sơ.",
        kind="quyet-dinh",
        numbers=("214/QĐ-LĐLĐ",),
        shown={"label": "Quyết định 214/QĐ-LĐLĐ", "status": "in_force"},
    ),
    document(1_000_002, "Chăm lo Tết cho đoàn viên, người lao động", FILLER + "Trợ cấp Tết cho đoàn viên.", year=2024),
    document(1_000_003, "Tai nạn lao động: năm việc trong một giờ đầu", "Gọi cấp cứu, giữ hiện trường.", year=2023),
    document(1_000_004, "Thủ tục hưởng chế độ thai sản", "Hồ sơ nộp trong 45 ngày. <b>Lưu ý</b> & mẫu đơn.", year=2022),
    document(1_000_005, "Nghỉ phép năm", "Người lao động nghỉ phép năm hưởng nguyên lương. Thai sản tính riêng."),
    document(1_000_006, "Lịch nghỉ phép hè", "Đoàn viên nghỉ phép hè.", year=2021, topic=("nghi-phep",), unit=("a",)),
]


@pytest.fixture
def nothing_kept():
    """No counts that an earlier test has left."""
    cache.delete("search:browse")
    yield
    cache.delete("search:browse")


@pytest.fixture
def library(db, tmp_path, nothing_kept):
    """The site's engine for this test: the embedded one, with some documents."""
    engine = EmbeddedEngine(tmp_path / "index")
    engine.rebuild(DOCUMENTS)
    use_engine(engine)
    yield engine
    use_engine(None)


@pytest.fixture
def no_index(db, tmp_path, nothing_kept):
    """An engine whose index was never built."""
    use_engine(EmbeddedEngine(tmp_path / "nothing"))
    yield
    use_engine(None)

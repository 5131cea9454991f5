"""What a question is answered with: results, excerpts, facets, corrections, wider questions, and no error ever."""

from django.http import QueryDict

from search.engines import use_engine
from search.engines.contract import EngineUnavailable
from search.questions import Question
from search.results import MAX_RESULTS, PER_PAGE, Results
from search.service import browse, find
from tests.search.library import *  # noqa: F403  # pytest finds fixtures by their names
from tests.search.library import document


def ask(address: str):
    return find(Question.parse(QueryDict(address)))


def titles(results) -> list[str]:
    return [item.plain_title for item in results.items]


def test_results_have_what_a_line_shows(library):
    results = ask("q=trợ cấp khó khăn dịp Tết")

    first = results.items[0]
    assert first.plain_title == "Quy chế thăm hỏi, hỗ trợ đoàn viên gặp khó khăn"
    assert first.label == "Quyết định 214/QĐ-LĐLĐ"
    assert first.status == "in_force"
    assert first.date == "15/6/2025"
    assert "<mark>khó khăn</mark>" in first.title
    assert "<mark>" in first.text
    assert first.text.startswith("… ")


def test_text_is_escaped(library):
    assert "&lt;b&gt;" in ask("q=thai sản lưu ý mẫu đơn").items[0].text


def test_facets_narrow_and_their_counts_leave_out_their_own_choice(library):
    everything = ask("q=đoàn viên")
    narrowed = ask("q=đoàn viên&loai=quyet-dinh")

    assert narrowed.total == 1 < everything.total
    assert narrowed.all_total == everything.total
    assert narrowed.counts["kind"] == everything.counts["kind"]
    kind = next(group for group in narrowed.groups if group.key == "loai")
    assert [option.value for option in kind.options] == ["quyet-dinh", "tin-bai"]
    assert kind.options[0].checked
    assert [chip.remove_url for chip in narrowed.chosen] == [everything.url(1)]


def test_values_of_one_facet_are_alternatives(library):
    assert ask("q=đoàn viên&nam=2025&nam=2024").total > ask("q=đoàn viên&nam=2024").total


def test_years_stand_newest_first(library):
    years = next(group for group in ask("q=đoàn viên").groups if group.key == "nam")

    values = [option.value for option in years.options]
    assert values == sorted(values, reverse=True)


def test_days_narrow(library):
    assert titles(ask("q=đoàn viên&tu=1/1/2024&den=31/12/2024")) == ["Chăm lo Tết cho đoàn viên, người lao động"]
    assert [chip.label for chip in ask("q=đoàn viên&tu=1/1/2024").chosen] == ["Từ 1/1/2024"]


def test_newest_first(library):
    dates = [item.date[-4:] for item in ask("q=đoàn viên&sap-xep=moi-nhat").items]

    assert dates == sorted(dates, reverse=True)


def test_filters_without_words_list_everything_newest_first(library):
    results = ask("loai=tin-bai")

    assert results.total == 5
    assert [item.date[-4:] for item in results.items] == ["2025", "2024", "2023", "2022", "2021"]


def test_an_unknown_value_finds_nothing_and_can_be_taken_away(library):
    results = ask("q=đoàn viên&loai=khong-co")

    assert results.total == 0
    assert [chip.label for chip in results.chosen] == ["khong-co"]
    assert next((other.label, other.url) for other in results.alternatives) == ("Bỏ mọi bộ lọc", results.clear_url)


def test_phrases_and_words_to_leave_out(library):
    assert titles(ask('q="nghỉ phép hè"')) == ["Lịch nghỉ phép hè"]
    assert "Nghỉ phép năm" in titles(ask("q=nghỉ phép"))
    without = titles(ask("q=nghỉ phép -thai"))
    assert without[0] == "Lịch nghỉ phép hè"
    assert "Nghỉ phép năm" not in without


def test_a_number_finds_its_document(library):
    for spelling in ("214/QĐ-LĐLĐ", "214 qd", "qd 214"):
        assert titles(ask(f"q={spelling}"))[0].startswith("Quy chế"), spelling


def test_wider_questions_are_offered_when_nothing_is_found(library):
    results = ask('q="đoàn viên nghỉ lịch"')

    assert results.total == 0
    assert results.alternatives
    assert results.alternatives[0].label == "Bỏ ngoặc kép"
    assert all(other.total for other in results.alternatives)


def test_what_holds_some_of_the_words_is_shown_when_nothing_holds_enough(library):
    results = ask("q=thủ tục vắngmặt")

    assert results.partial
    assert titles(results)[0] == "Thủ tục hưởng chế độ thai sản"
    assert not ask("q=thủ tục").partial
    assert not ask("q=thủ tục vắngmặt&nguyen-van=1").items


def test_what_cannot_be_searched_for_is_said(library):
    assert not ask("q=?!…").understood
    assert ask("q=").understood
    assert not ask("q=--&loai=tin-bai").understood


def test_pages_end_at_the_last(library):
    library.write(document(2_000_000 + number, f"Tin số {number} của đoàn viên") for number in range(45))

    first, third, beyond = ask("q=tin số"), ask("q=tin số&trang=3"), ask("q=tin số&trang=99999999")

    assert first.total >= 45
    assert len(first.items) == PER_PAGE
    assert first.last == third.number == beyond.number
    assert beyond.items
    assert titles(beyond) == titles(third)
    assert first.next_url == "/tim-kiem/?q=tin+s%E1%BB%91&trang=2"
    assert not third.next_url
    assert third.first_place == 41


def test_paging_has_an_end_that_is_told():
    results = Results(question=Question(text="a"), total=5 * MAX_RESULTS)

    assert results.last == MAX_RESULTS // PER_PAGE
    assert results.more_than_shown


def test_hidden_pages_are_not_found(library, monkeypatch):
    monkeypatch.setattr("search.service.hidden_now", lambda: (frozenset({"page:1000003"}), frozenset({1_000_006})))

    assert "Tai nạn lao động: năm việc trong một giờ đầu" not in titles(ask("q=tai nạn lao động"))
    assert "Lịch nghỉ phép hè" not in titles(ask("q=lịch nghỉ phép hè"))


def test_a_slip_is_mended_and_can_be_insisted_on(library):
    mended = ask("q=tai nạn lao độngg")
    verbatim = ask("q=tai nạn lao độngg&nguyen-van=1")

    assert mended.applied or mended.proposed
    assert titles(mended)[0].startswith("Tai nạn lao động")
    assert not verbatim.applied


def test_an_engine_that_is_away_is_a_state(no_index):
    assert not ask("q=đoàn viên").available
    assert not browse().available


def test_an_engine_that_stops_in_the_middle_is_a_state(library, monkeypatch):
    def stop(*_args, **_kwargs):
        raise EngineUnavailable("stopped")

    monkeypatch.setattr(library, "search", stop)

    assert not ask("q=đoàn viên").available


def test_browsing_counts_everything_once_a_minute(library):
    first = browse()
    use_engine(None)

    assert first.counts["kind"] == {"tin-bai": 5, "quyet-dinh": 1}
    assert browse().counts == first.counts

import unicodedata
from dataclasses import FrozenInstanceError
from datetime import date

import pytest
from django.utils import translation

from tests.training.certificates import make
from training.certificates.diploma import Kind


def test_words_are_tidied():
    diploma = make(holder=unicodedata.normalize("NFD", "  Đỗ Thị\nẴm\u200b  Nguyễn-Ỷ "), title="An\ttoàn")
    assert (diploma.holder, diploma.title) == ("Đỗ Thị Ẵm Nguyễn-Ỷ", "An toàn")


def test_words_that_no_paper_takes_are_cut_at_a_word():
    diploma = make(title="an toàn " * 60, result="đúng " * 60, signer="Ẵ" * 300)
    assert len(diploma.title) <= 200
    assert set(diploma.title.removesuffix("…").split()) == {"an", "toàn"}
    assert diploma.title.endswith("…")
    assert len(diploma.result) <= 100
    assert diploma.signer == "Ẵ" * 99 + "…"
    assert make(title="Ẵ" * 200).title == "Ẵ" * 200


def test_a_kind_may_be_named():
    assert make(kind="contest").kind is Kind.CONTEST
    with pytest.raises(ValueError, match="quiz"):
        make(kind="quiz")


def test_each_kind_has_its_own_words():
    with translation.override("vi"):
        assert len({kind.deed for kind in Kind}) == len(Kind)


@pytest.mark.parametrize("address", ["", "/chung-nhan/7K3M/", "javascript:alert(1)", "ftp://congdoan.example/"])
def test_the_address_must_be_absolute(address):
    with pytest.raises(ValueError, match="absolute"):
        make(address=address)


def test_the_address_is_shown_as_people_read_it():
    assert make().shown_address == "congdoan.example/chung-nhan/7K3M9QXT04BDVH2R"


@pytest.mark.parametrize(("issued", "day", "month"), [(date(2026, 2, 5), "05", "02"), (date(2026, 3, 10), "10", "3")])
def test_a_date_has_the_zeros_of_official_papers(issued, day, month):
    with translation.override("en"):
        assert make(issued=issued).place_and_date == f"Lam Giang, day {day} month {month} year 2026"
        assert make(issued=issued, place="").place_and_date == f"Day {day} month {month} year 2026"


def test_a_diploma_never_changes():
    with pytest.raises(FrozenInstanceError):
        make().holder = "Người khác"

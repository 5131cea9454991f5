"""One code, however it is written."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts import member_codes
from accounts.models import User, new_username, split_name
from tests import factories

MOBILE = [
    "0912345678",
    "0912 345 678",
    "0912.345.678",
    "0912-345-678",
    "+84912345678",
    "+84 912 345 678",
    "84912345678",
    "+84 (0)912 345 678",
    "912345678",  # a spreadsheet's number
    "\u200f0912\u00a0345\u2011678".lstrip("\u200f"),
    "０９１２３４５６７８",
]


@pytest.mark.parametrize("text", MOBILE)
def test_all_forms_of_a_mobile_number_are_one(text):
    assert member_codes.normal_form(text) == "0912345678"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CD-01234", "CD01234"),
        ("cd 01.234", "CD01234"),
        ("ĐV-01234", "DV01234"),
        (unicodedata.normalize("NFD", "Mã01"), "MA01"),
        (unicodedata.normalize("NFC", "Mã01"), "MA01"),
        ("0203 3 555 000", "02033555000"),
        ("1234", "1234"),
    ],
)
def test_other_codes_lose_what_does_not_count(text, code):
    assert member_codes.normal_form(text) == code


@pytest.mark.parametrize("text", ["", "12", "a@b.vn", "!" * 8, "0" * 21, "1" * 5000, "ма́ма12", "<b>1</b>"])
def test_what_cannot_be_a_code(text):
    assert member_codes.normal_form(text) == ""


def test_codes_are_written_in_groups():
    assert member_codes.written("0912345678") == "0912 345 678"
    assert member_codes.written("CD01234") == "CD01234"


def test_a_code_is_stored_in_one_form_and_is_one_account(db):
    factories.make_user(member_code="+84 912 345 678")

    assert User.objects.get(member_code="0912345678").written_member_code == "0912 345 678"
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.make_user(member_code="0912.345.678")


def test_many_accounts_have_none(db):
    assert factories.make_user().member_code == factories.make_user().member_code == ""


def test_a_wrong_code_is_refused_in_words(db):
    with pytest.raises(ValidationError, match="4"):
        factories.make_user(member_code="!!")


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Nguyễn Văn Bình", ("Nguyễn Văn", "Bình")),
        ("  Đặng   Thị Ánh ", ("Đặng Thị", "Ánh")),
        ("Y Moan", ("Y", "Moan")),
        ("Hương", ("", "Hương")),
    ],
)
def test_names_are_taken_apart_and_put_together(full, parts):
    assert split_name(full) == parts
    user = User(last_name=parts[0], first_name=parts[1])
    assert user.get_full_name() == " ".join(full.split())


def test_usernames_say_nothing():
    assert len({new_username() for _ in range(50)}) == 50

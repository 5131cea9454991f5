"""What looks like somebody's number or address is not kept; numbers of documents, dates and years are."""

import pytest

from search.personal_data import looks_personal


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "(091) 234-5678",
        "+84 912 345 678",
        "84912345678",
        "sđt 0912345678 của anh Bình",
        "09 1234 5678",
        "0912_345_678",
        "０９１２３４５６７８",
        "024 3942 1181",
        "079123456789",
        "079 123 456 789",
        "CCCD 001099012345",
        "cmnd 271234567",
        "số tài khoản 19034567890123",
        "1903 4567 8901 23",
        "BHXH 7912345678",
        "hộ chiếu B1234567",
        "an.nguyen@example.org",
        "gửi cho an.nguyen @ example.org",
        "an＠example.org",
        "mat khau Xk7vPq29LmRt5sWz",
        "192.168.100.200",
        "x" * 121,
        "đơn khiếu nại " * 10,
        "09123 2034 567",
    ],
)
def test_what_may_be_somebodys_is_personal(text):
    assert looks_personal(text)


@pytest.mark.parametrize(
    "text",
    [
        "gia nhập công đoàn",
        "nghị định 145/2020/NĐ-CP",
        "nd 145 2020",
        "1234/2020/QĐ-TLĐ",
        "luật số 10/2012/QH13",
        "nghị quyết 02-NQ/TW ngày 12/06/2021",
        "tăng lương từ 01.07.2025",
        "tăng lương 1-7-2025",
        "lương 4.960.000 đồng",
        "quyết định 217-QĐ/TW và 218-QĐ/TW",
        "đại hội 2023 - 2028",
        "thi đua 2023, 2024, 2025",
        "khoản 2 điều 137 bộ luật lao động 2019",
        "C87 C98 ILO",
        "",
    ],
)
def test_what_readers_of_the_portal_ask_is_not(text):
    assert not looks_personal(text)

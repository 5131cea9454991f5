"""Dates, times and numbers as Vietnamese readers write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from core.templatetags import portal_text

MOMENT = datetime(2025, 12, 16, 0, 30, tzinfo=UTC)  # half past seven in Việt Nam


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("vi_date", MOMENT, "16/12/2025"),
        ("vi_date", date(2026, 1, 5), "5/1/2026"),
        ("vi_date", None, ""),
        ("vi_time", MOMENT, "7:30"),
        ("vi_time", None, ""),
        ("vi_datetime", MOMENT, "7:30, 16/12/2025"),
        ("vi_datetime", date(2026, 1, 5), "5/1/2026"),
        ("vi_datetime", "", ""),
        ("weekday_date", MOMENT, "Thứ Ba, 16/12/2025"),
        ("weekday_date", date(2026, 11, 22), "Chủ nhật, 22/11/2026"),
        ("weekday_date", None, ""),
        ("vi_number", 1284, "1.284"),
        ("vi_number", 5310000, "5.310.000"),
        ("vi_number", 7.2, "7,2"),
        ("vi_number", Decimal("1234.5"), "1.234,5"),
        ("vi_number", 7.0, "7"),
        ("vi_number", 0, "0"),
        ("vi_number", None, ""),
        ("vi_number", "", ""),
        ("tall_class", "Lời hứa với Ễnh Ương", "tall"),
        ("tall_class", "Ấm lòng đoàn viên", ""),
        ("tall_class", None, ""),
        ("short_time", None, ""),
    ],
)
def test_filter(name, value, expected):
    assert getattr(portal_text, name)(value) == expected


def test_short_time_is_the_hour_today_and_the_day_before():
    now = timezone.localtime().replace(hour=7, minute=5)
    assert portal_text.short_time(now) == "7:05"
    earlier = now.replace(year=now.year - 1)
    assert portal_text.short_time(earlier) == f"{earlier.day}/{earlier.month}"


def test_document_numbers_stay_on_one_line_and_text_is_escaped():
    html = portal_text.keep_numbers("Theo Nghị định 145/2020/NĐ-CP <script>")
    assert '<span class="nowrap">145/2020/NĐ-CP</span>' in html
    assert "<script>" not in html

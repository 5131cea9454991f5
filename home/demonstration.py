"""The demonstration's settings, standard pages and linked systems."""

from pathlib import Path
from typing import Any

from django.db import models
from django.utils import timezone
from wagtail.models import Site

from core.demonstration import Say, demonstration_part, read_toml, stream_values
from home.models import HomePage, LinkedSystem, SiteSettings, StandardPage
from images.demonstration import scene_image
from pages.demonstration import add_published, find_pages

DEMO = Path(__file__).parent / "demo" / "site.toml"
MENU = [
    ("Tin tức", "/tin-tuc/"),
    ("Chính sách", "/chinh-sach/"),
    ("Thủ tục", "/chinh-sach/thu-tuc/"),
    ("Đào tạo", "/dao-tao/"),
    ("Lịch công tác", "/lich-cong-tac/"),
    ("Infographic", "/infographic/"),
    ("Phóng sự ảnh", "/tin-tuc/phong-su-anh/"),
    ("Video", "/tin-tuc/video/"),
    ("Đơn vị", "/don-vi/"),
    ("Giới thiệu", "/gioi-thieu/"),
]
RESPONSE_MS = {"up": 400, "slow": 6100, "down": None, "unchecked": None}


@demonstration_part("Standard pages", order=60)
def load_standard_pages(say: Say) -> None:
    """Create the standard pages that are not there yet."""
    home = HomePage.objects.get()
    for row in read_toml(DEMO)["standard_page"]:
        if not StandardPage.objects.filter(slug=row["slug"]).exists():
            body = stream_values(row["body"], image=scene_image, pages=find_pages)
            page = StandardPage(title=row["title"], slug=row["slug"], summary=row.get("summary", ""), body=body)
            home.refresh_from_db()
            add_published(home, page, days_ago=300)


@demonstration_part("Settings", order=70)
def load_settings(say: Say) -> None:
    """Name the portal, unless somebody has named it already."""
    row = read_toml(DEMO)
    site = Site.objects.get(is_default_site=True)
    portal = SiteSettings.for_site(site)
    if portal.tagline:
        return
    portal.name, portal.tagline = row["name"], row["tagline"]
    portal.federation_name, portal.address = row["federation"], row["address"]
    portal.responsible, portal.email = row["responsible"], row["email"]
    portal.description = row.get("description", row["tagline"])
    portal.hotline, portal.hotline_label = row["hotline"], f"{row['hotline_name']}, {row['hotline_hours']}"
    portal.visits_before = row["visits_before"]
    portal.copyright_note = "Ghi rõ nguồn khi dùng lại nội dung"
    portal.menu = [("link", _link(text, url)) for text, url in MENU]
    portal.footer = [("column", _column(title, links)) for title, links in _footer()]
    portal.save()


def _link(text: str, url: str) -> dict[str, Any]:
    return {"text": text, "page": None, "url": url}


def _column(title: str, links: list[tuple[str, str]]) -> dict[str, Any]:
    return {"title": title, "links": [_link(text, url) for text, url in links]}


def _footer() -> list[tuple[str, list[tuple[str, str]]]]:
    sections = [
        ("Việc làm – Tiền lương", "/tin-tuc/viec-lam-tien-luong/"),
        ("An toàn – Sức khoẻ", "/tin-tuc/an-toan-suc-khoe/"),
        ("Đời sống đoàn viên", "/tin-tuc/doi-song-doan-vien/"),
        ("Hoạt động công đoàn", "/tin-tuc/hoat-dong-cong-doan/"),
    ]
    standard = [(page.title, f"/{page.slug}/") for page in StandardPage.objects.order_by("path")]
    return [
        ("Đọc", [("Tin tức", "/tin-tuc/"), *sections]),
        (
            "Tra cứu",
            [("Giải thích chính sách", "/chinh-sach/"), ("Thủ tục", "/chinh-sach/thu-tuc/"), ("Đơn vị", "/don-vi/")],
        ),
        (
            "Tham gia",
            [
                ("Lịch công tác", "/lich-cong-tac/"),
                ("Khoá học", "/dao-tao/"),
                ("Cuộc thi", "/cuoc-thi/"),
                ("Khoá học của tôi", "/dao-tao/hoc/cua-toi/"),
                ("Kiểm tra chứng nhận", "/chung-nhan/"),
            ],
        ),
        (
            "Xem",
            [
                ("Infographic", "/infographic/"),
                ("Khung ảnh đại diện", "/khung-anh/"),
                ("Phóng sự ảnh", "/tin-tuc/phong-su-anh/"),
                ("Video", "/tin-tuc/video/"),
            ],
        ),
        ("Cổng thông tin", standard),
    ]


@demonstration_part("Linked systems", order=80)
def load_linked_systems(say: Say) -> None:
    """List the linked systems; their states are examples, since the addresses are."""
    if LinkedSystem.objects.aggregate(count=models.Count("pk"))["count"]:
        return
    for place, row in enumerate(read_toml(DEMO)["linked_system"], start=1):
        state = row.get("state", "unchecked")
        LinkedSystem.objects.create(
            name=row["name"],
            description=row.get("description", ""),
            url=row["url"],
            sort_order=place * 10,
            state=state,
            response_ms=RESPONSE_MS[state],
            checked_at=None if state == "unchecked" else timezone.now(),
        )

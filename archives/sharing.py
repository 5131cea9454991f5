"""Links by which a reader passes a page on."""

from urllib.parse import quote

from django.http import HttpRequest

from pages.models import BasePage


def share_links(page: BasePage, request: HttpRequest) -> list[dict[str, str]]:
    """Plain links that share without anybody's script; «copy» and «print» are made useful by ours."""
    address = quote(page.get_full_url(request) or "", safe="")
    return [
        {"key": "zalo", "label": "Zalo", "url": f"https://zalo.me/share?url={address}"},
        {"key": "facebook", "label": "Facebook", "url": f"https://www.facebook.com/sharer/sharer.php?u={address}"},
    ]

"""The addresses of feeds; what they look like is promised in docs/developers/feeds.md."""

from django.urls import URLPattern, path, re_path

from crossposting.feeds import views
from crossposting.feeds.addresses import FILES, OLD_ADDRESSES, ROOT

_ROOT = ROOT.strip("/")
_FILE = "|".join(name.replace(".", r"\.") for name in FILES)

urlpatterns: list[URLPattern] = [
    path("feeds.opml", views.feeds_opml, name="feeds-opml"),
    path(f"{_ROOT}/", views.directory, name="feeds"),
    re_path(rf"^{_ROOT}/(?P<file>{_FILE})$", views.feed, name="portal-feed"),
    re_path(rf"^{_ROOT}/(?P<source>[a-z-]+)/(?P<file>{_FILE})$", views.feed),
    re_path(rf"^{_ROOT}/(?P<source>[a-z-]+)/(?P<key>[a-z0-9-]+)/(?P<file>{_FILE})$", views.feed),
    re_path(rf"^{_ROOT}/(?P<source>[a-z-]+)/$", views.feed_page),
    re_path(rf"^{_ROOT}/(?P<source>[a-z-]+)/(?P<key>[a-z0-9-]+)/$", views.feed_page),
    *(path(old, views.old_address, {"file": file}) for old, file in OLD_ADDRESSES.items()),
]

"""Addresses of the whole portal; those that other systems rely on never move."""

from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from archives import sitemaps, views as archives_views
from crossposting import health as channels_health
from documents import serving
from organisations import views as organisations_views
from pages import share_cards
from portal import health, media, views
from search import clicks, views as search_views

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("readyz/channels", channels_health.channels),
    path("robots.txt", sitemaps.robots_txt),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap"),
    path("sitemap-<int:part>.xml", sitemaps.sitemap_part, name="sitemap-part"),
    path("sitemap-tin-moi.xml", sitemaps.news_sitemap, name="news-sitemap"),
    path("chu-de/<slug:slug>/", archives_views.topic_archive, name="topic"),
    path("tac-gia/<slug:slug>/", archives_views.author_archive, name="author"),
    path("chia-se/<int:page_id>-<slug:digest>.jpg", share_cards.serve, name="share-card"),
    path("tim-kiem/", search_views.search, name="search"),
    path("tim-kiem/goi-y/", search_views.suggestions, name="search-suggestions"),
    path("tim-kiem/bam/", clicks.note_click, name="search-click"),
    path("don-vi/goi-y/", organisations_views.unit_names, name="unit-names"),
    path("", include("crossposting.feeds.urls")),
    path("", include("contests.urls")),
    path("", include("training.urls")),
    path("", include("events.urls")),
    path("", include("frames.urls")),
    path("api/v2/", include("api.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("tai-khoan/", include("accounts.urls")),
    path("tai-khoan/", include("allauth.urls")),
    re_path(r"^tep/(\d+)/(.*)$", serving.serve, name="wagtaildocs_serve"),
    path("tep/", include(wagtaildocs_urls)),
    re_path(r"^media/(?P<path>.*)$", media.serve),
    path("", include(wagtail_urls)),
]

handler404 = views.not_found
handler500 = views.server_error

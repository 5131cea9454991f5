"""The address that is no page: where a frame's downloads are counted."""

from django.urls import re_path

from frames import views

urlpatterns = [re_path(r"^khung-anh/dem/(?P<number>[0-9]{1,18})/$", views.note_download, name="frame-download")]

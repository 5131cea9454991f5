"""Addresses below ``/api/v2/``; they never move."""

from django.urls import path, re_path

from api import views
from api.answers import nothing_here, public
from api.viewsets import router

urlpatterns = [
    path("", public(views.root, ()), name="api-root"),
    path("openapi.json", public(views.openapi, ()), name="api-openapi"),
    path("", router.urls),
    re_path(r"^(?P<path>.*)$", public(nothing_here, None), name="nothing-here"),
]

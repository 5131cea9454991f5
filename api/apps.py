"""Configuration of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """The public interface for programs: reads what any reader may see."""

    name = "api"
    verbose_name = _("Public interface")

    def ready(self) -> None:
        """Connect what must be connected once the models are loaded."""
        from api import fields, freshness
        from api.library import DocumentsViewSet, ImagesViewSet
        from api.pages import PagesViewSet
        from api.searching import SearchEndpoint
        from api.viewsets import router

        fields.register()
        freshness.connect()
        for endpoint in (PagesViewSet, ImagesViewSet, DocumentsViewSet, SearchEndpoint):
            router.register_endpoint(endpoint.name, endpoint)

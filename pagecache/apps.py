from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagecacheConfig(AppConfig):
    """Surrogate keys and their generations; later the store of rendered pages."""

    name = "pagecache"
    verbose_name = _("Page cache")

    def ready(self) -> None:
        from pagecache import consequences, signal_handlers  # models must be loaded

        signal_handlers.connect()
        consequences.register()

"""Configuration of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PoliciesConfig(AppConfig):
    """Policy explained: what a rule means for a worker, and how to get something done."""

    name = "policies"
    verbose_name = _("Policies")

    def ready(self) -> None:
        """Connect what must be connected once the models are loaded."""
        from archives.kinds import register_kind
        from policies import api, feeds
        from policies.models import ExplainerPage, ProcedurePage

        register_kind("giai-thich", ExplainerPage)
        register_kind("thu-tuc", ProcedurePage)
        feeds.register()
        api.register()

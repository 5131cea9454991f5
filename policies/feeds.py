"""The policy corner's feeds: all of it, and how an explainer and a procedure read in one."""

from django.utils.translation import gettext_lazy as _

from crossposting.feeds.registry import register_source, register_template
from crossposting.feeds.sources import CornerFeed
from policies.models import ExplainerPage, PolicyIndexPage, ProcedurePage


def register() -> None:
    """Called when the app is ready."""
    register_source(CornerFeed("chinh-sach", _("Policies"), order=20, listing="policies", front=PolicyIndexPage))
    register_template(ExplainerPage, "policies/feed_explainer.html")
    register_template(ProcedurePage, "policies/feed_procedure.html")

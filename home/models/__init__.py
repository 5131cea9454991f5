"""The front page, standard pages, settings of the site and linked systems."""

from home.models.pages import HomePage, StandardPage
from home.models.settings import SiteSettings
from home.models.systems import LinkedSystem

__all__ = ["HomePage", "LinkedSystem", "SiteSettings", "StandardPage"]

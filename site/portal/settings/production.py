"""Production: what ``make run`` uses. Refuses to start with settings that would expose the site."""

from django.core.exceptions import ImproperlyConfigured

from portal.environment import env
from portal.settings.base import *  # noqa: F403  # Django's settings idiom: this module is base plus the refusals below
from portal.settings.base import ALLOWED_HOSTS, DEBUG, SECRET_KEY


def refuse_unsafe_settings() -> None:
    """Stop the start, naming the variable, rather than serve with a setting nobody would choose on purpose."""
    loopback = env.bind in {"127.0.0.1", "::1", "localhost"}
    if DEBUG:
        raise ImproperlyConfigured("DEBUG must be off in production.")
    if len(SECRET_KEY) < 50 or SECRET_KEY.startswith("django-insecure"):
        raise ImproperlyConfigured("SECRET_KEY must be random and at least 50 characters long; unset it to draw one.")
    if "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the site's own host names, not «*».")
    if not loopback and not env.base_url:
        raise ImproperlyConfigured("BASE_URL must be set when BIND opens the portal to a network.")
    if not loopback and not env.allowed_hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS must be set when BIND opens the portal to a network.")
    if env.admin_password and not loopback and len(env.admin_password) < 10:
        raise ImproperlyConfigured("ADMIN_PASSWORD must have at least 10 characters when BIND opens the portal.")
    if env.search_engine == "elasticsearch" and not env.elasticsearch_url:
        raise ImproperlyConfigured("SEARCH_ENGINE=elasticsearch needs ELASTICSEARCH_URL.")


refuse_unsafe_settings()

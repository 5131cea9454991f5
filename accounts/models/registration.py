"""Whether people may open accounts by themselves."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="user")
class RegistrationSettings(BaseSiteSetting):
    """Closed unless the administrator opens it."""

    is_open = models.BooleanField(
        _("anybody may register"),
        default=False,
        help_text=_(
            "Visitors see «Register» on the log-in page and open a member's account with a proved e-mail. It belongs "
            "to no unit until somebody assigns it one. Left off, only members whom a unit has entered have accounts."
        ),
    )

    class Meta:
        verbose_name = _("registration of members")

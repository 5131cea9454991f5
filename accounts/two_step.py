"""How allauth's two-step log-in and passkeys name the portal and its people."""

from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from wagtail.models import Site


class TwoStepAdapter(DefaultMFAAdapter):
    """A member's username says nothing; what stands in an app or on a passkey should."""

    def get_totp_label(self, user: Any) -> str:
        """As :func:`label_of`."""
        return label_of(user)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The portal by its name."""
        site = Site.find_for_request(context.request)
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": (site.site_name if site else "") or entity["name"]}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """The person by name."""
        return {
            "id": user_pk_to_url_str(user).encode("utf8"),
            "display_name": str(user),
            "name": label_of(user),
        }


def label_of(user: Any) -> str:
    """The e-mail, else the member code, else the username: what its owner logs in with."""
    return user.email or user.written_member_code or user.username

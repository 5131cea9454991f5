"""Users, how members come in, what they agreed to, and what they ask about their data."""

from accounts.models.activation import ActivationCode
from accounts.models.consents import Consent, ConsentText
from accounts.models.registration import RegistrationSettings
from accounts.models.requests import DataRequest, DeletionRequest
from accounts.models.users import NOT_ACTIVATED, WITHOUT_RIGHTS, User, new_username, split_name

__all__ = [
    "NOT_ACTIVATED",
    "WITHOUT_RIGHTS",
    "ActivationCode",
    "Consent",
    "ConsentText",
    "DataRequest",
    "DeletionRequest",
    "RegistrationSettings",
    "User",
    "new_username",
    "split_name",
]

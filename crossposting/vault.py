"""Keys of networks, encrypted at rest with a key derived from the site's secret key."""

import base64
import json
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

#: Separates this use of the secret key from every other.
PURPOSE = b"union-portal: keys of channels, version 1"


class SealBroken(Exception):  # noqa: N818  # says what is the case
    """What was sealed cannot be read: the site's secret key is another one now, or the text was changed."""


@lru_cache(maxsize=4)
def _box(secret_keys: tuple[str, ...]) -> MultiFernet:
    def derived(secret_key: str) -> Fernet:
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret_key.encode())
        return Fernet(base64.urlsafe_b64encode(key))

    return MultiFernet([derived(secret_key) for secret_key in secret_keys])


def _present_box() -> MultiFernet:
    return _box((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def seal(values: dict[str, str]) -> str:
    """Encrypt a few named texts; the result differs each time and says nothing of them but their length."""
    return _present_box().encrypt(json.dumps(values).encode()).decode("ascii")


def unseal(sealed: str) -> dict[str, str]:
    """Decrypt what :func:`seal` made, also under an earlier key named in ``SECRET_KEY_FALLBACKS``."""
    if not sealed:
        return {}
    try:
        values: dict[str, str] = json.loads(_present_box().decrypt(sealed.encode("ascii")))
    except (InvalidToken, ValueError) as error:
        raise SealBroken from error
    return values

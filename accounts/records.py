"""The administrator's record of what members ask about their data."""

from accounts.models import DataRequest
from core import typed_codes


def note(kind: DataRequest.Kind, reference: str = "") -> str:
    """Record that something was asked for; returns the reference, drawn anew unless given. Names nobody."""
    reference = reference or typed_codes.written(typed_codes.new_code(8), group=4)
    DataRequest.objects.create(kind=kind, reference=reference)
    return reference

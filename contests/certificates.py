"""Certificates of contests, drawn like those of courses."""

from django.db import transaction

from contests.models import Entry
from training.certificates.codes import new_code
from training.certificates.issuing import organisation_of
from training.models import Certificate


def may_have_certificate(entry: Entry) -> bool:
    """Whether the round is over, and the entry good enough."""
    page = entry.round.page
    counts = entry.cancelled_at is None and not entry.is_open and bool(entry.name)
    return page.has_certificate and entry.round.is_closed and counts and entry.percent >= page.certificate_percent


def give_certificate(entry: Entry) -> Certificate:
    """Give the certificate of an entry; the same one if it was given already."""
    with transaction.atomic():
        locked = (
            Entry.objects.select_for_update(of=("self",)).select_related("certificate", "round__page").get(pk=entry.pk)
        )
        if locked.certificate is not None:
            return locked.certificate
        page = locked.round.page
        title = page.title if page.rounds.count() == 1 else f"{page.title} – {locked.round.title}"
        locked.certificate = Certificate.objects.create(
            code=new_code(),
            kind=Certificate.Kind.CONTEST,
            user=locked.user,
            holder=locked.name,
            title=title,
            unit=locked.unit,
            unit_name=locked.unit_name,
            organisation=organisation_of(page),
            signer=page.signer,
            signer_role=page.signer_role,
            result=f"{locked.percent}%",
        )
        locked.save(update_fields=["certificate"])
        return locked.certificate

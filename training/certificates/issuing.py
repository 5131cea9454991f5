"""Giving certificates, withdrawing them, and drawing one that somebody shows."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Site

from pages.models import BasePage
from training.certificates.codes import new_code
from training.certificates.diploma import Diploma, Kind
from training.models import Attempt, Certificate, ClassPage, CoursePage, Enrolment, Registration

#: What the log calls it.
WITHDRAWN, GIVEN_BACK = "training.withdraw", "training.give_back"


def issue_for_course(enrolment: Enrolment, course: CoursePage, user: Any) -> Certificate:
    """Give a member the certificate of a course that is finished; the same one if it was given already."""
    unit = enrolment.unit
    certificate, _created = Certificate.objects.get_or_create(
        enrolment=enrolment,
        defaults={
            "code": new_code(),
            "kind": Certificate.Kind.COURSE,
            "user": user,
            "holder": user.get_full_name() or user.username,
            "title": course.title,
            "unit": unit,
            "unit_name": unit.name if unit else "",
            "organisation": organisation_of(course),
            "signer": course.signer,
            "signer_role": course.signer_role,
            "result": result_of(user, course),
        },
    )
    return certificate


def issue_for_class(registration: Registration, page: ClassPage) -> Certificate:
    """Give somebody who was present the certificate of a class; the same one if it was given already.

    What was withdrawn only since the tick was taken back is in force again.
    """
    unit = registration.unit
    certificate, _created = Certificate.objects.get_or_create(
        registration=registration,
        defaults={
            "code": new_code(),
            "kind": Certificate.Kind.CLASS,
            "user": registration.user,
            "holder": registration.name,
            "title": page.title,
            "unit": unit,
            "unit_name": registration.unit_name,
            "organisation": organisation_of(page),
            "signer": page.signer,
            "signer_role": page.signer_role,
            "hours": page.hours,
        },
    )
    if certificate.revoked_at and certificate.revoked_because == absence():
        certificate.revoked_at, certificate.revoked_because = None, ""
        certificate.save(update_fields=["revoked_at", "revoked_because"])
    return certificate


def withdraw_for_absence(registration_id: int, page: ClassPage) -> None:
    """Withdraw the certificate of somebody who was not present after all."""
    given = Certificate.objects.filter(registration=registration_id, registration__page=page, revoked_at=None)
    given.update(revoked_at=timezone.now(), revoked_because=absence())


def absence() -> str:
    """The reason of withdrawal of whoever was not present after all."""
    return _("Not present at the class")


def organisation_of(page: BasePage) -> str:
    """Who gives it: the unit of the course or class, or the federation."""
    if page.unit:
        return str(page.unit.name)
    site = Site.objects.filter(is_default_site=True).first()
    return site.site_name if site else ""


def result_of(user: Any, course: CoursePage) -> str:
    """The mean of the best results of the quizzes that count, in words; "" for a course without."""
    handed_in = Attempt.objects.filter(
        user=user, lesson__path__startswith=course.path, lesson__is_graded=True, passed=True
    )
    best: dict[int, int] = {}
    for lesson, percent in handed_in.values_list("lesson_id", "percent"):
        best[lesson] = max(percent, best.get(lesson, 0))
    if not best:
        return ""
    return _("%(percent)d%% of the questions right") % {"percent": round(sum(best.values()) / len(best))}


def diploma_of(certificate: Certificate, request: HttpRequest) -> Diploma:
    """The certificate as it is drawn."""
    return Diploma(
        holder=certificate.holder,
        title=certificate.title,
        kind=Kind(certificate.kind),
        unit=certificate.unit_name,
        issued=certificate.issued_on,
        code=certificate.code,
        address=request.build_absolute_uri(certificate.url),
        organisation=certificate.organisation,
        place="",
        signer=certificate.signer,
        signer_title=certificate.signer_role,
        result=certificate.result,
        hours=certificate.hours,
    )


def withdraw(certificate: Certificate, reason: str, user: Any) -> bool:
    """Let a certificate hold no more, and keep who did it and why; whether it held until now."""
    with transaction.atomic():
        valid = Certificate.objects.filter(pk=certificate.pk, revoked_at=None)
        if not valid.update(revoked_at=timezone.now(), revoked_because=reason):
            return False
        log(certificate, WITHDRAWN, user=user, data={"reason": reason})
    return True


def give_back(certificate: Certificate, user: Any) -> bool:
    """Let a withdrawn certificate hold again; whether it was withdrawn until now."""
    with transaction.atomic():
        withdrawn = Certificate.objects.filter(pk=certificate.pk, revoked_at__isnull=False)
        if not withdrawn.update(revoked_at=None, revoked_because=""):
            return False
        log(certificate, GIVEN_BACK, user=user)
    return True

"""Giving certificates, and finding one that somebody shows."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Site

from training.certificates.codes import new_code
from training.certificates.diploma import Diploma, Kind
from training.models import Attempt, Certificate, CoursePage, Enrolment


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


def organisation_of(course: CoursePage) -> str:
    """Who gives it: the course's unit, or the federation."""
    if course.unit:
        return str(course.unit.name)
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
    )

"""A certificate is checked by anybody; a forged or withdrawn one is refused, and codes cannot be tried out."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from training.certificates import codes
from training.certificates.drawing import pdf_available
from training.models import Certificate
from visits.throttling import MOST

pytestmark = pytest.mark.django_db(databases=["default", "visits"])
HOLDER = "Đỗ Thị Ẵm"
FORGED = ["0000-0000-0000-0000", "khong-co", "x" * 300, "%00", "../../etc/passwd", "' OR 1=1 --"]


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def certificate():
    code = codes.new_code()
    return Certificate.objects.create(code=code, holder=HOLDER, title="Thương lượng lương", unit_name="CĐCS Đông Hải")


def test_a_genuine_one_says_for_whom_and_what(certificate):
    answer = Client().get(certificate.url)
    html = answer.content.decode()
    for word in ("Chứng nhận này là thật", HOLDER, "Thương lượng lương", "CĐCS Đông Hải", certificate.written_code):
        assert word in html
    assert "noindex" in html or "noindex" in answer.headers.get("X-Robots-Tag", "")
    assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]


@pytest.mark.parametrize("spell", [str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("0", "o")])
def test_the_code_is_read_as_people_type_it(certificate, spell):
    answer = Client().get(f"/chung-nhan/{spell(certificate.written_code)}/", follow=True)
    assert "Chứng nhận này là thật" in answer.content.decode()
    assert Client().get("/chung-nhan/", {"ma": spell(certificate.written_code)})["Location"] == certificate.url


@pytest.mark.parametrize("code", FORGED)
def test_a_forged_one_is_refused(certificate, code):
    answer = Client().get(f"/chung-nhan/{code}/")
    assert answer.status_code == 404


def test_a_code_with_one_sign_changed_is_refused(certificate):
    last = certificate.code[-1]
    other = next(sign for sign in codes.ALPHABET if sign != last)
    answer = Client().get(f"/chung-nhan/{codes.written(certificate.code[:-1] + other)}/")
    assert answer.status_code == 404
    assert "Không có chứng nhận này" in answer.content.decode()
    assert "Đỗ Thị Ẵm" not in answer.content.decode()


def test_one_that_was_withdrawn_says_so(certificate):
    Certificate.objects.filter(pk=certificate.pk).update(revoked_at=timezone.now(), revoked_because="Cấp nhầm tên")
    html = Client().get(certificate.url).content.decode()

    assert "đã bị thu hồi" in html
    assert "Cấp nhầm tên" in html
    assert Client().get(f"{certificate.url}in/").status_code == 404
    assert Client().get(f"{certificate.url}pdf/").status_code == 404


def test_codes_cannot_be_tried_out_quickly(certificate):
    client = Client()
    answers = [client.get(f"/chung-nhan/{codes.written(codes.new_code())}/").status_code for _try in range(MOST + 5)]
    assert answers[:MOST] == [404] * MOST
    assert answers[MOST:] == [429] * 5


def test_the_paper(certificate):
    page = Client().get(f"{certificate.url}in/")
    assert "Đỗ Thị Ẵm" in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex"
    paper = Client().get(f"{certificate.url}pdf/")
    if pdf_available():
        assert paper.content.startswith(b"%PDF-")
    else:
        assert paper["Location"] == f"{certificate.url}in/"


def test_without_pango_the_page_says_what_is_missing_and_is_printed_instead(certificate, monkeypatch):
    def unavailable(diploma):
        from training.certificates.drawing import PdfUnavailable

        raise PdfUnavailable

    monkeypatch.setattr("training.views.certificates.pdf_available", lambda: False)
    monkeypatch.setattr("training.views.certificates.draw_pdf", unavailable)

    html = Client().get(certificate.url).content.decode()
    assert "Pango" in html
    assert f"{certificate.url}in/" in html
    assert Client().get(f"{certificate.url}pdf/")["Location"] == f"{certificate.url}in/"

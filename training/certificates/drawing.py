"""Draws diplomas: a page for the browser, and the same page as a PDF."""

import contextlib
import ctypes
import hashlib
import io
import logging
import sys
from functools import cache
from itertools import groupby
from types import ModuleType

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from qrcode.constants import ERROR_CORRECT_M

from core.qr import qr_path
from training.certificates.codes import written
from training.certificates.diploma import Diploma
from training.certificates.setting import HOLDER, TITLE, balanced, in_face, setting_of

TEMPLATE = "training/certificate.html"
#: Part of the name of stored files: a new design gives every diploma a new one.
DESIGN = "1"
#: What WeasyPrint opens on Linux.
LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libharfbuzz.so.0",
    "libfontconfig.so.1",
    "libpangoft2-1.0.so.0",
)
_OTHER_SCRIPT = '<span class="other-script">{}</span>'
#: For the PDF alone. The web fonts have 264 characters; the files from which pictures are drawn have all Latin letters.
#: WeasyPrint breaks addresses after slashes, and would make each <wbr> a link of its own.
_FACE = '@font-face {{ font-family: "Be Vietnam Pro Latin"; font-weight: {0}; src: url("{1}BeVietnamPro-{0}.ttf") }}\n'
_SHEET = 'body { font-family: "Be Vietnam Pro Latin", sans-serif !important } wbr { display: none !important }'


class PdfUnavailable(Exception):  # noqa: N818  # a state of the machine, not a mistake
    """This machine lacks the libraries that draw PDF; says so in words for whoever asked."""


def render_html(diploma: Diploma, *, pdf_address: str = "", home: str = "") -> str:
    """The diploma as a page of its own, to read and to print. On screens it leads to ``pdf_address`` and ``home``."""
    with translation.override(settings.LANGUAGE_CODE):  # whatever language the editor who asks prefers
        side, path = qr_path(diploma.address, correction=ERROR_CORRECT_M)
        setting = setting_of(diploma)
        return render_to_string(
            TEMPLATE,
            {
                "diploma": diploma,
                "setting": setting,
                "holder": _in_lines(balanced(diploma.holder, HOLDER[setting.holder])),
                "title": _in_lines(balanced(diploma.title, TITLE[setting.title])),
                "unit": _marked(diploma.unit),
                "organisation": _marked(diploma.organisation),
                "shown_address": _breakable(diploma.shown_address),
                "code": written(diploma.code),
                "qr_side": side,
                "qr_path": path,
                "pdf_address": pdf_address,
                "home": home,
                "LANGUAGE_CODE": settings.LANGUAGE_CODE,
            },
        )


def _in_lines(lines: list[str]) -> SafeString:
    return mark_safe(" ".join(format_html('<span class="line">{}</span>', _marked(line)) for line in lines))


def _marked(text: str) -> SafeString:
    """Words with those of other scripts marked, so that a font of the machine sets them whole.

    Be Vietnam Pro would show nothing for a letter that no font has; others show a box.
    """
    runs = ((own, "".join(run)) for own, run in groupby(text, in_face))
    return mark_safe("".join(escape(run) if own else format_html(_OTHER_SCRIPT, run) for own, run in runs))


def _breakable(address: str) -> SafeString:
    """An address that a line may end in after each slash, rather than anywhere."""
    return mark_safe("/<wbr>".join(escape(part) for part in address.split("/")))


@cache
def pdf_available() -> bool:
    """Whether this machine can draw PDF. Found out once, on Linux without loading WeasyPrint."""
    try:
        if sys.platform == "linux":
            for name in LIBRARIES:
                ctypes.CDLL(name)
        else:
            _weasyprint()
    except (OSError, PdfUnavailable):
        return False
    return True


def draw_pdf(diploma: Diploma) -> bytes:
    """The diploma as a PDF of one page, tagged for screen readers (PDF/UA-1).

    The same words give the same bytes. Raises PdfUnavailable where Pango is missing.
    """
    weasyprint = _weasyprint()
    from weasyprint.text.fonts import FontConfiguration  # see _weasyprint

    from training.certificates.own_files import DRAWING_FONTS, ROOT, OwnFiles  # it is a part of WeasyPrint

    fonts, fetch = FontConfiguration(), OwnFiles()
    page = weasyprint.HTML(string=render_html(diploma), base_url=ROOT, url_fetcher=fetch)
    faces = "".join(_FACE.format(weight, DRAWING_FONTS) for weight in (400, 700))
    sheet = weasyprint.CSS(string=faces + _SHEET, base_url=ROOT, url_fetcher=fetch, font_config=fonts)
    document = page.render(font_config=fonts, stylesheets=[sheet], pdf_variant="pdf/ua-1")
    if fetch.refused:
        raise RuntimeError(f"The diploma wants files that are not the portal's: {', '.join(fetch.refused)}")
    identifier = hashlib.sha256(f"{DESIGN}\x1f{diploma!r}".encode()).hexdigest()[:32]
    content: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier.encode())
    return content


def _weasyprint() -> ModuleType:
    """Load WeasyPrint, which prints advice to the terminal where it finds no Pango."""
    # Both tell every step of every file, and WeasyPrint what it leaves out of sheets that are for browsers too.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            import weasyprint  # takes seconds, needs Pango, and few processes ever draw
    except OSError as error:
        raise PdfUnavailable(
            gettext("This server cannot draw PDF files: the library Pango is missing. Print the page instead.")
        ) from error
    return weasyprint

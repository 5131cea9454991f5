"""How answers are packed for the wire; static files are packed once, when they are collected."""

import re

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

#: As quick as gzip's 6 and a tenth smaller on our pages; from 9 on a page costs ten times as much.
QUALITY = 5
#: Below this nothing is won; Django's own figure.
WORTH_PACKING = 200
_ACCEPTS_BROTLI = re.compile(r"\bbr\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")


class Compression(GZipMiddleware):
    """Brotli for what everybody may see, gzip for the rest.

    Answers to somebody signed in stay with Django's gzip, which varies its length against guessing secrets by the size
    of answers (BREACH). So do streamed answers, and readers who take no Brotli: browsers ask for it over HTTPS only.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Pack the content, or leave it to Django."""
        if (
            not isinstance(response, HttpResponse)  # streamed
            or len(response.content) < WORTH_PACKING
            or response.has_header("Content-Encoding")
            or settings.SESSION_COOKIE_NAME in request.COOKIES
            or not _ACCEPTS_BROTLI.search(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        ):
            return super().process_response(request, response)
        patch_vary_headers(response, ["Accept-Encoding"])
        packed = brotli.compress(response.content, quality=QUALITY)
        if len(packed) < len(response.content):
            response.content = packed
            response.headers["Content-Encoding"] = "br"
            response.headers["Content-Length"] = str(len(packed))
            etag = response.get("ETag", "")
            if etag.startswith('"'):  # other bytes than those without packing: RFC 9110, 8.8.1
                response.headers["ETag"] = f"W/{etag}"
        return response

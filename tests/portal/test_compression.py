"""What goes over the wire: small, and never one reader's bytes for another."""

import gzip
import random

import brotli
import pytest
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from portal.compression import Compression
from portal.middleware import StaticFileHeaders
from portal.static_files import StaticFiles
from tests import factories

pytestmark = pytest.mark.django_db
NOISE = random.Random(1).randbytes(400)
BROWSER = "gzip, deflate, br, zstd"


@pytest.fixture
def article():
    return factories.make_article()


@pytest.mark.parametrize("accepted", [BROWSER, "br", "gzip;q=0.5, br;q=1.0", "br;q=0.1"])
def test_public_pages_are_packed_with_brotli(client, article, accepted):
    plain = client.get(article.url, headers={"accept-encoding": "identity"})
    packed = client.get(article.url, headers={"accept-encoding": accepted})

    assert packed["Content-Encoding"] == "br"
    assert brotli.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content)
    assert "Accept-Encoding" in packed["Vary"]
    assert packed["ETag"] == f"W/{plain['ETag']}".replace("W/W/", "W/")


@pytest.mark.parametrize("accepted", ["gzip", "br;q=0, gzip", "br ; q=0.0, gzip", "brotli, gzip"])
def test_who_takes_no_brotli_gets_gzip(client, article, accepted):
    plain = client.get(article.url, headers={"accept-encoding": "identity"})
    packed = client.get(article.url, headers={"accept-encoding": accepted})

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content


def test_a_packed_page_that_has_not_changed_is_not_sent_again(client, article):
    first = client.get(article.url, headers={"accept-encoding": BROWSER})
    again = client.get(article.url, headers={"accept-encoding": BROWSER, "if-none-match": first["ETag"]})

    assert again.status_code == 304
    assert not again.content


def test_what_somebody_signed_in_gets_varies_in_length(client, article):
    client.force_login(factories.make_superuser())
    packed = [client.get(article.url, headers={"accept-encoding": BROWSER}) for _ in range(12)]

    assert {one["Content-Encoding"] for one in packed} == {"gzip"}
    assert len({len(one.content) for one in packed}) > 1


@pytest.mark.parametrize(
    ("content", "headers"), [(b"short", {}), (b"x" * 5000, {"Content-Encoding": "zstd"}), (NOISE, {})]
)
def test_what_would_not_become_smaller_is_left_alone(content, headers):
    asked = RequestFactory().get("/", headers={"accept-encoding": BROWSER})
    answer = Compression(lambda request: HttpResponse(content, headers=headers))(asked)

    assert answer.content == content
    assert answer.get("Content-Encoding") == headers.get("Content-Encoding")


@pytest.fixture
def collected(tmp_path):
    """Keeps a file as ``collectstatic`` does, and gives what has become of it."""

    def keep(name: str, content: ContentFile) -> bytes:
        return (tmp_path / StaticFiles(location=tmp_path, base_url="/static/").save(name, content)).read_bytes()

    return keep


STYLE = "/* What for. */\n.card :is(a, b)  {\n  color : red;\n}\n"
SCRIPT = "// What for.\nconst name = `two  words`;\n\nexport { name };\n"


def test_our_own_sheets_and_scripts_lose_what_only_we_read(collected):
    assert collected("css/card.css", ContentFile(STYLE.encode())) == b".card :is(a,b){color:red}"
    assert collected("js/card.js", ContentFile(SCRIPT.encode())) == b"const name=`two  words`;export{name};"


def test_a_file_read_before_is_kept_whole(collected):
    content = ContentFile(STYLE.encode())
    content.read()

    assert collected("css/card.css", content) == b".card :is(a,b){color:red}"


def test_declarations_stay_in_their_order(collected):
    """The minifier of style sheets puts the pair first here, which needs ``side``."""
    script = """
class Round {
  draw() {
    this.clear();
    const round = this.find(".round");
    const side = Math.min(this.width, this.height);
    const [left, top] = [(this.width - side) / 2, (this.height - side) / 2];
    round.draw(left, top, side, side, 0, 0, round.width, round.height);
  }
}
"""
    kept = collected("js/round.js", ContentFile(script.encode())).decode()

    assert kept.index("const side=") < kept.index("const[left,top]=")


@pytest.mark.parametrize("name", ["admin/css/base.css", "css/notes.txt", "wagtailadmin/js/core.js"])
def test_files_of_others_stay_as_they_are(collected, name):
    assert collected(name, ContentFile(STYLE.encode())) == STYLE.encode()


@override_settings(STATIC_URL="/static/")
def test_static_files_carry_no_headers_of_documents():
    def answer(request):
        return HttpResponse("", headers=dict.fromkeys([*StaticFileHeaders.SAYS_NOTHING, "X-Content-Type-Options"], "x"))

    sheet = StaticFileHeaders(answer)(RequestFactory().get("/static/css/portal.css"))
    page = StaticFileHeaders(answer)(RequestFactory().get("/tin-tuc/"))

    assert set(sheet.headers) == {"Content-Type", "X-Content-Type-Options"}
    assert set(page.headers) > set(StaticFileHeaders.SAYS_NOTHING)

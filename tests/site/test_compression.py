"""How answers are compressed that are made for one request."""

import gzip

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse

from prepare_portal.cached_page import COMPRESSED
from prepare_portal.compression import Compression
from tests.factories import UserFactory

READ = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("accepted", "sent"), [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("", "")])
def test_page_for_everybody_is_sent_as_the_browser_likes_it_best(client, accepted, sent):
    answer = client.get("/about/", HTTP_ACCEPT_ENCODING=accepted)
    assert answer.headers.get("Content-Encoding", "") == sent
    assert READ[sent](answer.content) == client.get("/about/").content
    assert answer.headers["Content-Length"] == str(len(answer.content))
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_what_only_one_person_may_see_is_padded_so_that_its_length_tells_no_secret(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    for address in ("/admin/", "/about/"):
        answers = [client.get(address, HTTP_ACCEPT_ENCODING="gzip, deflate, br") for _ in range(10)]
        assert {answer.headers["Content-Encoding"] for answer in answers} == {"gzip"}
        assert len({len(answer.content) for answer in answers}) > 1


@pytest.mark.parametrize("kind", COMPRESSED)
@pytest.mark.parametrize("made", [HttpResponse, StreamingHttpResponse])
def test_what_is_compressed_in_itself_is_sent_as_it_is_with_its_length_and_tag(rf, made, kind):
    headers = {"Content-Length": "1000", "ETag": '"tag"'}
    file = made([b"x" * 1000], content_type=kind, headers=headers)
    answer = Compression(lambda _request: file)(rf.get("/data.zip", HTTP_ACCEPT_ENCODING="gzip, deflate, br"))
    assert b"".join(answer) == b"x" * 1000
    assert dict(answer.headers) == {"Content-Type": kind, **headers}

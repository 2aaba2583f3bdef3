"""How answers are compressed that are made for one request."""

import gzip

import brotli
import pytest

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

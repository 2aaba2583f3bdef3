"""Lists of the API come in pages that lead to one another."""

import pytest

from tests.api.asking import ask, on_all_pages, problem, read
from tests.browse.thirty_pilots import make_thirty_pilots

pytestmark = pytest.mark.django_db


def test_pages_lead_to_one_another_in_body_and_header():
    make_thirty_pilots()
    body, header = read("pilots/?sort=-place&page=2"), ask("pilots/?sort=-place&page=2")["Link"]
    assert (body["total"], body["page"], body["pages"], body["per_page"]) == (30, 2, 3, 12)
    root = "http://127.0.0.1:8000/api/v1/pilots/?sort=-place"
    links = {"first": root, "previous": root, "next": f"{root}&page=3", "last": f"{root}&page=3"}
    assert body["links"] == links
    assert header == ", ".join(f'<{url}>; rel="{name.replace("previous", "prev")}"' for name, url in links.items())
    assert [one["slug"] for one in on_all_pages("pilots/")] == [f"pilot-{number:02}" for number in range(30)]


def test_language_stays_on_other_pages():
    make_thirty_pilots()
    assert read("pilots/?lang=fr")["links"]["next"].endswith("?lang=fr&page=2")


def test_page_beyond_the_last_is_not_found():
    assert "page" in problem("pilots/?page=2", 404)["detail"]

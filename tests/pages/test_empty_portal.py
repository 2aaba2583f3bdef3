"""Every page before the first entry."""

import pytest

from tests.pages.reading import read

pytestmark = pytest.mark.django_db
# Pages are made by the same Python; tests/test_leaks.py asks for each on both.
DATABASES = ("sqlite",)


@pytest.mark.parametrize(
    "address", ["/", "/pilots/", "/partners/", "/authorities/", "/glossary/", "/about/", "/shortlist/", "/compare/"]
)
def test_page_is_there_and_whole_without_any_entry(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert read(response).one("h1").text


def test_no_number_is_anything_but_nought(client):
    assert read(client.get("/pilots/")).one("h1").text == "0 pilots"
    assert read(client.get("/partners/")).one("h1").text == "0 partners"

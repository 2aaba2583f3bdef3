"""The guide and the terms of the field are read in the admin as they stand in the repository."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.pages.reading import read
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db


def test_guide_leads_to_the_terms_and_to_no_other_file() -> None:
    page = browser_of(person("contributor")).get(reverse("admin:how-to")).content.decode()
    body = page[page.index('<div class="guide"') :]
    addresses = set(re.findall(r'href="([^"#]*)', body[: body.index("</main>")]))
    assert reverse("admin:terms") in addresses
    assert not [address for address in addresses if address.endswith(".md")]


def test_terms_are_marked_with_their_languages() -> None:
    page = browser_of(person("contributor")).get(reverse("admin:terms"))
    cells = {cell.text: cell.get("lang") for cell in read(page).all("td")}
    assert (cells["probation"], cells["frivård"], cells["reclassering"]) == ("fr", "sv", "nl")


def test_terms_are_for_who_may_log_in(client: Client) -> None:
    assert client.get(reverse("admin:terms")).status_code == 302

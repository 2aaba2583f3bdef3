"""What holds on every public page in every language."""

import pytest
from django.conf import settings

from prepare_portal.languages import in_language, language_of
from tests.pages import addresses
from tests.pages.reading import read
from tests.visitors import visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
# Pages are made by the same Python; tests/test_leaks.py asks for each on both.
DATABASES = ("sqlite",)

OTHERS = [code for code, _name in settings.LANGUAGES if code != "en"]
EVERY = pytest.mark.parametrize("language", OTHERS)
# At the root alone, and linked to from pages of every language.
FOR_MACHINES = ("/api/v1/", "/data.", "/data/vocabularies.", "/sitemap.xml")


@EVERY
def test_every_page_is_there_in_its_language_and_leads_to_others_in_it(language):
    client = visitor()
    for address in addresses.page_addresses():
        path = in_language(address, language)
        answer = client.get(path)
        assert (answer.status_code, answer["Content-Language"]) == (200, language), path
        page = read(answer)
        assert page.one("html")["lang"] == language
        inside = {link["href"] for link in page.all("a", href=True) if link["href"].startswith("/")}
        switch = {link["href"] for link in page.all("a", hreflang=True)}
        assert all(language_of(href) == language for href in inside - switch if not href.startswith(FOR_MACHINES)), path

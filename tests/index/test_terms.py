"""What may be reused stands in one place, for every file, feed and answer."""

import pytest

from pilots.index.terms import terms_of_reuse
from pilots.models import Statement
from tests.factories import StatementFactory
from tests.pages.reading import read

pytestmark = pytest.mark.django_db
# A row with its texts, asked for by Django's means alone.
DATABASES = ("sqlite",)

SITE = "https://pilots.example.org"


def test_without_a_statement_no_licence_is_invented():
    terms = terms_of_reuse(None, SITE)
    assert terms.sentence == "It is not stated what may be reused."


def test_operators_sentence_is_one_line():
    StatementFactory(kind=Statement.Kind.REUSE, text="Texts may be copied.\n\nName the portal.")
    assert str(terms_of_reuse(None, SITE)) == f"Texts may be copied. Name the portal. {SITE}/about/#reuse"


def test_address_leads_to_the_sentence(client):
    path, anchor = terms_of_reuse(None, "").address.split("#")
    assert [one.attributes["id"] for one in read(client.get(path)).all("div") if one.attributes.get("id") == anchor]

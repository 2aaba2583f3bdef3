"""The name of a partner that is not translated is marked with its own language; with none where nobody knows it."""

import pytest

from tests import factories
from tests.pages.reading import read
from tests.visitors import visitor

pytestmark = pytest.mark.django_db

NAMES = ("Denkzeit", "FACE")


@pytest.fixture
def _partners() -> None:
    """One pilot with a partner whose language nobody knows, and one whose own name is French."""
    denkzeit = factories.PartnerFactory(slug="denkzeit", name="Denkzeit")
    face = factories.PartnerFactory(
        slug="face", name="FACE", original_name="Fondation Agir Contre l’Exclusion", original_language="fr"
    )
    factories.PublishedPilotFactory(slug="avignon", partners=[denkzeit, face])


def marked(path: str) -> dict[str, str]:
    """The names that a page marks with a language, with that language."""
    spans = read(visitor().get(path)).all("span")
    return {span.text: span["lang"] for span in spans if span.text in NAMES and span.get("lang", "-") != "-"}


@pytest.mark.parametrize("path", ["partners/", "pilots/"])
@pytest.mark.usefixtures("_partners")
def test_a_name_is_not_said_to_be_english_because_it_stands_in_the_english_row(path):
    assert marked(f"/sv/{path}") == {"Denkzeit": "", "FACE": "fr"}
    assert marked(f"/fr/{path}") == {"Denkzeit": ""}
    assert marked(f"/{path}") == {}


@pytest.mark.usefixtures("_partners")
def test_a_suggested_name_is_not_said_to_be_english_either():
    suggested = visitor().get("/sv/suggest/?q=denk").json()["suggestions"]
    assert [(one["label"], one["language"]) for one in suggested] == [("Denkzeit", "")]


@pytest.mark.usefixtures("_partners")
def test_a_translated_name_is_in_the_language_of_the_page():
    partner = factories.PartnerFactory._meta.model.objects.get(slug="denkzeit")
    partner.translations.create(language_code="sv", name="Denkzeit", full_name="")
    assert marked("/sv/partners/") == {"FACE": "fr"}

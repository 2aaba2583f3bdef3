"""Every file says which languages it has, and where nobody has checked a translation that it shows."""

import re
from html import escape
from typing import Any

import pytest
from django.apps import apps
from django.utils.translation import gettext, override

from pilots.index.pilots import index
from pilots.models import AuthorityTranslation, PilotTranslation
from pilots.models.translation import Translation
from prepare_portal.languages import in_language
from tests.exports.reading_files import as_json, body, csv_rows
from tests.visitors import visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("translated_pilots")]

NOTE = "Nobody has checked all translations in this file yet. A machine may have made them."
CHECKED = {"by": "person", "checked_by": "rita", "checked_at": "2026-11-30T20:00:00+00:00"}
OF_ENTRY = "A machine translated this entry. Nobody has checked the translation yet."
SAID = {
    "/pilots.atom?country=ES": OF_ENTRY,
    "/pilots.feed.json?country=ES": OF_ENTRY,
    "/lessons.atom?country=ES": OF_ENTRY,
    "/lessons.feed.json?country=ES": OF_ENTRY,
    "/pilots.csv?country=ES": "fr: machine ",
    "/lessons.csv?country=ES": "fr: machine, not checked",
    "/compare.csv?pilot=malaga&pilot=avignon": OF_ENTRY,
    "/partners.csv?country=ES": "pilot title: fr: machine, not checked",
    "/partners.graphml?country=ES": "fr: machine, not checked",
    "/matrix.csv": "row name: fr: not checked",
    "/map.geojson?country=ES": '"translations_checked": false',
}
OF_PILOTS = [address for address in SAID if "matrix" not in address]


@pytest.fixture
def only_malaga_is_unchecked() -> None:
    """Have everything checked in French but the texts of one pilot."""
    for model in apps.get_app_config("pilots").get_models():
        if issubclass(model, Translation):
            rows: Any = model._default_manager
            known = dict.fromkeys(model.get_translated_fields(), CHECKED)
            rows.filter(language_code="fr").update(provenance=known)
    PilotTranslation.objects.filter(master__slug="malaga", language_code="fr").update(provenance={})


@pytest.mark.parametrize("address", SAID)
def test_file_says_that_nobody_has_checked_what_it_shows(address):
    with override("fr"):
        said = gettext(SAID[address])
    assert said in body(f"/fr{address}").decode()


@pytest.mark.parametrize("picture", ["map.svg", "partners.svg"])
def test_picture_says_it_in_its_description(picture):
    for language in ("en", "fr"):
        with override(language):
            note = escape(
                gettext("Nobody has checked all translations in this file yet. A machine may have made them.")
            )
        said = body(in_language(f"/{picture}", language)).decode()
        assert (note in said) is (language == "fr")


@pytest.mark.usefixtures("only_malaga_is_unchecked")
@pytest.mark.parametrize("address", OF_PILOTS)
def test_file_of_pilots_that_were_checked_says_nothing_of_others(address):
    elsewhere = f"/fr{address}".replace("ES", "FR").replace("malaga", "sarcelles")
    said = body(elsewhere).decode()
    assert not re.search(r"vérifié la traduction|fr: (\w+, )?not checked|_checked\": false", said)


@pytest.mark.parametrize("address", ["/pilots.csv", "/lessons.xlsx", "/data.zip", "/data/vocabularies.ttl"])
def test_file_in_several_languages_names_them_all(address):
    assert visitor().get(address)["Content-Language"] == "en, fr, es, nl, sv"


def test_file_in_one_language_names_that_one_and_a_table_its_own_first():
    languages = [visitor().get(f"/sv{path}")["Content-Language"] for path in ("/map.geojson", "/pilots.csv")]
    assert languages == ["sv", "sv, en, fr, es, nl"]


def test_english_files_say_nothing_of_translations():
    assert not any(row["translations"] for address in ("/partners.csv", "/matrix.csv") for row in csv_rows(address))
    assert as_json("/map.geojson")["translations_checked"] is True


@pytest.mark.usefixtures("only_malaga_is_unchecked")
def test_name_of_an_authority_counts_for_its_pilots():
    AuthorityTranslation.objects.filter(master__slug="avignon", language_code="fr").update(provenance={})
    public = index()
    assert {public.facts[pk].slug for pk in public.unchecked("fr")} == {"avignon", "malaga"}

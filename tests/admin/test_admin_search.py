"""The admin's searches and the boxes that complete names find words whatever their case and accents."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from pilots.models import Authority, GlossaryTerm, Partner, Pilot
from tests.admin.forms import address_of, unrendered
from tests.factories import (
    ActivityTypeFactory,
    AuthorityFactory,
    GlossaryTermFactory,
    PartnerFactory,
    PilotFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

MALAGA = [
    "malaga",
    "MALAGA",
    "Málaga",
    "MÁLAGA",
    "ma\u0301laga",
    "MA\u0301LAGA",
    "ma\u00adlaga",
    "ｍａｌａｇａ",
    "laga",
    '"málaga',
    "“Málaga”",
]


def found(client: Client, model: type[Any], words: str) -> set[str]:
    """The titles or names of the rows that a list's search finds."""
    with unrendered():
        response: Any = client.get(address_of(model), {"q": words})
    assert response.status_code == 200
    return {str(row) for row in response.context_data["cl"].result_list}


@pytest.mark.parametrize("words", MALAGA)
def test_pilots_are_found_by_title_summary_and_authority(words: str, admin_client: Client) -> None:
    elsewhere = AuthorityFactory(name="Municipality of Elsewhere")
    PilotFactory(title="Training in Málaga", authority=elsewhere, slug="a")
    PilotFactory(title="By summary", summary="In MALAGA, that is.", authority=elsewhere, slug="b")
    PilotFactory(title="By authority", authority=AuthorityFactory(name="Ma\u0301laga"), slug="c")
    PilotFactory(title="Other", authority=elsewhere, slug="d")
    assert found(admin_client, Pilot, words) == {"Training in Málaga", "By summary", "By authority"}


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("oresund", "Øresund"),
        ("ØRESUND", "øresund"),
        ("strasse", "Straße"),
        ("STRASSE", "straße"),
        ("d'avignon", "Ville d’Avignon"),
        ("d’Avignon", "ville d'avignon"),
        ("frontline staff", "Staff of the front: frontline"),
        ('"frontline staff"', "Frontline staff"),
        ("İstanbul", "istanbul"),
        ("œuvre", "OEUVRE"),
    ],
)
def test_folding_is_that_of_the_public_search(asked: str, text: str, admin_client: Client) -> None:
    PartnerFactory(name=text)
    PartnerFactory(name="Something else")
    assert found(admin_client, Partner, asked) == {text}


def test_every_word_must_stand_somewhere_and_a_phrase_in_one_place(admin_client: Client) -> None:
    PilotFactory(title="Réinsertion", summary="À Málaga.", slug="a")
    PilotFactory(title="Málaga", slug="b")
    assert found(admin_client, Pilot, "reinsertion malaga") == {"Réinsertion"}
    assert found(admin_client, Pilot, '"malaga reinsertion"') == set()
    assert found(admin_client, Pilot, "malaga nowhere") == set()
    assert found(admin_client, Pilot, "") == {"Réinsertion", "Málaga"}


@pytest.mark.parametrize("words", ['"', "'", '""', "\u0301", "\u200b", "%", "_", "\\", "a" * 5000, '"é'])
def test_strange_searches_are_answered(words: str, admin_client: Client) -> None:
    PilotFactory(title="Plain")
    assert found(admin_client, Pilot, words) == set()


def test_words_of_other_languages_and_other_lists_are_found(admin_client: Client) -> None:
    authority = AuthorityFactory(name="Municipality")
    authority.set_current_language("es")
    authority.name, authority.place = "Ayuntamiento", "Málaga"
    authority.save()
    GlossaryTermFactory(term="Réseau", meaning="Café")
    UserFactory(username="ines", first_name="Inês")
    assert len(found(admin_client, Authority, "MÁLAGA")) == 1
    assert found(admin_client, GlossaryTerm, "cafe") == {"Réseau"}
    assert found(admin_client, User, "inês") == {"ines"}


@pytest.mark.parametrize("words", MALAGA)
def test_boxes_that_complete_names_fold_too(words: str, admin_client: Client) -> None:
    AuthorityFactory(name="Municipality of Málaga")
    AuthorityFactory(name="Municipality of Elsewhere")
    ActivityTypeFactory(name="Málaga")
    for field in ("authority", "activity_types"):
        where = {"app_label": "pilots", "model_name": "pilot", "field_name": field, "term": words}
        results = admin_client.get(reverse("admin:autocomplete"), where).json()["results"]
        assert len(results) == 1


def test_search_costs_the_same_queries_for_3_and_30_rows(
    admin_client: Client, django_assert_max_num_queries: Any
) -> None:
    PilotFactory.create_batch(30, title="Málaga")
    with django_assert_max_num_queries(20):
        admin_client.get(address_of(Pilot), {"q": "malaga"})

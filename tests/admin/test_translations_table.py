"""The table of entries and languages, the first page of translators, and the filter of the list."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pilots import workflow
from pilots.history.completeness import measure_completeness
from pilots.history.record import Kind
from pilots.models import Pilot
from pilots.models.content import read_content
from pilots.models.provenance import fingerprint
from pilots.models.roles import translator_of
from tests.admin.forms import address_of
from tests.factories import PilotFactory, PublishedPilotFactory
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def translator() -> User:
    return person(translator_of("fr"), username="odile")


def translated(slug: str, *languages: str, rests_on: str = "Who did what.", **fields: Any) -> Pilot:
    """A public entry of two texts, whose summary a machine translated into `languages`."""
    pilot: Pilot = PublishedPilotFactory(slug=slug, title=slug, summary="Who did what.", **fields)
    for language in languages:
        pilot.create_translation(language, title="", summary="Traduit.")
    record = {"by": "machine", "of": fingerprint(rests_on)}
    pilot.translations.exclude(language_code="en").update(provenance={"summary": record})
    return pilot


def table(client: Client, **query: str) -> dict[str, list[str]]:
    """The cells of each entry in the table."""
    page = client.get(reverse("admin:pilots_pilot_translations"), query)
    assert page.status_code == 200
    return {pilot.slug: [cell.words for cell in cells] for pilot, cells in page.context_data["rows"]}


def test_each_cell_counts_the_texts_by_state(translator: User) -> None:
    translated("a", "fr")
    translated("b", "fr", "es", rests_on="Somebody did something.")
    measure_completeness()
    assert table(browser_of(translator)) == {
        "b": ["1 out of date in meaning, 1 missing, 1 not checked"] * 2 + ["2 missing"] * 2,
        "a": ["1 up to date, 1 missing, 1 not checked", *["2 missing"] * 3],
    }


def test_what_needs_most_in_ones_own_language_stands_first(translator: User) -> None:
    translated("a", "es", rests_on="Else.")
    translated("b", "fr", rests_on="Else.")
    translated("c", "fr")
    measure_completeness()
    assert list(table(browser_of(translator))) == ["b", "a", "c"]
    assert list(table(browser_of(person("reviewer")), language="es")) == ["a", "b", "c"]


def test_table_is_narrowed_to_a_language_and_a_state(translator: User) -> None:
    translated("a", "es", rests_on="Else.")
    translated("b", "fr", rests_on="Else.")
    measure_completeness()
    client = browser_of(translator)
    assert list(table(client, language="fr", state="outdated-meaning")) == ["b"]
    assert list(table(client, state="outdated-meaning")) == ["b", "a"]
    assert table(client, language="fr", state="outdated-wording") == {}
    for query in ({"language": "en"}, {"state": "x"}):
        assert client.get(reverse("admin:pilots_pilot_translations"), query).status_code == 400


def test_every_change_counts_anew() -> None:
    pilot, reviewer = translated("a", "fr"), person("reviewer")
    content = read_content(pilot)
    content["texts"]["en"]["summary"] = "Who did something else."
    copy = workflow.rewrite(pilot, content, by=reviewer, kind=Kind.CHANGED)
    workflow.publish(copy, by=reviewer)
    assert Pilot.objects.get().translation_counts == {
        "fr": {"missing": 1, "outdated-meaning": 1, "unchecked": 1},
        **{language: {"missing": 2} for language in ("es", "nl", "sv")},
    }


def test_working_copy_stands_in_the_place_of_its_entry_for_who_may_read_it(translator: User) -> None:
    pilot = translated("a", "fr")
    measure_completeness()
    workflow.translate(pilot, "fr", {("texts", "fr", "title"): "Un titre"}, by=translator)
    assert list(table(browser_of(translator)).values()) == [["2 up to date, 1 not checked", *["2 missing"] * 3]]
    assert list(table(browser_of(person(translator_of("es"))))) == ["a"]
    assert next(iter(table(browser_of(person("contributor"))).values()))[0].startswith("1 up to date")


def test_table_is_for_who_reads_pilots_and_leads_to_ones_own_languages(translator: User) -> None:
    pilot = translated("a", "fr")
    measure_completeness()
    url = reverse("admin:pilots_pilot_translations")
    assert browser_of(person()).get(url).status_code == 403
    page = browser_of(translator).get(url).content.decode()
    ways = [reverse("admin:pilots_pilot_translate", args=[pilot.pk, code]) in page for code in ("fr", "es", "nl", "sv")]
    assert ways == [True, False, False, False]


def test_first_page_of_a_translator_says_what_is_to_do(translator: User) -> None:
    pilot = translated("a", "fr", rests_on="Else.")
    translated("b", "fr", status="archived", version=1)
    measure_completeness()
    page = browser_of(translator).get(reverse("admin:index"))
    (section,) = page.context_data["languages"]
    assert [(row.slug, words) for row, _address, words in section.rows] == [
        ("a", "1 out of date in meaning, 1 missing, 1 not checked")
    ]
    assert reverse("admin:pilots_pilot_translate", args=[pilot.pk, "fr"]) in page.content.decode()
    assert not browser_of(person("reviewer")).get(reverse("admin:index")).context_data["languages"]


@pytest.mark.parametrize("role", ["contributor", "reviewer", "administrator"])
def test_who_also_translates_sees_what_is_to_do_in_those_languages(role: str) -> None:
    account, translators = person(role), Group.objects.get(name=translator_of("fr"))
    assert browser_of(account).get(reverse("admin:index")).context_data["languages"] == []
    account.groups.add(translators)
    page = browser_of(account).get(reverse("admin:index"))
    assert [section.name for section in page.context_data["languages"]] == ["fr"]


def test_list_of_pilots_is_narrowed_by_language_and_state() -> None:
    translated("a", "es", rests_on="Else.")
    translated("b", "fr", rests_on="Else.")
    measure_completeness()
    client = browser_of(person("reviewer"))
    for query, slugs in {"fr:outdated-meaning": ["b"], "sv:missing": ["a", "b"], "fr:x": ["a", "b"]}.items():
        found = client.get(address_of(Pilot), {"translation": query}).context_data["cl"].queryset
        assert [pilot.slug for pilot in found] == slugs, query


@pytest.mark.parametrize("entries", [1, 3, 30])
def test_queries_do_not_grow_with_the_entries(entries: int, translator: User) -> None:
    for number in range(entries):
        translated(f"entry-{number}", "fr")
    PilotFactory(owner=translator)
    measure_completeness()
    client = browser_of(translator)
    counts = []
    for url in (reverse("admin:pilots_pilot_translations"), reverse("admin:index")):
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        counts.append(len(captured))
    assert counts == [7, 12]

"""Names and descriptions of values, organisations and terms are translated side by side with the English."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pilots import workflow
from pilots.models import ActivityType
from pilots.models.provenance import State, fingerprint
from pilots.models.roles import translator_of
from prepare_portal.languages import in_language
from tests import factories
from tests.admin.forms import address, forms_of
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db

KINDS = ("Authority", "Partner", "Source", "ActivityType", "Audience", "TargetGroup", "Stage", "GlossaryTerm")


@pytest.fixture
def translator() -> User:
    return person(translator_of("fr"), username="odile")


def page_of(row: Any, language: str = "fr") -> str:
    return reverse(f"admin:pilots_{row._meta.model_name}_translate", args=[row.pk, language])


def send(client: Client, row: Any, **changes: str) -> HttpResponse:
    form = forms_of(client.get(page_of(row)))["translation_form"]
    return client.post(page_of(row), {**form, **changes})


def training() -> ActivityType:
    """A value that a machine translated."""
    row: ActivityType = factories.ActivityTypeFactory(name="Training", slug="training")
    row.create_translation("fr", name="Formation")
    record = {"by": "machine", "of": fingerprint("Training")}
    row.translations.filter(language_code="fr").update(provenance={"name": record})
    return row


@pytest.mark.parametrize("kind", KINDS)
def test_translator_opens_every_kind_in_their_language_and_no_other(kind: str, translator: User) -> None:
    row, client = getattr(factories, f"{kind}Factory")(), browser_of(translator)
    assert [client.get(page_of(row, code)).status_code for code in ("fr", "es", "en")] == [200, 403, 404]
    assert page_of(row) in client.get(address(row)).content.decode()
    assert page_of(row, "es") not in client.get(address(row)).content.decode()


def test_translation_is_saved_with_who_made_it(translator: User) -> None:
    row = training()
    assert send(browser_of(translator), row, name="Formations").status_code == 302
    (english, french) = row.translations.order_by("language_code")
    assert (english.name, french.name) == ("Training", "Formations")
    assert (french.provenance["name"]["by"], french.provenance["name"]["checked_by"]) == ("person", "odile")
    assert LogEntry.objects.get().user == translator


def test_list_shows_the_english_where_the_name_is_not_translated(translator: User) -> None:
    row = factories.ActivityTypeFactory(name="Training", description="What is learnt.")
    row.create_translation("fr", name="", description="Ce qui s’apprend.")
    link = f'<a href="/fr{address(row)}">Training</a>'
    assert link in browser_of(translator).get("/fr/admin/pilots/activitytype/").content.decode()


def test_name_found_right_is_checked_without_an_edit(translator: User) -> None:
    row = training()
    send(browser_of(translator), row, **{"name-right": "on"})
    french = row.translations.get(language_code="fr")
    assert french.name == "Formation"
    assert (french.provenance["name"]["by"], french.provenance["name"]["checked_by"]) == ("machine", "odile")
    assert ActivityType.objects.get().state_in("name", "fr") == State.CURRENT


def test_second_save_over_the_same_name_is_refused_once(translator: User) -> None:
    row, client = training(), browser_of(translator)
    opened = forms_of(client.get(page_of(row)))["translation_form"]
    send(client, row, name="Formations")
    answer = client.post(page_of(row), {**opened, "name": "Cours"})
    assert answer.status_code == 409
    assert "Saved meanwhile: “Formations”" in answer.content.decode()
    again = {**forms_of(answer)["translation_form"], "name": "Cours"}
    assert client.post(page_of(row), again).status_code == 302
    assert row.translations.get(language_code="fr").name == "Cours"


def test_english_slug_and_order_cannot_be_sent_by_hand(translator: User) -> None:
    row = training()
    send(browser_of(translator), row, name="Formations", slug="x", order="99")
    now = ActivityType.objects.get()
    assert (now.slug, now.order, now.text_in("name", "en")[0]) == ("training", row.order, "Training")
    with pytest.raises(PermissionDenied):
        workflow.translate_row(row, "fr", {("texts", "en", "name"): "X"}, by=translator)


def test_who_may_change_values_translates_them_and_contributors_do_not() -> None:
    row = training()
    answers = {
        role: browser_of(person(role)).get(page_of(row)).status_code for role in ("administrator", "contributor")
    }
    assert answers == {"administrator": 200, "contributor": 403}


def names(client: Client, language: str = "fr") -> dict[str, str]:
    """What the table of names says is to do."""
    page = client.get(reverse("admin:pilots_pilot_names", args=[language]))
    assert page.status_code == 200
    return {row.name: row.words for row in page.context_data["page"]}


def test_table_of_names_lists_what_is_to_do_in_a_language(translator: User) -> None:
    row, client = training(), browser_of(translator)
    factories.StageFactory(name="Release")
    assert names(client) == {"Training": "1 up to date, 1 not checked", "Release": "1 missing"}
    send(client, row, **{"name-right": "on"})
    assert names(client) == {"Release": "1 missing"}


def test_table_of_names_shows_nobody_what_they_may_not_translate(translator: User) -> None:
    training()
    assert names(browser_of(translator), "es") == {}
    assert names(browser_of(person("contributor"))) == {}
    url = reverse("admin:pilots_pilot_names", args=["fr"])
    assert browser_of(person()).get(url).status_code == 403
    assert browser_of(translator).get(reverse("admin:pilots_pilot_names", args=["en"])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_queries_of_the_table_of_names_do_not_grow_with_the_rows(rows: int, translator: User) -> None:
    for _number in range(rows):
        factories.StageFactory()
    client = browser_of(translator)
    names(client)
    with CaptureQueriesContext(connection) as captured:
        names(client)
    assert len(captured) == 14


def test_english_names_on_pages_of_another_language_are_marked(translator: User) -> None:
    client = browser_of(translator)

    def shown(path: str) -> str:
        return client.get(in_language(path, "fr")).content.decode()

    stage, partner, row = factories.StageFactory(name="Release"), factories.PartnerFactory(name="FACE"), training()
    pilot = factories.PublishedPilotFactory(title="Care")
    table = shown(reverse("admin:pilots_pilot_names", args=["fr"]))
    assert '<span lang="en">Release</span>' in table
    assert '<span lang="">FACE</span>' in table
    assert '<h2><span lang="en">Release</span></h2>' in shown(page_of(stage))
    assert '<h2><span lang="">FACE</span></h2>' in shown(page_of(partner))
    assert '<h2><span lang="en">Training</span></h2>' in shown(page_of(row))
    entry = shown(reverse("admin:pilots_pilot_translate", args=[pilot.pk, "fr"]))
    assert '<h2><span lang="en">Care</span></h2>' in entry

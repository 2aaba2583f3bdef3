"""The form asks whether changes of the English touch the wording only, and what it is told goes on."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from pilots import workflow
from pilots.models import ActivityType, Pilot
from pilots.models.provenance import State
from tests.admin.forms import address, address_of, change, open_form
from tests.factories import ActivityTypeFactory, PilotFactory, PublishedPilotFactory
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer() -> User:
    return person("reviewer")


def translated(by: User, make: Any = PublishedPilotFactory) -> Pilot:
    """An entry with a title in French that rests on the English there is."""
    pilot: Pilot = make(title="A title", owner=by)
    row = workflow.translate(pilot, "fr", {("texts", "fr", "title"): "Un titre"}, by=by)
    return workflow.publish(row, by=by) if pilot.is_public else row


@pytest.mark.parametrize("make", [PilotFactory, PublishedPilotFactory])
@pytest.mark.parametrize(
    ("ticked", "state"), [({}, State.OUTDATED_MEANING), ({"wording_only": "on"}, State.OUTDATED_WORDING)]
)
def test_changed_english_changes_the_meaning_unless_the_form_says_otherwise(
    make: Any, ticked: dict[str, str], state: State, reviewer: User
) -> None:
    pilot = translated(reviewer, make)
    change(browser_of(reviewer), pilot, title="Another title", **ticked)
    written = Pilot.objects.get(pk=pilot.pk)
    assert (written.copy or written).state_in("title", "fr") == state


def test_what_is_ticked_stays_said_when_two_editors_are_put_together(reviewer: User) -> None:
    pilot, client = translated(reviewer, PilotFactory), browser_of(reviewer)
    opened = open_form(client, address(pilot))
    change(client, pilot, summary="Saved first.")
    asked = client.post(address(pilot), {**opened, "title": "Another title", "wording_only": "on"})
    assert asked.status_code == 409
    merge = {"kept": asked.context_data["kept"], "seen": asked.context_data["state"].seen, "_merge": "x"}
    assert client.post(f"/admin/pilots/pilot/{pilot.pk}/merge/", merge).status_code == 302
    assert Pilot.objects.get().state_in("title", "fr") == State.OUTDATED_WORDING


@pytest.mark.parametrize("query", ["?language=fr", ""])
def test_it_is_asked_of_english_texts_that_are_there(query: str, reviewer: User) -> None:
    pilot, client = translated(reviewer, PilotFactory), browser_of(reviewer)
    assert ("wording_only" in client.get(address(pilot) + query).content.decode()) is (query == "")
    assert "wording_only" not in client.get(address_of(Pilot, "add")).content.decode()


@pytest.mark.parametrize(
    ("ticked", "state"), [({}, State.OUTDATED_MEANING), ({"wording_only": "on"}, State.OUTDATED_WORDING)]
)
def test_the_same_is_asked_of_names_and_descriptions(ticked: dict[str, str], state: State) -> None:
    value, client = ActivityTypeFactory(name="Training"), browser_of(person("administrator"))
    workflow.translate_row(value, "fr", {("texts", "fr", "name"): "Formation"}, by=person("administrator"))
    change(client, value, name="Trainings", **ticked)
    assert ActivityType.objects.get().state_in("name", "fr") == state
    assert 'name="wording_only"' not in client.get(address(value) + "?language=fr").content.decode()
    assert 'name="wording_only"' not in client.get(address_of(ActivityType, "add")).content.decode()

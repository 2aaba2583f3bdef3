"""Every way to publish asks the checks about people first."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pilots import workflow
from pilots.models import Pilot
from pilots.workflow.check_report import run_checks
from tests.factories import AuthorityFactory, GlossaryTermFactory, PartnerFactory, PilotFactory
from tests.people import person

pytestmark = pytest.mark.django_db

TWO = {"summary": "Two offenders came.", "results": "They met Anna Peeters."}
LATER = timedelta(hours=1)
WAYS: list[Callable[[Pilot, Any], Any]] = [
    lambda pilot, by: workflow.publish(pilot, by=by),
    lambda pilot, by: workflow.schedule(pilot, at=timezone.now() + LATER, by=by),
]


@pytest.mark.parametrize("way", WAYS)
def test_entry_that_may_point_at_people_is_kept_back_and_told_how_many(way: Any) -> None:
    with pytest.raises(workflow.Refused, match=r"cannot be published yet: 2 texts may point at people.*“Checks”"):
        way(PilotFactory(**TWO), person("reviewer"))
    assert not Pilot.objects.published().exists()


@pytest.mark.parametrize("way", WAYS)
def test_entry_is_let_through_once_each_is_accepted(way: Any) -> None:
    pilot, reviewer = PilotFactory(**TWO), person("reviewer")
    for finding in run_checks(pilot).about_people:
        workflow.accept_warning(pilot, finding.token, reason="No harm.", by=reviewer)
    way(pilot, reviewer)
    assert Pilot.objects.get(pk=pilot.pk).publish_at or Pilot.objects.published().exists()


def test_planned_publication_is_called_off_when_an_acceptance_is_taken_back() -> None:
    pilot, reviewer = PilotFactory(summary="Two offenders came."), person("reviewer")
    [finding] = run_checks(pilot).about_people
    accepted = workflow.accept_warning(pilot, finding.token, reason="No harm.", by=reviewer)
    workflow.schedule(pilot, at=timezone.now() + LATER, by=reviewer)
    workflow.reopen_warning(pilot, accepted, by=reviewer)
    Pilot.objects.update(publish_at=timezone.now())
    with pytest.raises(workflow.Refused, match="1 text may point at people"):
        workflow.publish_if_due(Pilot.objects.get())
    assert Pilot.objects.get().publish_at is None


def test_entry_may_be_sent_for_review_with_open_warnings() -> None:
    assert workflow.submit(PilotFactory(**TWO), by=person("reviewer")).status == "in-review"


def test_names_that_the_portal_knows_are_no_persons() -> None:
    AuthorityFactory(name="Kaat Verstraete Huis", place="Grand Place")
    PartnerFactory(name="Anna Peeters Kring", full_name="Kring Lia Wouters")
    GlossaryTermFactory(
        term="Blauwe Kring", meaning="The work of Rode Kring.", original="Groene Kring", original_language="nl"
    )
    names = ["Kaat Verstraete Huis", "Grand Place", "Anna Peeters Kring", "Kring Lia Wouters", "Blauwe Kring"]
    names += ["Rode Kring", "Groene Kring", "Sierra Leone", "Costa Rica", "Pays-Bas"]
    pilot = PilotFactory(results=" ".join(f"They met {name} there." for name in names))
    assert run_checks(pilot).about_people == []


def test_looking_costs_the_same_however_much_is_known() -> None:
    pilot = PilotFactory(**TWO)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            run_checks(pilot)
        return len(captured)

    few = cost()
    AuthorityFactory.create_batch(5)
    GlossaryTermFactory.create_batch(5)
    assert cost() == few <= 20

"""Entries that were written past the history get their figure of completeness."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pilots.history.completeness import measure_completeness
from pilots.models import Pilot
from tests.factories import LessonFactory, PilotFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_figure_is_filled_in_where_there_is_none_and_left_elsewhere() -> None:
    bare, full, known = PilotFactory(), PilotFactory(background="Said.", results="Said."), PilotFactory()
    LessonFactory(pilot=full)
    Pilot.objects.filter(pk=known.pk).update(completeness=33)
    before = dict(Pilot.objects.values_list("pk", "updated_at"))
    measure_completeness()
    assert dict(Pilot.objects.values_list("pk", "completeness")) == {bare.pk: 40, full.pk: 60, known.pk: 33}
    assert dict(Pilot.objects.values_list("pk", "updated_at")) == before


def test_portal_fills_in_missing_figures_when_it_starts(capsys: pytest.CaptureFixture[str]) -> None:
    UserFactory()
    PilotFactory()
    call_command("set_up")
    assert Pilot.objects.get().completeness == 40
    assert capsys.readouterr().out == ""


def test_nothing_to_fill_in_costs_one_query() -> None:
    PilotFactory()
    measure_completeness()
    with CaptureQueriesContext(connection) as captured:
        measure_completeness()
    assert len(captured) == 1

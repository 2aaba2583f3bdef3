"""The delivered entries: what the checks find in them is accepted with a reason, and nothing else is."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from pilots import workflow
from pilots.models import AcceptedWarning, Pilot
from pilots.workflow.check_report import run_checks
from tests.factories import UserFactory
from tests.stored_rows import load_pilots, rows_made_by, store

pytestmark = pytest.mark.django_db
# The checks read plain values.
DATABASES = ("sqlite",)

FIXTURE = settings.BASE_DIR / "fixtures" / "accepted_warnings.json"
Warnings = set[tuple[str, str, str]]


@pytest.fixture
def nine(db: None) -> list[Pilot]:
    store(rows_made_by(load_pilots))
    return list(Pilot.objects.all())


def delivered() -> list[dict[str, Any]]:
    return [record["fields"] for record in json.loads(FIXTURE.read_text(encoding="utf-8"))]


def test_fixture_accepts_what_is_found_about_people_and_nothing_else(nine: list[Pilot]) -> None:
    AcceptedWarning.objects.all().delete()
    found: Warnings = {(row.slug, one.code, one.key) for row in nine for one in run_checks(row).about_people}
    assert found == {(fields["entry"][0], fields["code"], fields["key"]) for fields in delivered()}
    assert {slug for slug, _code, _key in found} == {
        "catalonia",
        "swedish-prison-and-probation-service",
        "vilvoorde",
    }


def test_what_is_accepted_of_a_translation_is_what_is_accepted_of_the_english_for_the_same_reason() -> None:
    accepted: dict[str, list[tuple[str, ...]]] = {code: [] for code, _name in settings.LANGUAGES}
    for fields in delivered():
        path = fields["key"].partition(":")[0].split("/")
        language = path.pop(path.index("texts") + 1)
        accepted[language].append((*fields["entry"], fields["code"], "/".join(path), fields["reason"]))
    english = sorted(accepted.pop("en"))
    assert {language: sorted(found) for language, found in accepted.items()} == dict.fromkeys(accepted, english)
    assert len(english) == 6


def test_no_name_of_a_body_or_place_is_taken_for_a_person(nine: list[Pilot]) -> None:
    AcceptedWarning.objects.all().delete()
    codes = {one.code for row in nine for one in run_checks(row).open}
    assert codes == {"disclosure.small_number", "disclosure.single_person", "missing.text", "missing.facet"}


def test_every_delivered_acceptance_has_a_reason_in_a_sentence() -> None:
    assert all(fields["reason"].endswith(".") and len(fields["reason"]) > 40 for fields in delivered())


def test_nine_pilots_can_be_published_again_after_they_were_withdrawn(nine: list[Pilot]) -> None:
    editor = UserFactory(is_superuser=True)
    for pilot in nine:
        workflow.publish(workflow.withdraw(pilot, by=editor), by=editor)
    assert Pilot.objects.published().count() == 9


def test_loading_again_adds_no_acceptance_that_was_taken_back(nine: list[Pilot]) -> None:
    AcceptedWarning.objects.first().delete()
    before = AcceptedWarning.objects.count()
    call_command("load_pilots", verbosity=0)
    assert AcceptedWarning.objects.count() == before == len(delivered()) - 1


def test_accepting_a_warning_is_no_edit_of_a_delivered_entry(nine: list[Pilot], capsys: Any) -> None:
    AcceptedWarning.objects.create(entry=nine[0], code="missing.text", key="texts/en/background", reason="Not there.")
    call_command("load_pilots")
    assert "Left alone" not in capsys.readouterr().out


def test_deleted_entry_comes_back_with_what_was_accepted(nine: list[Pilot]) -> None:
    Pilot.objects.get(slug="catalonia").delete()
    call_command("load_pilots", verbosity=0)
    assert run_checks(Pilot.objects.get(slug="catalonia")).about_people == []


def test_loaded_entries_have_their_figure_of_completeness(nine: list[Pilot]) -> None:
    assert {row.slug: row.completeness for row in nine}["catalonia"] == 87
    assert all(60 <= row.completeness <= 100 for row in nine)

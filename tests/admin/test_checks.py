"""What editors see of the checks, and how reviewers accept a warning."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pilots import workflow
from pilots.models import AcceptedWarning, Authority, Pilot
from pilots.workflow.check_report import run_checks
from tests.admin.forms import address, address_of, change, forms_of
from tests.admin.test_pilot_actions import confirm
from tests.factories import (
    ActivityTypeFactory,
    AuthorityFactory,
    LessonFactory,
    PartnerFactory,
    PilotFactory,
    PublishedPilotFactory,
)
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db
# The checks read plain values.
DATABASES = ("sqlite",)

FEW = "The case of two offenders was managed."


@pytest.fixture
def pilot() -> Pilot:
    """A draft that tells of two offenders."""
    return PilotFactory(summary=FEW)


@pytest.fixture
def reviewer() -> Client:
    return browser_of(person("reviewer"))


def accept_address(pilot: Pilot, query: str = "") -> str:
    """The address of the page that accepts what is found about people."""
    [finding] = run_checks(pilot).about_people
    return reverse("admin:pilots_pilot_accept", args=[pilot.pk, finding.token]) + query


def accept(client: Client, pilot: Pilot, reason: str = "The source says so.", **data: Any) -> Any:
    """Send the page that accepts what is found about people."""
    return client.post(accept_address(pilot), {"reason": reason, "seen_edit": pilot.edit_count, **data})


def move(pilot: Pilot, name: str) -> str:
    return reverse("admin:pilots_pilot_move", args=[pilot.pk, name])


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_form_says_what_blocks_and_leads_to_the_field(pilot: Pilot, reviewer: Client) -> None:
    html = page(reviewer, address(pilot))
    assert "Blocks publication" in html
    assert "<q>two offenders</q>" in html
    assert 'href="#id_summary">Summary</a>' in html
    assert 'id="id_summary"' in html


def test_form_leads_to_a_lesson_in_the_language_it_is_in(pilot: Pilot, reviewer: Client) -> None:
    lesson = LessonFactory(pilot=pilot, number=7)
    lesson.create_translation("fr", text="Deux détenus sont venus.")
    link = f"{address(pilot)}?language=fr#id_lessons-0-text"
    assert f'href="{link}">Lesson or working method 7 (French)</a>' in page(reviewer, address(pilot))
    html = page(reviewer, link)
    assert 'href="#id_lessons-0-text"' in html
    assert 'id="id_lessons-0-text"' in html


@pytest.mark.parametrize("name", ["submit", "publish", "schedule"])
def test_page_before_publishing_lists_the_same(name: str, pilot: Pilot, reviewer: Client) -> None:
    assert "<q>two offenders</q>" in page(reviewer, move(pilot, name))
    assert "<q>two offenders</q>" not in page(reviewer, move(pilot, "archive"))


def test_entry_that_points_at_people_is_not_published_until_it_is_accepted(pilot: Pilot, reviewer: Client) -> None:
    refused = reviewer.post(move(pilot, "publish"), {"seen_edit": pilot.edit_count}, follow=True)
    assert "cannot be published yet: 1 text may point at people" in refused.content.decode()
    assert not Pilot.objects.published().exists()
    assert accept(reviewer, pilot).status_code == 302
    reviewer.post(move(pilot, "publish"), {"seen_edit": pilot.edit_count})
    assert Pilot.objects.published().get() == pilot


@pytest.mark.parametrize("action", ["publish"])
def test_list_action_is_kept_back_too(action: str, pilot: Pilot, reviewer: Client) -> None:
    question = reviewer.post(address_of(Pilot), {"action": action, "_selected_action": [pilot.pk]})
    assert "may point at people" in confirm(reviewer, question).content.decode()
    assert not Pilot.objects.published().exists()


def test_acceptance_says_who_and_why_and_is_logged(pilot: Pilot) -> None:
    user = person("reviewer")
    client = browser_of(user)
    accept(client, pilot, reason="  No name is given. ")
    accepted = AcceptedWarning.objects.get()
    assert (accepted.entry, accepted.by, accepted.by_name) == (pilot, user, str(user))
    assert accepted.reason == "No name is given."
    html = page(client, address(pilot))
    assert f"Accepted by {user} on" in html
    assert "No name is given." in html
    assert "Blocks publication" not in html
    assert LogEntry.objects.get().change_message == "Accepted the warning “two offenders”: No name is given."


def test_warning_that_blocks_nothing_can_be_accepted(reviewer: Client) -> None:
    pilot = PilotFactory()
    finding = run_checks(pilot).warnings[0]
    url = reverse("admin:pilots_pilot_accept", args=[pilot.pk, finding.token])
    reviewer.post(url, {"reason": "The source is silent.", "seen_edit": pilot.edit_count})
    assert [one for one, _accepted in run_checks(pilot).accepted] == [finding]


def test_what_every_entry_must_have_cannot_be_accepted(reviewer: Client) -> None:
    pilot = PilotFactory(partners=[])
    [finding] = run_checks(pilot).blocking
    url = reverse("admin:pilots_pilot_accept", args=[pilot.pk, finding.token])
    assert url not in page(reviewer, address(pilot))
    assert reviewer.post(url, {"reason": "So.", "seen_edit": pilot.edit_count}).status_code == 302
    assert not AcceptedWarning.objects.exists()


def test_accepted_warning_counts_again_when_it_is_taken_back(pilot: Pilot, reviewer: Client) -> None:
    accept(reviewer, pilot)
    url = reverse("admin:pilots_pilot_reopen", args=[pilot.pk, AcceptedWarning.objects.get().pk])
    assert "The source says so." in page(reviewer, url)
    reviewer.post(url, {"seen_edit": pilot.edit_count})
    assert len(run_checks(pilot).about_people) == 1
    assert LogEntry.objects.count() == 2


def test_accepted_warning_comes_back_when_its_sentence_changes(pilot: Pilot, reviewer: Client) -> None:
    accept(reviewer, pilot)
    change(reviewer, pilot, summary="The case of two offenders from the north was managed.")
    assert len(run_checks(pilot).about_people) == 1


def test_working_copy_has_what_was_accepted_for_the_entry(reviewer: Client) -> None:
    pilot = PublishedPilotFactory(summary=FEW)
    copy = workflow.revise(pilot, by=person("superuser"))
    accept(reviewer, copy)
    assert AcceptedWarning.objects.get().entry == pilot
    assert run_checks(pilot).about_people == run_checks(copy).about_people == []


def test_copy_is_judged_by_what_it_says_not_by_what_is_public() -> None:
    editor = person("superuser")
    public = PublishedPilotFactory(summary=FEW)
    copy = workflow.revise(public, by=editor)
    with pytest.raises(workflow.Refused, match="1 text may point at people"):
        workflow.publish(copy, by=editor)
    Pilot.objects.get(pk=copy.pk).translations.update(summary="Offenders were helped.")
    assert workflow.publish(copy, by=editor).version == 2


@pytest.mark.parametrize("reason", ["", "   "])
def test_warning_is_not_accepted_without_a_reason(reason: str, pilot: Pilot, reviewer: Client) -> None:
    assert accept(reviewer, pilot, reason=reason).status_code == 200
    assert not AcceptedWarning.objects.exists()


def test_nothing_is_accepted_when_the_entry_was_changed_meanwhile(pilot: Pilot, reviewer: Client) -> None:
    url = accept_address(pilot)
    seen = pilot.edit_count
    change(reviewer, pilot, background="New.")
    refused = reviewer.post(url, {"reason": "The source says so.", "seen_edit": seen})
    assert refused.status_code == 409
    assert "Somebody changed this entry" in refused.content.decode()
    assert "The source says so." in refused.content.decode()
    assert not AcceptedWarning.objects.exists()


def test_contributor_sees_the_list_and_may_accept_nothing(pilot: Pilot) -> None:
    user = person("contributor")
    client = browser_of(user)
    Pilot.objects.update(owner=user)
    html = page(client, address(pilot))
    assert "<q>two offenders</q>" in html
    assert accept_address(pilot) not in html
    assert client.get(accept_address(pilot)).status_code == 403
    assert accept(client, pilot).status_code == 403
    accepted = AcceptedWarning.objects.create(entry=pilot, code="missing.text", key="x", reason="So.")
    reopen = reverse("admin:pilots_pilot_reopen", args=[pilot.pk, accepted.pk])
    assert client.post(reopen, {"seen_edit": 0}).status_code == 403
    assert AcceptedWarning.objects.get() == accepted


def test_acceptance_of_another_entry_is_not_taken_back(pilot: Pilot, reviewer: Client) -> None:
    other = AcceptedWarning.objects.create(entry=PilotFactory(), code="missing.text", key="x", reason="So.")
    url = reverse("admin:pilots_pilot_reopen", args=[pilot.pk, other.pk])
    assert reviewer.post(url, {"seen_edit": pilot.edit_count}).status_code == 302
    assert AcceptedWarning.objects.get() == other


@pytest.mark.parametrize("token", ["0" * 16, "nonsense", "-", "a" * 500])
def test_made_up_warning_leads_back_with_a_message(token: str, pilot: Pilot, reviewer: Client) -> None:
    url = reverse("admin:pilots_pilot_accept", args=[pilot.pk, token])
    answer = reviewer.post(url, {"reason": "So.", "seen_edit": pilot.edit_count}, follow=True)
    assert "This warning is not there any more." in answer.content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {"reason": "\x00\u200b", "seen_edit": "0"},
        {"reason": "So.", "seen_edit": "9" * 40},
        {"reason": "So.", "seen_edit": "-1"},
        {"reason": "x" * 1001, "seen_edit": "0"},
        {},
    ],
)
def test_hostile_form_accepts_nothing(data: dict[str, str], pilot: Pilot, reviewer: Client) -> None:
    assert reviewer.post(accept_address(pilot), data).status_code in (200, 400, 409)
    assert not AcceptedWarning.objects.exists()


@pytest.mark.parametrize("where", ["999999", "9" * 18, "9" * 40])
def test_entry_that_is_not_there_is_not_found(where: str, reviewer: Client) -> None:
    assert reviewer.get(f"/admin/pilots/pilot/{where}/checks/abc/accept/").status_code in (400, 404)
    assert reviewer.get(f"/admin/pilots/pilot/{where}/checks/{where}/reopen/").status_code in (400, 404)


def test_page_of_a_move_gets_the_reader_back(pilot: Pilot, reviewer: Client) -> None:
    html = page(reviewer, move(pilot, "publish"))
    url = accept_address(pilot, "?move=publish")
    assert url in html
    answer = reviewer.post(url, {"reason": "The source says so.", "seen_edit": pilot.edit_count})
    assert answer["Location"] == f"{move(pilot, 'publish')}#checks"
    assert len(forms_of(reviewer.get(move(pilot, "publish")))) > 0


def test_opening_a_page_accepts_nothing(pilot: Pilot, reviewer: Client) -> None:
    reviewer.get(accept_address(pilot, "?reason=So&seen_edit=0"))
    assert not AcceptedWarning.objects.exists()


def test_list_sorts_by_completeness(reviewer: Client) -> None:
    full, empty = PilotFactory(title="Full"), PilotFactory(title="Empty")
    Pilot.objects.filter(pk=full.pk).update(completeness=90)
    Pilot.objects.filter(pk=empty.pk).update(completeness=20)
    columns = reviewer.get(address_of(Pilot)).context["cl"].list_display
    place = columns.index("how_complete")
    html = page(reviewer, f"{address_of(Pilot)}?o={place}")
    assert html.index("Empty") < html.index("Full")
    assert "90 %" in html


def test_form_costs_the_same_however_much_is_found_and_known(pilot: Pilot, reviewer: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(reviewer, address(pilot))
        return len(captured)

    LessonFactory(pilot=pilot, number=1)
    cost()  # a process asks for content types once
    few = cost()
    for number in range(2, 12):
        LessonFactory(pilot=pilot, number=number, text=FEW)
    PartnerFactory.create_batch(10)
    assert cost() == few


def test_names_of_the_portal_in_any_language_are_no_persons() -> None:
    authority = AuthorityFactory(other_names="es: Nueva York\nGroot Begijnhof")
    PartnerFactory(other_names="sv: Svenska Fredens")
    ActivityTypeFactory(name="Justice Réparatrice")
    words = "Met in Nueva York, Groot Begijnhof, with Svenska Fredens on Justice Reparatrice."
    pilot = PilotFactory(authority=authority, results=words)
    assert not [finding for finding in run_checks(pilot).open if finding.code == "disclosure.name"]
    Authority.objects.update(other_names="")
    assert [finding for finding in run_checks(pilot).open if finding.code == "disclosure.name"]

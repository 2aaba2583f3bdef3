"""The first page of the admin shows each person what there is to do, and nothing of others' drafts."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pilots import workflow
from pilots.admin.pilot.tasks import TASKS
from pilots.history.record import Kind, change
from pilots.models import Pilot
from tests.admin.forms import address, address_of
from tests.factories import PilotFactory, PublishedPilotFactory
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db

FIRST_PAGE = reverse("admin:index")
TODAY = timezone.localdate()


def shown(user: User) -> dict[str, list[tuple[str, str]]]:
    """What the first page shows to a person: of each task, the titles and what is said of them."""
    sections = browser_of(user).get(FIRST_PAGE).context["sections"]
    return {section.name: [(str(pilot), words) for pilot, _address, words in section.rows] for section in sections}


def titles(user: User, task: str) -> list[str]:
    return [title for title, _ in shown(user)[task]]


def listed(user: User, task: str) -> set[str]:
    """The titles in the list of pilots, narrowed to a task."""
    return {str(pilot) for pilot in browser_of(user).get(address_of(Pilot), {"task": task}).context["cl"].result_list}


@pytest.fixture
def writer() -> User:
    return person("contributor", username="ines")


@pytest.fixture
def reviewer() -> User:
    return person("reviewer")


def test_contributor_sees_own_work_only(writer: User) -> None:
    PilotFactory(title="Mine", owner=writer, completeness=100)
    PilotFactory(title="Theirs", owner=person("contributor"))
    PilotFactory(title="Theirs in review", status="in-review", owner=person("contributor"))
    PublishedPilotFactory(title="Public")
    assert {name: [title for title, _ in rows] for name, rows in shown(writer).items()} == {
        "sent-back": [],
        "drafts": ["Mine"],
        "in-review": [],
    }
    assert "Theirs" not in browser_of(writer).get(FIRST_PAGE).content.decode()


def test_what_was_sent_back_is_shown_with_the_reason_until_it_is_sent_again(writer: User, reviewer: User) -> None:
    pilot = PilotFactory(title="A training", owner=writer)
    workflow.submit(pilot, by=writer)
    assert titles(writer, "in-review") == ["A training"]
    workflow.send_back(pilot, by=reviewer, reason="Name <b>no</b> places.\nThank you.")
    assert shown(writer)["sent-back"] == [("A training", "Name <b>no</b> places.\nThank you.")]
    page = browser_of(writer).get(FIRST_PAGE).content.decode()
    assert "Name &lt;b&gt;no&lt;/b&gt; places.<br>Thank you." in page
    with change(pilot, kind=Kind.CHANGED, by=writer) as under_way:
        under_way.row.translations.update(summary="Mended.")
    assert (titles(writer, "sent-back"), titles(writer, "drafts")) == (["A training"], [])
    workflow.submit(pilot, by=writer)
    workflow.take_back(pilot, by=writer)
    assert (titles(writer, "sent-back"), titles(writer, "drafts")) == ([], ["A training"])


def test_working_copy_that_was_sent_back_is_shown_as_one(writer: User, reviewer: User) -> None:
    copy = workflow.revise(PublishedPilotFactory(title="A training"), by=writer)
    workflow.submit(copy, by=writer)
    workflow.send_back(copy, by=reviewer, reason="Shorter, please.")
    assert shown(writer)["sent-back"] == [("A training", "Shorter, please.")]
    page = browser_of(writer).get(FIRST_PAGE).content.decode()
    assert "working copy" in page
    assert f'href="{address(copy)}"' in page


def test_reviewer_sees_what_waits_longest_first(writer: User, reviewer: User) -> None:
    first, second = PilotFactory(title="First", owner=writer), PilotFactory(title="Second", owner=writer)
    workflow.submit(second, by=writer)
    workflow.submit(first, by=writer)
    assert titles(reviewer, "to-review") == ["Second", "First"]
    assert shown(reviewer)["to-review"][0][1].startswith("by ines, sent on ")


def test_reviewer_sees_what_is_planned_the_next_first(reviewer: User) -> None:
    for title, days in (("Later", 2), ("Sooner", 1)):
        at = timezone.now().replace(hour=9, minute=30) + timedelta(days=days)
        workflow.schedule(PilotFactory(title=title), at=at, by=reviewer)
    assert titles(reviewer, "planned") == ["Sooner", "Later"]
    assert shown(reviewer)["planned"][0][1].endswith(", 09:30 (UTC)")


def test_reviewer_sees_public_entries_that_were_not_reviewed_for_a_year(reviewer: User) -> None:
    PublishedPilotFactory(title="Fresh", reviewed_on=TODAY - timedelta(days=365))
    PublishedPilotFactory(title="Old", reviewed_on=TODAY - timedelta(days=366))
    PublishedPilotFactory(title="Never")
    PilotFactory(title="Draft", reviewed_on=TODAY - timedelta(days=999))
    assert [title for title, _ in shown(reviewer)["unreviewed"]] == ["Never", "Old"]
    assert shown(reviewer)["unreviewed"][0][1] == "never reviewed"


def test_reviewer_sees_incomplete_entries_the_emptiest_first(reviewer: User) -> None:
    for title, figure in (("Half", 50), ("Whole", 100), ("Little", 10)):
        PilotFactory(title=title, completeness=figure)
    PilotFactory(title="Away", completeness=0, status="archived")
    assert shown(reviewer)["incomplete"] == [("Little", "10 % is filled in"), ("Half", "50 % is filled in")]


def test_list_shows_the_same_as_the_first_page(writer: User, reviewer: User) -> None:
    pilots = [PilotFactory(title=f"P{n}", owner=[writer, reviewer, None][n % 3]) for n in range(9)]
    PublishedPilotFactory(title="Public", owner=writer)
    for pilot in pilots[:5]:
        workflow.submit(pilot, by=reviewer)
    for pilot in pilots[:2]:
        workflow.send_back(pilot, by=reviewer, reason="Shorter.")
    workflow.schedule(pilots[8], at=timezone.now() + timedelta(days=1), by=reviewer)
    for user in (writer, reviewer):
        for task, rows in shown(user).items():
            assert listed(user, task) == {title for title, _ in rows}, task
    assert listed(writer, "mine") == {"P0", "P3", "P6", "Public"}


def test_contributor_cannot_ask_the_list_for_a_task_of_reviewers(writer: User) -> None:
    PilotFactory(title="Theirs", status="in-review")
    PublishedPilotFactory(title="Public")
    for task in (*TASKS, "nonsense", "\u0660" * 400):
        assert listed(writer, task) <= {"Public"}


def test_long_task_shows_ten_and_leads_to_all(reviewer: User) -> None:
    PilotFactory.create_batch(12, status="in-review", completeness=100)
    response = browser_of(reviewer).get(FIRST_PAGE)
    section = response.context["sections"][0]
    ways = [(address_of(Pilot) + "?task=to-review", "All 12 entries, in the list")]
    assert (section.name, len(section.rows), section.ways) == ("to-review", 10, ways)
    page = response.content.decode()
    assert f'href="{address_of(Pilot)}?task=to-review"' in page
    assert "All 12 entries, in the list" in page


def test_nothing_to_do_is_said_of_every_task(reviewer: User) -> None:
    page = browser_of(reviewer).get(FIRST_PAGE).content.decode()
    assert [task.none for task in TASKS.values() if task.on_first_page and str(task.none) not in page] == []


def test_account_that_writes_nothing_has_the_list_of_tables_only() -> None:
    response = browser_of(person()).get(FIRST_PAGE)
    assert response.context["sections"] == []
    assert "Everything" not in response.content.decode()


def test_visitor_is_sent_to_the_login_page(client: Client) -> None:
    assert client.get(FIRST_PAGE).url == f"{reverse('admin:login')}?next={FIRST_PAGE}"


def work(count: int, writer: User, reviewer: User) -> None:
    """Make something to do of every kind."""
    for _ in range(count):
        PublishedPilotFactory(), PilotFactory(owner=reviewer), PilotFactory(owner=reviewer, status="in-review")
        workflow.schedule(PilotFactory(), at=timezone.now() + timedelta(days=1), by=reviewer)
        pilot = PilotFactory(owner=reviewer, status="in-review")
        workflow.send_back(pilot, by=reviewer, reason="Shorter.")


def test_first_page_costs_the_same_with_1_and_12_of_everything(writer: User, reviewer: User) -> None:
    client, costs = browser_of(reviewer), []
    for more in (1, 11):
        work(more, writer, reviewer)
        client.get(FIRST_PAGE)
        with CaptureQueriesContext(connection) as captured:
            client.get(FIRST_PAGE)
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 14


def test_counting_beside_the_filters_works_with_every_task(reviewer: User) -> None:
    work(2, reviewer, reviewer)
    response = browser_of(reviewer).get(address_of(Pilot), {"_facets": "1"})
    assert response.status_code == 200
    assert "Waits for review (2)" in response.content.decode()

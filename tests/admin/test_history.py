"""What an entry said before can be read, compared and brought back; deleted entries can be recovered."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pilots import workflow
from pilots.history.record import Kind
from pilots.models import Authority, Pilot, Revision
from pilots.models.content import read_content
from tests import factories
from tests.admin.forms import address, submit
from tests.factories import LessonFactory, PilotFactory, PublishedPilotFactory, StageFactory, UserFactory
from tests.pages.reading import Element, read
from tests.people import browser_of, person
from tests.visitors import visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def contributor() -> User:
    """Return somebody who may write, not publish."""
    user: User = UserFactory(username="writer", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_pilot", "add_pilot", "change_pilot"]))
    return user


def logged_in(user: User) -> Client:
    client = visitor()
    client.force_login(user)
    return client


def full_pilot(make: Any = PilotFactory, **fields: Any) -> Pilot:
    """Make a pilot with parts, and its texts in two languages."""
    pilot: Pilot = make(title="First title", summary="The city trained staff.", stages=[StageFactory()], **fields)
    pilot.create_translation("fr", title="Premier titre")
    lesson = LessonFactory(pilot=pilot, number=2, kind="helped", text="Meet early.")
    lesson.create_translation("fr", text="Se voir tôt.")
    factories.KeyFigureFactory(pilot=pilot, number=1)
    factories.PassageFactory(pilot=pilot)
    return pilot


def say(pilot: Pilot, by: User, **changes: Any) -> Pilot:
    """Change what an entry says, in its working copy if it is public."""
    return workflow.rewrite(pilot, read_content(pilot) | changes, by=by, kind=Kind.CHANGED)


def texts(title: str) -> dict[str, Any]:
    """Return texts in one language, enough to be published."""
    return {"texts": {"en": {"title": title, "summary": "Who did what."}}}


def compare(client: Client, pilot: Pilot, old: Any, new: Any) -> Element:
    """The page that compares two states."""
    response = client.get(reverse("admin:pilots_pilot_compare", args=[pilot.pk]), {"old": old, "new": new})
    assert response.status_code == 200
    return read(response)


def test_history_lists_every_change_with_who_what_and_why(admin_client: Client, admin_user: User) -> None:
    pilot = full_pilot()
    say(pilot, admin_user, **texts("Second"))
    workflow.submit(pilot, by=admin_user, note="Please read.")
    workflow.publish(pilot, by=admin_user)
    say(pilot, admin_user, **texts("Third"))
    page = read(admin_client.get(address(pilot, "history")))
    done = [row.text for row in page.one("tbody").all("tr")]
    assert len(done) == 8
    words = ["now", "visitors", "Changed", "Working copy made", "Published Version 1", "review", "Changed", "found"]
    assert [word for word, row in zip(words, done, strict=True) if word.lower() not in row.lower()] == []
    assert "Please read." in done[5]
    assert "admin" in done[5]
    assert ["on the working copy" in row for row in done] == [False, False, True, True, False, False, False, False]


def test_comparison_marks_words_by_element_and_by_text(admin_client: Client, admin_user: User) -> None:
    pilot = full_pilot()
    said = read_content(pilot)["texts"]
    say(pilot, admin_user, texts=said | {"en": said["en"] | {"summary": "The city trained officers."}})
    newest, oldest = Revision.objects.of(pilot.pk)
    page = compare(admin_client, pilot, oldest.pk, newest.pk)
    assert page.texts("h2")[-1:] == ["Summary"]
    assert page.texts("del") == ["removed: staff"]
    assert page.texts("ins") == ["added: officers"]
    assert "fields that say the same are left out." in page.text


def test_fields_have_the_names_of_the_form_and_values_their_names(admin_client: Client, admin_user: User) -> None:
    pilot = full_pilot()
    said = read_content(pilot)
    stage = StageFactory(slug="after", name="After prison")
    lesson = said["lessons"]["2"] | {"texts": {"en": {"text": "Meet early."}, "fr": {"text": "Se voir vite."}}}
    new = {"3": {"kind": "hard", "passage": "", "texts": {"en": {"text": "No room."}}}}
    said |= {"stages": [stage.slug], "lessons": {"2": lesson} | new, "evaluation": "planned"}
    workflow.rewrite(pilot, said, by=admin_user, kind=Kind.CHANGED)
    page = compare(admin_client, pilot, Revision.objects.of(pilot.pk).last().pk, "now")
    labels = page.texts("h2")
    assert {"Stages", "Evaluation", "Lesson 2 · what helped · text (French)", "Lesson 3 · what was hard"} <= set(labels)
    assert "added: After prison" in page.texts("ins")
    assert "added: planned" in page.texts("ins")
    StageFactory._meta.model.objects.exclude(pk=stage.pk).delete()
    gone = compare(admin_client, pilot, Revision.objects.of(pilot.pk).last().pk, "now")
    assert [text for text in gone.texts("del") if text.startswith("removed: slug-")]


def test_what_was_typed_is_escaped(admin_client: Client, admin_user: User) -> None:
    pilot = PilotFactory()
    say(pilot, admin_user, **texts("<script>alert(1)</script> & “so”"))
    page = admin_client.get(
        reverse("admin:pilots_pilot_compare", args=[pilot.pk]),
        {"old": Revision.objects.of(pilot.pk).last().pk, "new": "now"},
    )
    assert b"<script>alert" not in page.content
    assert b"&lt;script&gt;" in page.content


def test_each_revision_leads_to_the_one_before(admin_client: Client, admin_user: User) -> None:
    pilot = full_pilot(PublishedPilotFactory)
    copy = say(pilot, admin_user, **texts("Second"))
    workflow.publish(copy, by=admin_user)
    page = read(admin_client.get(address(pilot, "history")))
    published, found = Revision.objects.filter(row=pilot.pk)
    made = Revision.objects.get(kind=Kind.REVISED)
    ways = [href.partition("?")[2] for href in page.hrefs() if "/compare/?" in href]
    assert ways[0] == f"old={found.pk}&new={published.pk}"
    assert ways[-1] == f"old={found.pk}&new={made.pk}"


@pytest.mark.parametrize("key", ["0", "9" * 30, "x", "-1", "²", "1e9", "public"])
def test_nothing_but_revisions_of_the_entry_can_be_compared(admin_client: Client, key: str) -> None:
    pilot = PilotFactory()
    response = admin_client.get(reverse("admin:pilots_pilot_compare", args=[pilot.pk]), {"old": key, "new": "now"})
    assert response.status_code == 404


def test_history_of_one_entry_does_not_show_that_of_another(admin_client: Client, admin_user: User) -> None:
    pilot, other = PilotFactory(), PilotFactory()
    say(other, admin_user, **texts("Other"))
    foreign = Revision.objects.of(other.pk).first()
    response = admin_client.get(
        reverse("admin:pilots_pilot_compare", args=[pilot.pk]), {"old": foreign.pk, "new": "now"}
    )
    assert response.status_code == 404
    wrong = reverse("admin:pilots_pilot_restore", args=[pilot.pk, foreign.pk])
    assert admin_client.get(wrong).status_code == 404


def test_contributor_reads_what_was_public_and_own_work_only(contributor: User, admin_user: User) -> None:
    pilot = full_pilot(PublishedPilotFactory)
    copy = say(pilot, admin_user, **texts("Secret"))
    client = logged_in(contributor)
    page = read(client.get(address(pilot, "history")))
    assert len(page.one("tbody").all("tr")) == 1  # what visitors see
    secret = Revision.objects.filter(row=copy.pk).first()
    for old, new in ((secret.pk, "public"), ("now", "public")):
        query = {"old": old, "new": new}
        assert client.get(reverse("admin:pilots_pilot_compare", args=[pilot.pk]), query).status_code == 404
    assert client.get(reverse("admin:pilots_pilot_restore", args=[pilot.pk, secret.pk])).status_code == 404
    assert client.get(address(PilotFactory(), "history")).status_code == 404
    assert len(read(client.get(address(PilotFactory(owner=contributor), "history"))).all("h1")) == 1


def test_draft_says_again_what_it_said_in_every_language(admin_client: Client, admin_user: User) -> None:
    pilot = full_pilot()
    before = read_content(pilot)
    say(pilot, admin_user, **texts("Second"), lessons={}, key_figures={}, stages=[], passages={})
    way = reverse("admin:pilots_pilot_restore", args=[pilot.pk, Revision.objects.of(pilot.pk).last().pk])
    response = submit(admin_client, way, note="It was better.")
    assert (response.status_code, response["Location"]) == (302, address(pilot))
    assert read_content(pilot) == before
    assert before["lessons"]["2"]["texts"]["fr"] == {"text": "Se voir tôt."}
    latest = Revision.objects.of(pilot.pk).first()
    assert (latest.kind, latest.note, latest.actor) == (Kind.REVERTED, "It was better.", admin_user)


def test_public_entry_stays_and_its_working_copy_waits_for_publication(admin_client: Client, admin_user: User) -> None:
    pilot = full_pilot(PublishedPilotFactory)
    workflow.publish(say(pilot, admin_user, **texts("Second")), by=admin_user)
    first = Revision.objects.of(pilot.pk).get(version=1)
    way = reverse("admin:pilots_pilot_restore", args=[pilot.pk, first.pk])
    assert "goes into a working copy" in admin_client.get(way).content.decode()
    response = submit(admin_client, way)
    copy = Pilot.objects.get(revises=pilot)
    assert response["Location"] == reverse("admin:pilots_pilot_move", args=[copy.pk, "publish"])
    assert read_content(pilot)["texts"]["en"]["title"] == "Second"
    assert read_content(copy)["texts"] == first.content["texts"]
    workflow.publish(copy, by=admin_user)
    assert read_content(pilot)["lessons"] == first.content["lessons"]


def test_contributor_brings_a_public_version_back_into_an_own_copy(contributor: User, admin_user: User) -> None:
    pilot = full_pilot(PublishedPilotFactory)
    workflow.publish(say(pilot, admin_user, **texts("Second")), by=admin_user)
    way = reverse("admin:pilots_pilot_restore", args=[pilot.pk, Revision.objects.get(version=1).pk])
    response = submit(logged_in(contributor), way)
    copy = Pilot.objects.get(revises=pilot)
    assert (response["Location"], copy.owner) == (address(copy), contributor)


def test_address_given_since_then_stays(admin_client: Client, admin_user: User) -> None:
    pilot = full_pilot(PublishedPilotFactory, slug="old")
    workflow.rename(pilot, "new", by=admin_user)
    way = reverse("admin:pilots_pilot_restore", args=[pilot.pk, Revision.objects.of(pilot.pk).last().pk])
    assert "Both say the same." in admin_client.get(way).content.decode()
    admin_client.post(way, {"seen_edit": pilot.edit_count, "note": ""})
    assert not Pilot.objects.filter(revises=pilot).exists()


def test_values_that_are_gone_are_named_and_nothing_is_changed(admin_client: Client, admin_user: User) -> None:
    stage = StageFactory(slug="prison")
    pilot = PilotFactory(stages=[stage], title="First")
    say(pilot, admin_user, **texts("Second"), stages=[])
    stage.delete()
    way = reverse("admin:pilots_pilot_restore", args=[pilot.pk, Revision.objects.of(pilot.pk).last().pk])
    shown = admin_client.get(way).content.decode()
    assert "“prison” (stages)" in shown
    assert "Bring this back" not in shown
    answer = admin_client.post(way, {"seen_edit": pilot.edit_count, "note": ""})
    assert answer.status_code == 409
    assert "“prison” (stages)" in answer.content.decode()
    assert read_content(pilot)["texts"]["en"]["title"] == "Second"


def test_entry_changed_since_the_page_was_opened_is_not_overwritten(admin_client: Client, admin_user: User) -> None:
    pilot = full_pilot()
    say(pilot, admin_user, **texts("Second"))
    way = reverse("admin:pilots_pilot_restore", args=[pilot.pk, Revision.objects.of(pilot.pk).last().pk])
    response = submit(admin_client, way, seen_edit="0")
    assert response.status_code == 409
    assert "was changed since you read it" in response.content.decode()
    assert read_content(pilot)["texts"]["en"]["title"] == "Second"


def test_archived_or_foreign_entries_are_not_changed_by_hand_made_requests(contributor: User, admin_user: User) -> None:
    pilot = full_pilot()
    say(pilot, admin_user, **texts("Second"))
    workflow.archive(pilot, by=admin_user)
    revision = Revision.objects.of(pilot.pk).last()
    way = reverse("admin:pilots_pilot_restore", args=[pilot.pk, revision.pk])
    assert logged_in(admin_user).post(way, {"seen_edit": pilot.edit_count}).status_code == 403
    assert logged_in(contributor).post(way, {"seen_edit": pilot.edit_count}).status_code == 404
    assert visitor().post(way, {"seen_edit": pilot.edit_count}).status_code == 302
    assert read_content(pilot)["texts"]["en"]["title"] == "Second"


def deleted(by: User, make: Any = PilotFactory, **fields: Any) -> tuple[Pilot, dict[str, Any]]:
    """An entry that is deleted, and what it said."""
    pilot = full_pilot(make, **fields)
    said, pk = read_content(pilot), pilot.pk
    workflow.delete(pilot, by=by)
    pilot.pk = pk
    return pilot, said


def recover(client: Client, pilot: Pilot) -> Any:
    last = Revision.objects.of(pilot.pk).first()
    return client.post(reverse("admin:pilots_pilot_recover", args=[last.pk]), follow=True)


def test_deleted_entry_comes_back_whole_as_a_draft(admin_client: Client, admin_user: User) -> None:
    pilot, said = deleted(admin_user, PublishedPilotFactory, slug="lost")
    page = read(admin_client.get(reverse("admin:pilots_pilot_deleted")))
    assert page.one("caption").text == "1 deleted entry"
    assert "First title" in page.one("tbody").text
    recover(admin_client, pilot)
    back = Pilot.objects.get(pk=pilot.pk)
    assert (back.slug, back.status, back.version, read_content(back)) == ("lost", "draft", 1, said)
    assert Revision.objects.of(pilot.pk).first().kind == Kind.RECOVERED
    assert "No entry is deleted." in admin_client.get(reverse("admin:pilots_pilot_deleted")).content.decode()
    assert "is not deleted" in recover(admin_client, pilot).content.decode()
    assert workflow.publish(back, by=admin_user).version == 2


def test_recovery_that_cannot_be_is_refused_with_a_sentence(admin_client: Client, admin_user: User) -> None:
    first, _said = deleted(admin_user, slug="taken")
    PilotFactory(slug="taken")
    assert "Another entry has the address “taken” now." in recover(admin_client, first).content.decode()
    second, _said = deleted(admin_user, authority__slug="lost-town")
    Authority.objects.get(slug="lost-town").delete()
    assert "“lost-town” (authority)" in recover(admin_client, second).content.decode()
    assert not Pilot.objects.filter(pk__in=[first.pk, second.pk]).exists()


def test_only_reviewers_recover_and_only_by_post(contributor: User, admin_client: Client, admin_user: User) -> None:
    pilot, _said = deleted(admin_user)
    client = logged_in(contributor)
    assert client.get(reverse("admin:pilots_pilot_deleted")).status_code == 403
    assert recover(client, pilot).status_code == 403
    last = Revision.objects.of(pilot.pk).first()
    assert admin_client.get(reverse("admin:pilots_pilot_recover", args=[last.pk])).status_code == 405
    assert not Pilot.objects.filter(pk=pilot.pk).exists()


@pytest.mark.parametrize("size", [3, 24])
def test_queries_do_not_depend_on_the_number_of_revisions(
    admin_client: Client, admin_user: User, django_assert_num_queries: Any, size: int
) -> None:
    pilot = full_pilot(PublishedPilotFactory)
    copy = say(pilot, admin_user, **texts("First"))
    for number in range(size):
        say(copy, admin_user, **texts(f"Title {number}"))
    for _number in range(size):
        deleted(admin_user)
    with django_assert_num_queries(QUERIES["history"]):
        admin_client.get(address(pilot, "history"))
    with django_assert_num_queries(QUERIES["compare"]):
        compare(admin_client, pilot, "public", "now")
    with django_assert_num_queries(QUERIES["deleted"]):
        admin_client.get(reverse("admin:pilots_pilot_deleted"))


QUERIES = {"history": 9, "compare": 34, "deleted": 4}


def whens(client: Client, pilot: Pilot, language: str) -> int:
    """How many changes the history shows when one language is asked for."""
    page = client.get(reverse("admin:pilots_pilot_history", args=[pilot.pk]), {"language": language})
    return int(page.context_data["page"].paginator.count)


def test_changes_of_one_language_are_seen_alone() -> None:
    pilot, by = full_pilot(), person("reviewer")
    reviewer = browser_of(by)
    content = read_content(pilot)
    say(pilot, by, stages=[])
    french = content["texts"] | {"fr": {"title": "Autre titre"}}
    say(pilot, by, texts=french, stages=[])
    say(pilot, by, texts=french | {"en": {"title": "Second title"}}, stages=[])
    assert [whens(reviewer, pilot, language) for language in ("", "fr", "en", "sv")] == [4, 2, 2, 0]
    found, _stages, _french, in_english = Revision.objects.order_by("pk")
    address_of_both = reverse("admin:pilots_pilot_compare", args=[pilot.pk])
    both = {"old": found.pk, "new": in_english.pk}
    compared = [
        {row.label for row in reviewer.get(address_of_both, both | more).context_data["comparison"].rows}
        for more in ({"language": "fr"}, {})
    ]
    assert "Title (French)" in compared[0]
    assert "Title" not in compared[0]
    assert "Title" in compared[1]


def test_first_working_copy_of_an_entry_is_compared_with_what_it_found() -> None:
    pilot, by = PublishedPilotFactory(title="A title", summary="Who did what."), person("reviewer")
    pilot.create_translation("fr", title="Un titre", summary="")
    content = read_content(pilot)
    content["texts"]["en"]["summary"] = "Who did it."
    workflow.revise(pilot, by=by, content=content)
    reviewer = browser_of(by)
    assert [whens(reviewer, pilot, language) for language in ("", "fr", "en")] == [1, 0, 1]
    history = reverse("admin:pilots_pilot_history", args=[pilot.pk])
    [revised] = reviewer.get(history).context_data["page"]
    compare_page = reverse("admin:pilots_pilot_compare", args=[pilot.pk])
    compared = reviewer.get(compare_page, {"old": revised.before, "new": revised.pk}).context_data["comparison"]
    assert [row.label for row in compared.rows] == ["Summary"]


def test_form_of_the_history_begins_with_two_states_that_can_be_compared() -> None:
    pilot, by = PublishedPilotFactory(title="A title"), person("reviewer")
    content = read_content(pilot)
    content["texts"]["en"]["title"] = "Another title"
    workflow.revise(pilot, by=by, content=content)
    page = browser_of(by).get(reverse("admin:pilots_pilot_history", args=[pilot.pk])).content.decode()
    assert {name: len(re.findall(rf'name="{name}"[^>]* checked', page)) for name in ("old", "new")} == {
        "old": 1,
        "new": 1,
    }


def test_language_that_the_portal_lacks_has_no_history() -> None:
    pilot = full_pilot()
    assert (
        browser_of(person("reviewer"))
        .get(reverse("admin:pilots_pilot_history", args=[pilot.pk]), {"language": "tlh"})
        .status_code
        == 404
    )


@pytest.mark.parametrize("changes", [1, 30])
def test_history_of_one_language_asks_as_often_for_any_number_of_changes(changes: int) -> None:
    pilot, by = full_pilot(), person("reviewer")
    reviewer = browser_of(by)
    for number in range(changes):
        say(pilot, by, texts={"en": {"title": f"Title {number}", "summary": "Who did what."}})
    url = reverse("admin:pilots_pilot_history", args=[pilot.pk])
    reviewer.get(url)
    with CaptureQueriesContext(connection) as captured:
        reviewer.get(url, {"language": "en"})
    assert len(captured) == 10

"""Two editors, one entry: the second save is refused, shows what the first one saved, and loses nothing."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pilots import workflow
from pilots.history.record import Kind
from pilots.models import Pilot, Revision
from pilots.models.content import read_content, text_fields
from tests.admin.forms import Fields, address, change, errors, forms_of, open_form, read_form
from tests.admin.test_pilot_actions import confirm
from tests.factories import LessonFactory, PassageFactory, PilotFactory, PublishedPilotFactory, StageFactory
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db
# Python compares and merges; tests/test_concurrent_editors.py tries the race on both.
DATABASES = ("sqlite",)


@pytest.fixture
def ben() -> User:
    return person("reviewer", username="ben", first_name="Ben", last_name="Second")


def opened(client: Client, pilot: Pilot, language: str = "en") -> Fields:
    """Open the form of an entry, and return what it would send."""
    return open_form(client, f"{address(pilot)}?language={language}")


def save(client: Client, pilot: Pilot, form: Fields, language: str = "en", **changes: Any) -> HttpResponse:
    """Send a form that was opened before, some fields changed."""
    return client.post(f"{address(pilot)}?language={language}", {**form, **changes})


def form_on(page: HttpResponse) -> Fields:
    """What the page that asks would send."""
    assert page.status_code == 409
    return next(form for form in forms_of(page).values() if "kept" in form)


def decide(client: Client, page: HttpResponse, button: str = "_merge", **choices: str) -> HttpResponse:
    """Answer the page that asks; a choice `summary="mine"` is one about a text of the entry in English."""
    form, entry = form_on(page), page.context["state"].edit.entry
    named = {f"take:texts|en|{name}": choice for name, choice in choices.items() if ":" not in name}
    data = form | named | {name.lstrip(":"): choice for name, choice in choices.items() if ":" in name}
    return client.post(reverse("admin:pilots_pilot_merge", args=[entry]), {**data, button: "1"})


def text(pilot: Pilot, name: str, language: str = "en") -> str:
    return read_content(pilot)["texts"][language].get(name, "")


def both_write(anna: Client, ben: User, pilot: Pilot, mine: dict[str, Any], theirs: dict[str, Any]) -> HttpResponse:
    """Let Ben save while Anna has the form open, and return what Anna's own save is answered with."""
    form = opened(anna, pilot)
    write(ben, pilot, **theirs)
    return save(anna, pilot, form, **mine)


def write(who: User, pilot: Pilot, **typed: Any) -> None:
    """Let somebody save: by their form, unless it is only about texts, which need none."""
    if typed.keys() - {"note"} <= set(text_fields(Pilot)):
        note = typed.pop("note", "")
        content = read_content(pilot)
        content["texts"]["en"] |= typed
        workflow.rewrite(pilot, content, by=who, kind=Kind.CHANGED, note=note)
    else:
        change(browser_of(who), pilot, **typed)


def test_second_save_is_refused_and_shows_who_saved_what(admin_client: Client, ben: User) -> None:
    pilot = PilotFactory(summary="Before.")
    theirs = {"summary": "Ben's.", "note": "Ben's reason."}
    page = both_write(admin_client, ben, pilot, {"summary": "Anna's.", "results": "Anna's results."}, theirs)
    assert page.status_code == 409
    shown = page.content.decode()
    for words in ("Ben Second", "Ben&#x27;s reason.", "Before.", "Ben&#x27;s.", "Anna&#x27;s.", "Anna&#x27;s results."):
        assert words in shown
    assert (text(pilot, "summary"), text(pilot, "results")) == ("Ben's.", "")


@pytest.mark.parametrize(("choice", "saved"), [("theirs", "Ben's."), ("mine", "Anna's."), ("anew", "Both.")])
def test_choice_is_saved_with_what_needs_none(choice: str, saved: str, admin_client: Client, ben: User) -> None:
    pilot = PilotFactory()
    theirs = {"summary": "Ben's.", "background": "Ben's background."}
    page = both_write(admin_client, ben, pilot, {"summary": "Anna's.", "results": "Anna's results."}, theirs)
    answer = decide(admin_client, page, summary=choice, **{"anew:texts|en|summary": "Both."})
    assert answer.status_code == 302
    assert [text(pilot, name) for name in ("summary", "background", "results")] == [
        saved,
        "Ben's background.",
        "Anna's results.",
    ]


def test_merge_is_one_revision_with_the_note_that_was_typed(admin_client: Client, ben: User) -> None:
    pilot = PilotFactory()
    page = both_write(admin_client, ben, pilot, {"results": "Anna's.", "note": "Why."}, {"summary": "Ben's."})
    before = Revision.objects.count()
    decide(admin_client, page)
    latest = Revision.objects.first()
    assert latest is not None
    assert (Revision.objects.count(), latest.note, latest.actor_name) == (before + 1, "Why.", "admin")


def test_undecided_conflict_is_asked_for_and_other_answers_stay(admin_client: Client, ben: User) -> None:
    pilot = PilotFactory()
    theirs, mine = [{"summary": f"{who}.", "results": f"{who}."} for who in ("Ben", "Anna")]
    page = decide(admin_client, both_write(admin_client, ben, pilot, mine, theirs), summary="mine")
    assert "Choose one." in page.content.decode()
    assert form_on(page)["take:texts|en|summary"] == ["mine"]
    assert text(pilot, "summary") == "Ben."


def test_text_written_anew_keeps_to_the_limits_of_the_form(admin_client: Client, ben: User) -> None:
    pilot = PilotFactory()
    page = both_write(admin_client, ben, pilot, {"title": "Anna"}, {"title": "Ben"})
    for wrong in ("", "\u200b", "x" * 201):
        answer = decide(admin_client, page, title="anew", **{"anew:texts|en|title": wrong})
        assert answer.status_code == 409
    assert text(pilot, "title") == "Ben"


def test_overwriting_needs_a_tick(admin_client: Client, ben: User) -> None:
    pilot = PilotFactory(background="Before.")
    theirs = {"summary": "Ben's.", "background": "Ben's background."}
    page = both_write(admin_client, ben, pilot, {"summary": "Anna's."}, theirs)
    refused = decide(admin_client, page, "_overwrite")
    assert refused.status_code == 409
    assert text(pilot, "summary") == "Ben's."
    decide(admin_client, refused, "_overwrite", **{":sure": "on"})
    assert (text(pilot, "summary"), text(pilot, "background")) == ("Anna's.", "Before.")


def test_overwritten_words_are_in_the_history(admin_client: Client, ben: User) -> None:
    pilot = PilotFactory()
    page = both_write(admin_client, ben, pilot, {"summary": "Anna's."}, {"summary": "Ben's."})
    admin_client.post(
        reverse("admin:pilots_pilot_merge", args=[pilot.pk]), form_on(page) | {"_overwrite": "1", "sure": "on"}
    )
    kept = [row.content["texts"]["en"]["summary"] for row in Revision.objects.filter(row=pilot.pk)]
    assert kept == ["Anna's.", "Ben's.", "Who did what."]


def test_throwing_away_changes_nothing(admin_client: Client, ben: User) -> None:
    pilot = PilotFactory()
    page = both_write(admin_client, ben, pilot, {"summary": "Anna's."}, {"summary": "Ben's."})
    refused = decide(admin_client, page, "_discard")
    assert refused.status_code == 409
    assert "tick the box beside the button first" in refused.content.decode()
    assert "Anna&#x27;s." in refused.content.decode()
    assert decide(admin_client, refused, "_discard", **{":sure_to_discard": "on"}).status_code == 302
    assert text(pilot, "summary") == "Ben's."


def test_entry_that_changes_again_is_asked_about_again(admin_client: Client, ben: User) -> None:
    pilot = PilotFactory()
    page = both_write(admin_client, ben, pilot, {"summary": "Anna's."}, {"summary": "Ben's."})
    write(ben, pilot, summary="Ben's second.")
    again = decide(admin_client, page, summary="anew", **{"anew:texts|en|summary": "Written on the page."})
    assert again.status_code == 409
    shown = again.content.decode()
    assert "Ben&#x27;s second." in shown
    assert form_on(again)["anew:texts|en|summary"] == ["Written on the page."]
    assert text(pilot, "summary") == "Ben's second."
    decide(admin_client, again, summary="mine")
    assert text(pilot, "summary") == "Written on the page."


def test_form_sent_late_without_a_change_of_its_own_is_no_conflict(admin_client: Client, ben: User) -> None:
    pilot = PilotFactory()
    answer = both_write(admin_client, ben, pilot, {}, {"summary": "Ben's."})
    assert (answer.status_code, text(pilot, "summary")) == (302, "Ben's.")


def test_what_a_form_does_not_show_is_not_taken_for_typed(admin_client: Client, ben: User) -> None:
    pilot = PilotFactory()
    LessonFactory(pilot=pilot, number=1)
    form = opened(admin_client, pilot)
    added = {"lessons-TOTAL_FORMS": "2", "lessons-1-text": "Ben's lesson.", "lessons-1-kind": "hard"}
    change(browser_of(ben), pilot, **added)
    french = opened(browser_of(ben), pilot, "fr")
    assert save(browser_of(ben), pilot, french, "fr", title="Titre").status_code == 302
    page = save(admin_client, pilot, form, results="Anna's.")
    ours = [row["label"] for row in page.context["settled"] if row["is_mine"]]
    assert ours == ["Results"]
    decide(admin_client, page)
    content = read_content(pilot)
    assert (content["texts"]["fr"]["title"], sorted(content["lessons"])) == ("Titre", ["1", "2"])


def test_values_that_both_chose_can_be_kept_together(admin_client: Client, ben: User) -> None:
    one, two = StageFactory(), StageFactory()
    pilot = PilotFactory()
    page = both_write(admin_client, ben, pilot, {"stages": [one.pk]}, {"stages": [two.pk]})
    assert str(one) in page.content.decode()
    decide(admin_client, page, **{"take:stages": "both"})
    assert set(pilot.stages.all()) == {one, two}


def test_address_of_a_draft_is_merged_too(admin_client: Client, ben: User) -> None:
    pilot = PilotFactory()
    page = both_write(admin_client, ben, pilot, {"slug": "better"}, {"summary": "Ben's."})
    decide(admin_client, page)
    pilot.refresh_from_db()
    assert (pilot.slug, text(pilot, "summary")) == ("better", "Ben's.")


def test_address_that_was_taken_meanwhile_is_named(admin_client: Client, ben: User) -> None:
    pilot = PilotFactory()
    page = both_write(admin_client, ben, pilot, {"slug": "better"}, {"summary": "Ben's."})
    PilotFactory(slug="better")
    answer = decide(admin_client, page)
    assert answer.status_code == 409
    assert "Another entry has the address “better” already." in answer.content.decode()


# Parts ---------------------------------------------------------------------


def delete_lesson(who: User, pilot: Pilot, index: int) -> None:
    change(browser_of(who), pilot, **{f"lessons-{index}-DELETE": "on"})


def lessons_of(pilot: Pilot) -> dict[str, str]:
    return {number: part["texts"]["en"]["text"] for number, part in read_content(pilot)["lessons"].items()}


@pytest.fixture
def taught() -> Pilot:
    """A draft with three lessons, each in two languages."""
    pilot = PilotFactory()
    for number in (1, 2, 3):
        lesson = LessonFactory(pilot=pilot, number=number, text=f"Lesson {number}.")
        lesson.translations.create(language_code="fr", text=f"Leçon {number}.")
    return pilot


@pytest.mark.parametrize("index", [0, 1, 2])
def test_lesson_deleted_by_one_and_changed_by_the_other_is_decided_as_a_whole(
    index: int, taught: Pilot, admin_client: Client, ben: User
) -> None:
    number = str(index + 1)
    form = opened(admin_client, taught)
    delete_lesson(ben, taught, index)
    page = save(admin_client, taught, form, **{f"lessons-{index}-text": "Better."})
    assert [question["label"] for question in page.context["questions"]] == [f"Lesson {number}"]
    answer = decide(admin_client, page, **{f"take:lessons|{number}": "mine"})
    assert answer.status_code == 302
    assert read_content(taught)["lessons"][number]["texts"] == {
        "en": {"text": "Better."},
        "fr": {"text": f"Leçon {number}."},
    }
    assert len(lessons_of(taught)) == 3


def test_deleted_lesson_that_the_other_left_alone_stays_deleted(taught: Pilot, admin_client: Client, ben: User) -> None:
    form = opened(admin_client, taught)
    delete_lesson(ben, taught, 1)
    page = save(admin_client, taught, form, results="Anna's.")
    assert page.context["questions"] == []
    decide(admin_client, page)
    assert lessons_of(taught) == {"1": "Lesson 1.", "3": "Lesson 3."}


def test_deleted_lesson_on_a_form_in_another_language_is_no_mistake(
    taught: Pilot, admin_client: Client, ben: User
) -> None:
    taught.lessons.get(number=2).translations.filter(language_code="fr").delete()
    form = opened(admin_client, taught, "fr")
    delete_lesson(ben, taught, 1)
    page = save(admin_client, taught, form, "fr", title="Titre", **{"lessons-1-kind": "hard"})
    assert page.status_code == 409, errors(page)
    decide(admin_client, page, **{"take:lessons|2": "mine"})
    assert lessons_of(taught)["2"] == "Lesson 2."


def test_lesson_deleted_here_and_changed_there_is_decided_as_a_whole(
    taught: Pilot, admin_client: Client, ben: User
) -> None:
    page = both_write(admin_client, ben, taught, {"lessons-0-DELETE": "on"}, {"lessons-0-text": "Ben's."})
    decide(admin_client, page, **{"take:lessons|1": "theirs"})
    assert lessons_of(taught)["1"] == "Ben's."


def test_new_lessons_of_both_are_kept(taught: Pilot, admin_client: Client, ben: User) -> None:
    ours, theirs = [
        {"lessons-TOTAL_FORMS": "4", "lessons-3-text": f"{who}.", "lessons-3-kind": "hard"} for who in ("Anna", "Ben")
    ]
    decide(admin_client, both_write(admin_client, ben, taught, ours, theirs))
    assert lessons_of(taught) == {
        "1": "Lesson 1.",
        "2": "Lesson 2.",
        "3": "Lesson 3.",
        "4": "Ben.",
        "5": "Anna.",
    }


def test_passage_made_anew_by_the_other_is_compared_by_what_it_is_about(admin_client: Client, ben: User) -> None:
    pilot = PilotFactory()
    PassageFactory(pilot=pilot, about="summary", passage="1.1")
    form = opened(admin_client, pilot)
    pilot.passages.all().delete()
    PassageFactory(pilot=pilot, about="summary", passage="1.1")
    write(ben, pilot, results="Ben's.")
    page = save(admin_client, pilot, form, **{"passages-0-passage": "2.2"})
    assert decide(admin_client, page).status_code == 302
    assert pilot.passages.get().passage == "2.2"


# Published, in review, gone ---------------------------------------------------


def test_form_of_a_public_entry_meets_the_working_copy_of_a_colleague(admin_client: Client, ben: User) -> None:
    pilot = PublishedPilotFactory()
    form = opened(admin_client, pilot)
    copy = workflow.revise(pilot, by=ben, content=read_content(pilot) | {"texts": {"en": {"title": "Ben's title"}}})
    page = save(admin_client, pilot, form, title="Anna's title", results="Anna's results.")
    assert page.status_code == 409
    assert "Ben&#x27;s title" in page.content.decode()
    decide(admin_client, page, title="mine")
    assert (text(copy, "title"), text(copy, "results")) == ("Anna's title", "Anna's results.")
    assert text(pilot, "title") != "Anna's title"


def test_working_copy_of_a_colleague_is_not_shown_to_a_contributor(ben: User) -> None:
    pilot, anna = PublishedPilotFactory(), browser_of(person("contributor"))
    form = opened(anna, pilot)
    content = read_content(pilot) | {"texts": {"en": {"title": "Ben's secret title"}}}
    workflow.revise(pilot, by=ben, content=content, note="Ben's secret note.")
    page = save(anna, pilot, form, results="Anna's results.")
    shown = page.content.decode()
    assert page.status_code == 409
    assert "secret" not in shown
    assert "A working copy of this entry is being written by Ben Second" in shown
    assert "Anna&#x27;s results." in shown
    assert pilot.working_copy.edit_count == 1


def test_draft_published_meanwhile_is_saved_into_a_working_copy(admin_client: Client, ben: User) -> None:
    pilot = PilotFactory()
    form = opened(admin_client, pilot)
    workflow.publish(pilot, by=ben)
    page = save(admin_client, pilot, form, results="Anna's results.")
    decide(admin_client, page)
    assert text(pilot, "results") == ""
    assert text(Pilot.objects.get(revises=pilot), "results") == "Anna's results."


def test_entry_sent_to_review_meanwhile_keeps_what_was_typed_until_it_comes_back() -> None:
    writer, reviewer = person("contributor"), person("reviewer")
    anna, pilot = browser_of(writer), PilotFactory(owner=writer)
    form = opened(anna, pilot)
    workflow.submit(pilot, by=writer)
    page = save(anna, pilot, form, results="Anna's results.")
    shown = page.content.decode()
    assert page.status_code == 409
    assert "waits for review" in shown
    assert "Anna&#x27;s results." in shown
    workflow.send_back(pilot, by=reviewer, reason="More.")
    again = decide(anna, page, "_look")
    assert decide(anna, again).status_code == 302
    assert text(pilot, "results") == "Anna's results."


def test_working_copy_published_meanwhile_is_merged_into_a_new_one(ben: User) -> None:
    writer, pilot = person("contributor"), PublishedPilotFactory()
    for number in (1, 2):
        LessonFactory(pilot=pilot, number=number, text=f"Lesson {number}.")
    anna, copy = browser_of(writer), workflow.revise(pilot, by=writer)
    form = opened(anna, copy)
    write(ben, copy, summary="Ben's.")
    workflow.publish(Pilot.objects.get(pk=copy.pk), by=ben)
    page = save(anna, copy, form, results="Anna's.", **{"lessons-1-text": "Better."})
    assert page.context["questions"] == []
    assert decide(anna, page).status_code == 302
    new = Pilot.objects.get(revises=pilot)
    assert (text(new, "summary"), text(new, "results")) == ("Ben's.", "Anna's.")
    assert lessons_of(new) == {"1": "Lesson 1.", "2": "Better."}
    assert lessons_of(pilot) == {"1": "Lesson 1.", "2": "Lesson 2."}


def test_entry_deleted_meanwhile_keeps_what_was_typed(admin_client: Client, ben: User) -> None:
    pilot = PilotFactory()
    change(admin_client, pilot, summary="First.")
    form = opened(admin_client, pilot)
    workflow.delete(Pilot.objects.get(), by=ben)
    page = save(admin_client, pilot, form, results="Anna's.", title="")
    assert page.status_code == 409
    assert "The entry was deleted." in page.content.decode()
    assert "Anna&#x27;s." in page.content.decode()
    page = save(admin_client, pilot, form, results="Anna's.")
    assert not Pilot.objects.exists()
    workflow.recover(Revision.objects.all()[0], by=ben)
    again = decide(admin_client, page, "_look")
    assert decide(admin_client, again).status_code == 302
    assert text(Pilot.objects.get(), "results") == "Anna's."


def test_form_of_an_entry_that_was_never_there_is_no_conflict(admin_client: Client) -> None:
    form = opened(admin_client, PilotFactory())
    Pilot.objects.all().delete()
    url = reverse("admin:pilots_pilot_change", args=[999])
    assert admin_client.post(url, form).status_code == 302


# The list, and the buttons ----------------------------------------------------


def ticked(client: Client, *pilots: Pilot) -> Fields:
    """Open the list and tick entries to be published."""
    form = read_form(client.get(reverse("admin:pilots_pilot_changelist")), "changelist-form")
    return form | {"action": ["publish"], "_selected_action": [str(pilot.pk) for pilot in pilots]}


def test_action_of_the_list_leaves_out_what_changed_since_it_was_shown(admin_client: Client, ben: User) -> None:
    pilot, other = PilotFactory(), PilotFactory()
    form = ticked(admin_client, pilot, other)
    write(ben, pilot, summary="Ben's.")
    page = confirm(admin_client, admin_client.post(reverse("admin:pilots_pilot_changelist"), form))
    assert f"“{pilot}” was changed by ben since the list was shown." in page.content.decode()
    assert [Pilot.objects.get(pk=row.pk).status for row in (pilot, other)] == ["draft", "published"]


def test_action_on_what_is_gone_says_nothing_wrong(admin_client: Client, ben: User) -> None:
    pilot = PilotFactory()
    form = ticked(admin_client, pilot)
    page = admin_client.post(reverse("admin:pilots_pilot_changelist"), form)
    workflow.delete(pilot, by=ben)
    assert "not there any more" in confirm(admin_client, page).content.decode()
    assert admin_client.post(reverse("admin:pilots_pilot_changelist"), form, follow=True).status_code == 200


@pytest.mark.parametrize("name", ["submit", "publish", "archive"])
def test_button_pressed_after_a_colleague_saved_is_refused(name: str, admin_client: Client, ben: User) -> None:
    pilot = PilotFactory()
    url = reverse("admin:pilots_pilot_move", args=[pilot.pk, name])
    form = next(form for form in forms_of(admin_client.get(url)).values() if "seen_edit" in form)
    write(ben, pilot, summary="Ben's.")
    assert admin_client.post(url, form).status_code == 409
    assert Pilot.objects.get().status == "draft"


# Requests made by hand -------------------------------------------------------


@pytest.mark.parametrize("kept", ["", "nonsense", "a:b:c", "\0", "x" * 5000])
def test_text_that_the_site_did_not_keep_is_refused(kept: str, admin_client: Client) -> None:
    url = reverse("admin:pilots_pilot_merge", args=[PilotFactory().pk])
    assert admin_client.post(url, {"kept": kept, "_merge": "1"}).status_code == 400


def test_what_was_kept_serves_its_writer_and_its_entry_only(admin_client: Client, ben: User) -> None:
    pilot, other = PilotFactory(), PilotFactory()
    form = form_on(both_write(admin_client, ben, pilot, {"summary": "Anna's."}, {"summary": "Ben's."}))
    for client, entry in ((browser_of(ben), pilot), (admin_client, other)):
        assert client.post(reverse("admin:pilots_pilot_merge", args=[entry.pk]), form).status_code == 400


def test_right_that_was_taken_away_is_missed_when_the_merge_is_saved(ben: User) -> None:
    writer = person("contributor")
    anna, pilot = browser_of(writer), PilotFactory(owner=writer)
    page = both_write(anna, ben, pilot, {"summary": "Anna's."}, {"summary": "Ben's."})
    writer.groups.clear()
    assert decide(anna, page, summary="mine")["Location"].startswith("/admin/unsaved/")  # refused, and kept
    assert text(pilot, "summary") == "Ben's."


@pytest.mark.parametrize(
    "name", ["anew:", "anew:texts", "anew:texts|xx|title", "anew:lessons|9|texts|en|text", "take:\0"]
)
def test_nonsense_on_the_page_is_ignored(name: str, admin_client: Client, ben: User) -> None:
    pilot = PilotFactory()
    page = both_write(admin_client, ben, pilot, {"summary": "Anna's."}, {"summary": "Ben's."})
    nonsense = {name: "x", name.replace("anew:", "take:"): "anew", ":seen": "\0"}
    assert decide(admin_client, page, **nonsense).status_code == 409
    assert decide(admin_client, page, summary="nonsense").status_code == 409


@pytest.mark.parametrize("seen", ["9" * 30, "-1", "abc", "1\0", "7"])
def test_number_that_the_entry_never_had_decides_nothing_alone(seen: str, admin_client: Client) -> None:
    pilot = PilotFactory()
    answer = save(admin_client, pilot, opened(admin_client, pilot), seen_edit=seen, summary="Anna's.")
    assert answer.status_code in {200, 409}
    assert text(pilot, "summary") == "Who did what."


def test_page_that_asks_is_not_there_to_be_visited(admin_client: Client) -> None:
    pilot = PilotFactory()
    assert admin_client.get(reverse("admin:pilots_pilot_merge", args=[pilot.pk])).status_code == 302


def test_page_costs_the_same_with_1_and_10_lessons(
    admin_client: Client, ben: User, django_assert_max_num_queries: Any
) -> None:
    for lessons in (1, 10):
        pilot = PilotFactory()
        for number in range(lessons):
            LessonFactory(pilot=pilot, number=number + 1)
        page = both_write(admin_client, ben, pilot, {"lessons-0-text": "A."}, {"lessons-0-text": "B."})
        url = reverse("admin:pilots_pilot_merge", args=[pilot.pk])
        with django_assert_max_num_queries(45):
            admin_client.post(url, form_on(page) | {"_merge": "1"})

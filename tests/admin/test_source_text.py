"""Editors see the text of a source with its numbers, and the sentences beside what they write from them."""

import pytest
from django.test import Client

from pilots.models import SourceText
from tests import factories
from tests.admin.forms import address, change, errors, submit
from tests.admin.test_admin_query_counts import pilot_with_parts, queries
from tests.pages.reading import read
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db
# Forms are made by the same Python.
DATABASES = ("sqlite",)

TEXT = "Heading\nFirst <b>sentence</b>. Second sentence.\nThird paragraph."


def entry(**fields: object) -> object:
    """A draft whose results rest on the second paragraph, its only lesson on the third."""
    pilot = factories.PilotFactory(slug="avignon", results="What came of it.", **fields)
    factories.PassageFactory(pilot=pilot, about="results", passage="2.1-3")
    factories.PassageFactory(pilot=pilot, about="stages", value="release", passage="1")
    factories.LessonFactory(pilot=pilot, number=1, passage="3")
    factories.SourceTextFactory(source=pilot.source, text=TEXT)
    return pilot


def test_form_shows_the_sentences_of_each_pointer_beside_what_is_written(admin_client: Client) -> None:
    page = read(admin_client.get(address(entry())))
    results = ["2.1 First <b>sentence</b>.", "2.2 Second sentence.", "The text has no paragraph 2, sentence 3."]
    # beside the text, beside the lesson, beside the two pointers themselves
    beside = [*results, "3.1 Third paragraph.", *results, "1.1 Heading"]
    assert page.texts("span", class_="source-sentence") == beside


def test_without_a_text_the_form_says_nothing_of_it(admin_client: Client) -> None:
    pilot = entry()
    SourceText.objects.all().delete()
    page = read(admin_client.get(address(pilot)))
    assert page.all("span", class_="source-sentence") == []
    assert "In the source" not in page.text


def test_form_with_sentences_can_be_saved(admin_client: Client) -> None:
    pilot = entry()
    response = change(admin_client, pilot, results="Other words.")
    assert errors(response) == ""
    pilot = type(pilot).objects.get(pk=pilot.pk)
    assert pilot.results == "Other words."
    assert pilot.passages.get(about="results").passage == "2.1-3"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_sentences_cost_the_same_with_1_and_10_parts(language: str, admin_client: Client) -> None:
    one, ten = pilot_with_parts(1), pilot_with_parts(10)
    for pilot in (one, ten):
        factories.SourceTextFactory(source=pilot.source, text=TEXT)
        pilot.lessons.update(passage="2.1")
    cost = [queries(admin_client, f"{address(pilot)}?language={language}") for pilot in (one, ten)]
    assert cost[0] == cost[1]


def test_page_of_a_source_shows_the_numbering_and_the_pointers_that_do_not_fit(admin_client: Client) -> None:
    source = entry().source
    page = read(admin_client.get(address(source)))
    [numbered] = page.all("ul", class_="source-numbering")
    assert numbered.texts("li") == [
        "1.1 Heading",
        "2.1 First <b>sentence</b>.",
        "2.2 Second sentence.",
        "3.1 Third paragraph.",
    ]
    assert page.one("div", class_="source-beyond").texts("li") == ["avignon, results: 2.1-3"]


@pytest.mark.parametrize(("role", "said"), [("contributor", []), ("reviewer", ["avignon, results: 2.1-3"])])
def test_pointers_of_a_colleagues_draft_are_shown_to_reviewers_alone(role: str, said: list[str]) -> None:
    page = read(browser_of(person(role)).get(address(entry().source)))
    assert [line for box in page.all("div", class_="source-beyond") for line in box.texts("li")] == said


def test_text_is_added_changed_and_taken_away_on_the_page_of_its_source(admin_client: Client) -> None:
    source = factories.SourceFactory()
    assert errors(change(admin_client, source, **{"full_text-0-text": " A heading \n\n\n\nA\x00 text. "})) == ""
    kept = SourceText.objects.get(source=source)
    assert (kept.text, kept.may_be_shown) == ("A heading\n\nA text.", False)
    assert "Select a valid choice" in errors(
        submit(admin_client, address(source), **{"full_text-0-original_language": "xx"})
    )
    change(admin_client, source, **{"full_text-0-may_be_shown": "on", "full_text-0-original_language": "nl"})
    assert SourceText.objects.get().original_language == "nl"
    assert SourceText.objects.shown().get() == kept
    change(admin_client, source, **{"full_text-0-DELETE": "on"})
    assert not SourceText.objects.exists()


def test_source_is_saved_without_a_text(admin_client: Client) -> None:
    source = factories.SourceFactory()
    assert errors(change(admin_client, source, publisher="Efus")) == ""
    assert not SourceText.objects.exists()


def test_writers_read_the_text_and_only_administrators_change_it() -> None:
    text = factories.SourceTextFactory()
    assert "Second sentence." in browser_of(person("contributor")).get(address(text.source)).content.decode()
    for role, said in (("reviewer", text.text), ("administrator", "Changed")):
        browser = browser_of(person(role))
        form = {"full_text-TOTAL_FORMS": "1", "full_text-INITIAL_FORMS": "1", "full_text-0-id": text.pk}
        form |= {"full_text-0-source": text.source_id, "full_text-0-text": "Changed", "title": "T", "slug": "s"}
        browser.post(address(text.source), form)
        assert SourceText.objects.get().text == said

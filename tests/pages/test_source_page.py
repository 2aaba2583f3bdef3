"""The page of a source: what is known of it, which pilots rest on it, its text where visitors may read it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pilots.models import FormerSlug, PreviewLink
from pilots.pages import sources
from tests import factories
from tests.factories import PilotFactory, PublishedPilotFactory
from tests.pages.reading import read

pytestmark = pytest.mark.django_db
# Pages are made by the same Python; tests/test_source_text_canary.py asks on both.
DATABASES = ("sqlite",)

ADDRESS = "/sources/report/"


@pytest.fixture
def source() -> object:
    """A source that states nothing of itself, with one public pilot."""
    source = factories.SourceFactory(slug="report", title="A report")
    PublishedPilotFactory(slug="public", title="A public pilot", source=source)
    return source


def facts_on(page: object) -> dict[str, str]:
    return dict(
        zip(page.one("dl", class_="facts").texts("dt"), page.one("dl", class_="facts").texts("dd"), strict=True)
    )


def test_what_a_source_does_not_state_is_said(client, source):
    page = read(client.get(ADDRESS))
    assert page.one("h1").text == "A report"
    assert facts_on(page) == dict.fromkeys(
        ("Publisher", "Year", "Address", "Terms of reuse"), "Not stated in the source"
    )


def test_what_a_source_states_is_shown(client, source):
    type(source).objects.update(publisher="Northtown", year=2019, url="https://example.org/report")
    source.translations.update(terms_of_reuse="May be quoted.")
    page = read(client.get(ADDRESS))
    assert list(facts_on(page).values()) == ["Northtown", "2019", "https://example.org/report", "May be quoted."]
    assert page.one("dl", class_="facts").hrefs() == ["https://example.org/report"]
    assert "see its terms of reuse" in page.text


def test_terms_written_in_another_language_only_are_shown_in_it(client, source):
    source.translations.create(language_code="fr", title="Un rapport", terms_of_reuse="Peut être cité.")
    page = read(client.get(ADDRESS))
    assert facts_on(page)["Terms of reuse"] == "Peut être cité."
    assert "see its terms of reuse" in page.text


def test_public_pilots_that_rest_on_it_are_listed_and_no_others(client, source):
    PilotFactory(title="A draft", source=source)
    PublishedPilotFactory(title="Of another source")
    page = read(client.get(ADDRESS))
    assert "1 pilot rests on it" in page.texts("h2")
    assert page.one("ul", class_="pilot-links").hrefs() == ["/pilots/public/"]


def test_many_pilots_are_on_several_pages(client, source, monkeypatch):
    monkeypatch.setattr(sources, "MOST_ENTRIES", 2)
    for _number in range(2):
        PublishedPilotFactory(source=source)
    response = client.get(f"{ADDRESS}?page=2")
    page = read(response)
    assert len(page.one("ul", class_="pilot-links").hrefs()) == 1
    assert "noindex" in response.content.decode()
    assert client.get(f"{ADDRESS}?page=3").status_code == 404
    assert client.get(f"{ADDRESS}?page=x").status_code == 400


def test_text_that_may_be_shown_has_an_anchor_for_each_paragraph_and_sentence(client, source):
    factories.SourceTextFactory(source=source, text="A heading\nOne <b>. Two.", may_be_shown=True)
    page = read(client.get(ADDRESS))
    text = page.one("div", class_="numbered-text")
    assert [part["id"] for part in text if part.get("id")] == ["p1", "p1-1", "p2", "p2-1", "p2-2"]
    assert [part.text for part in text.all("span", class_="sentence")] == [
        "A heading",
        "Paragraph 2, sentence 1 One <b>.",
        "Paragraph 2, sentence 2 Two.",
    ]
    assert text.hrefs("#") == ["#p1", "#p2", "#p2-1", "#p2-2"]


@pytest.mark.parametrize("language", ["fr", ""])
def test_sentences_say_which_language_they_are_in_where_it_is_stated(client, language):
    pilot = factories.PublishedPilotFactory()
    factories.PassageFactory(pilot=pilot, about="summary", passage="2.1")
    factories.SourceTextFactory(source=pilot.source, may_be_shown=True, original_language=language)
    text = read(client.get(pilot.source.get_absolute_url())).one("div", class_="numbered-text")
    quoted = read(client.get(pilot.get_absolute_url())).all("blockquote")
    marked = ["Heading", "First sentence.", "Second sentence.", "Third paragraph."] if language else []
    assert [part.text for part in text.all("span", lang="fr")] == marked
    assert {part.text for quotation in quoted for part in quotation.all("span", lang="fr")} == set(marked[1:2])


def test_text_that_is_not_shown_says_why(client, source):
    factories.SourceTextFactory(source=source)
    page = read(client.get(ADDRESS))
    assert page.all("div", class_="numbered-text") == []
    assert "is not shown here, because it does not state whether it may be reused" in page.text


def test_former_slug_leads_on_and_an_unused_source_has_no_page(client, source):
    FormerSlug.objects.remember(source, old="before")
    response = client.get("/sources/before/")
    assert (response.status_code, response["Location"]) == (301, ADDRESS)
    factories.SourceFactory(slug="unused")
    PilotFactory(source=factories.SourceFactory(slug="of-a-draft"))
    assert {client.get(f"/sources/{slug}/").status_code for slug in ("unused", "of-a-draft", "nowhere")} == {404}


def test_pilots_and_the_page_about_the_portal_lead_to_it(client, source):
    for address in ("/pilots/public/", "/about/"):
        assert ADDRESS in read(client.get(address)).hrefs("/sources/"), address


@pytest.fixture
def pilot(source) -> object:
    """The public pilot, with a pointer of each kind: beside texts, a figure, a lesson, another organisation."""
    pilot = source.pilots.get()
    type(pilot)._parler_meta.root_model.objects.filter(master=pilot).update(results="What came of it.")
    for about in ("summary", "results", "cost"):
        factories.PassageFactory(pilot=pilot, about=about, passage="2.1-3")
    factories.LessonFactory(pilot=pilot, number=1, passage="2.2")
    factories.KeyFigureFactory(pilot=pilot, number=1, passage="2.2")
    factories.OrganisationInvolvedFactory(pilot=pilot, number=1, passage="1")
    return pilot


TEXT = "A heading\nOne <b>. Two."


def opened(page: object) -> list[tuple[str, list[str]]]:
    """The pointers that open: each with the sentences in it."""
    return [(one.one("summary").text, one.texts("p")) for one in page.all("details", class_="said-in")]


def test_each_pointer_opens_its_sentences_and_leads_to_them(client, pilot):
    factories.SourceTextFactory(source=pilot.source, text=TEXT, may_be_shown=True)
    page = read(client.get("/pilots/public/"))
    two = "paragraph 2, sentence 2 2.2 Two."
    both = [
        "paragraph 2, sentence 1 2.1 One <b>.",
        two,
        "The text has no paragraph 2, sentence 3.",
    ]
    beside = [words for words, _sentences in opened(page) if words.startswith("Source: ")]
    assert beside == [
        "Source: paragraph 2, sentences 1–3",  # summary
        "Source: paragraph 2, sentence 2",  # figure
        "Source: paragraph 2, sentences 1–3",  # results
        "Source: paragraph 2, sentence 2",  # lesson
        "Source: paragraph 2, sentences 1–3",  # profile
    ]
    assert {tuple(sentences) for _words, sentences in opened(page)} == {
        tuple(both),
        (two,),
        ("paragraph 1, sentence 1 1.1 A heading",),
    }
    assert len(opened(page)) == 5 + 5  # in the table too
    assert set(page.hrefs(f"{ADDRESS}#")) == {f"{ADDRESS}#{anchor}" for anchor in ("p1-1", "p2-1", "p2-2")}


def test_pointer_into_a_text_that_is_not_shown_stays_a_number_and_the_page_says_why(client, pilot):
    factories.SourceTextFactory(source=pilot.source, text=TEXT)
    page = read(client.get("/pilots/public/"))
    assert opened(page) == []
    assert "Source: paragraph 2, sentence 2" in page.texts("dd", class_="passage")
    assert "is not shown here" in page.one("section", **{"aria-labelledby": "source"}).text


def test_draft_behind_a_link_opens_a_shown_text_and_leads_to_no_page_that_is_not_there(client):
    draft = PilotFactory(source__slug="of-a-draft")
    factories.PassageFactory(pilot=draft, passage="2.2")
    factories.SourceTextFactory(source=draft.source, text=TEXT, may_be_shown=True)
    PreviewLink.objects.create(pilot=draft, token="given", expires_at=timezone.now() + timedelta(days=7))
    page = read(client.get("/preview/given/"))
    assert opened(page)[0] == ("Source: paragraph 2, sentence 2", ["2.2 Two."])
    assert page.hrefs("/sources/") == []

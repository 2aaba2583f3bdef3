"""What visitors and search engines see of translations that nobody has checked, that are old, or missing."""

import re

import pytest
from django.utils.translation import gettext, override

from pilots.index import content_version, pilots
from pilots.models import ActivityTypeTranslation, AuthorityTranslation, Pilot, PilotTranslation, Statement
from pilots.models.provenance import fingerprint
from pilots.workflow.translation_checks import confirm_translation
from prepare_portal.languages import LANGUAGES, in_language
from tests.factories import (
    FurtherReadingFactory,
    GlossaryTermFactory,
    LessonFactory,
    PublishedPilotFactory,
    UserFactory,
)
from tests.pages.reading import read
from tests.translated import CHECKED, translate_titles

# Inside a transaction nothing is kept; what the index keeps is part of what is claimed here.
pytestmark = pytest.mark.django_db(transaction=True)

MACHINE = {"by": "machine"}
WHOLE = {"title": "Titre", "summary": "Résumé", "results": "Des résultats"}


@pytest.fixture
def pilot():
    return PublishedPilotFactory(slug="one", title="Title", summary="Summary", results="Results")


def translate(pilot, record, **texts):
    """Give a pilot these French texts, which rest on the English that there is."""
    english = pilot.translations.get(language_code="en")
    known = {name: record | {"of": fingerprint(getattr(english, name))} for name in texts}
    PilotTranslation.objects.update_or_create(master=pilot, language_code="fr", defaults={**texts, "provenance": known})


def in_french(words):
    with override("fr"):
        return gettext(words)


def page_of(client, address="/fr/pilots/one/"):
    return read(client.get(address))


def note(page):
    return [node.text for node in page.all("p") if "translation-note" in node.get("class", "")]


def states(page):
    return [" ".join(node.text.split()) for node in page.all("p") if node.get("class") == "text-state"]


def robots(page):
    return [meta["content"] for meta in page.all("meta") if meta.get("name") == "robots"]


def alternates(page):
    return [link["hreflang"] for link in page.all("link") if link.get("hreflang")]


def test_page_that_nobody_checked_says_so_and_leads_to_the_original_and_the_editors(client, pilot):
    translate(pilot, MACHINE, **WHOLE)
    page = page_of(client)
    [words] = note(page)
    assert words.startswith(in_french("A machine translated this entry. Nobody has checked the translation yet."))
    links = {link["href"] for link in page.all("a")}
    assert any(link.startswith("mailto:") and "fr/pilots/one" in link.replace("%2F", "/") for link in links)
    assert any(link["href"] == "/pilots/one/" and link.get("hreflang") == "en" for link in page.all("a"))


def test_page_that_nobody_checked_is_kept_out_of_search_engines(client, pilot):
    translate(pilot, MACHINE, **WHOLE)
    translate_titles()
    for address in ("/fr/pilots/one/", "/fr/pilots/", "/fr/", "/fr/lessons/", "/fr/map/", "/fr/pilots/one/questions/"):
        page = page_of(client, address)
        assert (robots(page), alternates(page), len(note(page))) == (["noindex, follow"], [], 1), address
    for address in ("/pilots/one/", "/pilots/", "/es/pilots/one/"):
        page = page_of(client, address)
        assert (robots(page), note(page)) == ([], []), address
        assert alternates(page) == ["en", "es", "nl", "sv", "x-default"], address
    assert robots(page_of(client, "/fr/about/")) == []  # shows nothing of entries


@pytest.mark.parametrize("row", ["source", "statement"])
def test_page_about_the_portal_counts_what_it_shows(client, pilot, row):
    if row == "source":
        pilot.source.create_translation("fr", title="Rapport", provenance={"title": MACHINE})
    else:
        statement = Statement.objects.create(kind=Statement.Kind.RUN_BY)
        statement.create_translation("fr", text="La ville", provenance={"text": MACHINE})
    page = page_of(client, "/fr/about/")
    assert (robots(page), len(note(page))) == (["noindex, follow"], 1)


def test_sitemap_leaves_out_sources_and_terms_with_texts_that_nobody_checked(client, pilot):
    translate_titles()
    pilot.source.create_translation("fr", title="Rapport", provenance={"title": MACHINE})
    term = pilot.activity_types.get()
    term.create_translation("fr", description="Ce que c'est", provenance={"description": MACHINE})
    for part, row in (("sources", pilot.source), ("activities", term)):
        said = client.get(f"/sitemap-{part}.xml").content.decode()
        assert f"/fr{row.get_absolute_url()}" not in said
        assert f"/es{row.get_absolute_url()}" in said
    assert robots(page_of(client, f"/fr{term.get_absolute_url()}")) == ["noindex, follow"]


@pytest.mark.parametrize("address", ["/fr/pilots/one/", "/fr/pilots/", "/fr/", "/fr/glossary/", "/fr/about/"])
def test_index_is_read_once_for_a_page_while_nothing_may_be_cached(client, pilot, monkeypatch, address):
    monkeypatch.setattr(content_version, "take_in", lambda: None)
    monkeypatch.setattr(content_version, "question", lambda: ("SELECT NULL, FALSE", None))
    reads = []
    read_index = pilots.read_index
    monkeypatch.setattr(pilots, "read_index", lambda: reads.append(1) or read_index())
    assert client.get(address).status_code == 200
    assert len(reads) <= 1


def test_title_to_cite_is_the_same_in_every_language(client, pilot):
    translate(pilot, CHECKED, **WHOLE)
    [title] = [meta["content"] for meta in page_of(client).all("meta") if meta.get("name") == "citation_title"]
    assert title == "Title"


def test_sitemap_names_no_page_that_nobody_checked(client, pilot):
    PublishedPilotFactory(slug="two")
    translate(pilot, MACHINE, **WHOLE)
    translate_titles()
    parts = client.get("/sitemap-pilots.xml").content.decode()
    assert "/fr/pilots/one/" not in parts
    assert "/es/pilots/one/" in parts
    assert "/fr/pilots/two/" in parts
    assert "/fr/" not in client.get("/sitemap-authorities.xml").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_of_what_was_checked_and_is_current(client, pilot, language):
    translate(pilot, CHECKED, **WHOLE)
    translate_titles()
    page = page_of(client, in_language("/pilots/one/", language))
    assert (note(page), robots(page), alternates(page)) == ([], [], [*LANGUAGES, "x-default"])
    assert language != "fr" or states(page) == []


def test_check_makes_the_note_go_at_once_everywhere(client, pilot):
    translate(pilot, MACHINE, **WHOLE)
    assert note(page_of(client, "/fr/pilots/")) != []
    translate(pilot, CHECKED, **WHOLE)
    for address in ("/fr/pilots/", "/fr/pilots/one/"):
        page = page_of(client, address)
        assert (note(page), robots(page)) == ([], [])
    assert "/fr/pilots/one/" in client.get("/sitemap-pilots.xml").content.decode()


@pytest.mark.parametrize("model", [AuthorityTranslation, ActivityTypeTranslation])
def test_what_a_page_calls_others_counts_too(client, pilot, model):
    translate(pilot, CHECKED, **WHOLE)
    owner = pilot.authority if model is AuthorityTranslation else pilot.activity_types.get()
    text = model.objects.create(master=owner, language_code="fr", name="Nom", provenance={"name": MACHINE})
    assert note(page_of(client)) != []
    text.provenance = {"name": CHECKED}
    text.save()
    assert note(page_of(client)) == []


def test_part_that_nobody_checked_counts_too(client, pilot):
    translate(pilot, CHECKED, **WHOLE)
    LessonFactory(pilot=pilot, number=1).create_translation("fr", text="Leçon")
    [words] = note(page_of(client))
    assert words.startswith(in_french("Nobody has checked the translation of this entry yet."))


def test_entry_is_said_to_be_checked_in_part_once_somebody_found_a_text_right(client, pilot):
    translate(pilot, MACHINE, **WHOLE)
    checker = UserFactory(is_superuser=True)
    for field, words in (
        ("title", "Nobody has checked all translations of this entry yet. A machine may have made them."),
        ("summary", "Nobody has checked all translations of this entry yet. A machine may have made them."),
        ("results", None),
    ):
        confirm_translation(pilot, "fr", [("texts", "fr", field)], by=checker)
        page = page_of(client)
        assert [said.startswith(in_french(words)) for said in note(page)] == ([True] if words else []), field
        assert robots(page) == (["noindex, follow"] if words else [])


@pytest.mark.parametrize("is_hidden", [True, False])
def test_page_in_english_is_not_offered_as_one_in_another_language(client, pilot, settings, is_hidden):
    settings.HIDE_UNCHECKED_TRANSLATIONS = is_hidden
    if is_hidden:
        translate(pilot, MACHINE, **WHOLE)
    for address in ("/fr/pilots/one/", "/fr/pilots/", "/fr/"):
        page = page_of(client, address)
        assert (robots(page), alternates(page), note(page)) == (["noindex, follow"], [], []), address
        assert alternates(page_of(client, address.removeprefix("/fr"))) == ["en", "x-default"], address
    for part in ("pilots", "authorities", "sources", "activities", "countries"):
        assert "/fr/" not in client.get(f"/sitemap-{part}.xml").content.decode(), part
    for address in ("/fr/privacy/", "/fr/about/"):
        assert robots(page_of(client, address)) == [], address
    with override("en"):
        translate(PublishedPilotFactory(slug="two", title="Two"), CHECKED, title="Deux")
    assert robots(page_of(client, "/fr/pilots/")) == robots(page_of(client, "/fr/pilots/two/")) == []
    assert robots(page_of(client)) == ["noindex, follow"]


def test_term_of_the_glossary_counts_on_its_page(client):
    term = GlossaryTermFactory()
    assert robots(page_of(client, "/fr/glossary/")) == ["noindex, follow"]
    with override("en"):
        term.create_translation("fr", term="Terme", meaning="Sens")
    assert (robots(page_of(client, "/fr/glossary/")), len(note(page_of(client, "/fr/glossary/")))) == (
        ["noindex, follow"],
        1,
    )
    text = term.translations.get(language_code="fr")
    text.provenance = {"term": CHECKED, "meaning": CHECKED}
    text.save()
    assert robots(page_of(client, "/fr/glossary/")) == []


def test_further_reading_counts_on_the_pages_that_show_it(client, pilot):
    translate(pilot, CHECKED, **WHOLE)
    work = FurtherReadingFactory(country=pilot.authority.country)
    country = f"/countries/{pilot.authority.country}/"
    work.create_translation("fr", covers="Contenu")
    assert (robots(page_of(client, f"/fr{country}")), robots(page_of(client))) == (["noindex, follow"], [])
    assert f"/fr{country}" not in client.get("/sitemap-countries.xml").content.decode()
    work.translations.filter(language_code="fr").update(provenance={"covers": CHECKED})
    assert robots(page_of(client, f"/fr{country}")) == []
    assert f"/fr{country}" in client.get("/sitemap-countries.xml").content.decode()


def test_missing_text_is_marked_with_its_language_and_its_state(client, pilot):
    translate(pilot, CHECKED, title="Titre", summary="Résumé")
    page = page_of(client)
    assert [node.text for node in page.all("p") if node.get("lang") == "en"] == ["Results"]
    assert len(states(page)) == 1
    assert "anglais" in states(page)[0]


def test_text_that_the_english_left_behind_says_how_far(client, pilot):
    translate(pilot, CHECKED, **WHOLE)
    english = pilot.translations.get(language_code="en")
    english.summary, english.results = "Another summary", "Results, in other words"
    english.provenance = {"results": {"same_meaning": [fingerprint("Results")]}}
    english.save()
    page = page_of(client)
    meaning, wording = states(page)
    assert meaning != wording
    links = [link["href"] for node in page.all("p") if node.get("class") == "text-state" for link in node.all("a")]
    assert links == ["/pilots/one/#summary", "/pilots/one/#results"]


def test_card_marks_a_summary_in_another_language(client, pilot):
    translate(pilot, CHECKED, title="Titre")
    page = page_of(client, "/fr/pilots/")
    assert [node.text for node in page.all("span") if node.get("class") == "text-state"] != []


# The switch that hides what nobody checked


def test_hidden_translation_is_on_no_page_and_nobody_is_warned(client, pilot, settings):
    settings.HIDE_UNCHECKED_TRANSLATIONS = True
    translate(pilot, MACHINE, **WHOLE)
    page = page_of(client)
    assert (note(page), robots(page)) == ([], ["noindex, follow"])
    assert page.one("h1").text.strip() == "Title"
    assert "Titre" not in client.get("/fr/pilots/").content.decode()


def test_hidden_is_only_what_nobody_checked(client, pilot, settings):
    settings.HIDE_UNCHECKED_TRANSLATIONS = True
    translate(pilot, MACHINE, **WHOLE)
    text = PilotTranslation.objects.get(master=pilot, language_code="fr")
    text.provenance["title"] = CHECKED | {"of": fingerprint("Title")}
    text.save()
    said = re.sub(r"\s+", " ", client.get("/fr/pilots/one/").content.decode())
    assert "Titre" in said
    assert "Résumé" not in said
    assert Pilot.objects.published().count() == 1

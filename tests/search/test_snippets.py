"""Snippets: why an entry was found, where its card does not show it; escaped, marked, in the language of the text."""

import pytest

from pilots.models import Pilot
from pilots.search.engine import search
from pilots.search.highlight import excerpt
from pilots.search.snippets import found_in
from tests import factories
from tests.factories import LessonFactory, PassageFactory, PublishedPilotFactory

pytestmark = pytest.mark.django_db
# Words are compared in Python; tests/search/test_queries.py looks for them on both.
DATABASES = ("sqlite",)


def snippets(words: str) -> list[tuple[str, str]]:
    """Return label and text of every snippet that a search gives."""
    found = search(words)
    return [
        (snippet.label, snippet.text)
        for some in found_in(found, Pilot.objects.filter(pk__in=found.ids)).values()
        for snippet in some
    ]


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("zizkov", "in <mark>Žižkov</mark>, a quarter"),
        ("quarters", "a <mark>quarter</mark>"),
        ("quar", "a <mark>quarter</mark>"),
        ("lhospitalet", "of <mark>L’Hospitalet</mark>"),
        ('"a quarter of"', "<mark>a quarter of</mark>"),
    ],
)
def test_words_are_marked_as_they_were_found(words, marked):
    PublishedPilotFactory(background="It was in Žižkov, a quarter of L’Hospitalet.")
    [(label, text)] = snippets(words)
    assert label == "Background"
    assert marked in text


def test_item_of_the_profile_is_found_and_named():
    PassageFactory(pilot=PublishedPilotFactory(cost="The room in Žižkov cost 200 euros."), about="cost")
    PublishedPilotFactory(cost="Žižkov, not stated and so not shown.")
    assert len(search("zizkov").ids) == 1
    [(label, text)] = snippets("zizkov")
    assert label == "Cost"
    assert "in <mark>Žižkov</mark> cost 200 euros" in text


def test_what_the_card_shows_needs_no_snippet():
    PublishedPilotFactory(title="Žižkov", summary="A workshop.", background="Žižkov and a workshop.")
    assert snippets("zizkov workshop") == []


def test_text_is_escaped_and_cut_between_words():
    PublishedPilotFactory(results=f"{'before ' * 40}<script>alert('here')</script> & {'after ' * 40}")
    [(_label, text)] = snippets("alert")
    assert "&lt;script&gt;<mark>alert</mark>(&#x27;here&#x27;)&lt;/script&gt; &amp;" in text
    assert text.startswith("… before ")
    assert text.endswith(" after …")
    assert len(text) < 300


def test_lessons_and_values_say_what_they_are():
    pilot = PublishedPilotFactory(audiences=[factories.AudienceFactory(name="Žižkov officers")])
    LessonFactory(pilot=pilot, number=3, text="Patience helps.")
    assert snippets("patience zizkov") == [
        ("Lesson 3", "<mark>Patience</mark> helps."),
        ("Audiences", "<mark>Žižkov</mark> officers"),
    ]


def test_other_language_is_said_and_comes_after_what_the_page_shows():
    pilot = PublishedPilotFactory(background="An atelier.")
    pilot.create_translation("fr", title="Titre", results="Un atelier et une équipe.")
    found = search("atelier equipe")
    [some] = found_in(found, Pilot.objects.filter(pk__in=found.ids)).values()
    assert [(snippet.label, snippet.language) for snippet in some] == [("Background", ""), ("Results", "fr")]


def test_snippets_are_on_the_cards_of_the_list(client):
    PublishedPilotFactory(background="It was in Žižkov.")
    assert "in <mark>Žižkov</mark>." in client.get("/pilots/?q=zizkov").content.decode()
    assert "<mark>" not in client.get("/pilots/").content.decode()


def test_what_is_looked_for_is_marked_on_the_card_itself(client):
    partner = factories.PartnerFactory(name="Žižkov <i>House</i>")
    PublishedPilotFactory(title="In Žižkov", summary="A zizkov.", partners=[partner], authority__country="FR")
    page = client.get("/pilots/?q=zizkov+france").content.decode()
    assert ">In <mark>Žižkov</mark></a></h2>" in page
    assert "A <mark>zizkov</mark>." in page
    assert "<mark>Žižkov</mark> &lt;i&gt;House&lt;/i&gt;" in page
    assert '<span class="card-country"><mark>France</mark></span>' in page
    assert "<mark>" not in client.get("/pilots/?q=house&sort=newest").content.decode().partition("zizkov.")[0]


def test_lessons_are_marked_in_all_paragraphs(client):
    LessonFactory(pilot=PublishedPilotFactory(), text="Trust <comes> first.\n\nThen more trust & time.")
    page = client.get("/lessons/?q=trust").content.decode()
    assert "<mark>Trust</mark> &lt;comes&gt; first." in page
    assert "Then more <mark>trust</mark> &amp; time." in page
    assert "<mark>" not in client.get("/lessons/").content.decode()


def test_lesson_found_by_what_its_pilot_is_called_says_so(client):
    authority = factories.AuthorityFactory(name="Prison service")
    pilot = PublishedPilotFactory(authority=authority, background="A prison.", summary="A prison.")
    LessonFactory(pilot=pilot, number=1, text="Patience helps.")
    LessonFactory(pilot=pilot, number=2, text="Prison is hard.")
    page = client.get("/lessons/?q=prison").content.decode()
    assert page.count("<mark>Prison</mark> service") == 1
    assert page.count("<mark>") == 2


@pytest.mark.parametrize(
    "text",
    [
        "Verkligheten på kriminalvårdsanstalterna " * 6 + "avhopparverksamhet" + " och kriminalvårdsanstalterna" * 6,
        "one\ntwo\tthree " * 20 + "avhopparverksamhet" + " four\nfive\tsix" * 20,
    ],
)
def test_excerpt_begins_and_ends_with_whole_words(text: str) -> None:
    first = text.index("avhopparverksamhet")
    shown = excerpt(text, [(first, first + len("avhopparverksamhet"))]).replace("<mark>", "").replace("</mark>", "")
    inside = shown.removeprefix("… ").removesuffix(" …")
    assert set(inside.split()) <= set(text.split())
    assert 100 < len(inside) < 200


def test_excerpt_of_words_without_blanks_is_cut_all_the_same() -> None:
    assert len(excerpt("x" * 500 + "y" + "x" * 500, [(500, 501)])) < 200

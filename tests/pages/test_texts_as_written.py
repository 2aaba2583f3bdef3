"""Line breaks and lists of texts are shown as such, marked and linked like any other words."""

import pytest
from django.test import Client
from django.utils.safestring import mark_safe
from django.utils.translation import override

from pilots.search.expression import Phrase
from pilots.search.highlight import Highlighter, marked
from pilots.templatetags.texts import in_blocks
from tests.factories import GlossaryTermFactory, LessonFactory, PublishedPilotFactory

LIST = "They learnt:\x0b\uf0b7\tto listen\n\uf0b7\tto ask\n\nThen <they> went."
SHOWN = (
    '<p>They learnt:</p>\n<ul class="text-list"><li>to listen</li><li>to ask</li></ul>\n<p>Then &lt;they&gt; went.</p>'
)

BLOCKS = [
    ("", ""),
    ("one", "<p>one</p>"),
    ("one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>"),
    ("- one\n- two", '<ul class="text-list"><li>one</li><li>two</li></ul>'),
    ("– un\nafter", '<ul class="text-list"><li>un</li></ul>\n<p>after</p>'),
    ("-one\n–", "<p>-one<br>\n–</p>"),
    (" \n\n" * 5_000 + "one", "<p>one</p>"),
]


@pytest.mark.parametrize(("words", "shown"), BLOCKS, ids=range(len(BLOCKS)))
def test_lines_and_lists_are_told_apart(words: str, shown: str) -> None:
    assert in_blocks(mark_safe(words), "en") == shown


def test_blocks_of_another_language_say_so() -> None:
    with override("en"):
        shown = in_blocks(mark_safe("• un\ndeux"), "fr")
    assert shown == '<ul class="text-list" lang="fr"><li>un</li></ul>\n<p lang="fr">deux</p>'


def test_phrase_across_two_lines_is_marked_in_both() -> None:
    looked = Highlighter.of(Phrase(("probation", "service"), prefix=False))
    shown = in_blocks(marked("the probation\nservice", "en", looked), "en")
    assert shown == "<p>the <mark>probation</mark><br>\n<mark>service</mark></p>"


@pytest.mark.django_db
def test_every_page_shows_a_list_as_a_list(client: Client) -> None:
    pilot = PublishedPilotFactory(slug="one", summary=LIST, results=LIST)
    LessonFactory(pilot=pilot, text=LIST)
    other = PublishedPilotFactory(slug="two")
    page = client.get(pilot.get_absolute_url()).content.decode()
    assert page.count(SHOWN) == 3
    heading, rest = SHOWN.removeprefix("<p>").split("</p>\n", 1)
    lessons = client.get("/lessons/").content.decode()
    assert (lessons.count(f">{heading}</a></h3>"), lessons.count(rest)) == (1, 1)
    assert client.get(f"/compare/?pilot=one&pilot={other.slug}").content.decode().count(SHOWN) == 3
    assert "They learnt:<br>\n• to listen<br>\n• to ask" in client.get("/pilots/").content.decode()
    marks = client.get("/pilots/?q=listen").content.decode()
    assert "They learnt:<br>\n• to <mark>listen</mark><br>\n• to ask" in marks


@pytest.mark.django_db
def test_term_is_linked_in_a_list_and_its_meaning_breaks_no_tag(client: Client) -> None:
    GlossaryTermFactory(slug="mar", term="MAR", meaning="One.\n\n- Two.")
    pilot = PublishedPilotFactory(results="• The MAR\n• and more")
    page = client.get(pilot.get_absolute_url()).content.decode()
    assert '<li>The <a class="term" href="#word-mar" title="One.  - Two.">MAR</a></li><li>and more</li>' in page
    assert "One.<br>\n<br>\n- Two." in page

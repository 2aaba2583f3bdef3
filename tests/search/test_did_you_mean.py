"""Did you mean: another spelling of a search that finds nothing, if it finds something public."""

import pytest
from pyroaring import BitMap

from pilots.search.did_you_mean import suggestion
from pilots.search.engine import search, search_lessons
from pilots.search.tables import Fts5, Tsvector
from tests import factories
from tests.factories import LessonFactory, PublishedPilotFactory
from tests.pages.reading import read

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("nine_pilots")
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("avigon", "Avignon"),
        ("rotterdan", "Rotterdam"),
        ("malga", "Málaga"),
        ("probtion oficers", "probation officers"),
        ("swedn", "Sweden"),
        ("clychy-sous-bois", "Clichy-sous-Bois"),
        ('"risk asessment"', '"risk assessment"'),
        ("traning -prison", "training -prison"),
        ("d’integration", "reintegration"),
        ("d’Avigon", "Avignon"),
        ("trianing", "training"),
        ("mentoring", ""),
        ("right-wing", ""),
        ("policia municpal", "police municipal"),
        ("avignon", ""),
        ("avignon stockholm", ""),
        ("qqqqqqq", ""),
        ("-avigon", ""),
        ("🙂 ***", ""),
    ],
)
def test_misspelt_words_in_the_nine_pilots(typed, meant):
    assert suggestion(search(typed)).casefold() == meant.casefold()


@pytest.mark.parametrize("status", ["draft", "in-review", "archived"])
def test_words_of_hidden_pilots_are_never_suggested(status):
    activity = factories.ActivityTypeFactory(name="Brdlewicz")
    pilot = PublishedPilotFactory(title="Žižkovitz", activity_types=[activity], authority__country="FI")
    assert [suggestion(search(words)) for words in ("zizkowitz", "brdlevicz", "finnland")] == [
        "Žižkovitz",
        "Brdlewicz",
        "Finland",
    ]
    type(pilot).objects.filter(pk=pilot.pk).update(status=status)
    assert [suggestion(search(words)) for words in ("zizkowitz", "brdlevicz", "finnland")] == ["", "", ""]


def test_only_what_finds_some_of_the_given_pilots_is_suggested():
    pilot = PublishedPilotFactory(title="Žižkovitz")
    assert suggestion(search("zizkowitz"), BitMap([pilot.pk])) == "Žižkovitz"
    assert suggestion(search("zizkowitz"), BitMap([pilot.pk + 1])) == ""


def test_lessons_have_suggestions_of_their_own():
    LessonFactory(pilot=PublishedPilotFactory(background="Stubbornness."), text="Patience helps.")
    assert suggestion(search_lessons("patiance")) == "Patience"
    assert suggestion(search_lessons("stubornness")) == ""
    assert suggestion(search("stubornness")) == "Stubbornness"


def test_page_leads_to_the_suggestion_and_keeps_what_was_chosen(client):
    PublishedPilotFactory(title="Žižkovitz", authority__country="SE")
    page = read(client.get("/pilots/?q=zizkowitz&country=SE"))
    link = page.one("p", class_="did-you-mean").one("a")
    assert (link.text, link["href"]) == ("Žižkovitz", "/pilots/?q=%C5%BDi%C5%BEkovitz&country=SE")


def test_without_trigrams_words_are_still_suggested_by_their_beginning(monkeypatch):
    for tables in (Fts5, Tsvector):
        monkeypatch.setattr(tables, "alike", lambda *_: None)
    PublishedPilotFactory(title="Žižkovitz")
    assert suggestion(search("zizkowitz")) == "Žižkovitz"


def test_suggestion_has_a_capital_only_where_every_text_has_one():
    PublishedPilotFactory(title="The Municipal Police of Žižkov-sur-Mer", summary="A municipal matter.")
    factories.ActivityTypeFactory(name="Municipal meetings")
    assert suggestion(search("municpal")) == "municipal"
    assert suggestion(search("zizkow-sur-mer")) == "Žižkov-sur-mer"

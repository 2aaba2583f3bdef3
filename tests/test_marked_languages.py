"""Words in another language than the page's are marked with it, and with no other."""

import pickle

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from pilots.browse.classification import values_by_pilot
from pilots.models.marked_text import MarkedText, pieces
from pilots.workflow.batches import PlannedWrite
from tests import factories
from tests.pages.reading import Element, read
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
# Pages are made by the same Python.
DATABASES = ("sqlite",)


@pytest.fixture
def _swedish() -> None:
    """A pilot of an agency of which nothing is translated."""
    agency = factories.AuthorityFactory(
        slug="agency", name="Agency of Care", place="Sollentuna", country="SE", kind="national-agency"
    )
    factories.PublishedPilotFactory(slug="care", title="Care", authority=agency)


def test_what_a_difference_says_aloud_is_in_the_language_of_the_page() -> None:
    pieces = [{"kind": kind, "text": "risk"} for kind in ("removed", "added")]
    with override("sv"):
        shown = [render_to_string("admin/pilots/pilot/diff_part.html", {"piece": piece}) for piece in pieces]
    assert all('<span class="visually-hidden" lang="sv">' in part for part in shown)


@pytest.mark.parametrize("path", ["pilots/care/cite/", "cite/"])
@pytest.mark.usefixtures("_swedish")
def test_citations_are_in_english_on_every_page(path: str) -> None:
    texts = read(visitor().get(f"/fr/{path}")).all("textarea")
    assert texts
    assert {text["lang"] for text in texts} == {"en"}


@pytest.mark.usefixtures("_swedish")
def test_a_place_without_a_translation_is_not_said_to_be_english() -> None:
    factories.LessonFactory(pilot=factories.PilotFactory._meta.model.objects.get(slug="care"), text="Listen")
    spans = [span for span in read(visitor().get("/fr/lessons/")).all("span") if span.text == "Sollentuna"]
    assert spans
    assert {span.get("lang", "-") for span in spans} - {"-", ""} == set()


@pytest.mark.usefixtures("_swedish")
def test_a_suggested_place_is_not_said_to_be_english_either() -> None:
    suggested = visitor().get("/fr/suggest/?q=care").json()["suggestions"]
    said = {one["address"]: (one["language"], one["detail"], one["detail_language"]) for one in suggested}
    assert said["/fr/pilots/care/"] == ("en", "Sollentuna", "")
    assert said["/fr/authorities/agency/"] == ("", "Agency of Care", "en")


NAMES = ("Agency of Care", "walks", "sitters", "walkers", "first steps", "Friends", "staff of the ward")


@pytest.fixture
def care() -> None:
    """A pilot of which nothing is translated, with a value of every kind."""
    values = {
        "activity_types": [factories.ActivityTypeFactory(name="walks")],
        "target_groups": [factories.TargetGroupFactory(name="sitters")],
        "audiences": [factories.AudienceFactory(name="walkers")],
        "stages": [factories.StageFactory(name="first steps")],
        "partners": [factories.PartnerFactory(name="Friends", original_name="Vänner", original_language="sv")],
    }
    agency = factories.AuthorityFactory(name="Agency of Care", kind="national-agency")
    pilot = factories.PublishedPilotFactory(slug="care", authority=agency, **values)
    factories.PassageFactory(pilot=pilot, about="activity_types", value=values["activity_types"][0].slug, passage="2")
    factories.OrganisationInvolvedFactory(pilot=pilot, name="Protection de la Jeunesse (PJ), Paris", passage="3")
    factories.KeyFigureFactory(pilot=pilot, label="staff of the ward", passage="4")
    factories.GlossaryTermFactory(term="PJ", original="Protection de la Jeunesse", original_language="fr")


def languages_of(page: Element, name: str) -> set[str]:
    """The languages that the words of a name are in wherever they stand in the text of a page."""
    places = [part for part in page if any(isinstance(inside, str) and name in inside for inside in part.content)]
    return {language_at(part) for part in places if part.tag not in {"title", "script", "option", "textarea"}}


def language_at(element: Element) -> str:
    while element.parent and "lang" not in element.attributes:
        element = element.parent
    return element.get("lang")


@pytest.mark.parametrize(
    ("path", "part"),
    [("pilots/care/", "main"), ("compare/?pilot=care&pilot=other", "table"), ("shortlist/?keep=care", "main")],
)
@pytest.mark.usefixtures("care")
def test_names_that_are_not_translated_are_marked_wherever_they_stand(path: str, part: str) -> None:
    factories.PublishedPilotFactory(slug="other")
    parts = read(visitor().get(f"/fr/{path}")).all(part)
    found = {name: set().union(*(languages_of(one, name) for one in parts)) for name in NAMES}
    assert found.pop("staff of the ward") <= {"en"}  # the shortlist shows no figures
    assert found.pop("Friends") == {"sv"}
    assert set().union(*found.values()) == {"en"}


@pytest.mark.usefixtures("care")
def test_names_in_the_facts_of_a_draft_are_marked_too() -> None:
    pilot = factories.PilotFactory._meta.model.objects.get(slug="care")
    with override("fr"):
        values = values_by_pilot([pilot.pk])[pilot.pk]
    assert [list(pieces(name)) for name in values["activity"].values()] == [[("walks", "en")]]
    assert [list(pieces(name)) for name in values["partner"].values()] == [[("Friends", "sv")]]


@pytest.mark.parametrize(
    ("path", "part"), [("pilots/care/", "dl"), ("pilots/care/", "table"), ("compare/?pilot=care&pilot=other", "table")]
)
@pytest.mark.usefixtures("care")
def test_words_that_a_term_stands_for_are_in_its_language(path: str, part: str) -> None:
    factories.PublishedPilotFactory(slug="other")
    organisation = factories.OrganisationInvolvedFactory._meta.model.objects.get()
    organisation.create_translation("sv", name="Protection de la Jeunesse (PJ), Paris")
    parts = read(visitor().get(f"/sv/{path}")).all(part)
    assert {"fr"} == set().union(*(languages_of(one, "Protection de la Jeunesse") for one in parts))
    assert {"sv"} == set().union(*(languages_of(one, " (PJ), Paris") for one in parts))


def test_names_are_cut_out_of_a_sentence_in_their_order() -> None:
    names = (MarkedText("care", "en"), MarkedText("not there", "en"), MarkedText("FACE", ""))
    with override("fr"):
        cut = list(pieces("de care avec FACE", names))
    assert [piece for piece in cut if piece[0]] == [("de ", "fr"), ("care", "en"), (" avec ", "fr"), ("FACE", "")]
    assert pickle.loads(pickle.dumps(names[0])).language == "en"


@pytest.mark.parametrize("part", ["import_names", "import_changed"])
def test_titles_in_the_preview_of_an_import_are_marked(part: str) -> None:
    title = PlannedWrite({"texts": {"fr": {"title": "Titre"}, "en": {"title": "Care"}}}).title
    verdict = {"title": title, "slug": "care", "number": 2}
    with override("fr"):
        shown = render_to_string(
            f"admin/pilots/pilot/{part}.html", {"verdicts": [verdict], "changed": [(verdict, [])], "heading": ""}
        )
    assert '<span lang="en">Care</span>' in shown

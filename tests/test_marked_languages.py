"""Words in another language than the page's are marked with it, and with no other."""

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from tests import factories
from tests.pages.reading import read
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

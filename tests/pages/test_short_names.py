"""What a pilot is called in short: by the place of its town or region, by the name of an agency."""

import pytest

from tests.factories import AuthorityFactory, LessonFactory, PublishedPilotFactory
from tests.pages.reading import read

pytestmark = pytest.mark.django_db
# Pages are made by the same Python; tests/test_leaks.py asks for each on both.
DATABASES = ("sqlite",)

TOWN, AGENCY = "Sampletown", "Sample Prison Service"


@pytest.fixture(autouse=True)
def pilots():
    """Two pilots in one place: of the town, and of an agency there."""
    town = AuthorityFactory(slug="town", name=f"Municipality of {TOWN}", place=TOWN)
    agency = AuthorityFactory(slug="agency", name=AGENCY, place=TOWN, kind="national-agency")
    for authority in (town, agency):
        pilot = PublishedPilotFactory(slug=f"of-{authority.slug}", title=f"Title {authority.slug}", authority=authority)
        LessonFactory(pilot=pilot, number=1)


@pytest.fixture
def visit(client):
    """A function from an address to the main part of its page."""
    return lambda address: read(client.get(address)).one("main")


def test_comparison_tells_them_apart_in_heading_columns_and_choice(visit):
    page = visit("/compare/?pilot=of-town&pilot=of-agency")
    assert page.one("h1").text == f"{TOWN} and {AGENCY} compared"
    assert page.texts("span", class_="compare-place") == [TOWN, AGENCY] * 2
    offered = [option.text for option in visit("/compare/").all("select")[0].all("option")][1:]
    assert offered == [f"{AGENCY}: Title agency", f"{TOWN}: Title town"]


def test_related_pilot_is_compared_with_by_the_name_of_its_authority(visit, monkeypatch):
    monkeypatch.setattr(
        "pilots.pages.pilot.detail.like", lambda pk, public: [other for other in public.public if other != pk]
    )
    for slug, name in (("of-town", AGENCY), ("of-agency", TOWN)):
        link = visit(f"/pilots/{slug}/").one("a", class_="compare-with")
        assert link.text.startswith(f"Compare with {name}:")


def test_chips_and_ways_on_tell_them_apart(visit):
    page = visit("/pilots/of-town/?keep=of-town&keep=of-agency")
    chips = page.one("section", class_="shortlist").texts("a", class_="chip")
    assert [chip.partition(",")[0] for chip in chips] == [TOWN, AGENCY]
    assert f"{AGENCY}: Title agency" in page.one("nav", class_="way-on").text


def test_lessons_tell_them_apart_and_say_where(visit):
    cards = {card.one("span", class_="lesson-name").text: card for card in visit("/lessons/").all("article")}
    assert set(cards) == {f"{TOWN}, lesson 1", f"{AGENCY}, lesson 1"}
    assert cards[f"{AGENCY}, lesson 1"].one("span", class_="lesson-country").text == f"{TOWN} · France"
    assert cards[f"{TOWN}, lesson 1"].one("span", class_="lesson-country").text == "France"
    marked = visit(f"/lessons/?q={TOWN}").texts("mark")
    assert marked == [TOWN, TOWN]

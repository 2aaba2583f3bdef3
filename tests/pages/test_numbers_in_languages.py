"""Sentences of two numbers are chosen by how many there are, not by the total: “1 projet pilote sur 9”."""

import pytest
from django.utils import translation

from pilots.browse import partnerships, wording
from pilots.browse.lessons import LessonWording
from pilots.browse.wording import PilotWording, Split
from pilots.pages import network
from tests.pages.reading import read
from tests.visitors import visitor


@pytest.fixture
def says(monkeypatch):
    """What a language that counts says has “one:” or “many:” before it."""

    def tell(one, many, number):
        return f"one: {one}" if number == 1 else f"many: {many}"

    for place in (wording, partnerships, network, translation):
        monkeypatch.setattr(place, "ngettext", tell)


@pytest.mark.usefixtures("says")
@pytest.mark.parametrize(("count", "form"), [(0, "many"), (1, "one"), (2, "many")])
def test_part_of_a_total_is_chosen_by_the_part(count, form):
    assert PilotWording().part(count, 9) == f"{form}: {count} of 9 pilots"
    said = LessonWording().part(Split(count, count), Split(9, 9))
    assert said == f"{form}: {count} of 9 lessons and {form}: {count} of 9 working methods"


def test_total_of_one_is_told_in_the_singular():
    assert PilotWording().part(0, 1) == "0 of 1 pilot"
    assert LessonWording().part(Split(0, 0), Split(1, 1)) == "0 of 1 lesson and 0 of 1 working method"


@pytest.mark.django_db
@pytest.mark.usefixtures("nine_pilots", "says")
def test_pages_choose_by_the_part_too():
    assert read(visitor().get("/partners/?country=SE")).one("h1").text.startswith("one: 1 of ")
    page = read(visitor().get("/pilots/swedish-prison-and-probation-service/"))
    [heading] = [node.text for node in page.all("h2") if "To do this yourself" in node.text]
    stated = heading.split(" states ")[1].split(" of ")[0]
    assert heading.startswith("one: " if stated == "1" else "many: ")


@pytest.mark.django_db
@pytest.mark.usefixtures("nine_pilots")
def test_menu_has_its_verb_and_its_number_in_one_message(monkeypatch):
    dutch = {"Take away %(amount)s": "%(amount)s meenemen"}
    monkeypatch.setattr(translation, "gettext", lambda words: dutch.get(words, words))
    for address, amount in (
        ("/compare/?pilot=avignon&pilot=malaga", "2 pilots"),
        ("/pilots/?country=SE", "1 of 9 pilots"),
    ):
        menu = read(visitor().get(address)).one("details", class_="take-away")
        assert menu.one("summary").text == f"{amount} meenemen"

"""The map as SVG: links with names, sizes, groups, cards, nothing inline, light."""

import gzip
import random
import re

import pytest

from pilots.pictures.map import draw_map, lay_out
from tests.pages.reading import Element, read
from tests.pictures.places import AVIGNON, CAYENNE, CLICHY, NOWHERE, SARCELLES, SOLLENTUNA, place

NORDIC = place(
    "oslo",
    59.9,
    10.7,
    count=4,
    country="NO",
    country_name="Norway",
    titles=(("A", ""), ("B", "en"), ("C", ""), ("D", "")),
)


def drawn(*places, **options) -> Element:
    return read(draw_map(lay_out(places), "Pilots in Europe", **options)).one("svg", class_="map")


def layer(drawing: Element, name: str = "map-wide") -> Element:
    return drawing.one("svg", class_=name)


def names(drawing: Element) -> list[str]:
    return [link["aria-label"] for link in layer(drawing).all("a")]


def test_map_is_a_named_group_of_links():
    drawing = drawn(AVIGNON, SOLLENTUNA)
    assert (drawing["role"], drawing["aria-label"]) == ("group", "Pilots in Europe")
    assert names(drawing) == ["Avignon, France: 1 pilot", "Sollentuna, Sweden: 1 pilot"]
    assert layer(drawing).hrefs() == ["#place-avignon", "#place-sollentuna"]


def test_labels_do_not_run_together_where_only_text_is_shown():
    assert {"Avignon", "Sollentuna"} <= set(layer(drawn(AVIGNON, SOLLENTUNA)).one("g").text.split())
    assert {"2", CLICHY.name.split()[0]} <= set(layer(drawn(CLICHY, SARCELLES, AVIGNON)).one("g").text.split())


def test_both_layers_lead_to_the_same_places():
    drawing = drawn(AVIGNON, SOLLENTUNA)
    assert layer(drawing, "map-narrow").hrefs() == layer(drawing, "map-wide").hrefs()


def test_links_stand_in_the_order_of_the_places():
    assert names(drawn(SOLLENTUNA, NORDIC, AVIGNON))[0] == "Sollentuna, Sweden: 1 pilot"


def test_group_is_one_link_that_names_its_places_and_their_numbers():
    drawing = drawn(AVIGNON, CLICHY, SARCELLES)
    assert names(drawing)[1] == "2 places close together: Clichy-Sous-Bois (1 pilot), Sarcelles (1 pilot)"
    assert layer(drawing).hrefs("#group-") == ["#group-clichy-sous-bois-and-1"]


def test_group_on_a_small_map_leads_to_the_page_of_the_large_one():
    assert layer(drawn(CLICHY, SARCELLES, groups_at="/map/")).hrefs() == ["/map/#group-clichy-sous-bois-and-1"]


def test_large_group_names_its_largest_places_and_counts_the_others():
    suburbs = [place(f"suburb-{number}", 48.9, 2.4 + number / 100, count=9 - number) for number in range(8)]
    (name,) = names(drawn(*suburbs))
    assert name.startswith("8 places close together: Suburb-0 (9 pilots), Suburb-1 (8 pilots)")
    assert name.endswith(", and 3 more")


def test_number_stands_in_the_circle_unless_it_is_one():
    assert layer(drawn(AVIGNON, NORDIC)).texts("text", class_="map-number") == ["4"]


def test_larger_number_has_the_larger_circle():
    one, four = (float(c["r"]) for c in layer(drawn(AVIGNON, NORDIC)).all("circle", class_="map-circle"))
    assert four > one


def test_group_has_a_ring_around_it_so_that_colour_and_size_are_not_its_only_sign():
    assert len(layer(drawn(AVIGNON, CLICHY, SARCELLES)).all("circle", class_="map-ring")) == 1


def test_card_says_where_how_many_and_what():
    card = layer(drawn(AVIGNON)).one("div", class_="map-card")
    assert card.text == "Avignon France · 1 pilot Pilot of avignon"
    assert layer(drawn(NORDIC)).one("div", class_="map-card").texts("li") == ["A", "B", "C", "and 1 more"]


def test_card_of_a_group_lists_its_places():
    card = layer(drawn(CLICHY, SARCELLES)).one("div", class_="map-card")
    assert card.texts("li") == ["Clichy-Sous-Bois · 1 pilot", "Sarcelles · 1 pilot"]


def test_cards_stay_between_left_and_right_and_open_towards_the_middle():
    drawing = drawn(place("west", 38, -9), place("east", 60, 24))
    for link in layer(drawing).all("a"):
        across, down = (float(link.one("svg")[side].rstrip("%")) / 100 for side in ("x", "y"))
        room = link.one("foreignobject")
        for width in (288, 832):
            left = across * width + float(room["x"])
            assert 0 <= left <= left + float(room["width"]) <= width
        assert (float(room["y"]) > 0) == (down < 0.5)


def test_circles_are_painted_before_every_link_so_that_none_hides_a_card():
    for name in ("map-wide", "map-narrow"):
        kinds = [part["class"] if part.tag == "circle" else part.tag for part in layer(drawn(AVIGNON, NORDIC), name)]
        last_circle = max(place for place, kind in enumerate(kinds) if kind == "map-circle")
        assert last_circle < kinds.index("a")


def test_what_is_for_the_eye_only_is_hidden_from_screen_readers():
    drawing = drawn(AVIGNON)
    assert drawing.one("svg", class_="map-land")["aria-hidden"] == "true"
    assert layer(drawing).one("g", **{"aria-hidden": "true"}).texts("text") == ["Avignon"]


def test_countries_with_pilots_are_set_off_also_without_a_position():
    shaded = drawn(AVIGNON, place("nowhere-in-spain", None, None, country="ES")).one("path", class_="map-here")["d"]
    assert shaded != drawn(AVIGNON).one("path", class_="map-here")["d"]


def test_only_land_in_view_is_drawn():
    assert len(draw_map(lay_out([AVIGNON]), "")) < len(draw_map(lay_out([]), "")) / 2


def test_map_without_a_place_shows_europe_and_no_link():
    drawing = drawn()
    assert drawing.one("svg", class_="map-land")["viewbox"] == "0 0 5250 4200"
    assert drawing.all("a") == []


def test_places_without_a_mark_are_not_linked():
    assert names(drawn(AVIGNON, NOWHERE, CAYENNE)) == ["Avignon, France: 1 pilot"]


def test_texts_are_escaped():
    hostile = place("hostile", 48, 2, titles=(("<script>alert(1)</script>", ""),), country_name='"><b>')
    svg = draw_map(lay_out([hostile]), '"><i>')
    assert "<script>" not in svg
    assert "<i>" not in svg
    assert '"><b>' not in svg


def test_nothing_is_inline_and_ids_are_left_to_the_page():
    svg = draw_map(lay_out([AVIGNON, CLICHY, SARCELLES]), "")
    assert not re.search(r'\s(style|on\w+|id|fill|stroke)="', svg)


def test_same_places_make_the_same_map():
    assert draw_map(lay_out([AVIGNON, CLICHY]), "") == draw_map(lay_out([AVIGNON, CLICHY]), "")


@pytest.mark.parametrize(("fine", "limit"), [(True, 20_000), (False, 16_000)])
def test_map_of_five_hundred_pilots_is_light(fine, limit):
    dice = random.Random(7)
    places = [
        place(f"place-{n}", dice.uniform(36, 66), dice.uniform(-9, 35), titles=((f"Title number {n} of a pilot", ""),))
        for n in range(500)
    ]
    assert len(gzip.compress(draw_map(lay_out(places), "", fine=fine).encode())) <= limit

"""Who worked with whom, drawn: links with names, in their places, whatever the names are."""

import re
from itertools import pairwise
from random import Random

import pytest

from pilots.pictures.network import NARROW, SLOT, WIDE, draw
from pilots.pictures.ties import Network
from tests.pages.reading import read
from tests.pictures.networks import HEADS, TOOK_PART, drawn, lines_of_nine, network

BOTH = pytest.mark.parametrize("frame", [WIDE, NARROW], ids=["wide", "narrow"])
NINE = network(lines_of_nine(), otherwise=[TOOK_PART])
HOSTILE = "</title></svg><script>alert(1)</script>\" onload='alert(2)' & {} %s " * 4
MANY = network([(f"p{n % 7}", f"a{n * n % 11}") for n in range(40)])


def names(picture, kind):
    return {link["href"].split("/")[2]: link for link in picture.all("a", class_=f"network-{kind}")}


def middle_and_height(link):
    ring = link.one("rect", class_="network-ring")
    return float(ring["y"]) + float(ring["height"]) / 2, float(ring["height"]) - 8


def ends(link):
    """How far down a line starts and ends."""
    numbers = [float(number) for number in re.findall(r"[\d.]+", link.all("path")[-1]["d"])]
    return numbers[1], numbers[-1] if len(numbers) > 3 else numbers[1]


@BOTH
def test_every_organisation_and_every_pilot_is_one_link_that_says_where_it_leads(frame):
    links = drawn(NINE, frame).all("a")
    said = [*NINE.partners.values(), *NINE.authorities.values(), *NINE.ties]
    assert sorted((link["href"], link.one("title").text) for link in links) == sorted(
        (one.url, one.says) for one in said
    )
    assert len(links) == 6 + 9 + 10


def test_names_heads_and_the_whole_are_there_to_be_read():
    picture = drawn(NINE)
    assert picture["aria-label"] == "Who worked with whom"
    assert picture["role"] == "group"
    assert tuple(picture.texts("text", class_="network-head")) == HEADS
    efus = names(picture, "partner")["efus"]
    assert efus.texts("text") == ["efus", "detail"]


def test_reading_order_leads_from_a_partner_to_each_of_its_pilots_and_their_authorities():
    kinds = [link["href"].split("/")[1] for link in drawn(NINE).all("a")]
    assert kinds[:7] == ["partners", *["pilots", "authorities"] * 3]
    assert [link["href"] for link in drawn(NINE).all("a")][7] == "/partners/efus/"


def test_only_the_line_of_who_took_part_otherwise_is_dashed():
    dashed = drawn(NINE).all("a", class_="network-otherwise")
    assert [link["href"] for link in dashed] == ["/pilots/1000/"]


@BOTH
@pytest.mark.parametrize("shown", [NINE, MANY], ids=["nine", "many"])
def test_no_name_covers_another(shown, frame):
    picture = drawn(shown, frame)
    for kind in ("partner", "authority"):
        places = sorted(middle_and_height(link) for link in names(picture, kind).values())
        assert all((height + other) / 2 < below - above for (above, height), (below, other) in pairwise(places))


@BOTH
@pytest.mark.parametrize("shown", [NINE, MANY], ids=["nine", "many"])
def test_lines_end_at_their_marks_as_far_apart_as_fingers_need(shown, frame):
    picture = drawn(shown, frame)
    lines = picture.all("a", class_="network-line")
    for kind, end in (("partner", 0), ("authority", 1)):
        downs = sorted(ends(line)[end] for line in lines)
        marks = [link.one("rect", class_="network-mark") for link in names(picture, kind).values()]
        spans = [(float(mark["y"]), float(mark["y"]) + float(mark["height"])) for mark in marks]
        assert all(any(top < down < bottom for top, bottom in spans) for down in downs)
        assert all(below - above >= SLOT - 0.2 for above, below in pairwise(downs))


def test_pilots_of_the_same_two_run_side_by_side():
    first, second = drawn(network([("p", "a"), ("p", "a")])).all("a", class_="network-line")
    assert [end - start for start, end in (ends(first), ends(second))] == [0, 0]


def test_line_to_the_only_organisation_of_another_is_level():
    (line,) = drawn(network([("p", "a")])).all("a", class_="network-line")
    assert ends(line)[0] == ends(line)[1]


def test_partner_stands_beside_the_middle_of_its_authorities():
    picture = drawn(network([("p", "a"), ("p", "b"), ("p", "c")]))
    middles = [middle_and_height(link)[0] for link in names(picture, "authority").values()]
    assert middle_and_height(names(picture, "partner")["p"])[0] == pytest.approx(sum(middles) / 3, abs=0.2)


def test_everything_is_inside_the_drawing():
    for frame in (WIDE, NARROW):
        picture = drawn(MANY, frame)
        width, height = map(float, picture["viewbox"].split()[2:])
        assert width == frame.width
        for link in picture.all("a", class_="network-name"):
            middle, own = middle_and_height(link)
            assert own / 2 <= middle <= height - own / 2


@BOTH
def test_drawing_is_the_same_whatever_order_things_come_in(frame):
    expected = draw(NINE, HEADS, "", frame)
    for seed in range(3):
        random = Random(seed)
        partners, authorities, ties = (
            random.sample(list(rows), len(rows))
            for rows in (NINE.partners.items(), NINE.authorities.items(), NINE.ties)
        )
        assert draw(Network(dict(partners), dict(authorities), ties), HEADS, "", frame) == expected


def test_hostile_names_are_shown_and_not_run():
    picture = read(draw(network([("p", "a")], name=HOSTILE), (HOSTILE, HOSTILE), HOSTILE, WIDE)).one("svg")
    assert picture.all("script") == []
    assert not [name for element in picture for name in element.attributes if name.startswith("on")]
    assert HOSTILE.strip() in " ".join(picture.one("a", class_="network-partner").one("title").raw.split("\n"))


def test_too_long_name_is_cut_in_the_drawing_and_whole_in_what_the_link_says():
    name = "Association " + "for the reintegration of people " * 8
    link = names(drawn(network([("p", "a")], name=name)), "partner")["p"]
    lines = link.texts("text")[:-1]
    assert len(lines) == 4
    assert lines[-1].endswith("…")
    assert name.strip() in link.one("title").text


def test_nothing_draws_heads_only():
    assert drawn(network([])).all("a") == []

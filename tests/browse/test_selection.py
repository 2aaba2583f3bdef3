"""What an address may ask for: known names and values, within limits; the rest is ignored aloud or refused."""

import pytest
from django.http import QueryDict

from pilots.browse.classification import unknown_values
from pilots.browse.filters import PilotFilterSet
from pilots.browse.selection import InvalidQuery, Selection, printable
from tests.factories import PublishedPilotFactory

# Parameters are read in Python; tests/test_hostile.py sends any on both.
DATABASES = ("sqlite",)

KNOWN = {
    "country": {"FR": "France", "ES": "Spain"},
    "partner": {"face": "FACE", **{f"partner-{n}": f"Partner {n}" for n in range(30)}},
}
RENAMED = {"partner": {"Old-Face": "face", "old-draft": "draft"}}


def read(query: str) -> Selection:
    return PilotFilterSet.read(QueryDict(query), KNOWN, RENAMED)


def test_empty_address_chooses_nothing():
    assert read("") == Selection()
    assert not read("")


def test_empty_values_choose_nothing_and_need_no_note():
    assert read("country=&country=+&q=&sort=&page=&per_page=") == Selection()


def test_values_come_in_the_order_of_the_facet_each_once():
    assert read("country=ES&country=FR&country=ES").chosen == {"country": ["FR", "ES"]}


@pytest.mark.parametrize("value", ["fr", "Fr", "+FR+"])
def test_value_is_known_whatever_its_case_and_spaces(value):
    selection = read(f"country={value}")
    assert selection.chosen == {"country": ["FR"]}
    assert selection.notes == ()


def test_unknown_value_is_ignored_and_named():
    selection = read("country=XX&country=FR")
    assert selection.chosen == {"country": ["FR"]}
    assert selection.notes == ("No pilot has “XX” under “country”, so it is ignored.",)


def test_unknown_name_is_ignored_and_named():
    selection = read("colour=red")
    assert not selection
    assert selection.notes == ("“colour” is not something this page can be filtered by.",)


@pytest.mark.parametrize("query", ["sort=evil", "per_page=13", "per_page=1000", "per_page=twelve"])
def test_impossible_order_or_page_size_is_ignored_and_named(query):
    name, value = query.split("=")
    selection = read(query)
    assert (selection.sort, selection.per_page) == ("place", 12)
    assert selection.notes == (f"“{value}” is not possible for “{name}”, so it is ignored.",)


def test_former_value_leads_to_the_present_one_without_a_note():
    selection = read("partner=Old-Face&partner=face")
    assert selection.chosen == {"partner": ["face"]}
    assert selection.notes == ()


def test_former_value_of_what_no_public_pilot_has_is_unknown():
    assert read("partner=old-draft").notes == ("No pilot has “old-draft” under “partner”, so it is ignored.",)


def test_twenty_values_are_read_and_twenty_one_refused():
    values = [f"partner=partner-{n}" for n in range(21)]
    assert len(read("&".join(values[:20])).chosen["partner"]) == 20
    with pytest.raises(InvalidQuery, match="At most 20 values of “partner” at once"):
        read("&".join(values))


def test_search_is_read_to_200_characters():
    assert read(f"q={'a' * 200}").q == "a" * 200
    with pytest.raises(InvalidQuery, match="at most 200 characters"):
        read(f"q={'a' * 201}")


def test_spaces_in_a_search_are_evened_out():
    assert read("q=++two%0A%09words+").q == "two words"


@pytest.mark.parametrize("size", [12, 24, 48, 96])
def test_page_sizes(size):
    assert read(f"per_page={size}").per_page == size


@pytest.mark.parametrize("sort", ["place", "-place", "newest"])
def test_orders(sort):
    selection = read(f"sort={sort}")
    assert (selection.sort, selection.notes) == (sort, ())


@pytest.mark.parametrize("value", ["-1", "x", "1.5", "1e3", "٣", "NaN", "0x1"])
def test_page_that_is_no_number_is_refused(value):
    with pytest.raises(InvalidQuery, match="is not the number of a page"):
        read(f"page={value}")


def test_page_of_any_length_is_a_number_the_database_can_hold():
    assert read(f"page={'9' * 30}").page == 999_999_999


def test_notes_are_few_and_short():
    selection = read("&".join(f"{n}{'x' * 500}=1" for n in range(50)))
    assert len(selection.notes) == 5
    assert all(len(note) < 120 and "x…" in note for note in selection.notes)


def test_query_says_everything_that_differs_from_the_plain_list_in_one_order():
    selection = read("page=3&per_page=24&sort=newest&partner=face&country=es&country=FR&q=a+b")
    assert selection.query(3) == "?q=a+b&country=FR&country=ES&partner=face&sort=newest&per_page=24&page=3"
    assert read(selection.query(3)[1:]) == selection


def test_query_of_the_plain_list_is_empty():
    assert Selection().query() == ""


def test_query_escapes_what_was_searched():
    assert read("q=%26country%3DFR%22%3E").query() == "?q=%26country%3DFR%22%3E"


def test_dropping_one_value_keeps_the_others():
    selection = read("country=FR&country=ES&partner=face&q=a&sort=newest&per_page=48&page=2")
    assert selection.without("country", "FR").query() == "?q=a&country=ES&partner=face&sort=newest&per_page=48"
    assert selection.without("country").query() == "?q=a&partner=face&sort=newest&per_page=48"
    assert selection.without("q").query() == "?country=FR&country=ES&partner=face&sort=newest&per_page=48"


def test_dropping_everything_keeps_order_and_page_size():
    assert read("country=FR&q=a&sort=newest&per_page=48&page=2").cleared().query() == "?sort=newest&per_page=48"


def test_unknown_values_are_looked_up_within_the_limit_only():
    query = QueryDict("country=FR&country=&" + "&".join(f"country=x{n}" for n in range(100)))
    assert unknown_values(query, KNOWN) == {"country": [f"x{n}" for n in range(18)]}


UNSEEN = "\x01\x1b[31m\x7f\u0085\u200b\u202e\u2066\ue000\ufeff\U000e0041"


@pytest.mark.parametrize("address", ["/pilots/", "/lessons/", "/map/", "/matrix/", "/partners/", "/pilots/here/"])
def test_signs_that_nobody_sees_never_come_back(client, db, address):
    PublishedPilotFactory(slug="here", title="Avignon")
    for name in ("q", "country", "sort", "keep", "nothing", f"x{UNSEEN}"):
        response = client.get(address, {name: f"avi{UNSEEN}gnon"})
        said = response.content.decode() + str(response.headers)
        assert not set(UNSEEN.replace("[31m", "")) & set(said), name


def test_control_characters_part_words_and_marks_of_direction_do_not():
    assert printable("a\x00b\u202ec\ud800\x1b d") == "a bc  d"
    assert PilotFilterSet.read(QueryDict("q=%01avignon%0Bprison%E2%80%AE"), {}).q == "avignon prison"

"""What is put together of words; how languages differ in it, tests/site/test_formats.py has."""

from prepare_portal.phrases import series_of


def test_parts_stand_one_after_the_other():
    assert series_of([]) == ""
    assert series_of(["country France or Spain"]) == "country France or Spain"
    assert series_of(["country France, Spain", "partner FACE", 3]) == "country France, Spain; partner FACE; 3"

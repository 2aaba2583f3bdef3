"""What is put together of words; how languages differ in it, tests/site/test_formats.py has."""

import pytest
from django.utils import translation

from prepare_portal.phrases import any_of, series_of


def test_parts_stand_one_after_the_other():
    assert series_of([]) == ""
    assert series_of(["country France or Spain"]) == "country France or Spain"
    assert series_of(["country France, Spain", "partner FACE", 3]) == "country France, Spain; partner FACE; 3"


@pytest.mark.parametrize(("last", "said"), [("11", "7 u 11"), ("110", "7 o 110"), ("8", "7 u 8"), ("1", "7 o 1")])
def test_spanish_or_before_numbers_sounds_as_they_are_read(last, said):
    with translation.override("es"):
        assert any_of(["7", last]) == said

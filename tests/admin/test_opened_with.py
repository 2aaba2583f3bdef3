"""What a page says it was opened with is read as nothing when it is made up."""

import pytest

from pilots.admin.opened_with import LONGEST, read_opened_with


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '"x"', "1", "[" * LONGEST, '{"a":' * 15_000, '{"a":"' + "x" * LONGEST + '"}']
)
def test_made_up_state_is_none(text: str) -> None:
    assert read_opened_with(text) == {}


def test_what_the_page_wrote_is_read() -> None:
    assert read_opened_with('{"title": ["1f", "9c"]}') == {"title": ["1f", "9c"]}

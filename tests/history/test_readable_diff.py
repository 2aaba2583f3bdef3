"""Content goes flat and back without loss, and only what differs is told."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pilots.history.differences import differences, flat, nested
from pilots.history.labels import label_of, missing_values_message
from pilots.history.readable_diff import changed_parts
from pilots.models.content import MANY, ONE, PART_FIELDS, PARTS, PLAIN, Content, UnknownValues
from pilots.models.pilot import SECTIONS
from tests.examples import drawn

# Each example is a whole entry, which takes a while to make.
FEW = drawn(20)

slugs = st.from_regex(r"[a-z]{1,5}(-[a-z]{1,4})?", fullmatch=True)
words = st.text(min_size=1, max_size=20)
languages = st.sampled_from(["en", "fr", "sv"])
numbers = st.integers(1, 30).map(str)


def texts(*fields: str) -> st.SearchStrategy[Any]:
    """Return texts by language, empty ones left out, as `read_content` does."""
    return st.dictionaries(languages, st.dictionaries(st.sampled_from(fields), words, min_size=1), max_size=3)


def parts(name: str, text: str) -> st.SearchStrategy[Any]:
    fields = {field: st.just("") | words for field in PART_FIELDS[name]}
    return st.dictionaries(numbers, st.fixed_dictionaries({**fields, "texts": texts(text)}), max_size=3)


passages = st.dictionaries(
    st.sampled_from(["summary", "stages/prison", "partners/efus"]),
    st.fixed_dictionaries({"passage": words, "rests_on_heading": st.booleans()}),
)
contents = st.fixed_dictionaries(
    {
        "slug": slugs,
        **dict.fromkeys(ONE, slugs),
        **{name: st.lists(slugs, unique=True, max_size=3).map(sorted) for name in MANY},
        **{name: st.just("") | words for name in PLAIN},
        "texts": texts("title", "summary", *SECTIONS),
        **{name: parts(name, text) for name, text in zip(PARTS, ("text", "label", "name"), strict=True)},
        "passages": passages,
    }
)


@FEW
@given(content=contents)
def test_flat_content_nested_again_is_the_same(content: Content) -> None:
    assert nested(flat(content)) == content


@FEW
@given(before=contents, after=contents)
def test_what_differs_and_nothing_else_turns_one_content_into_the_other(before: Content, after: Content) -> None:
    found = {item.path: item for item in differences(before, after)}
    old, new = flat(before), flat(after)
    for path in {*old, *new}:
        assert (path in found) == ((old.get(path) or "") != (new.get(path) or "")), path
    assert all((item.before, item.after) == (old.get(path), new.get(path)) for path, item in found.items())


@FEW
@given(before=contents, after=contents)
def test_every_field_that_can_differ_has_a_name(before: Content, after: Content) -> None:
    for item in differences(before, after):
        assert label_of(item.path, after, before).strip()
    assert all(part.label and part.how for part in changed_parts(before, after))


@FEW
@given(content=contents)
def test_content_does_not_differ_from_itself(content: Content) -> None:
    assert differences(content, content) == []
    assert changed_parts(content, content) == []


def test_fields_come_in_the_order_of_the_form() -> None:
    empty: Content = dict.fromkeys((*ONE, *PLAIN, "slug"), "") | {name: [] for name in MANY}
    empty |= {name: {} for name in ("texts", *PARTS, "passages")}
    lesson = {"kind": "hard", "passage": "", "texts": {"en": {"text": "x"}}}
    said = empty | {
        "lessons": {"10": lesson, "9": lesson},
        "stages": ["prison"],
        "texts": {"en": {"title": "x", "summary": "x", "background": "x"}},
        "start": "2019",
        "passages": {"stages/prison": {"passage": "3", "rests_on_heading": True}},
    }
    labels = [label_of(item.path, said) for item in differences(empty, said)]
    assert labels[:5] == ["Title", "Summary", "Background", "Stages", "Start"]
    assert labels.index("Lesson 9 · what was hard") < labels.index("Lesson 10 · what was hard")
    assert labels.index("Lesson 9 · what was hard") < labels.index("Lesson 9 · what was hard · kind")
    assert labels[-1] == "Passage in the source · stages: prison"


def test_values_that_are_gone_are_named_with_their_field() -> None:
    sentence = missing_values_message(UnknownValues([("stages", "prison"), ("partner", "efus"), ("source", "book")]))
    assert "“prison” (stages), “efus” (partners), “book” (source)" in sentence

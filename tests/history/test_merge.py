"""What two editors made of one entry is put together: nothing lost, nothing decided that a person must decide."""

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pilots.history.differences import flat, same
from pilots.history.merge import merge
from pilots.models.content import MANY, Content
from tests.examples import drawn

WORDS = st.sampled_from(["", "One.", "Two.", "Three."])
SLUGS = st.lists(st.sampled_from(["a", "b", "c"]), unique=True).map(sorted)
DATES = st.sampled_from(["", "2019", "2020"])


def texts(*names: str) -> st.SearchStrategy[Any]:
    """Return texts in some languages, empty ones left out as `read_content` does."""
    fields = st.fixed_dictionaries(dict.fromkeys(names, WORDS)).map(lambda said: {k: v for k, v in said.items() if v})
    return st.dictionaries(st.sampled_from(["en", "fr"]), fields).map(lambda said: {k: v for k, v in said.items() if v})


LESSON = st.fixed_dictionaries({"kind": st.sampled_from(["helped", "hard"]), "passage": WORDS, "texts": texts("text")})
PASSAGE = st.fixed_dictionaries({"passage": st.sampled_from(["1", "2"]), "rests_on_heading": st.booleans()})
CONTENTS: st.SearchStrategy[Content] = st.fixed_dictionaries(
    {
        "slug": st.just("avignon"),
        "authority": st.sampled_from(["avignon", "rotterdam"]),
        **dict.fromkeys(MANY, SLUGS),
        "start": DATES,
        "end": DATES,
        "texts": texts("title", "summary"),
        "lessons": st.dictionaries(st.sampled_from(["1", "2", "10"]), LESSON),
        "key_figures": st.just({}),
        "organisations_involved": st.just({}),
        "passages": st.dictionaries(st.sampled_from(["summary", "stages/release"]), PASSAGE),
    }
)


def content(**values: Any) -> Content:
    empty: Content = {"slug": "s", "authority": "a", "start": "", "end": "", **{name: [] for name in MANY}}
    parts: Content = {"texts": {}, "lessons": {}, "key_figures": {}, "organisations_involved": {}, "passages": {}}
    return copy.deepcopy(empty | parts | values)


def lessons(**said: str) -> Content:
    """A content with these lessons, by number: `lessons(_1="One.")`."""
    return content(lessons={n.strip("_"): {"kind": "helped", "texts": {"en": {"text": t}}} for n, t in said.items()})


@given(CONTENTS, CONTENTS)
@drawn(40)
def test_who_changed_nothing_gets_what_the_other_saved(base: Content, other: Content) -> None:
    for merged in (merge(base, other, base), merge(base, base, other)):
        assert merged.conflicts == []
        assert merged.content() == other


@given(CONTENTS, CONTENTS)
@drawn(40)
def test_both_who_typed_the_same_agree(base: Content, said: Content) -> None:
    merged = merge(base, said, said)
    assert (merged.conflicts, merged.only_theirs, merged.only_mine) == ([], [], [])
    assert merged.content() == said


@given(CONTENTS, CONTENTS, CONTENTS)
@drawn(40)
def test_it_does_not_matter_who_saved_first(base: Content, one: Content, other: Content) -> None:
    here, there = merge(base, one, other), merge(base, other, one)
    mirrored = [(unit.path, unit.mine, unit.theirs) for unit in there.conflicts]
    if not any(set(one["lessons"]) & set(other["lessons"]) - set(base["lessons"])):
        assert [(unit.path, unit.theirs, unit.mine) for unit in here.conflicts] == mirrored
        if not here.conflicts:
            assert here.content() == there.content()


@given(CONTENTS, CONTENTS, CONTENTS)
@drawn(40)
def test_conflicts_decided_for_one_side_keep_all_that_side_changed(
    base: Content, theirs: Content, mine: Content
) -> None:
    merged = merge(base, theirs, mine)
    decided = flat(merged.content({unit.path: unit.mine for unit in merged.conflicts}))
    old, new, own = flat(base), flat(theirs), flat(mine)
    for path in {path for path in {*old, *new, *own} if path[0] in {"authority", "texts", *MANY}}:
        wanted = new if same(old.get(path), own.get(path)) else own
        assert same(decided.get(path), wanted.get(path))


@given(CONTENTS, CONTENTS)
@drawn(40)
def test_without_a_base_nothing_is_decided_alone(theirs: Content, mine: Content) -> None:
    merged = merge(None, theirs, mine)
    assert (merged.only_theirs, merged.only_mine) == ([], [])
    assert merged.content() == theirs
    assert merged.content({unit.path: unit.mine for unit in merged.conflicts}) == mine


def test_same_field_changed_in_two_ways_is_a_conflict() -> None:
    merged = merge(
        content(texts={"en": {"summary": "Old."}}),
        content(texts={"en": {"summary": "Theirs."}}, start="2019"),
        content(texts={"en": {"summary": "Mine."}}, authority="b"),
    )
    assert [unit.path for unit in merged.conflicts] == [("texts", "en", "summary")]
    assert [unit.path for unit in merged.only_theirs] == [("start",)]
    assert [unit.path for unit in merged.only_mine] == [("authority",)]


def test_lesson_deleted_by_one_and_changed_by_the_other_is_a_conflict_of_the_whole() -> None:
    base, without, changed = lessons(_1="One.", _2="Two."), lessons(_1="One."), lessons(_1="One.", _2="Better.")
    for merged in (merge(base, without, changed), merge(base, changed, without)):
        assert [unit.path for unit in merged.conflicts] == [("lessons", "2")]
    merged = merge(base, without, changed)
    assert merged.content() == without
    assert merged.content({("lessons", "2"): merged.conflicts[0].mine}) == changed


def test_lesson_deleted_by_one_and_untouched_by_the_other_goes() -> None:
    base, without = lessons(_1="One.", _2="Two."), lessons(_1="One.")
    assert merge(base, without, base).content() == without
    assert merge(base, base, without).content() == without


def test_two_new_lessons_with_one_number_are_both_kept() -> None:
    merged = merge(lessons(_1="One."), lessons(_1="One.", _2="Theirs."), lessons(_1="One.", _2="Mine.", _3="Too."))
    assert merged.conflicts == []
    assert merged.content() == lessons(_1="One.", _2="Theirs.", _3="Too.", _4="Mine.")


def test_start_of_one_and_end_of_the_other_are_decided_together() -> None:
    merged = merge(content(), content(start="2020"), content(end="2019"))
    assert [unit.path for unit in merged.conflicts] == [("start",)]
    assert merged.content({("start",): merged.conflicts[0].mine})["end"] == "2019"


def test_amount_of_a_key_figure_is_decided_as_a_whole() -> None:
    figures = [
        content(key_figures={"1": {"qualifier": "exact", "value": value, "upper": upper, "texts": {}}})
        for value, upper in [("10", ""), ("20", ""), ("10", "15")]
    ]
    assert [unit.path for unit in merge(*figures).conflicts] == [("key_figures", "1", "value")]


def test_values_that_both_added_can_be_kept_together() -> None:
    merged = merge(content(stages=["a", "b"]), content(stages=["a", "b", "c"]), content(stages=["b", "d"]))
    assert merged.conflicts[0].together == ["b", "c", "d"]

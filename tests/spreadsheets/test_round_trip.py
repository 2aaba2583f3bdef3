"""What is exported and imported again is the same, whatever the texts are."""

from typing import Any

from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from pilots.models.content import Content
from pilots.models.plain_text import clean, clean_line
from pilots.spreadsheets import reader, writer, xlsx
from pilots.spreadsheets.cells import escape_formula, unescape_formula
from pilots.spreadsheets.columns import columns
from pilots.spreadsheets.mojibake import ungarbled
from pilots.spreadsheets.rows import blank, content_of, languages_of, row_of
from tests.examples import drawn

ODD = st.sampled_from(
    [
        "=1+1",
        "+x",
        "-",
        "@SUM(A1)",
        "'=x",
        "''",
        "＝1",
        "\\n",
        "a|b",
        "\\|",
        "; ",
        "“é”",
        "«\u00a0oui\u00a0»",
        '"',
        "\n\n",
        *("_x0041_", "_x000D_", "#N/A", "TRUE", "43586", "2019-05", "\t", ",", "example:", "\\", "🙂"),
    ]
)
TEXT = st.lists(ODD | st.text(max_size=12), max_size=4).map("".join)
LINES = ("title", "label", "name")
SLUG = st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True)
SLUGS = st.lists(SLUG, max_size=3, unique=True).map(sorted)
POINTER = st.sampled_from(["", "3", "3.1", "2, 3.1-4"])
NUMBERS = st.integers(1, 32767).map(str)


def is_kept(text: str) -> bool:
    """Whether an entry can say this, and a file hands it back: what is garbled is read as what was meant."""
    return bool(text) and ungarbled(text) == text


def texts(*names: str) -> st.SearchStrategy[Content]:
    """Return texts in some languages, empty ones left out."""
    cleaned = {name: TEXT.map(clean_line if name in LINES else clean).filter(is_kept) for name in names}
    one = st.fixed_dictionaries({}, optional=cleaned).filter(bool)
    return st.dictionaries(st.sampled_from(["en", "fr", "sv"]), one, max_size=3)


def parts(text: str, **facts: Any) -> st.SearchStrategy[Content]:
    return st.dictionaries(NUMBERS, st.fixed_dictionaries({**facts, "texts": texts(text)}), max_size=3)


CONTENT = st.fixed_dictionaries(
    {
        **dict.fromkeys(("authority", "source"), SLUG),
        **dict.fromkeys(("partners", "activity_types", "audiences", "target_groups", "stages"), SLUGS),
        "start": st.sampled_from(["", "2019", "2019-05", "2019-05-17"]),
        "end": st.sampled_from(["", "2020"]),
        "evaluation": st.sampled_from(["", "none", "under-way"]),
        "reviewed_on": st.sampled_from(["", "2026-11-22"]),
        "texts": texts("title", "summary", "what_was_done", "cost", "core"),
        "lessons": parts("text", kind=st.sampled_from(["helped", "hard"]), passage=POINTER),
        "key_figures": parts(
            "label",
            qualifier=st.just("about"),
            value=st.sampled_from(["0", "15", "2.5"]),
            upper=st.sampled_from(["", "25"]),
            passage=POINTER,
        ),
        "organisations_involved": parts("name", partner=st.just("") | SLUG, passage=POINTER),
        "passages": st.dictionaries(
            st.sampled_from(["summary", "cost", "stages/prison"]),
            st.fixed_dictionaries({"passage": st.just("3.1"), "rests_on_heading": st.booleans()}),
        ),
    }
)


def back(data: bytes, base: Content) -> Content:
    """What the only row of a file makes of `base`."""
    ((_number, row),) = reader.read(data).rows
    content, problems = content_of(row, base)
    assert problems == []
    return content


@given(CONTENT)
@drawn(30, suppress_health_check=[HealthCheck.data_too_large])
def test_content_comes_back_from_every_kind_of_file(said: Content) -> None:
    content = blank("one") | said
    languages = columns(languages_of(content))
    lines = writer.sheet_lines(languages, [row_of(content, languages_of(content))])
    for data in (xlsx.write({"pilots": lines}), writer.to_csv(lines), writer.to_csv(lines, ";")):
        assert back(data, blank("one")) == content
        assert back(data, content) == content


@given(st.lists(ODD | st.text(max_size=5), max_size=3).map("".join))
def test_no_cell_is_a_formula_and_each_says_again_what_it_said(text: str) -> None:
    assert escape_formula(text)[:1] not in tuple("=+-@\t\r\n＝＋－＠")
    assert unescape_formula(escape_formula(text)) == text

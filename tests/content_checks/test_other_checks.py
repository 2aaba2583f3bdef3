"""What else is looked at before publishing: gaps, pointers, addresses, wording, translations, completeness."""

from typing import Any

import pytest

from pilots.content_checks.addresses import check_addresses
from pilots.content_checks.checklist import check
from pilots.content_checks.fields import anchor_of, with_language
from pilots.content_checks.finding import KnownTerms
from pilots.content_checks.readability import check_readability
from pilots.content_checks.recommended import check_recommended
from pilots.content_checks.tokenizer import sentences
from pilots.history.completeness import completeness
from tests.content_checks.entries import KNOWN, entry, part

FULL = dict.fromkeys(("background", "objectives", "what_was_done", "results", "prospects"), "Said.")


def left_out(content: Any) -> list[tuple[str, str]]:
    """What the entry leaves out, pointers into the source aside."""
    found = [(one.code, "/".join(one.path)) for one in check_recommended(content)]
    return [pair for pair in found if pair[0] != "missing.passage"]


def test_what_every_entry_must_have_blocks_and_cannot_be_accepted() -> None:
    content = entry(title="", summary="") | {"partners": [], "activity_types": []}
    needed = [one for one in check(content, KNOWN) if one.level == "blocks"]
    assert [one.code for one in needed] == [
        "needed.title",
        "needed.summary",
        "needed.partners",
        "needed.activity_types",
    ]
    assert not any(one.may_be_accepted for one in needed)


def test_empty_texts_facets_and_lessons_warn() -> None:
    content = entry(**{**FULL, "results": ""}) | {"stages": []}
    assert left_out(content) == [
        ("missing.text", "texts/en/results"),
        ("missing.facet", "stages"),
        ("missing.lesson", "lessons"),
    ]


def test_item_of_the_profile_needs_a_passage_and_a_text_that_rests_on_it() -> None:
    content = entry(**FULL, cost="200 euros.", lessons={"1": part(text="A lesson.", passage="3.1")})
    content["passages"] = {"what_was_done": {"passage": "3.1-2"}, "duration": {"passage": "3.2"}}
    assert left_out(content) == []
    [warning] = [one for one in check_recommended(content) if one.path == ("texts", "en", "cost")]
    assert warning.message.endswith("so this item does not count as stated and is not shown.")
    content["passages"] |= {"duration": {"passage": "3.4"}, "cost": {"passage": "3.4"}}
    assert left_out(content) == [("missing.item", "texts/en/duration")]
    content["passages"]["results"] = {"passage": "3.4"}
    assert left_out(content) == []


def test_full_entry_leaves_nothing_out() -> None:
    content = entry(**FULL, lessons={"1": part(text="A lesson.", passage="3.1")})
    content["passages"] = {name: {"passage": "3"} for name in content["texts"]["en"]}
    assert check(content, KNOWN) == []


def test_words_without_a_pointer_into_the_source_warn() -> None:
    content = entry(results="Said.", lessons={"1": part(text="A lesson."), "2": part(text="Other.", passage="3.1")})
    content["passages"] = {"title": {}, "summary": {}}
    found = [one.path for one in check_recommended(content) if one.code == "missing.passage"]
    assert found == [("texts", "en", "results"), ("lessons", "1", "passage")]


def test_language_that_was_begun_warns_of_what_is_not_translated() -> None:
    lesson = part(text="A lesson.")
    content = entry("fr", title="Titre", lessons={"2": lesson})
    [finding] = [one for one in check_recommended(content) if one.code == "missing.translation"]
    assert finding.message == "Not translated into French: Summary and Lesson or working method 2."
    assert finding.path == ("texts", "fr", "summary")


@pytest.mark.parametrize("texts", [{}, {"title": "Titre", "summary": "Résumé."}])
def test_language_that_has_nothing_or_all_does_not_warn(texts: dict[str, str]) -> None:
    content = entry("fr", **texts) if texts else entry()
    assert "missing.translation" not in {code for code, _path in left_out(content)}


ADDRESSES = [
    ("See https://example.org/page.", []),
    ("See (https://example.org/a?b=c&d=é).", []),
    ("See www.example.org, please.", []),
    ("No address, and/or so: nothing. e.g. this", []),
    ("See http://example.org.", ["address.insecure"]),
    ("See https://example", ["address.broken"]),
    ("See https:/example.org", ["address.broken"]),
    ("See htps://example.org", ["address.broken"]),
    ("See https://exa mple.org", ["address.broken"]),
    ("See https://[::1", ["address.broken"]),
    ("See https://", ["address.broken"]),
    ("See ftp://example.org", ["address.broken"]),
    ("https://\x00.org", ["address.broken"]),
]


@pytest.mark.parametrize(("words", "codes"), ADDRESSES)
def test_address_that_cannot_work_warns(words: str, codes: list[str]) -> None:
    assert [one.code for one in check_addresses(entry(results=words), KNOWN)] == codes


def test_address_of_the_source_is_looked_at() -> None:
    [finding] = check_addresses(entry(), KnownTerms(source_url="http://example.org"))
    assert (finding.code, finding.path) == ("address.insecure", ("source",))


ABBREVIATIONS = [
    ("The MAR came.", []),
    ("NGOs came. The NGO’s staff.", []),
    ("The Youth Judicial Protection Service (PJJ) came. The PJJ stayed.", []),
    ("The PJJ (youth protection service) came.", []),
    ("In the EU and the UK (SE).", []),
    ("Part II, chapter XIV.", []),
    ("In 2019 I came.", []),
    ("The PJJ came. The PJJ stayed.", ["PJJ"]),
    ("Two ABCs and the DEF’s house.", ["ABC", "DEF"]),
    ("The ÅÄÖ came.", ["ÅÄÖ"]),
]


@pytest.mark.parametrize(("words", "unexplained"), ABBREVIATIONS)
def test_abbreviation_that_nothing_explains_warns_once(words: str, unexplained: list[str]) -> None:
    assert [one.excerpt for one in check_readability(entry(results=words), KNOWN)] == unexplained


@pytest.mark.parametrize(("words", "is_long"), [(30, 0), (31, 1), (200, 1)])
def test_sentence_of_more_than_30_words_warns(words: int, is_long: int) -> None:
    text = f"Short. {'word ' * (words - 1)}end. Short again."
    assert [one.code for one in check_readability(entry(results=text), KNOWN)] == ["wording.long_sentence"] * is_long


@pytest.mark.parametrize(("language", "words"), [("fr", 36), ("es", 36), ("nl", 36), ("sv", 30)])
def test_sentence_may_have_the_words_that_its_language_needs(language: str, words: int) -> None:
    longest = f"{'ord ' * (words - 1)}slut."
    assert list(check_readability(entry(language, results=longest), KNOWN)) == []
    [finding] = check_readability(entry(language, results=f"ord {longest}"), KNOWN)
    assert finding.code == "wording.long_sentence"


SENTENCES = [
    ("One. Two! Three? Four… Five", 5),
    ("He met Dr. Öberg and J. Smith.", 1),
    ("“One.” Two.", 2),
    ("Version 2.5 of it, e.g. this.", 1),
    ("One\nTwo\n\nThree", 3),
    (" \n ", 0),
]


@pytest.mark.parametrize(("text", "count"), SENTENCES)
def test_text_is_cut_into_sentences(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_finding_names_its_field_and_leads_to_it() -> None:
    content = entry(lessons={"2": part(text="A"), "10": part("fr", text="B")})
    path = ("lessons", "10", "texts", "fr", "text")
    assert (with_language(path), anchor_of(path, content)) == (
        "Lesson or working method 10 (French)",
        "id_lessons-1-text",
    )
    path = ("texts", "en", "what_was_done")
    assert (with_language(path), anchor_of(path, content)) == ("What was done", "id_what_was_done")
    assert (with_language(("target_groups",)), anchor_of(("lessons",), content)) == ("Target groups", "lessons-group")


@pytest.mark.parametrize(
    ("content", "per_cent"),
    [
        (entry(), 60),
        (entry(**FULL, lessons={"1": part(text="A")}), 100),
        (entry(title="", summary="") | {"partners": []}, 40),
    ],
)
def test_completeness_is_the_share_of_what_is_filled_in(content: Any, per_cent: int) -> None:
    assert completeness(content) == per_cent

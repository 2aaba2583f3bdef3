"""The style page shows every part in its states, to developers only, and asks the database for nothing.

That it does not is proven by these tests themselves: none of them may use a database.
"""

import copy
import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.test import override_settings

from pilots.development.styleguide.samples import EMPTY, LONG, MANY, ONE, STATES, UNBROKEN, pilot
from pilots.development.styleguide.unique_ids import set_apart
from pilots.development.styleguide.view import GROUPS, SHOWN_WITH_OTHERS
from tests.pages.reading import Element, read
from tests.visitors import visitor

# Its samples are no rows.
DATABASES = ("sqlite",)

PARTS = Path(site_settings.BASE_DIR) / "templates" / "parts"
OWN = "styleguide_"
COMPONENTS = [component for group in GROUPS.values() for component in group]

# What has fewer states, because there is nothing that could be missing, many or long.
FEWER_STATES = {
    "not_stated": (ONE,),
    "views": (EMPTY, LONG),
    "breadcrumbs": (ONE,),
    "lesson_back": (ONE,),
    "take_along": (ONE, LONG),
    "section": (ONE, MANY, LONG),
    "lessons": (ONE, MANY, LONG),
    "letters": (ONE, MANY),
    "matrix": (ONE, MANY, LONG),
    "network": (ONE, MANY, LONG),
    "shortlist_compare": (ONE, MANY, LONG),
    "compare_with": (ONE, LONG),
    "compare_summary": (ONE, MANY, LONG),
    "same_choice": (ONE,),
}
LANDMARKS = {"nav", "aside", "section", "form"}


@pytest.fixture(scope="module")
def answer(static_files):
    """The page as a developer gets it."""
    with override_settings(DEBUG=True):
        response = visitor().get("/styleguide/")
    assert response.status_code == 200
    return response


@pytest.fixture(scope="module")
def document(answer):
    return read(answer)


def parts() -> set[str]:
    """The names of all parts but those of the style page itself."""
    return {path.stem for path in PARTS.glob("*.html") if not path.stem.startswith(OWN)}


def test_style_page_is_not_there_for_visitors(client):
    assert client.get("/styleguide/").status_code == 404


def test_every_part_is_shown_or_has_a_reason_why_not():
    assert {*(component.part for component in COMPONENTS), *SHOWN_WITH_OTHERS} == parts()
    assert {component.part for component in COMPONENTS} & set(SHOWN_WITH_OTHERS) == set()


def test_what_is_shown_with_others_is_on_the_page_too(answer):
    rendered = {template.name for template in answer.templates}
    assert {f"parts/{part}.html" for part in parts()} - rendered == set()


def test_parts_are_shown_empty_with_one_with_many_and_with_too_long_content():
    assert {component.part: component.states for component in COMPONENTS if component.states != STATES} == FEWER_STATES


def test_samples_have_everything_that_the_parts_print(client, settings):
    settings.DEBUG = True
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = "[%s is missing]"
    settings.TEMPLATES = templates
    assert re.findall(r"\[[\w.]+ is missing\]", client.get("/styleguide/").content.decode()) == []


def test_empty_portal_is_not_taken_for_an_empty_sample():
    assert (EMPTY.number, ONE.number) == (0, 1)
    assert MANY.number > 2
    assert len(pilot(MANY).partners.all()) == MANY.number


def test_too_long_content_is_as_long_as_it_can_be():
    sample = pilot(LONG)
    assert (len(sample.title), len(sample.authority.place)) == (200, 100)
    assert max(map(len, sample.title.split())) >= len(UNBROKEN) > 50


def test_ids_are_unique_and_everything_refers_to_one(document):
    ids = Counter(element["id"] for element in document if element.get("id"))
    assert [name for name, times in ids.items() if times > 1] == []
    assert sum(name.endswith("-too-long") for name in ids) > 20
    for attribute in ("for", "form", "aria-labelledby"):
        named = {name for element in document for name in element.get(attribute).split()}
        assert named - set(ids) == set(), attribute


def test_landmarks_have_names_of_their_own(document):
    by_id = {element["id"]: element for element in document if element.get("id")}
    names = Counter(name for element in document if (name := landmark(element, by_id)))
    assert [name for name, times in names.items() if times > 1] == []
    assert ("section", "What was learnt lessons, many") in names


def landmark(element: Element, by_id: dict[str, Element]) -> tuple[str, str] | None:
    """What a landmark is and is called, None for any other element."""
    if element.tag not in LANDMARKS and element.get("role") not in {"search", "region"}:
        return None
    named_by = element.get("aria-labelledby").split()
    name = element.get("aria-label") or " ".join(by_id[key].text for key in named_by)
    return (element.get("role") or element.tag, name) if name else None


def test_nothing_is_inline(document):
    assert [
        element.tag
        for element in document
        if element.get("style") or any(name[:2] == "on" for name in element.attributes)
    ] == []
    assert document.all("style") == []
    assert [script for script in document.all("script") if not script.get("src")] == []


# Keeping copies apart


@pytest.mark.parametrize(
    ("html", "apart"),
    [
        ('<p id="a"></p>', '<p id="a-k"></p>'),
        ('<label for="a">', '<label for="a-k">'),
        ('<input form="a" name="a">', '<input form="a-k" name="a">'),
        ('<nav aria-label="Pages">', '<nav aria-label="Pages (part, one)">'),
        ('<section aria-labelledby="a b">', '<section aria-labelledby="a-k b-k specimen-k">'),
        ('<div role="search">', '<div role="search" aria-labelledby="specimen-k">'),
        ('<a href="#a">', '<a href="#a-k">'),
        ('<a href="#">', '<a href="#">'),
        ('<a href="/pilots/#a">', '<a href="/pilots/#a">'),
        ('<g clip-path="url(#a)">', '<g clip-path="url(#a-k)">'),
        ('<i data-id="a">', '<i data-id="a">'),
        ('<script type="module" src="/static/js/in_place.js"></script>', ""),
        ('<script type="module" src="/static/js/other.js"></script>',) * 2,
    ],
)
def test_copy_of_a_component_is_told_from_others(html, apart):
    assert set_apart(html, "k", "part, one") == apart

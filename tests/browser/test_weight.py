"""How much a first visit costs, as the server really sends it. The same on both databases."""

import re
from typing import Any

import pytest
from playwright.sync_api import Response

from prepare_portal.languages import LANGUAGES, in_language
from tests.browser.conftest import NewContext

DATABASES = ("sqlite",)
KILO = 1024


@pytest.fixture
def answers(new_context: NewContext) -> list[Response]:
    """Every answer of a first visit to the list."""
    return first_visit(new_context, "en")


def first_visit(new_context: NewContext, language: str) -> list[Response]:
    page, heard = new_context().new_page(), list[Response]()
    page.on("response", lambda response: heard.append(response))
    page.goto(in_language("/pilots/", language), wait_until="networkidle")
    return heard


def weight(answers: list[Response], *kinds: str) -> int:
    """How many bytes the answers of these kinds (of all, if none is named) took on the line."""
    sizes: list[Any] = [answer.request.sizes() for answer in answers if answer.request.resource_type in (kinds or ALL)]
    return sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)


ALL = ("document", "stylesheet", "script", "image", "font", "fetch", "manifest", "other")


@pytest.mark.parametrize("language", LANGUAGES)
def test_first_visit_is_light(new_context: NewContext, language: str) -> None:
    answers = first_visit(new_context, language)
    assert len(answers) > 3
    assert weight(answers) <= 60 * KILO
    assert 0 < weight(answers, "script") <= 20 * KILO
    assert 0 < weight(answers, "stylesheet") <= 15 * KILO
    assert weight(answers, "font") == 0


def test_static_files_are_compressed_and_kept_for_good(answers: list[Response]) -> None:
    files = [answer for answer in answers if "/static/" in answer.url]
    assert files
    for file in files:
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", file.url)
        assert "immutable" in file.headers["cache-control"]
    texts = [file for file in files if file.url.endswith((".css", ".js"))]
    assert {file.url.rpartition(".")[2] for file in texts} == {"css", "js"}
    assert all(text.headers["content-encoding"] in {"br", "gzip"} for text in texts)


def test_page_itself_is_compressed(answers: list[Response]) -> None:
    assert answers[0].headers["content-encoding"] == "br"

"""Words of every language fit: at 320 px, on a wide screen, and with text twice as large.

Layouts are the same on both databases.
"""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Page

from prepare_portal.languages import ORIGINAL, in_language
from tests.browser.fit import misfits

DATABASES = ("sqlite",)
OTHERS = [code for code, _name in settings.LANGUAGES if code != ORIGINAL]
PAGES = (
    "/",
    "/pilots/?country=FR&q=training",
    "/pilots/avignon/",
    "/compare/?pilot=rotterdam&pilot=vilvoorde",
    "/lessons/?kind=method",
    "/map/",
    "/matrix/",
    "/partners/",
    "/shortlist/?keep=rotterdam&keep=vilvoorde",
    "/data/",
)
EDITORS_PAGES = tuple(
    f"/admin/{page}" for page in ("", *("pilots/pilot/" + part for part in ("", "translations/", "import/")))
)


@pytest.mark.parametrize("language", OTHERS)
def test_words_fit_on_public_pages(language: str, page: Page) -> None:
    for address in PAGES:
        page.goto(in_language(address, language))
        assert misfits(page) == [], address


@pytest.mark.parametrize("language", OTHERS)
def test_words_fit_on_pages_of_editors(language: str, editor: Page) -> None:
    for address in EDITORS_PAGES:
        editor.goto(in_language(address, language))
        assert misfits(editor) == [], address


@pytest.mark.parametrize("language", OTHERS)
def test_words_fit_on_pages_about_a_pilot(language: str, editor: Page) -> None:
    editor.goto(in_language("/admin/pilots/pilot/?q=avignon", language))
    editor.locator("#result_list th a").first.click()
    entry = urlsplit(editor.url).path.removesuffix("change/")
    for page in ("change/", f"translate/{language}/", "history/", "preview/"):
        address = entry + page
        editor.goto(address)
        assert misfits(editor) == [], address


@pytest.mark.parametrize(
    "fault",
    [
        '<p style="width: 100vw; padding-left: 9px">x</p>',
        '<p style="width: 9em; overflow: hidden; white-space: nowrap">Rechazar la restauración</p>',
        '<button style="width: 4em; white-space: nowrap; overflow: hidden">Rechazar la restauración</button>',
        '<select style="width: 3em"><option>Tipo de actividad</option></select>',
    ],
)
def test_what_does_not_fit_is_found(fault: str, page: Page) -> None:
    page.goto("/livez")
    page.set_content(f"<main>{fault}</main>")
    assert misfits(page) != []
    page.set_content("<main><p>Uno</p><button>Dos</button><select><option>Tres</option></select></main>")
    assert misfits(page) == []

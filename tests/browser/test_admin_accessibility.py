"""Can everybody edit? What axe finds on the editors' pages, wide and light, narrow and dark."""

import itertools

import pytest
from playwright.sync_api import Page

from tests.browser.axe import find_faults

DATABASES = ("sqlite",)
PAGES = {
    "first page": "/admin/",
    "list of pilots": "/admin/pilots/pilot/",
    "filtered list": "/admin/pilots/pilot/?status__exact=published&q=training",
    "published pilot": "/admin/pilots/pilot/1/change/",
    "French texts": "/admin/pilots/pilot/1/change/?language=fr",
    "new pilot": "/admin/pilots/pilot/add/",
    "withdrawing": "/admin/pilots/pilot/1/move/withdraw/",
    "side by side": "/admin/pilots/pilot/1/translate/fr/",
    "translations": "/admin/pilots/pilot/translations/",
    "names": "/admin/pilots/pilot/translations/names/fr/",
    "translated value": "/admin/pilots/stage/1/translate/fr/",
    "history": "/admin/pilots/pilot/1/history/?language=fr",
    "deleted entries": "/admin/pilots/pilot/deleted/",
    "preview": "/admin/pilots/pilot/1/preview/",
    "deleting": "/admin/pilots/pilot/1/delete/",
    "export": "/admin/pilots/pilot/export/",
    "import": "/admin/pilots/pilot/import/",
    "PO files": "/admin/pilots/pilot/import/translations/",
    "imports": "/admin/pilots/pilot/imports/",
    "same partner": "/admin/pilots/partner/1/same-as/",
    "partner": "/admin/pilots/partner/1/change/",
    "stages": "/admin/pilots/stage/",
    "accounts": "/admin/auth/user/",
    "security log": "/admin/pilots/securityevent/",
    "new account": "/admin/auth/user/add/",
    "password": "/admin/password_change/",
    "second factor": "/admin/second-factor/",
    "new factor": "/admin/second-factor/add/",
    "sessions": "/admin/sessions/",
    "password once more": "/admin/ask-again/",
    "guide": "/admin/how-to/",
    "how it is": "/admin/how-it-is/",
    "terms": "/admin/how-to/terms/",
}
SMALL_TARGETS = """[...document.querySelectorAll('a, button, input, select, textarea, summary')]
    .filter(element => !element.closest('p, li p, dd, .guide p, .guide td, .guide li, .skip-to-content-link'))
    .filter(element => !element.matches('.select2-hidden-accessible') && element.checkVisibility())
    .map(element => element.closest('label') || element)
    .map(element => ({ name: element.innerText || element.name, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.height < 24 || box.width < 24)
    .map(({ name, box }) => `${name}: ${box.width} × ${box.height}`)"""


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_axe_finds_nothing_in_the_admin(address: str, editor: Page, complaints: list[str]) -> None:
    answer = editor.goto(address)
    assert answer is not None
    assert answer.ok
    editor.title()
    assert complaints == []
    for width, scheme in ((1280, "light"), (360, "dark")):
        editor.set_viewport_size({"width": width, "height": 800})
        editor.emulate_media(color_scheme=scheme)
        assert find_faults(editor) == [], f"{width} px, {scheme}"
        assert editor.evaluate("document.documentElement.scrollWidth") <= width
        assert editor.evaluate(SMALL_TARGETS) == []
    complaints.clear()  # axe itself sets styles, which the policy refuses


def test_login_and_first_page_need_no_scrolling_sideways_with_larger_text(page: Page, editor: Page) -> None:
    for shown, address in ((page, "/admin/login/"), (editor, "/admin/"), (editor, "/admin/pilots/pilot/")):
        shown.goto(address)
        for width, percent in itertools.product((320, 360, 768, 1280), (150, 200)):
            shown.set_viewport_size({"width": width, "height": 800})
            shown.evaluate("percent => document.documentElement.style.fontSize = `${percent}%`", percent)
            assert shown.evaluate("document.documentElement.scrollWidth") <= width, (
                f"{address}, {width} px, {percent} %"
            )

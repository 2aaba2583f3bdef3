"""On every page of another language, each text that falls back to English says so with `lang`."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.db.models import F, TextField, Value
from django.db.models.functions import Concat

from pilots.models.translation import Translation
from prepare_portal.languages import in_language
from tests.pages import addresses
from tests.visitors import visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
# Pages are made by the same Python.
DATABASES = ("sqlite",)

ENGLISH = "zqenglish"
# Of places and bodies: most are the same in every language.
NAMES = ("name", "place", "full_name")
# What has no place for the language of a part.
UNMARKED = ("title", "script", "textarea")
VOID = ("meta", "link", "input", "img", "br", "wbr", "hr", "path", "circle", "line", "rect", "use", "source")


class Marked(HTMLParser):
    """Collects the words of elements that hold English and are not marked as such."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = [("", "")]
        self.unmarked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("lang") or self.open[-1][1]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Such an element holds nothing."""

    def handle_endtag(self, tag: str) -> None:
        while tag not in VOID and len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, language = self.open[-1]
        if ENGLISH in data and language != "en" and tag not in UNMARKED:
            self.unmarked.append(f"{[tag for tag, _language in self.open[-3:]]}: {' '.join(data.split())[:80]}")


@pytest.fixture
def only_english() -> None:
    """Let nothing be translated into French, and know every English text by a word in it."""
    for model in apps.get_app_config("pilots").get_models():
        if issubclass(model, Translation):
            texts: Any = model._default_manager
            texts.filter(language_code="fr").delete()
            names = [name for name in model.get_translated_fields() if name not in NAMES]
            for name in names:
                marked = Concat(F(name), Value(f" {ENGLISH}"), output_field=TextField())
                texts.filter(language_code="en").exclude(**{name: ""}).update(**{name: marked})


@pytest.mark.usefixtures("only_english")
def test_every_text_in_english_on_a_french_page_is_marked() -> None:
    client = visitor()
    found = {}
    for address in addresses.page_addresses():
        page = Marked()
        page.feed(client.get(in_language(address, "fr")).content.decode())
        if page.unmarked:
            found[address] = page.unmarked
    assert found == {}

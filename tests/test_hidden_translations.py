"""With HIDE_UNCHECKED_TRANSLATIONS no visitor reads a word of a translation that nobody has checked, wherever it is."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import F, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse

from pilots.models import GlossaryTerm, Pilot, PilotTranslation
from pilots.models.provenance import fingerprint
from pilots.models.translation import Translation
from pilots.search.reindex import index_words
from tests.pages import addresses
from tests.stored_rows import load_pilots, rows_made_by, store
from tests.visitors import visitor

SECRET = "zqxunchecked"
CHECKED = {"by": "person", "checked_by": "rita", "checked_at": "2026-11-30T20:00:00+00:00"}


def mark_french() -> None:
    """Begin each French text of the nine pilots, and of all they use, with a word that stands nowhere else."""
    for model in apps.get_app_config("pilots").get_models():
        if issubclass(model, Translation):
            texts: Any = model._default_manager
            for english in texts.filter(language_code="en"):
                texts.get_or_create(master_id=english.master_id, language_code="fr")
            marked = {
                name: Concat(Value(f"{SECRET} "), F(name), output_field=TextField())
                for name in model.get_translated_fields()
            }
            texts.filter(language_code="fr").update(**marked, provenance={})


@pytest.fixture
def hidden(transactional_db: None, settings: Any) -> None:
    """Have the nine pilots in French that nobody has checked, on a portal that hides such texts."""
    settings.HIDE_UNCHECKED_TRANSLATIONS = True
    store(rows_made_by(load_pilots))
    mark_french()
    index_words()


def body(address: str) -> bytes:
    said = b"".join(visitor().get(address))
    if said.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(said)) as archive:
            said = b"\n".join(map(archive.read, archive.namelist()))
    return said.replace(f"q={SECRET}".encode(), b"")


def every_address() -> list[str]:
    """An address of each kind of page and file, on the French side, and what speaks all languages at once."""
    names = addresses.API | addresses.ENTRY_FILES | addresses.CITATION_FILES
    files = [reverse(name, args=[addresses.ARGUMENTS[kind]] if kind else []) for name, kind in names.items()]
    files += [reverse(name) for name in (*addresses.FILES, *addresses.DATA_FILES)]
    files += [reverse(name) + query for name, query in addresses.NAMED_FILES.items()]
    return addresses.page_addresses() + [file for file in files if not file.endswith((".pdf", ".png"))]


def in_french(address: str) -> list[str]:
    """The address as it is, and what it is on the French side."""
    return [address, f"/fr{address}" if not address.startswith("/api/v1/") else f"{address.partition('?')[0]}?lang=fr"]


def test_no_address_says_a_word_of_what_nobody_checked(hidden: None) -> None:
    asked = [one for address in every_address() for one in in_french(address)]
    said = {one: body(one).decode(errors="replace").partition(SECRET) for one in asked}
    assert {one: before[-150:] + after[:50] for one, (before, found, after) in said.items() if found} == {}


def test_nobody_finds_what_is_not_shown(hidden: None) -> None:
    for language in ("", "/fr"):
        suggested = json.loads(body(f"{language}/suggest/?q={SECRET}"))["suggestions"]
        assert not [one for one in suggested if SECRET in json.dumps(one)]
        page = body(f"{language}/pilots/?q={SECRET}").decode()
        assert not [slug for slug in Pilot.objects.values_list("slug", flat=True) if f"/pilots/{slug}/" in page]


def test_text_that_somebody_checked_is_shown(hidden: None) -> None:
    known = {"title": CHECKED | {"of": fingerprint("Any.")}}
    Pilot.objects.get(slug="avignon").translations.filter(language_code="fr").update(provenance=known)
    assert SECRET.encode() in body("/fr/pilots/avignon/")
    assert SECRET.encode() in body("/pilots.csv")
    assert SECRET.encode() not in body("/fr/pilots/rotterdam/")


def test_nothing_is_hidden_unless_it_is_asked_for(hidden: None, settings: Any) -> None:
    settings.HIDE_UNCHECKED_TRANSLATIONS = False
    call_command("load_pilots", stdout=io.StringIO())
    assert SECRET.encode() in body("/fr/pilots/avignon/")


@pytest.mark.usefixtures("hidden")
def test_no_word_of_a_hidden_text_is_explained():
    term = GlossaryTerm.objects.first()
    assert term
    PilotTranslation.objects.filter(language_code="en").update(summary="Nothing to explain.")
    PilotTranslation.objects.filter(master__slug="avignon", language_code="fr").update(summary=f"The {SECRET} ZQX.")
    term.translations.update(term="ZQX")
    assert f'id="word-{term.slug}"'.encode() not in visitor().get("/fr/pilots/avignon/").content
    PilotTranslation.objects.filter(master__slug="avignon", language_code="en").update(summary="The ZQX.")
    assert f'id="word-{term.slug}"'.encode() in visitor().get("/fr/pilots/avignon/").content

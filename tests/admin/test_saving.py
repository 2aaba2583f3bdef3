"""What the form of a pilot says is the same whether its rows are written and read, or it is read from the form."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from pilots.admin.pilot import saving
from pilots.admin.pilot.form_content import content_of_form
from pilots.history.record import Kind
from pilots.models import Pilot, Revision
from pilots.models.content import PARTS, Content, read_content, write_content
from tests import factories
from tests.admin.forms import Fields, address, open_form
from tests.cached_content import rows_for_a_module
from tests.factories import PilotFactory, PublishedPilotFactory
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db

MOST_QUERIES = 150


def fill(pilot: Pilot) -> Pilot:
    """Give a pilot as much of everything as a long entry has, in two languages."""
    partner = factories.PartnerFactory()
    values = {
        "partners": partner,
        "activity_types": factories.ActivityTypeFactory(),
        "audiences": factories.AudienceFactory(),
        "stages": factories.StageFactory(),
        "target_groups": factories.TargetGroupFactory(),
    }
    texts = {language: {"text": f"In {language}."} for language in ("en", "fr")}
    labels = {language: {"label": f"In {language}."} for language in ("en", "fr")}
    names = {language: {"name": f"In {language}."} for language in ("en", "fr")}
    numbers = [str(number) for number in range(1, 9)]
    content = read_content(pilot) | {name: [row.slug] for name, row in values.items()}
    content["texts"]["fr"] = {"title": "Titre", "summary": "Résumé."}
    content |= {
        "lessons": {number: {"kind": "helped", "passage": "3.1", "texts": texts} for number in numbers},
        "key_figures": {
            number: {"qualifier": "exact", "value": "2.5", "upper": "", "passage": "2", "texts": labels}
            for number in numbers
        },
        "organisations_involved": {
            number: {"partner": partner.slug, "passage": "", "texts": names} for number in numbers
        },
        "passages": {
            **{name: {"passage": "1", "rests_on_heading": False} for name in ("title", "summary", "results", "start")},
            f"stages/{values['stages'].slug}": {"passage": "4", "rests_on_heading": True},
        },
    }
    write_content(pilot, content)
    return pilot


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Pilot, dict[str, Fields]]]:
    """Return a pilot that says much, and what its form would send in two languages."""
    with rows_for_a_module(django_db_blocker):
        pilot, client = fill(PilotFactory()), browser_of(person("superuser"))
        yield pilot, {language: open_form(client, in_language(pilot, language)) for language in ("en", "fr")}


def in_language(pilot: Pilot, language: str) -> str:
    """Return the address of the form in a language."""
    return f"{address(pilot)}?language={language}"


CHANGES: dict[str, dict[str, Any]] = {
    "nothing": {},
    "texts": {"title": "Another title", "results": "First.\r\n\r\nSecond. ", "background": ""},
    "facts": {"start": "2020-05", "end": "2021-03", "evaluation": "done", "reviewed_on": "2026-01-02"},
    "values taken out": {"stages": [], "audiences": []},
    "a lesson changed": {"lessons-2-text": "Changed.", "lessons-2-kind": "hard", "lessons-2-passage": "5"},
    "a lesson deleted": {"lessons-1-DELETE": "on", "lessons-3-number": "12"},
    "two numbers changed": {"key_figures-0-number": "2", "key_figures-1-number": "1"},
    "a number left out": {"lessons-0-number": ""},
    "a figure": {"key_figures-0-value": "1 200", "key_figures-0-upper": "1500,5", "key_figures-0-qualifier": "about"},
    "an organisation without a partner": {"organisations_involved-0-partner": ""},
    "a new figure": {
        "key_figures-TOTAL_FORMS": "9",
        "key_figures-8-label": "New",
        "key_figures-8-value": "7",
        "key_figures-8-qualifier": "exact",
        "key_figures-8-upper": "",
        "key_figures-8-passage": "",
    },
    "passages": {"passages-0-passage": "9", "passages-1-DELETE": "on", "passages-2-about": "objectives"},
}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("change", CHANGES)
def test_form_is_read_as_its_rows_would_be(
    change: str,
    language: str,
    filled: tuple[Pilot, dict[str, Fields]],
    admin_client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (pilot, forms), read = filled, []

    def save_related(self: Any, request: Any, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        read.append(content_of_form(form, formsets, form.before))
        original(self, request, form, formsets, change)

    original = saving.RevisionAdmin.save_related
    monkeypatch.setattr(saving.RevisionAdmin, "save_related", save_related)
    typed = {name: value for name, value in (forms[language] | CHANGES[change]).items() if value is not None}
    response = admin_client.post(in_language(pilot, language), typed)
    if response.status_code == 200:
        assert language == "fr"  # a translation adds no parts
        return
    assert [said_in(content) for content in read] == [said_in(read_content(pilot))]


def said_in(content: Content) -> Content:
    """Leave out of a content what is known of its texts, which is noted once it is saved."""
    parts = {
        name: {
            number: {key: part[key] for key in part if key != "provenance"} for number, part in content[name].items()
        }
        for name in PARTS
    }
    return {key: value for key, value in content.items() if key != "provenance"} | parts


def test_public_entry_is_written_once(admin_client: Client) -> None:
    pilot = fill(PublishedPilotFactory())
    form = open_form(admin_client, address(pilot))
    before = read_content(pilot)
    with CaptureQueriesContext(connection) as captured:
        admin_client.post(address(pilot), {**form, "summary": "Changed.", "lessons-2-text": "Changed."})
    assert len(captured) <= MOST_QUERIES
    copy = Pilot.objects.get(revises=pilot)
    said = read_content(copy)
    assert (read_content(pilot), said["texts"]["en"]["summary"]) == (before, "Changed.")
    assert said["lessons"]["3"]["texts"] == {"en": {"text": "Changed."}, "fr": {"text": "In fr."}}
    kept = Revision.objects.filter(row=copy.pk).order_by("edit_count").values_list("kind", "edit_count", "content")
    assert [*kept] == [(Kind.FOUND, 0, before), (Kind.REVISED, 1, said)]

"""Two editors on one organisation, value, source, term or set of synonyms: the second does not save over the first."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pilots.models import ActivityType, GlossaryTerm
from tests.admin.forms import Fields, address, change, forms_of
from tests.admin.test_admin_pages import a_row
from tests.factories import (
    ActivityTypeFactory,
    AuthorityFactory,
    FurtherReadingFactory,
    GlossaryTermFactory,
    PartnerFactory,
    SourceFactory,
    StatementFactory,
    SynonymSetFactory,
)

pytestmark = pytest.mark.django_db

KINDS: dict[str, tuple[Any, str]] = {
    "authority": (AuthorityFactory, "place"),
    "partner": (PartnerFactory, "full_name"),
    "value": (ActivityTypeFactory, "description"),
    "source": (SourceFactory, "publisher"),
    "term": (GlossaryTermFactory, "meaning"),
    "synonyms": (SynonymSetFactory, "words"),
    "work": (FurtherReadingFactory, "publisher"),
    "statement": (StatementFactory, "text"),
}
WHO = "saved this after you opened it"


def opened(client: Client, row: Model) -> Fields:
    return forms_of(client.get(address(row)))[f"{row._meta.model_name}_form"]


def again(page: HttpResponse, row: Model) -> Fields:
    return forms_of(page)[f"{row._meta.model_name}_form"]


@pytest.mark.parametrize("kind", KINDS)
def test_second_save_is_refused_with_both_values_and_the_third_is_taken(
    kind: str, mine: Client, theirs: Client
) -> None:
    factory, name = KINDS[kind]
    row, line = factory(), "prison\n" if kind == "synonyms" else ""
    form = opened(mine, row)
    change(theirs, row, **{name: f"{line}theirs"})
    page = mine.post(address(row), {**form, name: f"{line}mine"})
    assert f"ana {WHO}" in page.content.decode()
    assert "theirs" in page.context["adminform"].form.errors[name][0]
    assert again(page, row)[name] == [f"{line}mine"]
    assert mine.post(address(row), again(page, row)).status_code == 302
    assert opened(mine, row)[name][0].split() == f"{line}mine".split()


def test_field_that_was_left_alone_does_not_undo_what_a_colleague_wrote_there(mine: Client, theirs: Client) -> None:
    term = GlossaryTermFactory(term="PJJ", meaning="Before.")
    form = opened(mine, term)
    change(theirs, term, meaning="Theirs.")
    page = mine.post(address(term), {**form, "term": "Mine"})
    assert WHO in page.content.decode()
    assert list(page.context["adminform"].form.errors) == ["__all__", "meaning"]
    assert GlossaryTerm.objects.get().text_in("meaning", "en")[0] == "Theirs."


def test_another_mistake_does_not_hide_that_somebody_saved(mine: Client, theirs: Client) -> None:
    term = GlossaryTermFactory(meaning="Before.")
    page = mine.post(address(term), {**opened(mine, term), "term": "", "meaning": "Mine."})
    change(theirs, term, meaning="Theirs.")
    page = mine.post(address(term), {**again(page, term), "term": "Term"})
    assert WHO in page.content.decode()


def test_what_both_typed_alike_and_other_languages_stand_in_nobodys_way(mine: Client, theirs: Client) -> None:
    term = GlossaryTermFactory(meaning="Before.")
    form = opened(mine, term)
    change(theirs, term, meaning="Alike.")
    french = {
        **forms_of(theirs.get(address(term) + "?language=fr"))["glossaryterm_form"],
        "term": "Mot",
        "meaning": "Sens",
    }
    assert theirs.post(address(term) + "?language=fr", french).status_code == 302
    assert mine.post(address(term), {**form, "meaning": "Alike."}).status_code == 302


def test_translation_typed_beside_english_that_changed_is_refused_once(mine: Client, theirs: Client) -> None:
    value = ActivityTypeFactory(name="Training", description="What is learnt.")
    value.create_translation("fr", name="Formation", description="Ce qui s’apprend.")
    page = f"{address(value)}?language=fr"
    form = forms_of(mine.get(page))["activitytype_form"]
    change(theirs, value, name="Course")
    answer = mine.post(page, {**form, "name": "La formation", "description": "Tout autre chose."})
    errors = answer.context["adminform"].form.errors
    assert set(errors) == {"__all__", "name"}
    assert "Course" in errors["name"][0]
    assert mine.post(page, again(answer, value)).status_code == 302
    assert ActivityType.objects.get().text_in("name", "fr")[0] == "La formation"


def test_translation_that_was_left_alone_stands_in_nobodys_way(mine: Client, theirs: Client) -> None:
    value = ActivityTypeFactory(name="Training")
    value.create_translation("fr", name="Formation", description="")
    page = f"{address(value)}?language=fr"
    form = forms_of(mine.get(page))["activitytype_form"]
    change(theirs, value, name="Course")
    assert mine.post(page, {**form, "description": "Ce qui s’apprend."}).status_code == 302


@pytest.mark.parametrize("said", ["", "{", "[]", "7", '{"meaning": 7}', '{"x": "y"}', '{"meaning": ["a"]}'])
def test_forged_state_is_no_error(said: str, mine: Client) -> None:
    term = GlossaryTermFactory(meaning="Before.")
    assert mine.post(address(term), {**opened(mine, term), "_opened_with": said}).status_code in {200, 302}


def test_of_two_saves_at_once_the_second_waits(mine: Client) -> None:
    row = a_row(GlossaryTerm)
    form = opened(mine, row)
    with CaptureQueriesContext(connection) as asked:
        mine.post(address(row), form)
    lines = [query["sql"] for query in asked if "pilots_glossaryterm" in query["sql"]]
    assert lines[0].endswith("FOR UPDATE") or not connection.features.has_select_for_update

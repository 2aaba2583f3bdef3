"""Two editors on the text of one source: the second neither overwrites, deletes nor shows what the first did not."""

import pytest
from django.test import Client

from pilots.models import Source, SourceText
from tests import factories
from tests.admin.forms import Fields, address, errors, forms_of

pytestmark = pytest.mark.django_db
# Forms are made by the same Python.
DATABASES = ("sqlite",)

TEXT, SHOWN, DELETE = "full_text-0-text", "full_text-0-may_be_shown", "full_text-0-DELETE"
WHO = "saved this after you opened it"


def opened(client: Client, source: Source) -> Fields:
    return forms_of(client.get(address(source)))["source_form"]


def save(client: Client, source: Source, form: Fields, **changes: object) -> None:
    assert client.post(address(source), {**form, **changes}).status_code == 302


def refused(client: Client, source: Source, form: Fields, **changes: object) -> tuple[str, Fields]:
    """What is said, and the form as it would be sent again."""
    page = client.post(address(source), {**form, **changes})
    assert page.status_code == 200
    return errors(page), forms_of(page)["source_form"]


def text_of(source: Source) -> str:
    return SourceText.objects.get(source=source).text


def test_second_text_is_refused_and_saved_when_sent_again(mine: Client, theirs: Client) -> None:
    source = factories.SourceTextFactory(text="Before.").source
    form = opened(mine, source)
    save(theirs, source, opened(theirs, source), **{TEXT: "Theirs."})
    said, again = refused(mine, source, form, **{TEXT: "Mine."})
    assert f"ana {WHO}" in said
    assert "Another text was saved meanwhile" in said
    assert text_of(source) == "Theirs."
    assert again[TEXT] == ["Mine."]
    save(mine, source, again)
    assert text_of(source) == "Mine."


def test_what_was_saved_meanwhile_stands_numbered_below_what_was_typed(mine: Client, theirs: Client) -> None:
    source = factories.SourceTextFactory(text="Before.").source
    form = opened(mine, source)
    save(theirs, source, opened(theirs, source), **{TEXT: "Theirs."})
    page = mine.post(address(source), {**form, TEXT: "Mine."}).content.decode()
    assert '<span class="source-pointer">1.1</span> Theirs.' in page


def test_tick_that_a_colleague_took_away_does_not_come_back_with_another_change(mine: Client, theirs: Client) -> None:
    source = factories.SourceTextFactory(text="Before.", may_be_shown=True).source
    form = opened(mine, source)
    hidden = opened(theirs, source)
    del hidden[SHOWN]
    save(theirs, source, hidden)
    said, _again = refused(mine, source, form, **{TEXT: "Mine."})
    assert WHO in said
    assert not SourceText.objects.shown().exists()


def test_text_added_by_both_is_refused_once(mine: Client, theirs: Client) -> None:
    source = factories.SourceFactory()
    form = opened(mine, source)
    save(theirs, source, opened(theirs, source), **{TEXT: "Theirs."})
    said, again = refused(mine, source, form, **{TEXT: "Mine."})
    assert f"ana {WHO}" in said
    assert text_of(source) == "Theirs."
    save(mine, source, again)
    assert text_of(source) == "Mine."


def test_text_that_was_left_empty_does_not_delete_one_added_meanwhile(mine: Client, theirs: Client) -> None:
    source = factories.SourceFactory()
    form = opened(mine, source)
    save(theirs, source, opened(theirs, source), **{TEXT: "Theirs."})
    refused(mine, source, form, publisher="Efus")
    assert text_of(source) == "Theirs."


def test_what_was_typed_is_kept_where_the_text_was_deleted_meanwhile(mine: Client, theirs: Client) -> None:
    source = factories.SourceTextFactory(text="Before.").source
    form = opened(mine, source)
    save(theirs, source, opened(theirs, source), **{DELETE: "on"})
    said, again = refused(mine, source, form, **{TEXT: "Mine."})
    assert "The text was deleted meanwhile" in said
    assert not SourceText.objects.exists()
    save(mine, source, again)
    assert text_of(source) == "Mine."


def test_deleted_text_stays_deleted_where_the_box_is_emptied(mine: Client, theirs: Client) -> None:
    source = factories.SourceTextFactory(text="Before.").source
    form = opened(mine, source)
    save(theirs, source, opened(theirs, source), **{DELETE: "on"})
    _said, again = refused(mine, source, form, publisher="Efus")
    save(mine, source, again, **{TEXT: ""})
    assert not SourceText.objects.exists()


def test_text_that_its_editor_has_not_seen_is_not_deleted(mine: Client, theirs: Client) -> None:
    source = factories.SourceTextFactory(text="Before.").source
    form = opened(mine, source)
    save(theirs, source, opened(theirs, source), **{TEXT: "Theirs."})
    said, again = refused(mine, source, form, **{DELETE: "on"})
    assert WHO in said
    assert text_of(source) == "Theirs."
    save(mine, source, again)
    assert not SourceText.objects.exists()


@pytest.mark.parametrize("said", ["{", "[]", '{"text": 7}', '{"x": "y"}'])
@pytest.mark.parametrize("number", ["", "x", "0", "99999999999999999999"])
def test_forged_forms_are_no_error(said: str, number: str, mine: Client) -> None:
    source = factories.SourceTextFactory().source
    forged = {"full_text-0-_opened_with": said, "full_text-0-id": number, "full_text-INITIAL_FORMS": number}
    assert mine.post(address(source), {**opened(mine, source), **forged}).status_code in {200, 302}

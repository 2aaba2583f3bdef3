"""How a translated text stands to its original, from plain values and from rows."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from pilots.models import Authority, AuthorityTranslation, Pilot
from pilots.models.content import text_fields
from pilots.models.provenance import (
    State,
    fingerprint,
    is_unchecked,
    made_by_machine,
    made_by_person,
    records_after,
    state_of,
)
from pilots.models.translation import Translation
from tests.factories import AuthorityFactory, PilotFactory

NOW = datetime(2026, 11, 30, 20, tzinfo=UTC)
RITA = made_by_person("rita", NOW)
CURRENT, WORDING, MEANING, MISSING = State.CURRENT, State.OUTDATED_WORDING, State.OUTDATED_MEANING, State.MISSING
Row = dict[str, Any]


def row(**texts: str) -> Row:
    """What a row says that has one field, by language."""
    return {"texts": {language: {"text": text} for language, text in texts.items()}}


def written(before: Row, *, wording_only: bool = False, maker: Any = RITA, **texts: str) -> Row:
    """`before`, made to say these texts."""
    after = row(**{language: said["text"] for language, said in before["texts"].items()} | texts)
    return after | {"provenance": records_after(before, after, maker=maker, wording_only=wording_only)}


def state(said: Row, language: str = "fr") -> State:
    """The state of the text in `language`."""
    texts, records = said["texts"], said.get("provenance", {})
    pairs = [(texts.get(code, {}).get("text", ""), records.get(code, {}).get("text", {})) for code in ("en", language)]
    return state_of(*pairs[0], *pairs[1])


TRANSLATED = written(row(en="A"), fr="a")


def test_translation_rests_on_the_english_it_was_written_beside() -> None:
    assert state(TRANSLATED) is CURRENT
    assert state(written(row(), en="A", fr="a")) is CURRENT


def test_text_without_a_translation_is_missing_and_nothing_is_missing_where_nothing_is_said() -> None:
    assert state(TRANSLATED, "nl") is MISSING
    assert state(row()) is CURRENT


def test_changed_english_says_something_else_unless_the_editor_says_otherwise() -> None:
    assert state(written(TRANSLATED, en="B")) is MEANING
    assert state(written(TRANSLATED, en="B", wording_only=True)) is WORDING


def test_english_that_was_emptied_leaves_its_translation_out_of_date() -> None:
    assert state(written(TRANSLATED, en="")) is MEANING


def test_wording_that_changed_twice_still_says_the_same() -> None:
    twice = written(written(TRANSLATED, en="B", wording_only=True), en="C", wording_only=True)
    assert twice["provenance"]["en"]["text"]["same_meaning"] == [fingerprint("A"), fingerprint("B")]
    assert state(twice) is WORDING
    assert state(written(twice, nl="c"), "nl") is CURRENT


def test_change_of_meaning_ends_what_meant_the_same() -> None:
    reworded = written(TRANSLATED, en="B", wording_only=True)
    other = written(reworded, en="C")
    assert "en" not in other["provenance"]
    assert state(other) is MEANING
    assert state(written(other, en="D", wording_only=True)) is MEANING


@pytest.mark.parametrize("wording_only", [True, False])
def test_english_that_came_back_is_what_its_translation_rests_on(*, wording_only: bool) -> None:
    there = written(TRANSLATED, en="B", wording_only=wording_only)
    assert state(written(there, en="A", wording_only=wording_only)) is CURRENT


def test_text_of_which_nothing_is_known_is_unchecked_and_out_of_date_in_meaning() -> None:
    assert state(row(en="A", fr="a")) is MEANING
    assert is_unchecked({})


def test_machine_made_text_is_unchecked_until_a_person_writes_another() -> None:
    machine = written(row(en="A"), maker=made_by_machine(), fr="a")
    assert machine["provenance"]["fr"]["text"] == {"by": "machine", "of": fingerprint("A")}
    assert is_unchecked(machine["provenance"]["fr"]["text"])
    ritas = written(machine, fr="b")["provenance"]["fr"]["text"]
    assert ritas == {
        "by": "person",
        "checked_by": "rita",
        "checked_at": "2026-11-30T20:00:00+00:00",
        "of": fingerprint("A"),
    }
    assert not is_unchecked(ritas)


def test_text_that_was_not_written_keeps_what_is_known_of_it() -> None:
    machine = written(row(en="A"), maker=made_by_machine(), fr="a")
    assert written(machine, nl="n")["provenance"]["fr"] == machine["provenance"]["fr"]


def test_text_of_nobody_is_not_checked() -> None:
    assert is_unchecked(made_by_person("", NOW))


# Rows ----------------------------------------------------------------------


def known(text: str, **said: str) -> dict[str, Any]:
    """What is known of the names of a row whose English name is `text`."""
    return {"name": {"by": "machine", "of": fingerprint(text)} | said}


@pytest.fixture
def authority(db: None) -> Authority:
    """The Hague, in French by a machine and in Dutch by nobody knows whom."""
    row = AuthorityFactory(name="The Hague")
    texts = AuthorityTranslation.objects
    texts.create(master=row, language_code="fr", name="La Haye", provenance=known("The Hague"))
    texts.create(master=row, language_code="nl", name="Den Haag")
    return Authority.objects.get(pk=row.pk)


def test_row_tells_the_state_of_its_texts(authority: Authority) -> None:
    states = {language: authority.state_in("name", language) for language in ("en", "fr", "nl", "sv")}
    assert states == {"en": CURRENT, "fr": CURRENT, "nl": MEANING, "sv": MISSING}
    authority.translations.filter(language_code="en").update(name="Hague")
    assert authority.state_in("name", "fr") is MEANING
    reworded = {"name": {"same_meaning": [fingerprint("The Hague")]}}
    authority.translations.filter(language_code="en").update(provenance=reworded)
    assert authority.state_in("name", "fr") is WORDING


def test_row_tells_which_texts_nobody_checked(authority: Authority) -> None:
    unchecked = {language for language in ("en", "fr", "nl", "sv") if authority.is_unchecked_in("name", language)}
    assert unchecked == {"fr", "nl"}
    checked = known("The Hague", checked_by="rita", checked_at="2026-11-30T20:00:00+00:00")
    authority.translations.filter(language_code="fr").update(provenance=checked)
    assert not authority.is_unchecked_in("name", "fr")


def test_states_of_rows_with_their_texts_cost_no_query(authority: Authority, django_assert_num_queries: Any) -> None:
    [row] = Authority.objects.all().with_texts()
    with django_assert_num_queries(0):
        assert row.state_in("name", "fr") is CURRENT
        assert row.is_unchecked_in("name", "nl")


def translations() -> list[type[Translation]]:
    models = apps.get_app_config("pilots").get_models()
    return [model for model in models if issubclass(model, Translation)]


@pytest.mark.parametrize("model", translations())
def test_what_is_known_of_texts_is_no_text(model: Any) -> None:
    assert "provenance" in {field.name for field in model._meta.get_fields()}
    assert "provenance" not in text_fields(model._meta.get_field("master").related_model)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "record"),
    [
        ("en", {"by": "machine"}),
        ("en", {"of": "1f"}),
        ("en", {"checked_at": "2026-11-30"}),
        ("fr", {"same_meaning": ["1f"]}),
    ],
)
def test_database_refuses_records_that_do_not_fit_the_language(language: str, record: dict[str, Any]) -> None:
    pilot = PilotFactory()
    texts = Pilot._parler_meta.root_model.objects
    texts.create(master=pilot, language_code="fr", title="a")
    with pytest.raises(IntegrityError, match="pilottranslation_provenance_fits_its_language"), transaction.atomic():
        texts.filter(master=pilot, language_code=language).update(provenance={"title": record})
    other = {"en": "fr", "fr": "en"}[language]
    assert texts.filter(master=pilot, language_code=other).update(provenance={"title": record}) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["same_meaning", "of", '"same_meaning": []', "checked_at"])
def test_account_may_have_the_name_of_a_key(name: str) -> None:
    pilot = PilotFactory()
    records = {"title": made_by_person(name, NOW)}
    text = Pilot._parler_meta.root_model.objects.create(master=pilot, language_code="fr", title="a", provenance=records)
    text.refresh_from_db()
    assert text.provenance == records

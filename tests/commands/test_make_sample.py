"""`make_sample` fills an empty database with invented entries: valid, the same each time, never in production."""

import hashlib
import re
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.db.models import Count, Model
from django.urls import reverse

from pilots.development.sample.places import COUNTRIES
from pilots.development.sample.words import lengthened
from pilots.management.commands import make_sample
from pilots.models import (
    ActivityType,
    Audience,
    Authority,
    Lesson,
    Partner,
    Pilot,
    PilotTranslation,
    Stage,
    TargetGroup,
)
from pilots.models.pilot import PROFILE
from pilots.models.provenance import State, is_unchecked, state_of
from tests.factories import GlossaryTermFactory, PartnerFactory, PilotFactory
from tests.pages.addresses import PAGES
from tests.stored_rows import rows_made_by, store

pytestmark = pytest.mark.django_db
# It writes with Django alone; that the portal stands on its rows on PostgreSQL too, the runs in a browser show.
DATABASES = ("sqlite",)

ARGUMENTS = {
    "pilot": "sample-pilot-1",
    "partner": "sample-partner-1",
    "authority": "sample-place-1",
    "source": "sample-source-1",
}
# Notes which content changed last; no content itself.
BOOKKEEPING = ["pilots.contentchange", "pilots.contentqueue", "pilots.contentversion"]


def sample(*options: object) -> str:
    """Run the command and return what it says."""
    out = StringIO()
    call_command("make_sample", *(str(option) for option in options), stdout=out)
    return out.getvalue()


def rows() -> list[Model]:
    """All entries in the database with their parts, those of many-to-many relations aside."""
    return [row for model in apps.get_app_config("pilots").get_models() for row in model._default_manager.all()]


def everything(*options: object) -> str:
    """A fingerprint of all that the command makes, ids aside; nothing stays in the database."""
    out = StringIO()
    with transaction.atomic():
        sample(*options)
        call_command(
            "dumpdata",
            "pilots",
            exclude=BOOKKEEPING,
            use_natural_foreign_keys=True,
            use_natural_primary_keys=True,
            stdout=out,
        )
        transaction.set_rollback(True)
    return hashlib.sha256(out.getvalue().encode()).hexdigest()


def make_three_hundred() -> None:
    """Make as many public pilots as it takes for chance to even out."""
    sample("--pilots", 300, "--hidden", 0)


def test_same_seed_makes_the_same_entries_and_another_seed_makes_others() -> None:
    once = everything("--pilots", 12, "--seed", 7)
    assert everything("--pilots", 12, "--seed", 7) == once
    assert everything("--pilots", 12, "--seed", 8) != once


def test_every_row_is_one_that_an_editor_could_save() -> None:
    sample("--pilots", 25, "--vocabulary", 45)
    made = rows()
    assert len(made) > 500
    for row in made:
        row.full_clean()


@pytest.mark.databases("sqlite", "postgresql")
def test_as_much_is_made_as_was_asked_for() -> None:
    said = sample("--pilots", 150, "--countries", 40, "--partners", 120, "--vocabulary", 40, "--hidden", 20)
    assert said.splitlines() == [
        "150 of 150 public pilots",
        "Made 150 public pilots of 75 authorities in 40 countries with 120 partners, "
        "and 30 pilots that are not public.",
    ]
    public = Pilot.objects.published()
    assert (public.count(), Pilot.objects.count()) == (150, 180)
    assert public.values("authority__country").distinct().count() == 40
    assert (Partner.objects.public().count(), Audience.objects.public().count()) == (120, 40)
    assert Stage.objects.public().count() == 4


def test_fewer_pilots_have_fewer_places_and_partners() -> None:
    sample("--pilots", 9, "--hidden", 0)
    assert (Authority.objects.public().count(), Partner.objects.public().count(), Pilot.objects.count()) == (9, 9, 9)


def test_a_few_partners_have_many_pilots_and_many_have_few() -> None:
    store(rows_made_by(make_three_hundred))
    uses = sorted(Partner.objects.public().annotate(uses=Count("pilots")).values_list("uses", flat=True))
    assert uses[0] == 1
    assert uses[60] < 5
    assert uses[-1] > 25


def test_first_pilot_has_everything_and_second_only_what_it_must() -> None:
    sample("--pilots", 9)
    full, bare = (Pilot.objects.get(slug=f"sample-pilot-{number}") for number in (1, 2))
    assert all((full.background, full.prospects, full.start, full.end, full.evaluation, full.reviewed_on))
    assert all(getattr(full, item) and full.passages.filter(about=item).exists() for item in PROFILE)
    assert {row.language_code for row in full.translations.all()} == {"en", "fr", "es", "nl", "sv"}
    assert {lesson.kind for lesson in full.lessons.all()} == set(Lesson.Kind.values)
    assert full.key_figures.count() == full.organisations_involved.count() == 3
    assert not any(
        (bare.background, bare.prospects, bare.start, bare.evaluation, bare.reviewed_on, bare.authority.latitude)
    )
    assert bare.partners.count() == bare.activity_types.count() == 1
    assert not any(parts.exists() for parts in (bare.lessons, bare.key_figures, bare.passages, bare.stages))


def test_places_are_crowded_unknown_and_far_away() -> None:
    store(rows_made_by(make_three_hundred))
    places = list(Authority.objects.values_list("latitude", "longitude"))
    known = [(float(north), float(east)) for north, east in places if north is not None]
    assert 0 < len(places) - len(known) < 20
    assert len(set(known)) < len(known)
    outside = [point for point in known if not (34 < point[0] < 67 and -25 < point[1] < 45)]
    assert sorted(outside) == [(-21.1, 55.5), (40.7, -74.0)]


def test_some_names_are_as_long_as_can_be() -> None:
    sample("--pilots", 9, "--vocabulary", 45)
    longest = {
        Pilot: ("title", 200, "sample-pilot-3"),
        Authority: ("place", 100, "sample-place-3"),
        Partner: ("name", 100, "sample-partner-3"),
        Audience: ("name", 100, "sample-audience-43"),
    }
    for model, (field, length, slug) in longest.items():
        assert len(getattr(model.objects.get(slug=slug), field)) == length


def test_countries_are_forty_different_ones() -> None:
    assert len({country.code for country in COUNTRIES}) == 40


@pytest.mark.parametrize("factory", [PilotFactory, PartnerFactory, GlossaryTermFactory])
def test_database_with_entries_is_left_alone(factory: type) -> None:
    factory()
    before = len(rows())
    with pytest.raises(CommandError, match=r"^The database already holds .* Name a new folder in DATA_DIR"):
        sample("--pilots", 9)
    assert len(rows()) == before


def test_production_is_left_alone(settings: object) -> None:
    settings.IN_PRODUCTION = True
    with pytest.raises(CommandError, match=r"^SITE_URL is set, so this is production"):
        sample("--pilots", 9)
    assert not Pilot.objects.exists()


def test_database_without_tables_stops_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_table(queryset: object) -> bool:
        raise DatabaseError("no such table: pilots_pilot")

    monkeypatch.setattr("django.db.models.query.QuerySet.exists", no_table)
    with pytest.raises(CommandError, match=r"Run “manage\.py migrate” first"):
        sample("--pilots", 9)


@pytest.mark.parametrize(
    ("option", "value"), [("--pilots", "0"), ("--pilots", "many"), ("--countries", "41"), ("--seed", "-1")]
)
def test_option_that_makes_no_sense_is_refused(option: str, value: str) -> None:
    with pytest.raises(CommandError, match=rf"argument {option}: “{value}” is no whole number from \d+ to \d+"):
        sample(f"{option}={value}")
    assert not Pilot.objects.exists()


def test_batches_hold_every_number_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_sample, "BATCH", 4)
    assert [list(numbers) for numbers in make_sample.batches(9)] == [[1, 2, 3, 4], [5, 6, 7, 8], [9]]
    assert list(make_sample.batches(0)) == []
    whole = everything("--pilots", 9)
    monkeypatch.undo()
    assert everything("--pilots", 9) == whole


def test_every_page_answers_and_tells_of_nothing_hidden(client: object) -> None:
    sample("--pilots", 10, "--hidden", 100)
    country = Pilot.objects.get(slug=ARGUMENTS["pilot"]).authority.country.code
    values = {model.route: model.objects.public()[0].slug for model in (ActivityType, Audience, TargetGroup, Stage)}
    arguments = ARGUMENTS | values | {"country": country}
    for name, kind in PAGES.items():
        response = client.get(reverse(name, args=[arguments[kind]] if kind else []))
        assert response.status_code == 200, name
        assert not re.search("hidden.sample", response.content.decode(), re.IGNORECASE), name


def test_entries_can_be_added_afterwards() -> None:
    sample("--pilots", 9)
    PilotFactory()
    assert Pilot.objects.count() == 10


def test_long_name_has_exactly_the_length_and_begins_with_the_name() -> None:
    for length in range(40, 200):
        long = lengthened("Sample partner 3", length)
        assert (len(long), long[:17], long[-1].isspace()) == (length, "Sample partner 3 ", False)


def test_translations_stand_in_every_way() -> None:
    sample("--pilots", 150, "--hidden", 0)
    rows = [*PilotTranslation.objects.all()]
    english = {row.master_id: row.title for row in rows if row.language_code == "en"}
    known = [(row, row.record_of("title")) for row in rows if row.language_code != "en"]
    states = {state_of(english[row.master_id], {}, row.title, record) for row, record in known}
    assert states == {State.CURRENT, State.OUTDATED_MEANING}
    makers = {(record["by"], is_unchecked(record)) for _row, record in known}
    assert makers == {("machine", True), ("machine", False), ("person", False)}

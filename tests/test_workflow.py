"""Who may move a pilot to which status, what it takes, and what is written down."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied

from pilots import workflow
from pilots.models import Pilot
from tests.factories import PilotFactory, UserFactory

pytestmark = pytest.mark.django_db

Move = Callable[..., Pilot]

LONG_AGO = datetime(2020, 2, 3, tzinfo=UTC)
STATUSES = ("draft", "in-review", "published", "archived")
MOVES: dict[str, tuple[Move, set[str], str]] = {
    "submit": (workflow.submit, {"draft"}, "in-review"),
    "publish": (workflow.publish, {"draft", "in-review"}, "published"),
    "withdraw": (workflow.withdraw, {"in-review", "published"}, "draft"),
    "archive": (workflow.archive, {"draft", "in-review", "published"}, "archived"),
    "restore": (workflow.restore, {"archived"}, "draft"),
}
ALLOWED = [(name, status) for name, (_, before, _) in MOVES.items() for status in STATUSES if status in before]
REFUSED = [(name, status) for name, (_, before, _) in MOVES.items() for status in STATUSES if status not in before]


def user_who_may(*codenames: str) -> User:
    """An account with these rights on pilots."""
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="pilots", codename__in=codenames))
    return user


def pilot_that_is(status: str) -> Pilot:
    return PilotFactory(status=status, published_at=LONG_AGO if status == "published" else None)


def saved(pilot: Pilot) -> tuple[str, datetime | None, datetime]:
    """What the database holds of a pilot's way."""
    return Pilot.objects.values_list("status", "published_at", "updated_at").get(pk=pilot.pk)


@pytest.mark.parametrize(("name", "status"), ALLOWED)
def test_allowed_move_is_saved_and_told_to_the_caller(name: str, status: str) -> None:
    move, _, after = MOVES[name]
    pilot = pilot_that_is(status)
    assert move(pilot, by=user_who_may("change_pilot", "publish_pilot")) is pilot
    assert pilot.status == after
    assert saved(pilot) == (pilot.status, pilot.published_at, pilot.updated_at)


@pytest.mark.parametrize(("name", "status"), REFUSED)
def test_other_moves_are_refused_and_nothing_is_saved(name: str, status: str) -> None:
    move, _, after = MOVES[name]
    pilot = pilot_that_is(status)
    before = saved(pilot)
    with pytest.raises(workflow.Refused) as refusal:
        move(pilot, by=user_who_may("change_pilot", "publish_pilot"))
    now, then = Pilot.Status(status).label, Pilot.Status(after).label
    assert str(refusal.value) == f"“{pilot}” is “{now}”, so it cannot become “{then}”."
    assert (saved(pilot), pilot.status, LogEntry.objects.count()) == (before, status, 0)


def test_every_move_from_every_status_is_decided() -> None:
    assert len(ALLOWED) + len(REFUSED) == len(MOVES) * len(Pilot.Status) == 20


@pytest.mark.parametrize(("name", "status"), ALLOWED)
def test_contributor_may_submit_and_nothing_else(name: str, status: str) -> None:
    move, _, _ = MOVES[name]
    pilot, contributor = pilot_that_is(status), user_who_may("view_pilot", "add_pilot", "change_pilot")
    before = saved(pilot)
    if name == "submit":
        assert move(pilot, by=contributor).status == "in-review"
    else:
        with pytest.raises(PermissionDenied, match=f"Your account may not move “{pilot}” to"):
            move(pilot, by=contributor)
        assert (saved(pilot), LogEntry.objects.count()) == (before, 0)


@pytest.mark.parametrize(("name", "status"), ALLOWED)
def test_account_without_rights_moves_nothing(name: str, status: str) -> None:
    pilot, reader = pilot_that_is(status), user_who_may("view_pilot")
    before = saved(pilot)
    with pytest.raises(PermissionDenied):
        MOVES[name][0](pilot, by=reader)
    assert saved(pilot) == before


def test_right_to_publish_does_not_count_for_an_account_that_was_closed() -> None:
    editor = user_who_may("publish_pilot")
    editor.is_active = False
    with pytest.raises(PermissionDenied):
        workflow.publish(PilotFactory(), by=editor)


@pytest.mark.parametrize(("name", "status"), ALLOWED)
def test_each_move_is_logged_once_with_its_actor(name: str, status: str) -> None:
    move, _, after = MOVES[name]
    pilot, editor = pilot_that_is(status), user_who_may("change_pilot", "publish_pilot")
    move(pilot, by=editor)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.get_edited_object()) == (editor, pilot)
    assert entry.get_change_message() == f"Moved to “{Pilot.Status(after).label}”."


def without_english_title(pilot: Pilot) -> None:
    pilot.create_translation("fr", title="Titre", summary="Résumé")
    pilot.translations.filter(language_code="en").update(title="")


def without_any_english(pilot: Pilot) -> None:
    pilot.create_translation("fr", title="Titre", summary="Résumé")
    pilot.translations.filter(language_code="en").delete()


def without_summary(pilot: Pilot) -> None:
    pilot.translations.update(summary="")


GAPS: list[tuple[Callable[[Pilot], None], str]] = [
    (without_english_title, "Add an English title."),
    (without_any_english, "Add an English title and an English summary."),
    (without_summary, "Add an English summary."),
    (lambda pilot: pilot.partners.clear(), "Add a partner."),
    (lambda pilot: pilot.activity_types.clear(), "Add an activity type."),
]


@pytest.mark.parametrize(("make_gap", "advice"), GAPS)
@pytest.mark.parametrize("status", ["draft", "in-review"])
def test_incomplete_pilot_is_not_published_and_what_is_missing_is_said(make_gap, advice: str, status: str) -> None:
    pilot = pilot_that_is(status)
    make_gap(pilot)
    before = saved(pilot)
    with pytest.raises(workflow.Refused) as refusal:
        workflow.publish(Pilot.objects.get(pk=pilot.pk), by=user_who_may("publish_pilot"))
    assert str(refusal.value).endswith(f"cannot be published yet. {advice}")
    assert (saved(pilot), LogEntry.objects.count()) == (before, 0)


def test_everything_that_is_missing_is_said_at_once() -> None:
    pilot = PilotFactory(slug="bare", partners=[], activity_types=[])
    pilot.translations.all().delete()
    with pytest.raises(workflow.Refused) as refusal:
        workflow.publish(Pilot.objects.get(pk=pilot.pk), by=user_who_may("publish_pilot"))
    assert str(refusal.value) == (
        "“bare” cannot be published yet. Add an English title, an English summary, a partner and an activity type."
    )


def test_incomplete_pilot_may_be_submitted() -> None:
    assert workflow.submit(PilotFactory(partners=[]), by=user_who_may("change_pilot")).status == "in-review"


def test_first_publication_has_the_time_of_the_move() -> None:
    start = datetime.now(UTC)
    published_at = workflow.publish(PilotFactory(), by=user_who_may("publish_pilot")).published_at
    assert start <= published_at <= datetime.now(UTC)


def test_time_of_first_publication_is_kept_when_published_again() -> None:
    pilot, editor = pilot_that_is("published"), user_who_may("publish_pilot")
    for move in (workflow.withdraw, workflow.publish, workflow.archive, workflow.restore, workflow.publish):
        move(pilot, by=editor)
        assert pilot.published_at == LONG_AGO
    assert saved(pilot)[:2] == ("published", LONG_AGO)


def test_move_is_judged_by_what_the_database_says_now() -> None:
    pilot, editor = PilotFactory(), user_who_may("publish_pilot")
    stale = Pilot.objects.get(pk=pilot.pk)
    workflow.archive(pilot, by=editor)
    with pytest.raises(workflow.Refused, match="is “archived”"):
        workflow.publish(stale, by=editor)


def test_move_saves_nothing_but_the_move() -> None:
    pilot = PilotFactory(start="2019")
    pilot.start = "2020"
    workflow.publish(pilot, by=user_who_may("publish_pilot"))
    assert Pilot.objects.get(pk=pilot.pk).start == "2019"

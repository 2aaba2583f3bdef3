"""Load the nine pilots and what they need; bring newer texts of them to a portal that runs already."""

from typing import Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError, transaction

from pilots.history.completeness import measure_completeness
from pilots.management.delivery.records import (
    FILES,
    Delivery,
    EntryKey,
    add_records,
    is_as_loaded,
    read_delivery,
    with_present_slugs,
)
from pilots.management.delivery.update import Outcome, Update
from pilots.models import Pilot
from pilots.search.reindex import index_words

__all__ = ["FILES", "Command"]

# What a record can fail with that names no such model, field, value or entry.
BROKEN = (
    AttributeError,
    DatabaseError,
    DeserializationError,
    FieldDoesNotExist,
    KeyError,
    LookupError,
    ObjectDoesNotExist,
    TypeError,
    ValidationError,
    ValueError,
)

SAID = {
    Outcome.ADDED: "Added",
    Outcome.OUTDATED: "Left alone, though newer texts were delivered; --update brings them",
    Outcome.MENDED: "Mended, because nobody had edited it here",
    Outcome.OFFERED: "Offered as a working copy that waits for review, because it was edited here",
    Outcome.EDITED: "Left alone, because it was edited here",
    Outcome.UNDER_WAY: "Left alone, because it has a working copy; run this again once it is published or thrown away",
}
NEWER = (
    "Newer texts were delivered for {count} that nobody edited here. "
    "See which: .venv/bin/python manage.py load_pilots --update --dry-run"
)


class Command(BaseCommand):
    """Loads each entry of the fixtures that is missing, as a whole; with `--update` mends those that nobody edited."""

    help = (
        "Load the entries of the fixtures that are not there yet. Nothing that is there is changed, unless with "
        "--update: that brings newer texts to entries that nobody edited, and offers them as working copies of others."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing when the database holds any pilot")
        parser.add_argument("--update", action="store_true", help="bring newer texts to what is there already")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")

    @transaction.atomic
    def handle(self, *args: Any, if_empty: bool, update: bool, dry_run: bool, **options: Any) -> None:
        """Load, then say what was done and what was left alone; all or nothing."""
        try:
            delivery = read_delivery(settings.BASE_DIR / "fixtures")
            if if_empty and Pilot.objects.exists():
                self._tell_of_newer(Update(delivery).outdated())
                return
            outcomes = Update(delivery).run() if update else load(delivery)
        except BROKEN as error:
            raise CommandError(
                f"The fixtures in {settings.BASE_DIR / 'fixtures'} cannot be loaded: {type(error).__name__}, {error}."
            ) from error
        if dry_run:
            transaction.set_rollback(True)
            self.stdout.write("Nothing was changed. Without --dry-run, this would be said:")
        else:
            measure_completeness()
            index_words()
        self._tell(outcomes)

    def _tell(self, outcomes: dict[EntryKey, Outcome]) -> None:
        added = [entry for entry, outcome in outcomes.items() if outcome is Outcome.ADDED]
        same = [entry for entry, outcome in outcomes.items() if outcome is Outcome.SAME]
        self.stdout.write(f"Added {described(added)}; already there and the same: {described(same)}.")
        for outcome, words in SAID.items():
            for model, slug in (entry for entry, one in outcomes.items() if one is outcome is not Outcome.ADDED):
                self.stdout.write(f"{words}: {model._meta.verbose_name} {slug}.")

    def _tell_of_newer(self, entries: list[EntryKey]) -> None:
        if entries:
            self.stdout.write(NEWER.format(count=described(entries)))


def load(delivery: Delivery) -> dict[EntryKey, Outcome]:
    """Add what is missing. Return what became of each entry."""
    outcomes = {}
    renamed, outdated = delivery.present_slugs(), Update(delivery).outdated()
    for entry, own_records in delivery.entries.items():
        wanted = [with_present_slugs(record, renamed) for record in own_records]
        row = delivery.row_of(entry)
        if row is None:
            add_records(delivery, entry, wanted)
            outcomes[entry] = Outcome.ADDED
        elif entry in outdated:
            outcomes[entry] = Outcome.OUTDATED
        else:
            outcomes[entry] = Outcome.SAME if is_as_loaded(row, wanted) else Outcome.EDITED
    return outcomes


def described(some: list[EntryKey]) -> str:
    """How many entries there are, pilots named first: “9 pilots and 44 other entries”."""
    pilots = sum(model is Pilot for model, _slug in some)
    others = len(some) - pilots
    return f"{pilots} pilot{'s' * (pilots != 1)} and {others} other {'entry' if others == 1 else 'entries'}"

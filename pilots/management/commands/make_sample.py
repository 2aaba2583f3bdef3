"""Fill an empty database with invented pilots, to see and measure the portal when it holds many."""

from argparse import ArgumentTypeError
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection, transaction
from django.db.models import DateTimeField, Model, Value
from django.db.models.functions import Coalesce

from pilots.development.sample import cast, entries
from pilots.development.sample.places import COUNTRIES
from pilots.history.completeness import measure_completeness
from pilots.index.content_version import take_in
from pilots.management.commands.load_pilots import load
from pilots.management.delivery.records import Delivery, read_fixtures
from pilots.management.delivery.records import entries as grouped
from pilots.models import ActivityType, Audience, Authority, GlossaryTerm, Partner, Pilot, Source, TargetGroup
from pilots.models.vocabulary import VOCABULARIES
from pilots.search.reindex import index_words

BATCH = 1000  # pilots: some 25,000 rows


class Command(BaseCommand):
    """Makes sample data, all of it or none. The same numbers and seed make the same entries."""

    help = "Fill an empty database with invented pilots. The same options make the same entries. Not for production."

    def add_arguments(self, parser: CommandParser) -> None:
        for name, default, most, meaning in (
            ("pilots", 500, 1_000_000, "public pilots"),
            ("countries", 40, len(COUNTRIES), "countries they are in, at most"),
            ("partners", 120, 100_000, "partners they have, at most"),
            ("vocabulary", 0, 1000, "fill activity types, audiences and target groups up to so many values each"),
            ("hidden", 10, 1000, "as many more pilots, in per cent, that are not public"),
            ("seed", 1, 2**32, "where chance begins"),
        ):
            least = 0 if name in {"vocabulary", "hidden", "seed"} else 1
            shown = f"{meaning} ({least} to {most}, {default} unless told otherwise)"
            parser.add_argument(f"--{name}", type=whole_number(least, most), default=default, help=shown)

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        refuse_where_it_could_do_harm()
        random = Random(options["seed"])  # noqa: S311 (nothing here is secret)
        rows = list(cast.everybody(random, options["pilots"], options["countries"], options["partners"]))
        save(rows)
        make_vocabularies(options["vocabulary"])
        known = {name: list(model.objects.prefetch_related("translations")) for name, model in VOCABULARIES.items()}
        self._make_pilots(cast.Cast.of(rows, known), random, options["pilots"], options["hidden"])
        last = Value(entries.LAST_DAY, output_field=DateTimeField())
        moved = Coalesce("published_at", last)
        Pilot.objects.update(created_at=entries.FIRST_DAY, updated_at=moved, public_change_at=moved)
        measure_completeness()
        index_words()
        take_in()
        with connection.cursor() as cursor:
            # Without figures on so many new rows PostgreSQL plans as if there were none, and takes seconds a page.
            cursor.execute("ANALYZE")
        self.stdout.write(summary())

    def _make_pilots(self, everybody: cast.Cast, random: Random, public: int, percent: int) -> None:
        """Make so many public pilots and, in per cent of them, hidden ones; say how far it is."""
        for numbers in batches(public):
            save(row for number in numbers for row in entries.published(everybody, random, number))
            self.stdout.write(f"{numbers[-1]:,} of {public:,} public pilots")
        for numbers in batches(public * percent // 100):
            save(row for number in numbers for row in entries.hidden(everybody, random, number))


def refuse_where_it_could_do_harm() -> None:
    """Raise CommandError in production, and where there are entries that invented ones would mix with."""
    if settings.IN_PRODUCTION:
        raise CommandError("SITE_URL is set, so this is production, where nothing invented belongs. Unset it first.")
    try:
        found = [model for model in (Pilot, Authority, Partner, Source, GlossaryTerm) if model.objects.exists()]
    except DatabaseError as error:
        raise CommandError(f"The database cannot be read. Run “manage.py migrate” first. It says: {error}") from error
    if found:
        raise CommandError(
            f"The database already holds {found[0]._meta.verbose_name_plural}, and invented entries go into an empty "
            "one. Name a new folder in DATA_DIR, or a new database in DATABASE_URL; run “manage.py migrate”, then this."
        )


def make_vocabularies(wanted: int) -> None:
    """Load the delivered vocabularies, and fill all but the stages up to `wanted` values each."""
    load(Delivery(grouped(read_fixtures(settings.BASE_DIR / "fixtures", ["vocabularies.json"]))))
    for model in (ActivityType, Audience, TargetGroup):
        save(cast.values(model, model.objects.count(), wanted))


def batches(number: int) -> Iterator[range]:
    """Yield the numbers from 1 to `number`, some at a time."""
    for first in range(1, number + 1, BATCH):
        yield range(first, min(first + BATCH, number + 1))


def save(rows: Iterable[Model]) -> None:
    """Write the rows, one statement for many of a kind. Each must come after those it points at.

    The kinds are then written in the order of their first rows, and so none before one it points at.
    """
    by_kind: dict[Any, list[Model]] = defaultdict(list)
    for row in rows:
        by_kind[type(row)].append(row)
    for model, same in by_kind.items():
        model._default_manager.bulk_create(same)


def summary() -> str:
    """A sentence that says what visitors will find."""
    public = Pilot.objects.published()
    return (
        f"Made {public.count():,} public pilots of {Authority.objects.public().count():,} authorities "
        f"in {public.order_by().values('authority__country').distinct().count()} countries "
        f"with {Partner.objects.public().count():,} partners, "
        f"and {Pilot.objects.count() - public.count():,} pilots that are not public."
    )


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """A function that reads an option, and refuses all but whole numbers from `least` to `most`."""

    def read(value: str) -> int:
        if not (value.isascii() and value.isdigit() and least <= int(value[:12]) <= most):
            raise ArgumentTypeError(f"“{value}” is no whole number from {least} to {most}.")
        return int(value)

    return read

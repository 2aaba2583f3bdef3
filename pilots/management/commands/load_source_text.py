"""Load the text of a source, so that the pointers of its pilots can be followed."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from pilots.models import Source, SourceText
from pilots.models.numbered_text import NumberedText
from pilots.models.plain_text import clean
from pilots.models.source_text import MOST_SENTENCES, pointers_beyond
from pilots.models.text_fields import LONGEST_SOURCE

NAMED = 20


class Command(BaseCommand):
    """Puts a file in the place of a source's text; refuses one that pointers of pilots lead beyond."""

    help = (
        "Load the text of a source from a file, one paragraph or heading a line. Visitors read it only with "
        "--may-be-shown; give that only where the terms of the source allow it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", help="the slug of the source")
        parser.add_argument("file", type=Path, help="a text file in UTF-8")
        parser.add_argument("--may-be-shown", action="store_true", help="let visitors read it")
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", choices=languages, default="", help="the language of the text")
        parser.add_argument("--anyway", action="store_true", help="load it although pointers lead beyond it")

    @transaction.atomic
    def handle(
        self, *args: Any, source: str, file: Path, may_be_shown: bool, language: str, anyway: bool, **options: Any
    ) -> None:
        """Load, and say how it is numbered, who reads it, and which pointers do not fit."""
        row = find_source(source)
        text = read_text(file)
        numbered = NumberedText(text)
        if numbered.sentence_count > MOST_SENTENCES:
            raise CommandError(f"{file} has too much to number: {counted(numbered)}; at most {MOST_SENTENCES:,} are.")
        misfits = [str(pointer) for pointer in pointers_beyond(numbered, row.pilots.all())]
        if misfits and not anyway:
            raise CommandError(
                f"{file} was not loaded: it has {counted(numbered)}, and pointers lead beyond them. "
                f"{named(misfits)} Mend these, or load it with --anyway."
            )
        stored = {"text": text, "may_be_shown": may_be_shown, "original_language": language}
        SourceText.objects.update_or_create(source=row, defaults=stored)
        readers = "Visitors can read it." if may_be_shown else "Only editors can read it."
        self.stdout.write(f"Loaded {counted(numbered)} as the text of {row.slug}. {readers}")
        if misfits:
            self.stderr.write(f"Pointers that lead beyond it: {named(misfits)}")


def find_source(slug: str) -> Source:
    """The source with this slug. Raises CommandError, which names those there are."""
    row = Source.objects.filter(slug=slug.lower()).first()
    if row is None:
        there = ", ".join(Source.objects.order_by("slug").values_list("slug", flat=True)[:NAMED])
        raise CommandError(f"There is no source “{slug}”. There is: {there or 'none'}.")
    return row


def read_text(file: Path) -> str:
    """The cleaned text of a file. Raises CommandError for one that cannot be read, is empty or too long."""
    try:
        text = clean(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is not written in UTF-8 (byte {error.start}). Save it as UTF-8 text.") from error
    if not text:
        raise CommandError(f"{file} is empty.")
    if len(text) > LONGEST_SOURCE:
        raise CommandError(f"{file} is too long: {len(text):,} characters; at most {LONGEST_SOURCE:,} are kept.")
    return text


def counted(text: NumberedText) -> str:
    paragraphs, sentences = len(text.paragraphs), text.sentence_count
    return f"{paragraphs} paragraph{'s' * (paragraphs != 1)} with {sentences} sentence{'s' * (sentences != 1)}"


def named(misfits: list[str]) -> str:
    more = len(misfits) - NAMED
    return "; ".join(misfits[:NAMED]) + (f"; and {more} more." if more > 0 else ".")

"""Notes who made the texts of an entry that changed, and what they rest on. The only place that does."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from pilots.history.differences import Path, flat, nested, record_of
from pilots.models import Pilot
from pilots.models.content import PARTS, Content, write_provenance
from pilots.models.provenance import (
    MACHINE,
    ORIGINAL,
    PERSON,
    Record,
    checked,
    fingerprint,
    made_by_machine,
    made_by_person,
    records_after,
)
from pilots.models.row_texts import RowTexts, read_texts, write_records

# What a row says that was not there.
NOTHING: Content = {"texts": {}, **{name: {} for name in PARTS}}


def maker(by: Any, made_by: str = PERSON) -> Record:
    """The record of texts that `by`, an account or None, writes now; `made_by` says if a machine made them."""
    return made_by_machine() if made_by == MACHINE else made_by_person(str(by) if by else "", timezone.now())


def note_provenance(
    row: Pilot, before: Content, after: Content, *, by: Any, made_by: str = PERSON, wording_only: bool = False
) -> Content:
    """Note what became of the texts of `row`, which said `before`, and return `after` with what is known of them.

    `wording_only`: the English that changed says the same in other words. No query when nothing is to be noted.
    """
    noted = with_provenance(before, after, maker=maker(by, made_by), wording_only=wording_only)
    if noted != after:
        write_provenance({row: noted})
    return noted


def with_provenance(before: Content, after: Content, *, maker: Record, wording_only: bool = False) -> Content:
    """`after`, with what is known of each text when `maker` wrote what is not as it was `before`."""

    def noted(former: Mapping[str, Any], row: Content) -> Content:
        records = records_after(former, row, maker=maker, wording_only=wording_only)
        known = {"provenance": records} if records else {}
        return {key: value for key, value in row.items() if key != "provenance"} | known

    content = noted(before, after)
    for name in PARTS:
        content[name] = {
            number: noted(_former(before[name], number, part), part) for number, part in after[name].items()
        }
    return content


def _former(parts: Content, number: str, part: Content) -> Content:
    """What a part said before: the one most like it, whatever its number was; and of texts from elsewhere, that one's.

    So a lesson that was given another number, and one text of which was changed, is not new in all its texts.
    """
    present: Content = parts.get(number, NOTHING)
    if present["texts"] == part["texts"]:
        return present
    texts = {path: text for path, text in flat(part).items() if text and path[0] == "texts"}
    before = [flat(one) for one in (present, *parts.values())]
    nearest = max(before, key=lambda one: sum(one.get(path) == text for path, text in texts.items()))
    former = dict(nearest)
    for path, text in texts.items():
        found = next((one for one in (nearest, *before) if one.get(path) == text), None)
        if found is not None:
            former |= {path: text, record_of(path): found.get(record_of(path), {})}
    return nested(former)


# Entries without a history --------------------------------------------------


def texts_of(row: Any) -> RowTexts:
    """What the texts of one row say now, and what is known of them. One query; none for a row that is not saved yet."""
    return read_texts(type(row), "master", [row.pk])[row.pk] if row.pk else {"texts": {}}


def note_row(row: Any, before: RowTexts, *, by: Any, made_by: str = PERSON, wording_only: bool = False) -> RowTexts:
    """Note what became of the texts of a saved `row`, which said `before`: what `texts_of` read then; return them now.

    For organisations, vocabularies, sources, the glossary and whatever else has no history. Call it with each save.
    """
    after = texts_of(row)
    records = records_after(before, after, maker=maker(by, made_by), wording_only=wording_only)
    noted = after | {"provenance": records}
    if records != after.get("provenance", {}):
        write_records(type(row), {row: noted})
    return noted


def confirm_row(row: Any, language: str, fields: Iterable[str], *, by: Any) -> None:
    """Note that these texts of `row` in `language` were checked and are right beside the English there is now."""
    said = texts_of(row)
    paths = [("texts", language, field) for field in fields]
    write_records(type(row), {row: nested(flat(said) | records_of_check(said, paths, by=by))})


# Bringing back -------------------------------------------------------------


def with_present_records(present: Content, content: Content) -> Content:
    """`content` from before, knowing of each text that says the same now, beside the same English, what is known now.

    Whoever checked such a text meanwhile checked what comes back.
    """
    now, then = flat(present), flat(content)
    kept = {
        record_of(path): now[record_of(path)]
        for path, text in then.items()
        if path[-3:-2] == ("texts",) and record_of(path) in now
        if now.get(path) == text and now.get(english_of(path)) == then.get(english_of(path))
    }
    return nested(then | kept)


# Checking ------------------------------------------------------------------


def records_of_check(said: RowTexts, paths: Iterable[Path], *, by: Any) -> dict[Path, Record]:
    """What is known, by its path in `flat`, of the texts at `paths` once `by` has checked them; of those there are."""
    values, check = flat(said), checked(str(by), timezone.now())
    return {
        record_of(path): values.get(record_of(path), {}) | check | {"of": fingerprint(values.get(english_of(path), ""))}
        for path in paths
        if values.get(path)
    }


def english_of(path: Path) -> Path:
    """The path of the English beside a text."""
    return (*path[:-2], ORIGINAL, path[-1])

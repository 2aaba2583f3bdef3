"""Two contents of a pilot, compared so that people can read it: field by field, word by word."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pilots.content_checks.fields import name_of_language
from pilots.history.differences import THERE, Difference, Path, differences, flat, is_record, text_of
from pilots.history.labels import Names, label_of, names_in, value_of
from pilots.history.word_diff import DiffPart, compare_lists, compare_texts, whole
from pilots.models.content import MANY, PARTS, Content
from pilots.models.provenance import Record, is_machine_made


@dataclass(frozen=True)
class FieldDiff:
    """One field that differs: what it is called, and what became of its value. `is_list`: one piece a value."""

    label: str
    pieces: list[DiffPart]
    is_list: bool = False


@dataclass(frozen=True)
class Comparison:
    """Every field that differs, and how many say the same."""

    rows: list[FieldDiff]
    same: int


@dataclass(frozen=True)
class ChangedPart:
    """A part of an entry that is not what it was, by name only: `how` is “added”, “changed” or “removed”."""

    label: str
    how: str


def compare(before: Content, after: Content) -> Comparison:
    """What differs between two contents. Two queries at most for each kind of rows named by slug."""
    every = differences(before, after)
    differing = without_implied(every)
    names = names_in(differing)
    rows = [
        FieldDiff(label_of(item.path, after, before, names=names), _pieces(item, names), item.path[-1] in MANY)
        for item in differing
    ]
    said = {path for content in (before, after) for path, value in flat(content).items() if value and _is_field(path)}
    return Comparison(rows, len(said - {item.path for item in differing}))


def without_implied(every: list[Difference]) -> list[Difference]:
    """The differences without those that others imply: who writes a text is known from the revision.

    What is left of the records is what happened to a text that stayed the same, that English was
    worded otherwise and says the same, and that a machine wrote.
    """
    texts = {item.path for item in every}
    return [item for item in every if not is_record(item.path) or text_of(item.path) not in texts or _tells(item.after)]


def _tells(record: Record | None) -> bool:
    return record is not None and ("same_meaning" in record or is_machine_made(record))


def _is_field(path: Path) -> bool:
    return path[-1] != THERE and not is_record(path)


def changed_parts(before: Content, after: Content) -> list[ChangedPart]:
    """Which parts of an entry changed, without a word of what they said. No query.

    That somebody checked a text changes nothing that it says. The day of review is left out, as every
    version has another.
    """
    found: dict[str, set[str]] = {}
    for item in differences(before, after):
        if item.path[0] != "reviewed_on" and not is_record(item.path):
            label, how = _part_of(item)
            found.setdefault(label, set()).add(how)
    labels = {
        "added": pgettext("part of an entry", "added"),
        "removed": pgettext("part of an entry", "removed"),
        "changed": pgettext("part of an entry", "changed"),
    }
    # A new lesson has new fields, so that it came is what counts.
    return [ChangedPart(label, next(labels[how] for how in labels if how in hows)) for label, hows in found.items()]


def _part_of(item: Difference) -> tuple[str, str]:
    """The part that a field belongs to, and what became of the field."""
    path = item.path
    if path[0] == "passages":
        return _("Pointers to the source"), "changed"
    label = label_of((path[0], path[1], THERE) if path[0] in PARTS else path)
    if path[0] in PARTS and path[2] == "texts" and path[3] != "en":
        label = _("%(field)s (%(language)s)") % {"field": label, "language": name_of_language(path[3])}
    is_whole = path[0] not in PARTS or path[-1] == THERE or (path[2] == "texts" and path[3] != "en")
    if is_whole and not (item.before and item.after):
        return label, "removed" if item.before else "added"
    return label, "changed"


def _pieces(item: Difference, names: Names) -> list[DiffPart]:
    path = item.path
    if path[-1] == THERE:
        said = _("this part as a whole")
        return whole("", said) if item.after else whole(said, "")
    if path[-1] in MANY:
        return compare_lists(
            *([names.get((path[-1], slug), slug) for slug in slugs or []] for slugs in (item.before, item.after))
        )
    before, after = (value_of(path, value, names) for value in (item.before, item.after))
    if is_record(path) and before == after:
        after = _("%(before)s; it rests on the present English text") % {"before": after}
    return compare_texts(before, after) if "texts" in path else whole(before, after)

"""What the fields of a content are called, and what their values read like."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilots.content_checks.fields import name_of_language
from pilots.history.differences import THERE, Difference, Path, is_record, text_of
from pilots.models import Passage, Pilot
from pilots.models.content import MANY, ONE, PARTS, Content, UnknownValues
from pilots.models.lesson import METHODS
from pilots.models.partial_date import describe_partial_date
from pilots.models.passage import describe_passage
from pilots.models.provenance import Record, is_machine_made
from prepare_portal.phrases import labelled, quoted

# (field, slug) → name
Names = dict[tuple[str, str], str]

ORIGINAL = "en"
PART_LABELS = {
    "lessons": gettext_lazy("Lesson %(number)s"),
    "key_figures": gettext_lazy("Key figure %(number)s"),
    "organisations_involved": gettext_lazy("Other organisation %(number)s"),
}


def label_of(path: Path, *contents: Content, names: Names | None = None) -> str:
    """What editors call a field: “Summary”, “Summary (French)”, “Lesson 2 · what helped · lesson (French)”.

    `contents` are those in which to look for the kind of a lesson, the first that has it counts. No query.
    """
    if path[0] == "passages":
        return _("Passage in the source · %(claim)s") % {"claim": _claim(path[1], names or {})}
    if is_record(path):
        return _("%(text)s · translation") % {"text": label_of(text_of(path), *contents)}
    if path[0] not in PARTS:
        return str(capfirst(_field_label(path)))
    part = part_label(path[0], path[1], *contents)
    return part if path[2] == THERE else f"{part} · {_field_label(path)}"


def part_label(group: str, number: str, *contents: Content) -> str:
    """What a part is called: “Lesson 2 · what helped”, “Working method 3”, “Key figure 1”. No query."""
    kind = next((part["kind"] for said in contents if (part := said[group].get(number, {})).get("kind")), "")
    if kind in METHODS:
        return _("Working method %(number)s") % {"number": number}
    label = str(PART_LABELS[group] % {"number": number})
    return f"{label} · {_choice(('lessons', number, 'kind'), kind)}" if kind else label


def value_of(path: Path, value: Any, names: Names) -> str:
    """A single value as people read it; "" for none. No query."""
    if not value:
        return ""
    if is_record(path):
        return describe_record(value)
    if value is True:
        return _("yes")
    if path[0] in ("start", "end", "reviewed_on"):
        return describe_partial_date(value)
    if path[-1] == "passage":
        return describe_passage(value)
    return names.get((path[-1], value)) or _choice(path, value)


def describe_record(record: Record) -> str:
    """What is known of a text, in words: “made by a machine, not checked”; "" for nothing."""
    if "same_meaning" in record:
        return _("says the same as before in other words")
    if record.get("checked_at"):
        day = date_format(localtime(datetime.fromisoformat(record["checked_at"])), "DATE_FORMAT")
        words = (
            _("made by a machine, checked by %(who)s on %(day)s")
            if is_machine_made(record)
            else _("checked by %(who)s on %(day)s")
        )
        return words % {"who": record.get("checked_by", ""), "day": day}
    return _("made by a machine, not checked") if is_machine_made(record) else _("not checked")


def names_in(differences: Iterable[Difference]) -> Names:
    """The English names of the rows that differing fields name by slug; unknown slugs are left out.

    Two queries at most for each kind of rows.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    for differing in differences:
        name, _sep, value = differing.path[1].partition("/") if differing.path[0] == "passages" else ("", "", "")
        if name in MANY:
            wanted[name].add(value)
        elif differing.path[-1] in (*ONE, *MANY, "partner"):
            for said in (differing.before, differing.after):
                wanted[differing.path[-1]] |= set(said if isinstance(said, list) else [said])
    return {
        (name, row.slug): text
        for name, slugs in wanted.items()
        for row in _rows(name).filter(slug__in=slugs - {None, ""}).prefetch_related("translations")
        if (text := row.text_in("title" if name == "source" else "name", ORIGINAL)[0])
    }


def missing_values_message(error: UnknownValues) -> str:
    """A sentence that names what a content needs and what is not there any more."""
    values = [f"{quoted(slug)} ({_field_label((field,))})" for field, slug in error.values]
    return _(
        "It names what is not there any more: %(values)s. Add these values again with the same slugs, "
        "or choose another revision. Nothing was changed."
    ) % {"values": ", ".join(values)}


def _rows(name: str) -> Any:
    related: Any = Pilot._meta.get_field("partners" if name == "partner" else name).related_model
    return related.objects.all()


def _field(path: Path) -> Any:
    model: Any = Passage if path[0] == "passages" else PARTS.get(path[0], Pilot)
    model = model._parler_meta.root_model if "texts" in path else model
    return model._meta.get_field("partners" if path == ("partner",) else path[-1])


def _field_label(path: Path) -> str:
    label = str(_field(path).verbose_name)
    language = path[path.index("texts") + 1] if "texts" in path else ORIGINAL
    if language == ORIGINAL:
        return label
    return _("%(field)s (%(language)s)") % {"field": label, "language": name_of_language(language)}


def _claim(key: str, names: Names) -> str:
    about, _sep, value = key.partition("/")
    label = str(dict(Passage.About.choices).get(about, about))
    return labelled(label, names.get((about, value), value)) if value else label


def _choice(path: Path, value: Any) -> str:
    return str(dict(_field(path).choices or []).get(value, value))

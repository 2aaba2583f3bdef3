"""The first page of the admin: what there is to do, above the list of all tables."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Window, prefetch_related_objects
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.admin.pilot.tasks import Task, last_move, tasks_of
from pilots.admin.translating.standing import TO_DO, lacks_any, to_translate, words_for, worst_first
from pilots.admin.translating.table import own_languages
from pilots.content_checks.fields import name_of_language
from pilots.models import Pilot
from pilots.models.access import readable_pilots

AT_MOST = 10


@dataclass(frozen=True)
class Section:
    """One kind of work: its first entries, each with an address and a few words, or that there are none; ways on."""

    name: str
    title: str | Promise
    none: str | Promise
    rows: list[tuple[Pilot, str, str]]
    ways: list[tuple[str, str]]


def sections(user: Any) -> list[Section]:
    """What the first page shows to `user`."""
    tasks = {name: task for name, task in tasks_of(user).items() if task.on_first_page}
    found = {name: _first(user, task) for name, task in tasks.items()}
    _read_titles(found)
    return [
        Section(
            name,
            tasks[name].title,
            tasks[name].none,
            [(pilot, reverse("admin:pilots_pilot_change", args=[pilot.pk]), say(name, pilot)) for pilot in pilots],
            [(f"{reverse('admin:pilots_pilot_changelist')}?task={name}", _in_the_list(pilots[0].total))]
            if pilots
            else [],
        )
        for name, pilots in found.items()
    ]


def language_sections(user: Any) -> list[Section]:
    """What there is to translate, language by language. A query each, and one for the titles."""
    found = {}
    for language in own_languages(user):
        rows = to_translate(user).filter(lacks_any([language], TO_DO)).annotate(total=Window(Count("pk")))
        found[language] = list(rows.order_by(*worst_first([language]))[:AT_MOST])
    _read_titles(found)
    title = _("To translate or to check: %(language)s")
    none = _("Every text is up to date and checked.")
    return [
        Section(
            language,
            title % {"language": name_of_language(language)},
            none,
            [
                (
                    pilot,
                    reverse("admin:pilots_pilot_translate", args=[pilot.pk, language]),
                    words_for(pilot.translation_counts.get(language, {})),
                )
                for pilot in pilots
            ],
            _ways_to_translate(language, pilots),
        )
        for language, pilots in found.items()
    ]


def _ways_to_translate(language: str, pilots: list[Any]) -> list[tuple[str, str]]:
    table = f"{reverse('admin:pilots_pilot_translations')}?language={language}"
    names = (reverse("admin:pilots_pilot_names", args=[language]), _("Names and descriptions"))
    return [(table, _in_the_table(pilots[0].total)), names] if pilots else [names]


def _in_the_list(n: int) -> str:
    return ngettext("%(n)s entry, in the list", "All %(n)s entries, in the list", n) % {"n": n}


def _in_the_table(n: int) -> str:
    return ngettext("%(n)s entry, in the table", "All %(n)s entries, in the table", n) % {"n": n}


def _read_titles(found: dict[str, list[Any]]) -> None:
    prefetch_related_objects([pilot for pilots in found.values() for pilot in pilots], "translations")


def _first(user: Any, task: Task) -> list[Any]:
    pilots = task.narrow(readable_pilots(user), user).select_related("owner")
    said = pilots.annotate(reason=last_move("note"), moved_at=last_move("at"), total=Window(Count("pk")))
    return list(said.order_by(task.order, "pk")[:AT_MOST])


def say(name: str, pilot: Any) -> str:
    """What there is to say about a pilot of this task, in a few words or as the reason it was sent back."""
    if name == "sent-back":
        return str(pilot.reason)
    if name == "incomplete":
        return _("%(n)d %% is filled in") % {"n": pilot.completeness}
    if name == "unreviewed":
        on = pilot.reviewed_on
        return _("last reviewed on %(day)s") % {"day": date_format(on)} if on else _("never reviewed")
    if name == "planned":
        text = _("overdue since %(at)s (UTC)") if pilot.is_overdue else _("on %(at)s (UTC)")
        return text % {"at": date_format(pilot.publish_at, "DATETIME_FORMAT")}
    if name == "drafts":
        return _("last changed on %(day)s") % {"day": date_format(pilot.updated_at)}
    words = {"day": date_format(pilot.moved_at or pilot.updated_at), "name": pilot.owner}
    if name == "to-review" and pilot.owner:
        return _("by %(name)s, sent on %(day)s") % words
    return _("sent on %(day)s") % words

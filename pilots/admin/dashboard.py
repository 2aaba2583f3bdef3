"""The first page of the admin: what there is to do, above the list of all tables."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Window, prefetch_related_objects
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pilots.admin.pilot.tasks import Task, last_move, tasks_of
from pilots.admin.translating.standing import TO_DO, lacks_any, to_translate, words_for, worst_first
from pilots.admin.translating.table import own_languages
from pilots.content_checks.fields import name_of_language
from pilots.models import Pilot
from pilots.models.access import readable_pilots

AT_MOST = 10


@dataclass(frozen=True)
class TaskSection:
    """One task on the first page: the first of its pilots, each with what there is to say, and how many there are."""

    name: str
    task: Task
    rows: list[tuple[Pilot, str]]
    total: int


def sections(user: Any) -> list[TaskSection]:
    """What the first page shows to `user`."""
    tasks = {name: task for name, task in tasks_of(user).items() if task.on_first_page}
    found = {name: _first(user, task) for name, task in tasks.items()}
    prefetch_related_objects([pilot for pilots in found.values() for pilot in pilots], "translations")
    return [
        TaskSection(
            name, tasks[name], [(pilot, say(name, pilot)) for pilot in pilots], pilots[0].total if pilots else 0
        )
        for name, pilots in found.items()
    ]


@dataclass(frozen=True)
class LanguageSection:
    """What there is to translate into one language: the first entries, each in words, and how many there are."""

    language: str
    name: str
    rows: list[tuple[Pilot, str]]
    total: int


def language_sections(user: Any) -> list[LanguageSection]:
    """What the first page shows to a translator, language by language. A query each, and one for the titles."""
    languages = own_languages(user)
    found = {}
    for language in languages:
        rows = to_translate(user).filter(lacks_any([language], TO_DO)).annotate(total=Window(Count("pk")))
        found[language] = list(rows.order_by(*worst_first([language]))[:AT_MOST])
    prefetch_related_objects([pilot for pilots in found.values() for pilot in pilots], "translations")
    return [
        LanguageSection(
            language,
            name_of_language(language),
            [(pilot, words_for(pilot.translation_counts.get(language, {}))) for pilot in pilots],
            pilots[0].total if pilots else 0,
        )
        for language, pilots in found.items()
    ]


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

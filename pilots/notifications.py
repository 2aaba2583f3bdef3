"""Tells people by e-mail what happened to an entry: its title, where to find it, and what a colleague wrote to them.

Never what the entry says: e-mails are kept and passed on.

Called inside the transaction of a move, they write once it is done; a mistake here or a mail server
that fails is logged, and the move stays.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from parler.utils.context import switch_language

from pilots.content_checks.fields import name_of_language
from pilots.history.translated_texts import TranslatedText, outdated_by
from pilots.mail import link, send_soon, write
from pilots.models import Pilot
from pilots.models.access import may_read, reviewers, viewers
from pilots.models.account_language import languages_of
from pilots.models.content import Content
from pilots.models.roles import translator_of
from pilots.models.row_texts import RowTexts
from pilots.models.translation import best_text, current_language

Notice = Callable[[Pilot, Any, str], None]


def waits(pilot: Pilot, by: Any, note: str = "") -> None:
    """Tell reviewers, but not who sent it, that `pilot` waits for them, with what its sender wrote to them."""
    _after_the_move(pilot, "waits", Q(pk__in=reviewers().values("pk")) & ~Q(pk=by.pk), by=by, note=note)


def sent_back(pilot: Pilot, by: Any, note: str = "") -> None:
    """Tell the writers of `pilot` that it was sent back, by whom and why."""
    _after_the_move(pilot, "sent_back", _writers(pilot) & ~Q(pk=by.pk), by=by, note=note)


def published(pilot: Pilot, by: Any, note: str = "") -> None:
    """Tell the writers of `pilot`, which may be a working copy, that visitors see it now."""
    _after_the_move(pilot, "published", _writers(pilot) & ~Q(pk=by.pk))


def handed_over(pilot: Pilot, by: Any, new: list[User]) -> None:
    """Tell the accounts that write `pilot` from now on, but not who decided it."""
    recipients = Q(pk__in=[person.pk for person in new]) & ~Q(pk=by.pk)
    _after_the_move(pilot, "handed_over", recipients, by=by)


def not_published(pilot: Pilot, planned_by: Any) -> None:
    """Tell the writers of `pilot`, and who planned its publication, that it was called off."""
    _after_the_move(pilot, "not_published", _writers(pilot) | Q(pk=planned_by.pk if planned_by else None))


def outdated(pilot: Pilot, before: Content, after: Content, by: Any = None) -> None:
    """Tell whoever keeps a translation of `pilot` that what is public now made it out of date: one e-mail each.

    Those are the translators of a language, and who wrote or checked a text that is out of date; not who published.
    """
    _tell_keepers(pilot, _title(pilot), outdated_by(before, after), by)


def outdated_row(row: Any, before: RowTexts, after: RowTexts, by: Any) -> None:
    """The same of what has no history, and is public as soon as it is saved: an organisation, a value, a term …"""
    _tell_keepers(row, _name(row), outdated_by(before, after, type(row)), by)


def _tell_keepers(row: Any, title: Callable[[], str], texts: Iterable[TranslatedText], by: Any) -> None:
    """Write to who keeps `texts` of `row`. One query a language, however many people that are."""
    by_language: dict[str, list[TranslatedText]] = defaultdict(list)
    for text in texts:
        by_language[text.path[-2]].append(text)
    kept: dict[User, dict[str, int]] = defaultdict(dict)
    found = _reachable(Q(pk__in=viewers().values("pk"))).exclude(pk__in=[by.pk] if by else [])  # what is public
    for language, those in by_language.items():
        names = {text.record.get("checked_by") for text in those} - {None}
        keepers = Q(groups__name=translator_of(language)) | Q(username__in=names)
        for person in found.filter(keepers).distinct():
            kept[person][language] = len(those)
    said = {"title": title, "shows_changes": isinstance(row, Pilot)}
    letters = [
        (person, {**said, "languages": partial(_outdated_in, type(row), row.pk, counts)})
        for person, counts in kept.items()
    ]
    transaction.on_commit(partial(_write, "outdated", letters), robust=True)


def _outdated_in(model: Any, pk: int, counts: dict[str, int]) -> list[dict[str, Any]]:
    """For each language its name, how many texts are out of date, and the page where they stand beside the English."""
    page = f"admin:pilots_{model._meta.model_name}_translate"
    return [
        {"name": name_of_language(language), "texts": count, "link": link(page, pk, language)}
        for language, count in counts.items()
    ]


def _writers(pilot: Pilot) -> Q:
    return Q(pk__in=[pk for pk in (pilot.owner_id, pilot.second_writer_id) if pk])


def _after_the_move(pilot: Pilot, template: str, to: Q, *, by: Any = None, note: str = "") -> None:
    """Write once the transaction is done, to those who can log in, have an address and may read the entry.

    What is needed of `pilot` is taken now: a working copy may be gone then. Reviewers read everything, which one query
    tells of all; of the others, its two writers and who planned something, each is asked for.
    """
    entry = pilot.entry_id if template == "published" else pilot.pk
    context = {
        "title": _title(pilot),
        "link": partial(link, "admin:pilots_pilot_change", entry),
        "by": (by.get_full_name() or by.get_username()) if by else "",
        "note": note,
    }
    may_read_all = set(reviewers().values_list("pk", flat=True))
    people = [person for person in _reachable(to) if person.pk in may_read_all or may_read(person, pilot)]
    transaction.on_commit(partial(_write, template, [(person, context) for person in people]), robust=True)


def _reachable(who: Q) -> QuerySet[User]:
    """Those of these accounts that can log in and have an address."""
    return User.objects.filter(who, is_active=True, is_staff=True).exclude(email="")


def _title(pilot: Pilot) -> Callable[[], str]:
    """What says the title in the language of who reads it, as it is now."""
    titles = {text.language_code: text.title for text in pilot.translations.all()}
    return lambda: " ".join((best_text(titles, current_language())[0] or pilot.slug).split())


def _name(row: Any) -> Callable[[], str]:
    """What says the name of `row` in the language of who reads it."""

    def name() -> str:
        with switch_language(row, current_language()):
            return " ".join(str(row).split())

    return name


def _write(template: str, letters: Sequence[tuple[User, dict[str, Any]]]) -> None:
    """Write to each person what there is to say. One query."""
    languages = languages_of([person for person, _context in letters])
    send_soon(
        [
            write(template, person.email, {**context, "person": person}, languages[person.pk])
            for person, context in letters
        ]
    )

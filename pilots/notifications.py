"""Tells people by e-mail what happened to an entry: its title, where to find it, and what a colleague wrote to them.

Never what the entry says: e-mails are kept and passed on.

Called inside the transaction of a move, they write once it is done; a mistake here or a mail server
that fails is logged, and the move stays.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from pilots.mail import link, send_soon, write
from pilots.models import Pilot
from pilots.models.access import may_read
from pilots.models.account_language import languages_of
from pilots.models.translation import best_text, current_language

Notice = Callable[[Pilot, Any, str], None]


def waits(pilot: Pilot, by: Any, note: str = "") -> None:
    """Tell reviewers, but not who sent it, that `pilot` waits for them, with what its sender wrote to them."""
    reviewers = Q(pk__in=User.objects.with_perm("pilots.publish_pilot"))
    _after_the_move(pilot, "waits", reviewers & ~Q(pk=by.pk), by=by, note=note)


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


def _writers(pilot: Pilot) -> Q:
    return Q(pk__in=[pk for pk in (pilot.owner_id, pilot.second_writer_id) if pk])


def _after_the_move(pilot: Pilot, template: str, to: Q, *, by: Any = None, note: str = "") -> None:
    """Write once the transaction is done, to those who can log in, have an address and may read the entry.

    What is needed of `pilot` is taken now: a working copy may be gone then.
    """
    entry = pilot.entry_id if template == "published" else pilot.pk
    titles = {text.language_code: text.title for text in pilot.translations.all()}
    context = {
        "title": lambda: " ".join((best_text(titles, current_language())[0] or pilot.slug).split()),
        "link": partial(link, "admin:pilots_pilot_change", entry),
        "by": (by.get_full_name() or by.get_username()) if by else "",
        "note": note,
    }
    accounts = User.objects.filter(to, is_active=True, is_staff=True).exclude(email="")
    people = [person for person in accounts if may_read(person, pilot)]
    transaction.on_commit(partial(_write, template, people, context), robust=True)


def _write(template: str, people: Sequence[User], context: dict[str, Any]) -> None:
    languages = languages_of(people)
    send_soon([write(template, person.email, {**context, "person": person}, languages[person.pk]) for person in people])

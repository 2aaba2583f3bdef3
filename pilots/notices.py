"""Tells people by e-mail what happened to an entry: its title and where to find it, never what it says.

Called inside the transaction of a move, they write once it is done; a mistake here or a mail server
that fails is logged, and the move stays.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from pilots.mail import link, send_soon, write
from pilots.models import Pilot
from pilots.models.access import may_read

Notice = Callable[[Pilot, Any], None]


def waits(pilot: Pilot, by: Any) -> None:
    """Tell reviewers, but not who sent it, that `pilot` waits for them."""
    _after_the_move(pilot, "waits", Q(pk__in=User.objects.with_perm("pilots.publish_pilot")) & ~Q(pk=by.pk))


def sent_back(pilot: Pilot, by: Any) -> None:
    """Tell the writer of `pilot` that it was sent back; the reason stands on its form."""
    _after_the_move(pilot, "sent_back", Q(pk=pilot.owner_id) & ~Q(pk=by.pk))


def published(pilot: Pilot, by: Any) -> None:
    """Tell the writer of `pilot`, which may be a working copy, that visitors see it now."""
    _after_the_move(pilot, "published", Q(pk=pilot.owner_id) & ~Q(pk=by.pk))


def not_published(pilot: Pilot, planned_by: Any) -> None:
    """Tell the writer of `pilot`, and who planned its publication, that it was called off."""
    _after_the_move(pilot, "not_published", Q(pk=pilot.owner_id) | Q(pk=planned_by.pk if planned_by else None))


def _after_the_move(pilot: Pilot, template: str, to: Q) -> None:
    """Write once the transaction is done, to those who can log in, have an address and may read the entry.

    What is needed of `pilot` is taken now: a working copy may be gone then.
    """
    entry = pilot.entry if template == "published" else pilot.pk
    context = {"title": " ".join(str(pilot).split()), "link": link("admin:pilots_pilot_change", entry)}
    accounts = User.objects.filter(to, is_active=True, is_staff=True).exclude(email="")
    people = [person for person in accounts if may_read(person, pilot)]
    transaction.on_commit(partial(_write, template, people, context), robust=True)


def _write(template: str, people: Iterable[User], context: dict[str, Any]) -> None:
    """Send one e-mail to each of these people."""
    send_soon([write(template, person.email, {**context, "person": person}) for person in people])

"""What never was public is shown to its writers and to reviewers only: each page is tried as each role, by hand too."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest
from django.contrib.auth.models import Permission, User
from django.contrib.messages import get_messages
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from pilots import workflow
from pilots.admin.pilot.conflicts.pending_edit import PendingEdit
from pilots.admin.pilot.views.transitions import BUTTONS
from pilots.history.record import Kind
from pilots.models import Pilot, Revision, Stage
from pilots.models.content import read_content
from pilots.models.roles import translator_of
from tests.admin.forms import Fields, address, address_of, open_form
from tests.admin.sheets import file_of, look, rows_in
from tests.factories import PilotFactory, PublishedPilotFactory, StageFactory
from tests.people import browser_of, person
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
# Pages ask the rule for it, which tests/models/test_access.py tries on both.
DATABASES = ("sqlite",)

SECRET = "Whispering"
# The former reviewer has the rights of a contributor, and made the secret changes beside.
EVERYBODY = ("visitor", "nobody", "former reviewer", "writer", "second", "reviewer", "administrator")
ALLOWED = EVERYBODY[3:]
Answers = Iterator[HttpResponse | str]


@dataclass
class World:
    """Entries with a secret each, in every state that nobody was shown, and public ones that had a secret before."""

    hidden: dict[str, Pilot]
    public: list[Pilot]
    gone: list[int]
    stage: Stage
    form: Fields
    browsers: dict[str, Client]


def say(pilot: Pilot, words: str, by: User, note: str = "") -> Pilot:
    """Make an entry, or its working copy, say something else."""
    texts = {"en": {"title": words, "summary": words}}
    return workflow.rewrite(pilot, read_content(pilot) | {"texts": texts}, by=by, kind=Kind.CHANGED, note=note)


def grown_up(writer: User, reviewer: User, **own: User) -> Pilot:
    """A public entry that had a secret while it was a draft."""
    pilot = PilotFactory(title=f"{SECRET} at first", **own)
    say(pilot, f"{SECRET} in between", writer, note=f"{SECRET} in a note")
    say(pilot, "Clean", writer)
    return workflow.publish(pilot, by=reviewer)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Everything there is to keep, and a browser for each role; made once, and gone after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


def make_world() -> World:
    """Everything there is to keep, and a browser for each role."""
    writer, second, reviewer = (person(role) for role in ("contributor", "contributor", "reviewer"))
    stage, own = StageFactory(name="Release"), {"owner": writer, "second_writer": second}
    former = person("reviewer")
    hidden = {
        name: PilotFactory(title=f"{name} before", stages=[stage], **own) for name in ("draft", "in review", "archived")
    }
    for pilot in hidden.values():
        say(pilot, f"{SECRET} of an entry", former, note=f"{SECRET} in a note")
    workflow.submit(hidden["in review"], by=writer)
    workflow.archive(hidden["archived"], by=reviewer)
    again = PublishedPilotFactory(title="Public once", **own)
    workflow.withdraw(again, by=reviewer)
    say(again, f"{SECRET} after the public", writer)
    hidden["archived again"] = workflow.archive(again, by=reviewer)
    grown, alone = (grown_up(writer, reviewer, **own) for _ in range(2))
    copies = []
    for end in (workflow.discard, workflow.publish, None):
        copy = workflow.revise(grown, by=writer)
        Pilot.objects.filter(pk=copy.pk).update(second_writer=second)
        copies.append(copy.pk)
        say(copy, f"{SECRET} in a copy", writer, note=f"{SECRET} in a note")
        if end:
            say(copy, "Clean", writer)
            end(Pilot.objects.get(pk=copy.pk), by=reviewer)
    hidden["copy"] = Pilot.objects.get(pk=copies[2])
    former.groups.set(person("contributor").groups.all())
    people = {"nobody": person(), "former reviewer": former, "writer": writer, "second": second}
    people |= {"reviewer": reviewer, "administrator": person("administrator")}
    browsers = {"visitor": visitor(), **{role: browser_of(account) for role, account in people.items()}}
    form = open_form(browsers["administrator"], address(alone))
    return World(hidden, [grown, alone], copies[:2], stage, form, browsers)


# What can be asked for -----------------------------------------------------------


def pages_of(*names: str) -> Callable[[Client, World], Answers]:
    """What asks for these pages of every entry, and sends a form to them."""

    def ask(client: Client, world: World) -> Answers:
        for pilot in [*world.hidden.values(), *world.public]:
            for name in names:
                yield client.get(address(pilot, name))
                yield client.post(address(pilot, name), {"seen_edit": pilot.edit_count, "note": "x", "post": "yes"})

    return ask


def frames(client: Client, world: World) -> Answers:
    for pilot in world.hidden.values():
        yield client.get(reverse("admin:framed-preview", args=[pilot.pk]))


def whispering(row: int | None = None) -> list[Revision]:
    """The revisions that hold a secret, of one row or of all."""
    kept = Revision.objects.all() if row is None else Revision.objects.filter(row=row)
    return [revision for revision in kept if SECRET in f"{revision.content} {revision.note}"]


def comparisons(client: Client, world: World) -> Answers:
    for revision in whispering():
        for pilot in [*world.public, *world.hidden.values()]:
            if pilot.entry_id == revision.entry_id:
                page = reverse("admin:pilots_pilot_compare", args=[pilot.pk])
                yield client.get(page, {"old": revision.pk, "new": "now"})
                yield client.get(page, {"old": "public", "new": revision.pk})


def restoring(client: Client, world: World) -> Answers:
    for revision in whispering():
        for pilot in [*world.public, *world.hidden.values()]:
            if pilot.entry_id == revision.entry_id:
                page = reverse("admin:pilots_pilot_restore", args=[pilot.pk, revision.pk])
                yield client.get(page)
                yield client.post(page, {"seen_edit": pilot.edit_count, "note": ""})


def recovering(client: Client, world: World) -> Answers:
    yield client.get(reverse("admin:pilots_pilot_deleted"))
    for revision in Revision.objects.all():
        yield client.post(reverse("admin:pilots_pilot_recover", args=[revision.pk]))


def moving(client: Client, world: World) -> Answers:
    for pilot in world.hidden.values():
        for move in BUTTONS:
            page = reverse("admin:pilots_pilot_move", args=[pilot.pk, move])
            yield client.get(page)
            yield client.post(page, {"seen_edit": 0, "note": "x"})


def conflicts(client: Client, world: World) -> Answers:
    """Send the form of each entry, a copy that is gone too, as if a secret had been seen, or what never was."""
    rows = [*reversed(world.public), *world.hidden.values()]
    for pk, last in [*((row.pk, row.edit_count) for row in rows), *((pk, 5) for pk in world.gone)]:
        for seen in [*(revision.edit_count for revision in whispering(pk)), last + 1]:
            sent_form = world.form | {"title": "Mine", "slug": "mine", "seen_edit": str(seen)}
            yield client.post(reverse("admin:pilots_pilot_change", args=[pk]), sent_form)


def merging(client: Client, world: World) -> Answers:
    """Send the page that asks for decisions, with what the site once kept for this account."""
    mine = read_content(PublishedPilotFactory())
    account = client.session.get("_auth_user_id")
    for pilot in [*world.public, *world.hidden.values()]:
        for seen in [0, *(revision.edit_count for revision in whispering(pilot.pk))]:
            kept = PendingEdit(int(account or 0), pilot.entry_id, pilot.pk, seen, mine, "", "en").signed()
            url = reverse("admin:pilots_pilot_merge", args=[pilot.entry_id])
            yield client.post(url, {"kept": kept, "seen": "", "_look": "1"})


def lists(client: Client, world: World) -> Answers:
    yield client.get(reverse("admin:index"))
    for query in (
        {},
        {"q": SECRET[1:7]},
        {"status__exact": "archived"},
        {"_facets": "1"},
        {"task": "mine"},
        {"task": "incomplete"},
    ):
        yield client.get(address_of(Pilot), query)
    where = {"app_label": "pilots", "model_name": "pilot", "field_name": "revises", "term": ""}
    yield client.get(reverse("admin:autocomplete"), where)


def exports(client: Client, world: World) -> Answers:
    chosen = ",".join(str(pilot.entry_id) for pilot in [*world.hidden.values(), *world.public])
    for data in ({"entries": ""}, {"entries": chosen}):
        answer = client.post(reverse("admin:pilots_pilot_export"), {"kind": "xlsx", **data})
        yield str(rows_in(answer.content)) if "attachment" in answer.get("Content-Disposition", "") else answer


def imports(client: Client, world: World) -> Answers:
    pilots = [*world.hidden.values(), *world.public]
    rows = [{"slug": pilot.public_slug, "edit": "", "title": "Mine"} for pilot in pilots]
    yield look(client, file_of(*rows))
    for row in rows:
        yield look(client, file_of(row))


def changes_of_many(client: Client, world: World) -> Answers:
    chosen = [pilot.pk for pilot in [*world.hidden.values(), *world.public]]
    data = {
        "act": "add",
        "value": f"stages/{world.stage.slug}",
        "note": "",
        "seen": "",
        "entries": ",".join(map(str, chosen)),
    }
    yield client.post(reverse("admin:pilots_pilot_value"), data)
    for action in ("change_value", "submit", "publish", "archive", "delete_selected", "export_chosen"):
        yield client.post(address_of(Pilot), {"action": action, "_selected_action": chosen})


def values_in_use(client: Client, world: World) -> Answers:
    """Look at what keeps a value from being deleted, and at making it one with another, with rights for values."""
    if "_auth_user_id" in client.session:
        account = User.objects.get(pk=client.session["_auth_user_id"])
        account.user_permissions.add(
            *Permission.objects.filter(codename__in=["delete_stage", "change_stage", "view_stage"])
        )
    yield client.get(address(world.stage, "delete"))
    yield client.get(reverse("admin:pilots_stage_same_as", args=[world.stage.pk]), {"into": StageFactory().pk})


def others(client: Client, world: World) -> Answers:
    yield client.get("/readyz")
    for pilot in [*world.hidden.values(), *world.public]:
        for page in ("presence/", "change/delete-translation/en/", "checks/x/accept/", "checks/1/reopen/"):
            yield client.post(f"/admin/pilots/pilot/{pilot.pk}/{page}", {"post": "yes"})
            yield client.get(f"/admin/pilots/pilot/{pilot.pk}/{page}")


WRITERS, REVIEWERS = ALLOWED, ALLOWED[2:]
PAGES: list[tuple[Callable[[Client, World], Answers], tuple[str, ...]]] = [
    (pages_of("change"), WRITERS),
    (pages_of("history"), WRITERS),
    (pages_of("delete"), REVIEWERS),
    (pages_of("preview"), WRITERS),
    (frames, WRITERS),
    (comparisons, WRITERS),
    (restoring, WRITERS),
    (recovering, REVIEWERS),
    (moving, WRITERS),
    (conflicts, WRITERS),
    (merging, WRITERS),
    (lists, WRITERS),
    (exports, WRITERS),
    (imports, WRITERS),
    (changes_of_many, WRITERS),
    (values_in_use, WRITERS),
    (others, WRITERS),
]
NAMES = ["form", "history", "delete", "preview", *(ask.__name__ for ask, _who in PAGES[4:])]


def tells(answer: HttpResponse | str) -> bool:
    """Whether an answer holds a secret, or says one on the page that it leads to."""
    if isinstance(answer, str):
        return SECRET in answer
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    said_next = " ".join(str(message) for message in get_messages(answer.wsgi_request))
    return SECRET in body.decode(errors="replace") + answer.headers.get("Location", "") + said_next


@pytest.mark.parametrize(("ask", "who"), PAGES, ids=NAMES)
def test_page_tells_what_never_was_public_to_these_roles_and_no_others(
    ask: Callable[[Client, World], Answers], who: tuple[str, ...], world: World
) -> None:
    shown_to = []
    for role, client in world.browsers.items():
        with transaction.atomic():
            if any(tells(answer) for answer in ask(client, world)):
                shown_to.append(role)
            transaction.set_rollback(True)
    assert shown_to == list(who)


@pytest.mark.parametrize(("ask", "who"), PAGES, ids=NAMES)
def test_page_tells_a_translator_of_nothing_that_was_not_public_or_sent_for_review(
    ask: Callable[[Client, World], Answers], who: tuple[str, ...], world: World
) -> None:
    with transaction.atomic():
        hidden = {name: pilot for name, pilot in world.hidden.items() if name != "in review"}
        Pilot.objects.filter(pk=world.hidden["in review"].pk).delete()
        browser = browser_of(person(translator_of("fr")))
        assert not any(tells(answer) for answer in ask(browser, replace(world, hidden=hidden)))
        transaction.set_rollback(True)


def test_translator_reads_what_waits_for_review_and_not_what_it_said_before(world: World) -> None:
    browser, waiting = browser_of(person(translator_of("fr"))), world.hidden["in review"]
    assert tells(browser.get(address(waiting)))
    assert f"{SECRET} in a note" not in browser.get(address(waiting, "history")).content.decode()

"""What never was public is told to its writers and to reviewers only: each page is tried as each role, by hand too."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Permission, User
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pilots import workflow
from pilots.admin.kept import Kept
from pilots.admin.moves import BUTTONS
from pilots.history.record import Kind
from pilots.models import Pilot, Revision, Stage
from pilots.models.content import read_content
from tests.admin.forms import address, address_of, forms_of
from tests.admin.spreadsheets import file_of, look, rows_in
from tests.factories import PilotFactory, PublishedPilotFactory, StageFactory
from tests.people import browser_of, person
from tests.visitors import visitor

pytestmark = pytest.mark.django_db

SECRET = "Whispering"
EVERYBODY = ("visitor", "nobody", "contributor", "former reviewer", "writer", "second", "reviewer", "administrator")
ALLOWED = EVERYBODY[4:]
Answers = Iterator[HttpResponse | str]


@dataclass
class World:
    """Entries with a secret each, in every state that nobody was shown, and public ones that had a secret before."""

    hidden: dict[str, Pilot]
    public: list[Pilot]
    gone: list[int]
    stage: Stage
    browsers: dict[str, Client]


def say(pilot: Pilot, words: str, by: User, note: str = "") -> Pilot:
    """Make an entry, or its working copy, say something else."""
    texts = {"en": {"title": words, "summary": words}}
    return workflow.rewrite(pilot, read_content(pilot) | {"texts": texts}, by=by, kind=Kind.CHANGED, note=note)


def grown_up(writer: User, reviewer: User, **own: User) -> Pilot:
    """Return a public entry that had a secret while it was a draft."""
    pilot = PilotFactory(title=f"{SECRET} at first", **own)
    say(pilot, f"{SECRET} in between", writer, note=f"{SECRET} in a note")
    say(pilot, "Clean", writer)
    return workflow.publish(pilot, by=reviewer)


@pytest.fixture
def world() -> World:
    """Return everything there is to keep, and a browser for each role."""
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
    people = {"nobody": person(), "contributor": person("contributor"), "former reviewer": former, "writer": writer}
    people |= {"second": second, "reviewer": reviewer, "administrator": person("administrator")}
    browsers = {"visitor": visitor(), **{role: browser_of(account) for role, account in people.items()}}
    return World(hidden, [grown, alone], copies[:2], stage, browsers)


# What can be asked for -----------------------------------------------------------


def pages_of(*names: str) -> Callable[[Client, World], Answers]:
    """Return what asks for these pages of every entry, and sends a form to them."""

    def ask(client: Client, world: World) -> Answers:
        for pilot in [*world.hidden.values(), *world.public]:
            for name in names:
                yield client.get(address(pilot, name))
                yield client.post(address(pilot, name), {"seen_edit": pilot.edit, "note": "x", "post": "yes"})

    return ask


def frames(client: Client, world: World) -> Answers:
    for pilot in world.hidden.values():
        yield client.get(reverse("framed-preview", args=[pilot.pk]))


def comparisons(client: Client, world: World) -> Answers:
    for revision in Revision.objects.all():
        for pilot in [*world.public, *world.hidden.values()]:
            if pilot.entry == revision.entry:
                page = reverse("admin:pilots_pilot_compare", args=[pilot.pk])
                yield client.get(page, {"old": revision.pk, "new": "now"})
                yield client.get(page, {"old": "public", "new": revision.pk})


def bringing_back(client: Client, world: World) -> Answers:
    for revision in Revision.objects.all():
        for pilot in [*world.public, *world.hidden.values()]:
            if pilot.entry == revision.entry:
                page = reverse("admin:pilots_pilot_bring_back", args=[pilot.pk, revision.pk])
                yield client.get(page)
                yield client.post(page, {"seen_edit": pilot.edit, "note": ""}, follow=True)


def recovering(client: Client, world: World) -> Answers:
    yield client.get(reverse("admin:pilots_pilot_deleted"))
    for revision in Revision.objects.all():
        yield client.post(reverse("admin:pilots_pilot_recover", args=[revision.pk]), follow=True)


def moving(client: Client, world: World) -> Answers:
    for pilot in world.hidden.values():
        for move in BUTTONS:
            page = reverse("admin:pilots_pilot_move", args=[pilot.pk, move])
            yield client.get(page, follow=True)
            yield client.post(page, {"seen_edit": 0, "note": "x"}, follow=True)


def conflicts(client: Client, world: World) -> Answers:
    """Send the form of each entry, a copy that is gone too, as if any state of it had been seen."""
    form = forms_of(browser_of(person("contributor")).get(address(PublishedPilotFactory())))["pilot_form"]
    rows = [*world.hidden.values(), *world.public]
    for pk, last in [*((row.pk, row.edit) for row in rows), *((pk, 5) for pk in world.gone)]:
        for seen in range(last + 2):
            sent_form = form | {"title": "Mine", "seen_edit": str(seen)}
            yield client.post(reverse("admin:pilots_pilot_change", args=[pk]), sent_form)


def merging(client: Client, world: World) -> Answers:
    """Send the page that asks for decisions, with what the site once kept for this account."""
    mine = read_content(PublishedPilotFactory())
    account = client.session.get("_auth_user_id")
    for pilot in [*world.public, *world.hidden.values()]:
        for seen in range(pilot.edit + 1):
            kept = Kept(int(account or 0), pilot.entry, pilot.pk, seen, mine, "", "en").signed()
            url = reverse("admin:pilots_pilot_merge", args=[pilot.entry])
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
    chosen = ",".join(str(pilot.entry) for pilot in [*world.hidden.values(), *world.public])
    for data in ({"entries": ""}, {"entries": chosen}):
        answer = client.post(reverse("admin:pilots_pilot_export"), {"kind": "xlsx", **data})
        yield str(rows_in(answer.content)) if "attachment" in answer.get("Content-Disposition", "") else answer


def imports(client: Client, world: World) -> Answers:
    rows = [{"slug": pilot.public_slug, "title": "Mine"} for pilot in [*world.hidden.values(), *world.public]]
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
        yield client.post(address_of(Pilot), {"action": action, "_selected_action": chosen}, follow=True)


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
            yield client.post(f"/admin/pilots/pilot/{pilot.pk}/{page}", {"post": "yes"}, follow=True)
            yield client.get(f"/admin/pilots/pilot/{pilot.pk}/{page}", follow=True)


WRITERS, REVIEWERS = ALLOWED, ALLOWED[2:]
PAGES: list[tuple[Callable[[Client, World], Answers], tuple[str, ...]]] = [
    (pages_of("change"), WRITERS),
    (pages_of("history"), WRITERS),
    (pages_of("delete"), REVIEWERS),
    (pages_of("preview"), WRITERS),
    (frames, WRITERS),
    (comparisons, WRITERS),
    (bringing_back, WRITERS),
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
    """Return whether an answer holds a secret, anywhere."""
    if isinstance(answer, str):
        return SECRET in answer
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return SECRET in body.decode(errors="replace") + answer.headers.get("Location", "")


@pytest.mark.parametrize(("ask", "who"), PAGES, ids=NAMES)
def test_page_tells_what_never_was_public_to_these_roles_and_no_others(
    ask: Callable[[Client, World], Answers], who: tuple[str, ...], world: World
) -> None:
    told = []
    for role, client in world.browsers.items():
        with transaction.atomic():
            if any(tells(answer) for answer in ask(client, world)):
                told.append(role)
            transaction.set_rollback(True)
    assert told == list(who)

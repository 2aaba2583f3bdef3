"""What each role may not do is tried: through the pages of the admin, and by requests made by hand."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pilots import workflow
from pilots.admin.pilot.views.transitions import BUTTONS
from pilots.history import record
from pilots.models import FormerSlug, Pilot, Revision, SecurityEvent
from pilots.models.roles import ROLES, make_roles, translator_of
from tests import factories
from tests.admin.forms import address, address_of, change, errors, open_form, submit, unrendered
from tests.admin.test_pilot_form import PARTS, facts
from tests.factories import LessonFactory, PilotFactory, PublishedPilotFactory
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db
# Rights are looked up in the same way.
DATABASES = ("sqlite",)

SECRET = "Whispering in Warsaw"
FRENCH = translator_of("fr")
WHO = ("nobody", FRENCH, "contributor", "reviewer", "administrator", "superuser")


@pytest.fixture
def browsers() -> dict[str, Client]:
    """A browser for each role; nobody is an account without a role."""
    return {role: browser_of(person("" if role == "nobody" else role)) for role in WHO}


def test_each_role_can_do_what_the_one_before_can_and_more() -> None:
    contributor, reviewer, administrator, *translators = ROLES.values()
    assert contributor < reviewer < administrator
    assert all(role < administrator for role in translators)


def test_translator_may_read_what_a_contributor_may_and_write_one_language() -> None:
    for language in ("fr", "es", "nl", "sv"):
        rights = ROLES[translator_of(language)]
        assert {right for right in rights if ".view_" not in right} == {f"pilots.translate_{language}"}
        assert {right for right in rights if ".view_" in right} < ROLES["contributor"]


def test_groups_have_the_rights_that_the_code_names() -> None:
    for name, rights in ROLES.items():
        assert person(name).get_all_permissions() == rights


def test_rights_that_were_lost_or_added_by_hand_are_set_right_by_the_next_migrate() -> None:
    Group.objects.get(name="reviewer").delete()
    contributor = Group.objects.get(name="contributor")
    contributor.permissions.set(Group.objects.get(name="administrator").permissions.all())
    call_command("migrate", verbosity=0)
    assert {name: person(name).get_all_permissions() for name in ROLES} == ROLES


def test_going_back_makes_no_roles() -> None:
    Group.objects.all().delete()
    make_roles(None, plan=[(None, True)])
    assert not Group.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_roles_outlive_an_emptied_database() -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert {name: person(name).get_all_permissions() for name in ROLES} == ROLES


# Which of WHO may open a page: nobody, translator, contributor, reviewer, administrator, superuser.
REFERENCES = ("Authority", "Partner", "Source", "ActivityType", "Audience", "TargetGroup", "Stage", "GlossaryTerm")
EVERYBODY, READERS, WRITERS, CHECKERS, MANAGERS, OWNERS = "111111", "011111", "001111", "000111", "000011", "000001"


def reference(name: str, page: str) -> Callable[[], str]:
    """What makes a row and returns the address of a page about it."""
    return lambda: address(getattr(factories, f"{name}Factory")(), page)


def model(name: str) -> Any:
    return getattr(factories, f"{name}Factory")._meta.model


PAGES: list[tuple[str, Callable[[], str], str]] = [
    ("first page", lambda: reverse("admin:index"), EVERYBODY),
    ("pilots", lambda: address_of(Pilot), READERS),
    ("add a pilot", lambda: address_of(Pilot, "add"), WRITERS),
    ("public pilot", lambda: address(PublishedPilotFactory()), READERS),
    ("archived pilot", lambda: address(PilotFactory(status="archived", version=1)), READERS),
    ("delete a public pilot", lambda: address(PublishedPilotFactory(), "delete"), CHECKERS),
    ("accounts", lambda: address_of(User), MANAGERS),
    ("invite", lambda: address_of(User, "add"), MANAGERS),
    ("an account", lambda: address(person("contributor")), MANAGERS),
    ("delete an account", lambda: address(person("contributor"), "delete"), OWNERS),
    ("set a password", lambda: reverse("admin:auth_user_password_change", args=[person().pk]), OWNERS),
    ("groups", lambda: address_of(Group), OWNERS),
    ("add a group", lambda: address_of(Group, "add"), OWNERS),
    ("former slugs", lambda: address_of(FormerSlug), MANAGERS),
    ("security log", lambda: address_of(SecurityEvent), MANAGERS),
    ("security event", lambda: address(factories.SecurityEventFactory()), MANAGERS),
    *((f"list of {name}", lambda name=name: address_of(model(name)), READERS) for name in REFERENCES),
    *((f"one {name}", reference(name, "change"), READERS) for name in REFERENCES),
    *((f"add {name}", lambda name=name: address_of(model(name), "add"), MANAGERS) for name in REFERENCES),
    *((f"delete {name}", reference(name, "delete"), MANAGERS) for name in REFERENCES),
]
NAMED = {"ids": lambda value: value if isinstance(value, str) else ""}


@pytest.mark.parametrize(("name", "make", "who"), PAGES, **NAMED)
def test_page_opens_for_these_roles_and_no_others(
    name: str, make: Callable[[], str], who: str, browsers: dict[str, Client]
) -> None:
    url = make()
    with unrendered():
        opened = [browsers[role].get(url).status_code for role in WHO]
    assert opened == [200 if yes == "1" else 403 for yes in who]


def everything() -> list[Any]:
    """What the database holds and roles might change."""
    kinds = [*(model(name) for name in REFERENCES), Pilot, User, Group, FormerSlug, Revision]
    return [list(kind.objects.order_by("pk").values()) for kind in kinds]


# The rest of the pages is only refused, so that one request by hand each is enough.
BY_HAND: list[tuple[str, Callable[[], str], dict[str, Any], str]] = [
    ("add a pilot", lambda: address_of(Pilot, "add"), {"title": "X", "slug": "x"}, "11----"),
    ("delete a pilot", lambda: address(PublishedPilotFactory(), "delete"), {"post": "yes"}, "111---"),
    ("invite", lambda: address_of(User, "add"), {"username": "x", "email": "x@a.org"}, "1111--"),
    ("an account", lambda: address(person("contributor")), {"username": "x", "is_superuser": "on"}, "1111--"),
    ("delete an account", lambda: address(person("contributor"), "delete"), {"post": "yes"}, "11111-"),
    ("add a group", lambda: address_of(Group, "add"), {"name": "x"}, "11111-"),
    ("a role", lambda: address(Group.objects.get(name="contributor")), {"name": "x"}, "111111"),
    ("a security event", lambda: address(factories.SecurityEventFactory()), {"event": "x"}, "111111"),
    ("delete a security event", lambda: address(factories.SecurityEventFactory(), "delete"), {"post": "yes"}, "111111"),
    ("a former slug", lambda: address_of(FormerSlug, "add"), {"slug": "x", "model": "pilot"}, "111111"),
    *(
        (f"add {name}", lambda name=name: address_of(model(name), "add"), {"slug": "x"}, "1111--")
        for name in REFERENCES
    ),
    *((f"change {name}", reference(name, "change"), {"slug": "x"}, "1111--") for name in REFERENCES),
    *((f"delete {name}", reference(name, "delete"), {"post": "yes"}, "1111--") for name in REFERENCES),
]


@pytest.mark.parametrize(("name", "make", "data", "refused"), BY_HAND, **NAMED)
def test_request_made_by_hand_is_refused_and_changes_nothing(
    name: str, make: Callable[[], str], data: dict[str, Any], refused: str, browsers: dict[str, Client]
) -> None:
    url, roles = make(), [role for role, answer in zip(WHO, refused, strict=True) if answer == "1"]
    before = everything()
    assert {role: browsers[role].post(url, data).status_code for role in roles} == dict.fromkeys(roles, 403)
    assert everything() == before


def text(response: HttpResponse) -> str:
    """Everything an answer says, and what it has the next page say."""
    messages = " ".join(str(message) for message in get_messages(response.wsgi_request))
    return response.content.decode() + response.headers.get("Location", "") + messages


def secrets() -> list[Pilot]:
    """What a contributor must not know of: a draft, one in review and a working copy of somebody else."""
    other = person("contributor", username="other")
    draft = PilotFactory(title="Before", slug="whispering-one", owner=other)
    with record.change(draft, kind=Revision.Kind.CHANGED, by=other) as under_way:
        under_way.row.translations.update(title=SECRET)
    waiting = PilotFactory(title=SECRET, slug="whispering-two", owner=other, status="in-review")
    copy = workflow.revise(PublishedPilotFactory(title="Public"), by=other)
    copy.translations.update(title=SECRET)
    return [draft, waiting, copy]


def about(pilot: Pilot) -> list[str]:
    """The addresses about one pilot that somebody could type."""
    return [
        *(address(pilot, page) for page in ("change", "history", "delete")),
        *(reverse("admin:pilots_pilot_move", args=[pilot.pk, move]) for move in BUTTONS),
        *(f"/admin/pilots/pilot/{pilot.pk}/{page}" for page in ("", "merge/", "history/compare/")),
        *(f"/admin/pilots/pilot/{pilot.pk}/history/{kept.pk}/bring-back/" for kept in Revision.objects.all()),
        f"/admin/pilots/pilot/{pilot.pk}/change/delete-translation/en/",
        f"/admin/r/{ContentType.objects.get_for_model(Pilot).pk}/{pilot.pk}/",
    ]


@pytest.mark.parametrize("method", ["get", "post"])
def test_drafts_of_others_are_at_no_address_for_a_contributor(method: str) -> None:
    client = browser_of(person("contributor"))
    pilots = secrets()
    before = everything()
    for url in [url for pilot in pilots for url in about(pilot)]:
        response = getattr(client, method)(url, {"title": "Mine", "post": "yes", "note": "x", "seen_edit": "0"})
        assert response.status_code in {302, 400, 403, 404}, url
        assert SECRET not in text(response), url
        assert "whispering" not in text(response), url
    assert everything() == before


def test_drafts_of_others_are_in_no_list_search_or_choice_for_a_contributor() -> None:
    client = browser_of(person("contributor"))
    pilots = secrets()
    fields = {"app_label": "pilots", "model_name": "pilot", "field_name": "revises"}
    answers = [
        client.get(address_of(Pilot)),
        client.get(address_of(Pilot), {"q": "Whispering"}),
        client.get(address_of(Pilot), {"status__exact": "draft"}),
        client.get(address_of(Pilot), {"_facets": "1"}),
        client.get(reverse("admin:autocomplete"), {**fields, "term": "Whispering"}),
        client.get(reverse("admin:autocomplete"), {**fields, "term": ""}),
        client.get(reverse("admin:index")),
        client.get(address(pilots[2].revises)),
        client.get(address(pilots[2].revises, "history")),
    ]
    assert [SECRET in text(answer) for answer in answers] == [False] * len(answers)
    assert {answer.status_code for answer in answers} <= {200, 403}


@pytest.mark.parametrize("field", ["owner", "scheduled_by"])
@pytest.mark.parametrize("role", ["contributor", "reviewer"])
def test_names_of_accounts_are_completed_for_nobody_but_administrators(role: str, field: str) -> None:
    where = {"app_label": "pilots", "model_name": "pilot", "field_name": field, "term": ""}
    assert browser_of(person(role)).get(reverse("admin:autocomplete"), where).status_code == 403


def act(client: Client, action: str, *pilots: Pilot) -> HttpResponse:
    """Tick rows that the list may not even show, and choose an action it may not even offer."""
    data = {"index": "0", "action": action, "select_across": "0", "_selected_action": [row.pk for row in pilots]}
    return client.post(address_of(Pilot), data, follow=True)


@pytest.mark.parametrize("action", ["submit", "publish", "withdraw", "archive", "restore", "delete_selected"])
def test_action_of_a_contributor_moves_no_draft_of_others(action: str) -> None:
    client = browser_of(person("contributor"))
    pilots = secrets()
    before = everything()
    assert SECRET not in text(act(client, action, *pilots))
    rows = ",".join(f"{pilot.pk}:{pilot.edit_count}" for pilot in pilots)
    if action != "delete_selected":
        answer = client.post(reverse("admin:pilots_pilot_move_many", args=[action]), {"rows": rows}, follow=True)
        assert SECRET not in text(answer)
    assert everything() == before


def test_contributor_writes_an_own_draft_with_parts_and_sees_it(client: Client) -> None:
    me = person("contributor")
    mine = browser_of(me)
    response = submit(mine, address_of(Pilot, "add"), **facts(), **PARTS)
    assert response.status_code == 302, errors(response)
    pilot = Pilot.objects.get()
    assert (pilot.owner, pilot.lessons.count(), pilot.passages.count()) == (me, 2, 1)
    change(mine, pilot, **{"summary": "Better.", "lessons-0-DELETE": "on"})
    assert (Pilot.objects.get().summary, pilot.lessons.count()) == ("Better.", 1)
    assert str(pilot) in text(mine.get(address_of(Pilot)))


def test_contributor_finds_every_value_by_typing() -> None:
    mine = browser_of(person("contributor"))
    pilot = PublishedPilotFactory()
    for field in ("authority", "partners", "activity_types", "source"):
        where = {"app_label": "pilots", "model_name": "pilot", "field_name": field, "term": ""}
        assert len(mine.get(reverse("admin:autocomplete"), where).json()["results"]) == 1, field
    assert mine.get(address(pilot)).status_code == 200


def test_contributor_deletes_a_translation_of_an_own_draft_only() -> None:
    me = person("contributor")
    for owner, status, left in ((me, "draft", 1), (me, "in-review", 2), (me, "published", 2), (person(), "draft", 2)):
        factory = PublishedPilotFactory if status == "published" else PilotFactory
        pilot = factory(owner=owner, status=status)
        pilot.create_translation("fr", title="Titre")
        browser_of(me).post(f"/admin/pilots/pilot/{pilot.pk}/change/delete-translation/fr/", {"post": "yes"})
        assert pilot.translations.count() == left, (owner, status)


OWN_MOVES = {"submit": {"draft"}, "take-back": {"in-review"}}
BY_STATUS = [(move, status) for move in BUTTONS for status in ("draft", "in-review", "published", "archived")]


@pytest.mark.parametrize(("move", "status"), BY_STATUS)
def test_contributor_makes_no_move_but_sending_and_taking_back_what_is_theirs(move: str, status: str) -> None:
    me = person("contributor")
    factory = PublishedPilotFactory if status == "published" else PilotFactory
    pilot = factory(owner=me, status=status)
    data = {"note": "Because.", "seen_edit": pilot.edit_count, "at_0": "2100-01-01", "at_1": "10:00"}
    response = browser_of(me).post(reverse("admin:pilots_pilot_move", args=[pilot.pk, move]), data)
    assert response.status_code == 302
    allowed = status in OWN_MOVES.get(move, set())
    assert (Pilot.objects.get().status != status) is allowed
    assert Pilot.objects.get().publish_at is None


def form_of(pilot: Pilot) -> dict[str, Any]:
    """What a reviewer's form of this pilot sends, with other words."""
    return {**open_form(browser_of(person("reviewer")), address(pilot)), "summary": "Smuggled in."}


@pytest.mark.parametrize("status", ["in-review", "archived"])
def test_contributor_changes_nothing_that_is_out_of_their_hands_by_a_form_made_by_hand(status: str) -> None:
    me = person("contributor")
    pilot = PilotFactory(owner=me)
    data = form_of(pilot)
    Pilot.objects.update(status=status)
    response = browser_of(me).post(address(pilot), data)
    assert response.status_code < 500
    assert Pilot.objects.get().summary == "Who did what."


def test_contributor_does_not_write_over_the_working_copy_of_another_by_a_form_made_by_hand() -> None:
    public = PublishedPilotFactory()
    data = form_of(public)
    workflow.revise(public, by=person("contributor"))
    response = browser_of(person("contributor")).post(address(public), data)
    assert response.status_code < 500
    assert {row.summary for row in Pilot.objects.all()} == {"Who did what."}


def test_status_owner_and_times_cannot_be_sent_by_hand() -> None:
    me = person("contributor")
    pilot = PilotFactory(owner=me)
    sent = {
        "owner": str(person().pk),
        "status": "published",
        "publish_at": "2020-01-01",
        "version": "7",
        "revises": "1",
    }
    change(browser_of(me), pilot, summary="Mine.", **sent)
    now = Pilot.objects.get()
    assert (now.owner, now.status, now.publish_at, now.version, now.revises_id) == (me, "draft", None, 0, None)


def test_reviewer_sees_and_changes_the_drafts_of_all() -> None:
    client = browser_of(person("reviewer"))
    for pilot in secrets():
        assert SECRET in text(client.get(address(pilot)))
    assert text(client.get(address_of(Pilot))).count(f"{SECRET}</a>") == 3


@pytest.mark.parametrize("role", ["contributor", "reviewer", "administrator"])
def test_first_page_names_what_the_role_may_open_and_no_more(role: str) -> None:
    page = text(browser_of(person(role)).get(reverse("admin:index")))
    assert (address_of(User) in page) is (role == "administrator")
    assert address_of(Group) not in page
    assert address_of(Pilot) in page


def test_administrator_adds_changes_and_deletes_a_value() -> None:
    client = browser_of(person("administrator"))
    response = submit(client, address_of(model("Stage"), "add"), name="After care", slug="after-care", order="9")
    assert response.status_code == 302, errors(response)
    row = model("Stage").objects.get()
    change(client, row, name="Care after release")
    assert client.post(address(row, "delete"), {"post": "yes"}).status_code == 302
    assert not model("Stage").objects.exists()


def test_account_without_a_role_reads_no_title_from_the_page_of_a_move() -> None:
    pilot = PilotFactory(title=SECRET, status="archived")
    client = browser_of(person())
    assert client.get(reverse("admin:pilots_pilot_move", args=[pilot.pk, "restore"])).status_code == 403
    assert SECRET not in text(client.get("/admin/"))


def test_closed_account_is_logged_out_at_once() -> None:
    me = person("reviewer")
    client = browser_of(me)
    LessonFactory(pilot=PublishedPilotFactory())
    User.objects.filter(pk=me.pk).update(is_active=False)
    assert client.get(address_of(Pilot)).url.startswith(reverse("admin:login"))

"""Every word of the admin, of e-mails, feeds and Word documents goes through gettext."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pilots import models, workflow
from pilots.accounts import second_factor
from pilots.admin.pilot.views import bulk_transitions, transitions
from pilots.history.record import Kind
from pilots.mail import write
from pilots.models.content import read_content
from pilots.models.provenance import fingerprint
from pilots.models.roles import translator_of
from pilots.workflow.check_report import run_checks
from tests import factories
from tests.accounts.authenticator import digits
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_second_factor import with_app
from tests.admin.forms import Fields, address, address_of, open_form, unrendered
from tests.admin.sheets import carry_on, confirm, export, file_of, look, rows_in, with_cells
from tests.cached_content import rows_for_a_module
from tests.pages.reading import body, read
from tests.people import administrator, browser_of, person
from tests.pseudo_language import assert_all_marked, outside, pseudo_language
from tests.test_gettext import make_entries
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
# Texts of the interface come from no database.
DATABASES = ("sqlite",)

NAME = {"first_name": "⟪Anna⟫", "last_name": "⟪Editor⟫"}
FEW = "⟪The case of two offenders was managed.⟫"
TEXTS = {name: f"⟪{name}⟫" for name in ("name", "place", "title", "term", "meaning", "covers", "text")}
REFERENCES = [model for model in admin.site._registry if model is not models.Pilot]


@dataclass
class World:
    """Entries in every state, and browsers of who may see all of them and of who translates."""

    client: Client
    translator: Client
    draft: models.Pilot
    public: models.Pilot
    copy: models.Pilot
    rows: dict[type[Model], Any]

    @property
    def pilots(self) -> tuple[models.Pilot, ...]:
        return self.draft, self.public, self.copy


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with rows_for_a_module(django_db_blocker), pseudo_language():
        yield make_world()


def make_world() -> World:
    make_entries()
    anna, bea = (person(role, username=f"⟪{role}⟫", **NAME) for role in ("superuser", "reviewer"))
    odile = person(translator_of("fr"), username="⟪odile⟫", **NAME)
    draft = make_draft(owner=anna, second_writer=bea)
    public = models.Pilot.objects.get(slug="avignon")
    translate(public)
    copy = workflow.revise(public, by=anna)
    content = read_content(copy) | {"stages": [], "start": "2018"}
    content["texts"]["en"] |= {"title": "⟪Other⟫", "results": ""}
    copy = workflow.rewrite(copy, content, by=bea, kind=Kind.CHANGED, note="⟪Why⟫")
    workflow.delete(factories.PilotFactory(title="⟪Gone⟫", **company()), by=anna)
    return World(
        client=browser_of(anna),
        translator=browser_of(odile),
        draft=draft,
        public=public,
        copy=copy,
        rows={model: a_row(model) for model in REFERENCES},
    )


def company() -> dict[str, Any]:
    """What a pilot must have, as the other entries have it."""
    return {
        "authority": models.Authority.objects.get(slug="the-hague"),
        "source": models.Source.objects.get(slug="prepare-nine-local-activities"),
        "partners": [models.Partner.objects.get(slug="fryshuset-exit-sweden")],
        "activity_types": [models.ActivityType.objects.get(slug="training")],
    }


def make_draft(**people: User) -> models.Pilot:
    """A draft with parts, with something that a check finds, open at somebody else's, and shown by a link."""
    draft: models.Pilot = factories.PilotFactory(title="⟪Draft⟫", summary=FEW, **company(), **people)
    factories.LessonFactory(pilot=draft, text="⟪Lesson⟫")
    factories.KeyFigureFactory(pilot=draft, label="⟪things⟫")
    factories.OrganisationInvolvedFactory(pilot=draft, name="⟪Police⟫")
    factories.PassageFactory(pilot=draft)
    week = timezone.now() + timedelta(days=7)
    models.PreviewLink.objects.create(pilot=draft, expires_at=week, made_by=people["owner"])
    models.Presence.objects.create(pilot=draft, user=people["second_writer"], seen_at=timezone.now())
    models.UnsavedForm.objects.store(
        people["owner"], address=address(draft), title="⟪Draft⟫", fields=[("title", "⟪Typed⟫")]
    )
    return draft


def translate(pilot: models.Pilot) -> None:
    """Have French texts that nobody has checked, one of them older than the English."""
    pilot.create_translation("fr", title="⟪Titre⟫", summary="⟪Ancien⟫")
    rests_on = {"title": fingerprint(pilot.title), "summary": "0" * 16}
    records = {name: {"by": "machine", "of": of} for name, of in rests_on.items()}
    pilot.translations.filter(language_code="fr").update(provenance=records)


def a_row(model: Any) -> Any:
    """A row of a model beside the pilots, its texts marked."""
    if model is Group:
        return Group.objects.get(name="reviewer")
    if model is User:
        return User.objects.get(username="⟪reviewer⟫")
    if model is models.FormerSlug:
        return models.FormerSlug.objects.create(model="pilot", slug="slug-0", object_id=1)
    if model is models.SecurityEvent:
        words = dict.fromkeys(("actor_name", "account_name"), "⟪anna⟫")
        details = {"kind": "⟪xlsx⟫", "unpublished": 2, "encrypted": True, "gained": ["⟪role:reviewer⟫"]}
        return factories.SecurityEventFactory(**words, details=details)
    if model is models.SynonymSet:
        return factories.SynonymSetFactory(words="⟪one⟫\n⟪two⟫")
    known = {field.name for field in model._meta.get_fields()} | set(model._parler_meta.get_translated_fields())
    make = getattr(factories, f"{model.__name__}Factory")
    return make(**{name: text for name, text in TEXTS.items() if name in known})


def see(client: Client, url: str, **data: Any) -> HttpResponse:
    """Ask for a page, which may say that there is nothing, and look at its words."""
    response = client.get(url, data)
    assert response.status_code in {200, 403, 404}, f"{response.status_code} at {url}"
    assert_all_marked(response)
    return response


# Pages -------------------------------------------------------------------------------


@pytest.mark.parametrize("model", REFERENCES)
def test_pages_about_what_is_no_pilot(model: Any, world: World) -> None:
    row = world.rows[model]
    see(world.client, address_of(model))
    see(world.client, address_of(model, "add"))
    for about in ("change", "history", "delete"):
        see(world.client, address(row, about))
    if hasattr(row, "translations"):
        see(world.client, f"{address(row)}?language=fr")
        see(world.client, reverse(f"admin:pilots_{model._meta.model_name}_translate", args=[row.pk, "fr"]))


OF_ONE = ("change", "history", "delete", "preview", "writers")
QUERIES = {"compare": "?old=public&new=now", "change": "?language=fr"}


@pytest.mark.parametrize("which", ["draft", "public", "copy"])
def test_pages_about_a_pilot(which: str, world: World) -> None:
    pilot = getattr(world, which)
    for about in OF_ONE:
        see(world.client, address(pilot, about))
    for about, query in QUERIES.items():
        see(world.client, address(pilot, about) + query)
    see(world.client, reverse("admin:pilots_pilot_translate", args=[pilot.pk, "fr"]))
    see(world.client, reverse("admin:framed-preview", args=[pilot.pk]))
    for finding in run_checks(pilot).about_people:
        see(world.client, reverse("admin:pilots_pilot_accept", args=[pilot.pk, finding.token]))
    for revision in models.Revision.objects.filter(row=pilot.pk):
        see(world.client, f"{address(pilot, 'compare')}?old={revision.pk}&new=now")
        see(world.client, reverse("admin:pilots_pilot_restore", args=[pilot.pk, revision.pk]))


@pytest.mark.parametrize("name", transitions.BUTTONS)
def test_pages_that_ask_before_a_move(name: str, world: World) -> None:
    for pilot in world.pilots:
        response = world.client.get(reverse("admin:pilots_pilot_move", args=[pilot.pk, name]), follow=True)
        assert_all_marked(response)


OF_MANY = (
    *("changelist", "add", "deleted", "translations", "export", "import", "import_po", "imports"),
    *("changelist&status__exact=draft", "translations&language=fr&state=missing"),
)


@pytest.mark.parametrize("name", OF_MANY)
def test_pages_about_many_pilots(name: str, world: World) -> None:
    page, _and, query = name.partition("&")
    see(world.client, f"{address_of(models.Pilot, page)}?{query}")


OF_ACCOUNTS = (
    *("password_change/", "password_change/done/", "language/"),
    *("second-factor/", "second-factor/add/", "sessions/", "ask-again/", "how-it-is/"),
)


@pytest.mark.parametrize("path", ["", *OF_ACCOUNTS, "unsaved/", "pilots/", "nowhere/"])
def test_pages_about_the_whole(path: str, world: World) -> None:
    see(world.client, f"/admin/{path}")


def test_what_was_typed_and_not_saved(world: World) -> None:
    for unsaved in models.UnsavedForm.objects.all():
        see(world.client, reverse("admin:unsaved-form", args=[unsaved.pk]))


def test_guide_of_editors_says_that_it_is_english(world: World) -> None:
    see(world.client, reverse("admin:how-to"))


def test_first_page_and_names_of_a_translator(world: World) -> None:
    see(world.translator, "/admin/")
    see(world.translator, reverse("admin:pilots_pilot_names", args=["fr"]))
    see(world.translator, reverse("admin:pilots_pilot_translate", args=[world.public.pk, "fr"]))


@pytest.mark.parametrize(
    "path", ["login/", "logged-out/", "password_reset/", "password_reset/done/", "reset/done/", "reset/x/y/"]
)
def test_pages_before_one_is_logged_in(path: str, world: World) -> None:
    client = visitor()
    assert_all_marked(client.get(f"/admin/{path}", follow=True))


def test_pages_about_second_factors(world: World, settings: Any) -> None:
    settings.SECOND_FACTOR = "all"
    (new, _secret), (user, secret) = (with_app("contributor", username=f"⟪{name}⟫") for name in ("nora", "otto"))
    second_factor.remove_all(new)
    for person_, path, wrong in ((new, "second-factor", {"digits": "1"}), (user, "code", {"code": "1"})):
        client = visitor()
        client.post("/admin/login/", {"username": person_.username, "password": PASSWORD})
        see(client, f"/admin/login/{path}/")
        assert_all_marked(client.post(f"/admin/login/{path}/", wrong))
    client.post("/admin/login/code/", {"code": digits(secret, at=timezone.now().timestamp())})
    see(client, "/admin/second-factor/")
    assert_all_marked(client.post("/admin/second-factor/", {"remove_app": "1"}, follow=True))
    assert_all_marked(client.post("/admin/second-factor/", {"new_codes": "1"}))
    for name, days in (("young", 6), ("ada", 8), ("bea", 8)):
        client = browser_of(administrator(username=f"⟪{name}⟫", days=days))
        models.AuthenticatorApp.objects.get_or_create(account=user, defaults={"secret": secret})
        for said in ({}, {"ask": "1"}, {"agree": "1"}):
            assert_all_marked(client.post(reverse("admin:lost-factor", args=[user.pk]), said, follow=True))


# What is sent --------------------------------------------------------------------------


@pytest.mark.parametrize("model", [*REFERENCES, models.Pilot])
def test_forms_that_say_what_is_wrong(model: Any, world: World) -> None:
    if model not in (models.FormerSlug, models.SecurityEvent):
        with unrendered():
            sent = open_form(world.client, address_of(model, "add"))
        wrong = {name: "" if name.endswith(("FORMS", "token")) else "?" * 300 for name in sent}
        for data in (dict.fromkeys(sent, "") | counts_of(sent), wrong | counts_of(sent)):
            response = world.client.post(address_of(model, "add"), data)
            assert response.status_code in {200, 400}
            assert_all_marked(response)


def counts_of(sent: Fields) -> Fields:
    """The fields that count the rows below a form, as they are."""
    return {name: value for name, value in sent.items() if name.endswith("_FORMS")}


ACTIONS = ("change_value", "export_chosen", *(f"{name}_chosen" for name in bulk_transitions.MOVES))


@pytest.mark.parametrize("action", ACTIONS)
def test_actions_on_many(action: str, world: World) -> None:
    chosen = {"action": action, "_selected_action": [pilot.pk for pilot in world.pilots]}
    assert_all_marked(world.client.post(address_of(models.Pilot), chosen, follow=True))


def test_what_an_import_would_do(world: World) -> None:
    (row, *_others) = rows_in(export(world.client))
    assert_all_marked(look(world.client, file_of(with_cells(row, title="⟪Anew⟫"))))
    assert_all_marked(look(world.client, file_of(with_cells(row, start="⟪May⟫", authority="⟪nobody⟫"))))
    assert_all_marked(look(world.client, b"\0"))


def test_import_under_way_and_what_became_of_it(world: World) -> None:
    rows = [with_cells(row, title="⟪Anew⟫") for row in rows_in(export(world.client))]
    began = confirm(world.client, look(world.client, file_of(*rows), name="⟪file⟫.xlsx"))
    assert_all_marked(world.client.get(began["Location"]))
    models.ImportRow.objects.filter(place=1).update(edit_count=9999)
    carry_on(world.client, began)
    assert_all_marked(world.client.get(began["Location"]))


def test_conflict_of_two_saves(world: World) -> None:
    typed = open_form(world.client, address(world.draft))
    content = read_content(world.draft)
    content["texts"]["en"]["title"] = "⟪Theirs⟫"
    workflow.rewrite(world.draft, content, by=User.objects.get(username="⟪reviewer⟫"), kind=Kind.CHANGED)
    page = world.client.post(address(world.draft), {**typed, "title": "⟪Mine⟫"})
    assert page.status_code == 409
    assert_all_marked(page)


def test_messages_after_moves(world: World) -> None:
    for name in ("submit", "publish"):
        url = reverse("admin:pilots_pilot_move", args=[world.copy.pk, name])
        assert_all_marked(world.client.post(url, {"seen_edit": world.copy.edit_count, "note": "⟪Why⟫"}, follow=True))


MAILS = (
    *("account_changed", "handed_over", "invitation", "not_published", "outdated", "password_reset", "published"),
    *("second_factor", "sent_back", "waits"),
)


@pytest.mark.parametrize("name", MAILS)
def test_emails(name: str, world: World) -> None:
    language = {"name": "⟪French⟫", "texts": 2, "link": "http://a.org/"}
    said = {"title": "⟪Title⟫", "link": "http://a.org/", "again": "http://a.org/", "by": "⟪Bea⟫", "note": "⟪Note⟫"}
    said |= {"person": User(username="⟪anna⟫"), "days": 3, "languages": [language]}
    for what in ("added", "removed", "codes", "asked", "lost", "password", "identity"):
        message = write(name, "a@a.org", {**said, "what": what})
        assert "⟦" in message.subject
        assert outside(f"{message.subject}\n{message.body}") == []


def test_every_email_is_asked_for() -> None:
    files = {file.stem for file in (settings.BASE_DIR / "templates" / "mail").glob("*.txt")}
    assert files - {"greeting", "closing"} == set(MAILS)


SHOWN = ("title", "subtitle", "summary", "name", "rights")  # of a feed
CITED = re.compile("Version 1|Accessed")  # a citation is in English, as its style has it
PARAGRAPH, WORDS = (f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{tag}" for tag in "pt")


@pytest.mark.parametrize("path", ["/pilots.atom", "/lessons.atom"])
def test_feeds(path: str, world: World) -> None:
    feed = ET.fromstring(body(visitor().get(path)))
    said = [part.text or "" for part in feed.iter() if part.tag.rpartition("}")[2] in SHOWN]
    assert len(said) > 5
    texts = [read(text).raw if text.startswith("<") else text for text in said]
    found = [words for text in texts for words in outside(text)]
    assert found == [], found


@pytest.mark.parametrize("path", ["/pilots/avignon.docx", "/compare.docx?pilot=avignon&pilot=other"])
def test_word_documents(path: str, world: World) -> None:
    with zipfile.ZipFile(io.BytesIO(body(visitor().get(path)))) as opened:
        document = ET.fromstring(opened.read("word/document.xml"))
    said = ["".join(part.text or "" for part in row.iter(WORDS)) for row in document.iter(PARAGRAPH)]
    assert any("⟦" in text for text in said)
    found = [words for text in said if not CITED.search(text) for words in outside(text)]
    assert found == [], found

"""Every word of the admin goes through gettext."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pilots import models, workflow
from pilots.admin.pilot.views import transitions
from pilots.history.record import Kind
from pilots.models.content import read_content
from pilots.models.provenance import fingerprint
from pilots.models.roles import translator_of
from pilots.workflow.check_report import run_checks
from tests import factories
from tests.admin.forms import address, address_of
from tests.cached_content import rows_for_a_module
from tests.people import browser_of, person
from tests.pseudo_language import assert_all_marked, pseudo_language
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
    *("changelist", "add", "deleted", "translations", "export", "import", "imports"),
    *("changelist&status__exact=draft", "translations&language=fr&state=missing"),
)


@pytest.mark.parametrize("name", OF_MANY)
def test_pages_about_many_pilots(name: str, world: World) -> None:
    page, _and, query = name.partition("&")
    see(world.client, f"{address_of(models.Pilot, page)}?{query}")


@pytest.mark.parametrize(
    "path", ["", "password_change/", "password_change/done/", "language/", "unsaved/", "pilots/", "nowhere/"]
)
def test_pages_about_the_whole(path: str, world: World) -> None:
    see(world.client, f"/admin/{path}")


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

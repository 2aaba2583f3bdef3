"""What somebody typed while their session ended is given back to them after logging in again, and to nobody else."""

import functools
import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from django.urls import reverse
from django.utils import timezone

from pilots import workflow
from pilots.models import AccountSession as Session
from pilots.models import ActivityType, GlossaryTerm, Pilot, UnsavedForm
from pilots.workflow.check_report import run_checks
from tests.admin.forms import address, address_of, forms_of, read_form
from tests.admin.test_unsaved_tokens import token_for
from tests.factories import (
    ActivityTypeFactory,
    AuthorityFactory,
    FurtherReadingFactory,
    GlossaryTermFactory,
    LessonFactory,
    PartnerFactory,
    PilotFactory,
    PublishedPilotFactory,
    SourceFactory,
    SourceTextFactory,
    StageFactory,
    StatementFactory,
    SynonymSetFactory,
)
from tests.people import person

pytestmark = pytest.mark.django_db
# What is typed is read from pages; test_unsaved_tokens.py keeps and deletes it on both.
DATABASES = ("sqlite",)

TYPED = "What took an hour to write.\r\nAnd a second line, with “quotes”, ő and <b>."


@functools.cache
def strict_handler() -> ClientHandler:
    """What answers as the server does, forms' tokens checked."""
    return ClientHandler(enforce_csrf_checks=True)


def browser_of(user: User) -> Client:
    client = Client()
    client.handler = strict_handler()
    client.force_login(user)
    return client


@pytest.fixture
def editor() -> User:
    """Return somebody who may change everything but accounts' rights."""
    return person("administrator")


@pytest.fixture
def browser(editor: User) -> Client:
    return browser_of(editor)


def filled_in(client: Client, url: str, form: str, **typed: Any) -> dict[str, Any]:
    """Open a page and return what its form sends once these fields are filled in."""
    return {**read_form(client.get(url), form), **typed}


def refused(client: Client, url: str, data: dict[str, Any]) -> HttpResponse:
    """Send a form after the session's row was deleted."""
    Session.objects.all().delete()
    response = client.post(url, data)
    assert response.status_code == 302
    assert response.url.startswith(reverse("admin:login"))
    return response


def log_in_again(client: Client, user: User, response: HttpResponse) -> HttpResponse:
    """Log in on the page that a refused save led to, and return where that leads."""
    page = client.get(response.url)
    assert "What you typed is kept" in page.content.decode()
    client.force_login(user)
    return client.get(read_form(page, "login-form")["next"][0])


def put_back(client: Client, page: HttpResponse, url: str) -> HttpResponse:
    """Press “Put it back into the form” and return the form."""
    return client.post(url, read_form(page, "restore_form"))


def test_pilot_with_lessons_and_a_translation_is_there_again_after_logging_in(browser: Client, editor: User) -> None:
    pilot = PilotFactory()
    for number in (1, 2):
        LessonFactory(pilot=pilot, number=number)
    url = address(pilot) + "?language=fr"
    lessons = {"lessons-0-text": "Une leçon.", "lessons-1-text": "Deux."}
    data = filled_in(browser, url, "pilot_form", title="Titre", summary=TYPED, **lessons)
    page = log_in_again(browser, editor, refused(browser, url, data))
    assert "What took an hour to write." in page.content.decode()
    form = put_back(browser, page, url)
    again = read_form(form, "pilot_form")
    shown = [again[name] for name in ("title", "lessons-0-text", "lessons-1-text")]
    assert shown == [["Titre"], ["Une leçon."], ["Deux."]]
    assert not pilot.translations.filter(language_code="fr").exists()
    assert browser.post(url, again).status_code == 302
    text = pilot.translations.get(language_code="fr")
    assert (text.title, text.summary.split()) == ("Titre", TYPED.split())
    assert {row.text_in("text", "fr")[0] for row in pilot.lessons.all()} == {"Une leçon.", "Deux."}
    assert not UnsavedForm.objects.exists()


OTHERS = {
    "authority": (AuthorityFactory, "place"),
    "partner": (PartnerFactory, "full_name"),
    "vocabulary": (ActivityTypeFactory, "description"),
    "glossary": (GlossaryTermFactory, "meaning"),
    "source": (SourceFactory, "title"),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_every_kind_of_entry_gives_back_what_was_typed(kind: str, browser: Client, editor: User) -> None:
    factory, name = OTHERS[kind]
    row = factory()
    url, form = address(row), f"{row._meta.model_name}_form"
    data = filled_in(browser, url, form, **{name: "Typed for long"})
    page = log_in_again(browser, editor, refused(browser, url, data))
    again = read_form(put_back(browser, page, url), form)
    assert again[name] == ["Typed for long"]
    assert type(row).objects.get(pk=row.pk).text_in(name, "en")[0] != "Typed for long"
    assert browser.post(url, again).status_code == 302
    assert type(row).objects.get(pk=row.pk).text_in(name, "en")[0] == "Typed for long"


# What has no name of its own in a table of translations.
PLAIN: dict[str, tuple[Any, str]] = {
    "text of a source": (lambda: SourceTextFactory().source, "full_text-0-text"),
    "first text of a source": (SourceFactory, "full_text-0-text"),
    "contact": (AuthorityFactory, "public_contact"),
    "website": (PartnerFactory, "website"),
    "other names": (AuthorityFactory, "other_names"),
    "further reading": (FurtherReadingFactory, "covers"),
    "statement": (StatementFactory, "text"),
    "synonyms": (SynonymSetFactory, "words"),
}
WORTH_KEEPING = {"contact": "office@example.org", "website": "https://example.org/a/", "synonyms": "prison\ngaol"}


@pytest.mark.parametrize("kind", PLAIN)
def test_every_new_kind_of_text_is_given_back(kind: str, browser: Client, editor: User) -> None:
    factory, name = PLAIN[kind]
    row, words = factory(), WORTH_KEEPING.get(kind, "Typed for long")
    url, form = address(row), f"{row._meta.model_name}_form"
    data = filled_in(browser, url, form, **{name: words})
    page = log_in_again(browser, editor, refused(browser, url, data))
    assert words.split()[0] in page.content.decode()
    assert "opened with" not in page.content.decode()
    again = read_form(put_back(browser, page, url), form)
    assert again[name][0].split() == words.split()
    assert browser.post(url, again).status_code == 302
    assert read_form(browser.get(url), form)[name][0].split() == words.split()


def action_of(page: HttpResponse, form: str) -> str:
    opening = re.search(rf'<form[^>]*id="{form}"[^>]*>', page.content.decode())
    assert opening
    action = re.search(r'action="([^"]*)"', opening[0])
    return urljoin(page.wsgi_request.get_full_path(), html.unescape(action[1]) if action else "")


@pytest.mark.parametrize(
    "query", ["", "?language=en", "?_changelist_filters=q%3Dx", "?language=fr", "?language=xx&a=b"]
)
def test_form_is_kept_where_a_browser_sends_it(query: str, browser: Client, editor: User) -> None:
    term = GlossaryTermFactory()
    page = browser.get(address(term) + query)
    data = {**read_form(page, "glossaryterm_form"), "term": "X", "meaning": "Typed for long"}
    refused(browser, action_of(page, "glossaryterm_form"), data)
    browser.force_login(editor)
    kept = UnsavedForm.objects.get()
    again = put_back(browser, browser.get(reverse("admin:unsaved-form", args=[kept.pk])), kept.address)
    assert read_form(again, "glossaryterm_form")["meaning"] == ["Typed for long"]
    sent = browser.post(action_of(again, "glossaryterm_form"), read_form(again, "glossaryterm_form"))
    assert sent.status_code == 302
    language = "fr" if "fr" in query else "en"
    assert GlossaryTerm.objects.get().text_in("meaning", language) == ("Typed for long", language)
    assert not UnsavedForm.objects.exists()


def test_each_way_to_a_form_keeps_it_once_and_each_language_for_itself(client: Client, editor: User) -> None:
    url = address(GlossaryTermFactory())
    for query in ("", "?language=en", "?q=1", "?_changelist_filters=x", "?language=fr", f"?language=fr&x={'y' * 3000}"):
        client.post(url + query, {"form_token": token_for(editor, url), "meaning": "x"})
    assert set(UnsavedForm.objects.values_list("address", flat=True)) == {url, f"{url}?language=fr"}


def test_entry_that_is_being_added_is_given_back(browser: Client, editor: User) -> None:
    url = address_of(GlossaryTerm, "add")
    data = filled_in(browser, url, "glossaryterm_form", term="MAR", meaning=TYPED, slug="mar")
    page = log_in_again(browser, editor, refused(browser, url, data))
    again = read_form(put_back(browser, page, url), "glossaryterm_form")
    assert (again["term"], GlossaryTerm.objects.count()) == (["MAR"], 0)


def pages_with_a_note(editor: User) -> dict[str, tuple[str, str]]:
    """The pages beside the forms on which something is typed: address, id of the form."""
    pilot, published = PilotFactory(owner=editor, status="in-review"), PublishedPilotFactory()
    old, new = ActivityTypeFactory(), ActivityTypeFactory()
    move = reverse("admin:pilots_pilot_move", args=[pilot.pk, "send-back"])
    publish = reverse("admin:pilots_pilot_move", args=[pilot.pk, "publish"])
    rename = reverse("admin:pilots_pilot_move", args=[published.pk, "rename"])
    writers = reverse("admin:pilots_pilot_writers", args=[pilot.pk])
    merge = reverse("admin:pilots_activitytype_same_as", args=[old.pk])
    return {
        "writers": (writers, ""),
        "send back": (move, ""),
        "publish": (publish, ""),
        "rename": (rename, ""),
        "same as": (f"{merge}?into={new.pk}", "confirm_form"),
    }


@pytest.mark.parametrize("name", ["send back", "publish", "rename", "same as", "writers"])
def test_notes_are_given_back_and_nothing_is_done_until_the_button_is_pressed(
    name: str, browser: Client, editor: User
) -> None:
    url, form = pages_with_a_note(editor)[name]
    before = list(Pilot.objects.values_list("status", "slug", "edit_count").order_by("pk"))
    beside = {"rename": {"slug": "new-address"}, "writers": {"owner": person("reviewer").pk}}.get(name, {})
    data = filled_in(browser, url, form, note="A long reason", **beside)
    page = log_in_again(browser, editor, refused(browser, url, data))
    again = read_form(put_back(browser, page, url), form)
    assert "A long reason" in again["note"][0]
    assert list(Pilot.objects.values_list("status", "slug", "edit_count").order_by("pk")) == before
    assert ActivityType.objects.count() >= 2
    assert browser.post(url, again).status_code == 302
    assert (
        list(Pilot.objects.values_list("status", "slug", "edit_count").order_by("pk")) != before
    ) or name == "same as"


def test_change_of_many_is_given_back_with_what_was_chosen(browser: Client, editor: User) -> None:
    pilot, value = PilotFactory(), ActivityTypeFactory()
    data = {"action": "change_value", "_selected_action": [pilot.pk], "index": "0"}
    list_form = forms_of(browser.get(address_of(Pilot)))["changelist-form"]
    page = browser.post(address_of(Pilot), {**list_form, **data})
    url = reverse("admin:pilots_pilot_value")
    typed = {"value": f"activity_types/{value.slug}", "note": "Why"}
    seen = browser.post(url, {**read_form(page, "value_form"), **typed})
    page = log_in_again(browser, editor, refused(browser, url, read_form(seen, "value_form")))
    again = read_form(put_back(browser, page, url), "value_form")
    assert (again["note"], again["value"]) == (["Why"], [typed["value"]])
    assert value not in pilot.activity_types.all()
    assert browser.post(url, again).status_code == 302
    assert value in pilot.activity_types.all()


def test_save_and_publish_gives_the_text_back_and_publishes_nothing(browser: Client, editor: User) -> None:
    pilot = PilotFactory(owner=editor)
    data = filled_in(browser, address(pilot), "pilot_form", summary=TYPED) | {"_publish": "1"}
    page = log_in_again(browser, editor, refused(browser, address(pilot), data))
    form = put_back(browser, page, address(pilot))
    assert form.status_code == 200
    assert Pilot.objects.get().status == "draft"


# Another session in another tab ----------------------------------------------


def test_save_after_logging_in_again_in_another_tab_leads_to_the_text(browser: Client, editor: User) -> None:
    pilot = PilotFactory()
    data = filled_in(browser, address(pilot), "pilot_form", summary=TYPED)
    editor.set_password("correct horse battery staple")
    editor.save()
    login = {"username": editor.username, "password": "correct horse battery staple"}
    tab = browser.get(reverse("admin:login"))
    browser.post(reverse("admin:login"), {**read_form(tab, "login-form"), **login})
    response = browser.post(address(pilot), data)
    assert response.status_code == 302
    form = put_back(browser, browser.get(response.url), address(pilot))
    again = read_form(form, "pilot_form")
    assert browser.post(address(pilot), again).status_code == 302
    assert "an hour" in Pilot.objects.get().text_in("summary", "en")[0]


def test_text_is_kept_when_the_cookies_are_gone_too(browser: Client, editor: User) -> None:
    pilot = PilotFactory()
    data = filled_in(browser, address(pilot), "pilot_form", summary=TYPED)
    browser.cookies.clear()
    page = log_in_again(browser, editor, refused(browser, address(pilot), data))
    assert "What took an hour" in page.content.decode()


def test_page_of_a_refused_form_without_a_token_says_that_reloading_empties_it(browser: Client) -> None:
    page = browser.post(reverse("admin:login"), {"username": "x", "password": "y"})
    assert page.status_code == 403
    assert "which empties the form" in page.content.decode()


# For that account alone ---------------------------------------------------------


def kept_for(user: User, pilot: Pilot) -> UnsavedForm:
    """Let somebody's session end while they write, and return what is kept of it."""
    client = browser_of(user)
    refused(client, address(pilot), filled_in(client, address(pilot), "pilot_form", summary="Private words"))
    return UnsavedForm.objects.get(user=user)


@pytest.mark.parametrize("role", ["contributor", "reviewer", "administrator", "superuser"])
def test_another_account_sees_nothing_of_it(role: str, editor: User) -> None:
    pilot = PublishedPilotFactory()
    kept = kept_for(editor, pilot)
    other = browser_of(person(role))
    url = reverse("admin:unsaved-form", args=[kept.pk])
    assert other.get(url).url == reverse("admin:unsaved-forms")
    form = other.get(address(pilot))
    token = read_form(form, "pilot_form")["csrfmiddlewaretoken"]
    assert other.post(url, {"csrfmiddlewaretoken": token, "sure_to_discard": "on"}).url == reverse(
        "admin:unsaved-forms"
    )
    pages = [form, *(other.get(reverse(name)) for name in ("admin:unsaved-forms", "admin:index"))]
    assert "Private words" not in "".join(page.content.decode() for page in pages)
    assert "was not saved" not in form.content.decode()
    assert UnsavedForm.objects.filter(pk=kept.pk).exists()


def test_unknown_and_foreign_forms_look_the_same(editor: User) -> None:
    kept = kept_for(editor, PilotFactory())
    other = browser_of(person("superuser"))
    answers = [other.get(reverse("admin:unsaved-form", args=[pk])) for pk in (kept.pk, kept.pk + 1000)]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, reverse("admin:unsaved-forms"))] * 2


def test_form_opened_by_one_account_and_sent_by_another_is_kept_for_the_first(browser: Client, editor: User) -> None:
    pilot = PilotFactory()
    data = filled_in(browser, address(pilot), "pilot_form", summary=TYPED)
    second = person("reviewer")
    del browser.cookies[settings.CSRF_COOKIE_NAME]
    browser.force_login(second)
    response = browser.post(address(pilot), data)
    assert response.status_code == 403
    assert "Another account opened this form" in response.content.decode()
    assert UnsavedForm.objects.get().user == editor
    assert not UnsavedForm.objects.of(second).exists()


def test_text_is_given_back_after_a_new_password(browser: Client, editor: User) -> None:
    pilot = PilotFactory()
    data = filled_in(browser, address(pilot), "pilot_form", summary=TYPED)
    editor.set_password("correct horse battery staple")
    editor.save()
    response = browser.post(address(pilot), data)
    page = log_in_again(browser, editor, response)
    assert "What took an hour" in page.content.decode()


@pytest.mark.parametrize("field", ["is_active", "is_staff"])
def test_nothing_is_kept_for_an_account_that_was_closed(field: str, browser: Client, editor: User) -> None:
    pilot = PilotFactory()
    data = filled_in(browser, address(pilot), "pilot_form", summary=TYPED)
    User.objects.filter(pk=editor.pk).update(**{field: False})
    assert browser.post(address(pilot), data).status_code in (302, 403)
    assert not UnsavedForm.objects.exists()


def test_account_that_is_deleted_leaves_nothing(editor: User) -> None:
    kept_for(editor, PilotFactory())
    editor.delete()
    assert not UnsavedForm.objects.exists()


def test_forms_about_accounts_carry_no_token(admin_client: Client) -> None:
    pages = [address_of(User, "add"), address(User.objects.get()), reverse("admin:password_change")]
    for page in pages:
        assert "form_token" not in admin_client.get(page).content.decode()
    assert "form_token" not in Client().get(reverse("admin:login")).content.decode()


# How long, and what meets a newer edit ---------------------------------------------


def test_after_a_day_it_is_given_to_nobody_and_deleted_with_the_next(editor: User) -> None:
    kept = kept_for(editor, PilotFactory())
    UnsavedForm.objects.update(kept_at=timezone.now() - timedelta(days=1))
    client = browser_of(editor)
    assert client.get(reverse("admin:unsaved-form", args=[kept.pk])).status_code == 302
    UnsavedForm.objects.expired().delete()
    assert not UnsavedForm.objects.exists()


def test_restored_text_meets_the_page_for_conflicts_when_a_colleague_saved_meanwhile(editor: User) -> None:
    pilot = PilotFactory(owner=editor)
    kept = kept_for(editor, pilot)
    colleague = person("reviewer")
    other = browser_of(colleague)
    data = filled_in(other, address(pilot), "pilot_form", summary="Newer words")
    assert other.post(address(pilot), data).status_code == 302
    client = browser_of(editor)
    page = client.get(reverse("admin:unsaved-form", args=[kept.pk]))
    assert f"{colleague} changed this" in page.content.decode()
    again = read_form(put_back(client, page, address(pilot)), "pilot_form")
    response = client.post(address(pilot), again)
    assert response.status_code == 409
    assert "Private words" in response.content.decode()
    assert Pilot.objects.get().text_in("summary", "en")[0] == "Newer words"


def test_text_for_a_pilot_that_was_deleted_is_still_there_to_read(editor: User) -> None:
    pilot = PilotFactory(owner=editor)
    kept = kept_for(editor, pilot)
    url = address(pilot)
    workflow.delete(pilot, by=editor)
    client = browser_of(editor)
    page = client.get(reverse("admin:unsaved-form", args=[kept.pk]))
    assert "Private words" in page.content.decode()
    assert "Private words" in put_back(client, page, url).content.decode()
    assert UnsavedForm.objects.exists()


def test_form_says_that_something_of_it_is_kept_and_it_can_be_thrown_away(editor: User) -> None:
    pilot = PilotFactory(owner=editor)
    kept = kept_for(editor, pilot)
    client = browser_of(editor)
    url = reverse("admin:unsaved-form", args=[kept.pk])
    assert f'href="{url}"' in client.get(address(pilot)).content.decode()
    form = read_form(client.get(url), "discard_form")
    assert client.post(url, form).status_code == 200
    assert UnsavedForm.objects.exists()
    assert client.post(url, {**form, "sure_to_discard": "on"}).status_code == 302
    assert "was not saved" not in client.get(address(pilot)).content.decode()


def test_who_changed_the_entry_or_value_meanwhile_is_named_on_every_page_about_it(editor: User) -> None:
    pilot, value, colleague = PilotFactory(owner=editor), StageFactory(), person("administrator")
    for row, path in ((pilot, ("texts", "fr", "title")), (value, ("texts", "fr", "name"))):
        name = f"admin:pilots_{row._meta.model_name}_translate"
        kept = UnsavedForm.objects.store(
            editor, address=reverse(name, args=[row.pk, "fr"]), title="x", fields=[("title", "Mots")]
        )
        page = reverse("admin:unsaved-form", args=[kept.pk])
        assert "changed this" not in browser_of(editor).get(page).content.decode()
        if row is pilot:
            workflow.translate(pilot, "fr", {path: "Titre"}, by=colleague)
        else:
            url, client = reverse(name, args=[row.pk, "fr"]), browser_of(colleague)
            client.post(url, filled_in(client, url, "translation_form", name="Nom"))
        assert f"{colleague} changed this" in browser_of(editor).get(page).content.decode()


def test_text_for_a_term_that_a_colleague_deleted_is_kept(browser: Client, editor: User) -> None:
    term = GlossaryTermFactory()
    data = filled_in(browser, address(term), "glossaryterm_form", meaning=TYPED)
    url = address(term)
    term.delete()
    page = browser.post(url, data, follow=True)
    assert "The entry is not there any more" in page.content.decode()
    assert "What took an hour to write." in page.content.decode()
    assert UnsavedForm.objects.get().user == editor


def test_text_that_was_put_back_is_kept_again_when_its_row_is_deleted_before_it_is_saved(editor: User) -> None:
    term = GlossaryTermFactory()
    url, client = address(term), browser_of(editor)
    response = refused(client, url, filled_in(client, url, "glossaryterm_form", meaning="First words"))
    form = put_back(client, log_in_again(client, editor, response), url)
    again = read_form(form, "glossaryterm_form") | {"meaning": TYPED}
    term.delete()
    page = client.post(url, again, follow=True)
    assert "What took an hour to write." in page.content.decode()
    assert UnsavedForm.objects.get().user == editor


def is_taken_back(pilot: Pilot) -> None:
    workflow.take_back(pilot, by=pilot.owner)


def is_published(pilot: Pilot) -> None:
    workflow.publish(pilot, by=person("reviewer"))


def is_deleted(pilot: Pilot) -> None:
    workflow.delete(pilot.revises or pilot, by=person("reviewer"))


@pytest.mark.parametrize("meanwhile", [is_taken_back, is_published, is_deleted])
@pytest.mark.parametrize("kind", ["entry", "copy"])
def test_reason_is_kept_when_a_colleague_moved_the_entry_meanwhile(
    kind: str, meanwhile: Callable[[Pilot], None], browser: Client, editor: User
) -> None:
    writer = person("contributor")
    pilot = workflow.revise(PublishedPilotFactory(), by=writer) if kind == "copy" else PublishedPilotFactory()
    if kind == "entry":
        Pilot.objects.filter(pk=pilot.pk).update(owner=writer, status="draft")
        pilot = Pilot.objects.get(pk=pilot.pk)
    workflow.submit(pilot, by=writer)
    url = reverse("admin:pilots_pilot_move", args=[pilot.pk, "send-back"])
    data = next(form for form in forms_of(browser.get(url)).values() if "note" in form) | {"note": TYPED}
    meanwhile(Pilot.objects.get(pk=pilot.pk))
    page = browser.post(url, data, follow=True)
    assert "What took an hour to write." in page.content.decode()
    assert UnsavedForm.objects.get().user == editor


def test_reason_to_accept_a_warning_is_kept_when_the_warning_is_gone(browser: Client) -> None:
    pilot = PilotFactory(summary="The mentor Karl Johansson was there.")
    finding = run_checks(pilot).about_people[0]
    url = reverse("admin:pilots_pilot_accept", args=[pilot.pk, finding.token])
    data = next(form for form in forms_of(browser.get(url)).values() if "reason" in form) | {"reason": TYPED}
    pilot.translations.update(summary="The mentor was there.")
    page = browser.post(url, data, follow=True)
    assert "This warning is not there any more." in page.content.decode()
    assert "What took an hour to write." in page.content.decode()


def test_move_without_a_word_leads_back_to_the_entry(browser: Client) -> None:
    pilot = PilotFactory()
    url = reverse("admin:pilots_pilot_move", args=[pilot.pk, "publish"])
    data = next(form for form in forms_of(browser.get(url)).values() if "note" in form)
    workflow.archive(pilot, by=person("reviewer"))
    assert browser.post(url, data).url == address(pilot)
    assert not UnsavedForm.objects.exists()


def test_text_is_kept_when_the_right_to_save_it_was_taken_away(browser: Client, editor: User) -> None:
    term = GlossaryTermFactory()
    data = filled_in(browser, address(term), "glossaryterm_form", meaning=TYPED)
    editor.groups.clear()
    page = browser.post(address(term), data, follow=True)
    assert "may not save it any more" in page.content.decode()
    assert "What took an hour to write." in page.content.decode()


def test_first_page_tells_of_what_was_not_saved(editor: User) -> None:
    kept_for(editor, PilotFactory())
    link = f'href="{reverse("admin:unsaved-forms")}"'
    assert link in browser_of(editor).get(reverse("admin:index")).content.decode()
    assert link not in browser_of(person("administrator")).get(reverse("admin:index")).content.decode()


WITHOUT_TEXT = {
    *("import.html", "import_preview.html", "import_progress.html", "export.html", "batch.html", "deleted.html"),
    *("preview_links.html", "invite_again.html", "unsaved/form.html", "po_files.html", "po_preview.html"),
    # Of accounts: codes and passwords are never kept
    *("accounts/ask_again.html", "accounts/factor.html", "accounts/add_factor_form.html"),
    *("accounts/factors.html", "accounts/sessions.html", "accounts/lost_factor.html"),
}


def test_every_form_of_the_admin_carries_a_token_unless_nothing_long_is_typed_there() -> None:
    pages = settings.BASE_DIR / "templates" / "admin"
    forms = {path for path in pages.rglob("*.html") if 'method="post"' in path.read_text()}
    without = {path.relative_to(pages).as_posix() for path in forms if "form_token" not in path.read_text()}
    assert {name.removeprefix("pilots/pilot/") for name in without} == WITHOUT_TEXT

"""People are written to in the language they chose, whatever the language of who made the move."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils.translation import get_language, override

from pilots import workflow
from pilots.form_store import RESTORE
from pilots.models import AccountLanguage
from pilots.models.account_language import languages_of, set_language
from pilots.templatetags.languages import NAMES
from tests.admin.forms import address, errors, submit
from tests.factories import PilotFactory
from tests.mailbox import links, sent
from tests.pages.reading import read
from tests.people import browser_of, person
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
PAGE = "/admin/language/"


def test_english_is_written_until_somebody_chose_another() -> None:
    anna, bea = person("reviewer"), person("reviewer")
    set_language(anna, "sv")
    set_language(anna, "nl")
    assert languages_of([anna, bea]) == {anna.pk: "nl", bea.pk: "en"}


def test_language_that_the_portal_no_longer_has_counts_as_none() -> None:
    anna = person("reviewer")
    AccountLanguage.objects.create(user=anna, language_code="de")
    assert languages_of([anna]) == {anna.pk: "en"}


@pytest.mark.parametrize("spoken", ["en", "es"])
def test_each_gets_title_and_link_in_their_own_language(spoken: str, django_capture_on_commit_callbacks: Any) -> None:
    person("reviewer", email="bea@a.org")
    set_language(person("reviewer", email="anna@a.org"), "fr")
    pilot = PilotFactory(title="A training", owner=person("contributor"))
    pilot.create_translation("fr", title="Une formation")
    with override(spoken):
        with django_capture_on_commit_callbacks(execute=True):
            workflow.submit(pilot, by=pilot.owner)
        assert get_language() == spoken
    written = {message.to[0]: message for message in sent()}
    page = f"/admin/pilots/pilot/{pilot.pk}/change/"
    assert "Une formation" in written["anna@a.org"].subject
    assert links(written["anna@a.org"]) == [f"http://127.0.0.1:8000/fr{page}"]
    assert written["bea@a.org"].subject == "Waits for you: A training"
    assert links(written["bea@a.org"]) == [f"http://127.0.0.1:8000{page}"]


def test_forgotten_password_is_set_on_a_page_of_the_persons_language() -> None:
    anna = person("contributor", email="anna@a.org")
    set_language(anna, "nl")
    visitor().post("/fr/admin/password_reset/", {"email": "anna@a.org"})
    (way,) = links(sent()[0])
    assert way.startswith("http://127.0.0.1:8000/nl/admin/password_reset/")
    client = visitor()
    page = client.get(way.removeprefix("http://127.0.0.1:8000"), follow=True)
    assert page.status_code == 200
    assert read(page).one("html")["lang"] == "nl"


def test_people_choose_their_own_language() -> None:
    anna = person("contributor")
    client = browser_of(anna)
    field = read(client.get(PAGE)).one("select", name="email_language")
    assert [option.text for option in field.all("option")] == list(NAMES.values())
    assert client.post(PAGE, {"email_language": "sv"})["Location"] == PAGE
    assert languages_of([anna])[anna.pk] == "sv"
    assert client.post(PAGE, {"email_language": "xx"}).status_code == 200
    assert client.post(PAGE, {"email_language": "nl", RESTORE: "1"}).status_code == 200
    assert languages_of([anna])[anna.pk] == "sv"
    chosen = [option for option in read(client.get("/fr" + PAGE)).all("option") if "selected" in option.attributes]
    assert [option["value"] for option in chosen] == ["sv"]


def test_nobody_else_finds_the_page() -> None:
    assert visitor().get(PAGE).status_code == 302


def test_language_stands_in_the_form_of_an_account() -> None:
    administrator, anna = browser_of(person("administrator")), person("contributor")
    response = submit(administrator, address(anna), email_language="es")
    assert response.status_code == 302, errors(response)
    assert languages_of([anna])[anna.pk] == "es"


def test_invitation_is_in_the_language_that_was_chosen_for_it(django_capture_on_commit_callbacks: Any) -> None:
    administrator = browser_of(person("administrator"))
    role = read(administrator.get("/admin/auth/user/add/")).all("input", name="groups")[0]["value"]
    new = {"username": "ines", "email": "ines@a.org", "email_language": "es", "groups": [role]}
    with django_capture_on_commit_callbacks(execute=True):
        submit(administrator, "/admin/auth/user/add/", **new)
    assert languages_of([User.objects.get(username="ines")]).popitem()[1] == "es"
    assert all(way.startswith("http://127.0.0.1:8000/es/admin/password_reset/") for way in links(sent()[0]))

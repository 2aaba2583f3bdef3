"""What tests read from a page that is not rendered is what a browser would send of the rendered one."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client

from pilots.models import Pilot
from tests.admin.forms import Fields, address, address_of, fields_of, open_form, read_form, unrendered
from tests.admin.test_admin_pages import a_row, each_model
from tests.factories import (
    AuthorityFactory,
    KeyFigureFactory,
    LessonFactory,
    OrganisationInvolvedFactory,
    PassageFactory,
    PilotFactory,
    PublishedPilotFactory,
    StageFactory,
)
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db
# Widgets are read and rendered by the same Python.
DATABASES = ("sqlite",)

# The tokens, and the open tab's language, which nothing reads.
LEFT_OUT = {"csrfmiddlewaretoken", "form_token", "_opened_with", "full_text-0-_opened_with", *dict(settings.LANGUAGES)}


def rendered(client: Client, url: str, form: str) -> Fields:
    """What a browser would send, but for what no test looks at."""
    sent = read_form(client.get(url), form)
    return {name: values for name, values in sent.items() if name not in LEFT_OUT}


@each_model
def test_form_of_every_kind_of_entry_is_read_as_it_is_rendered(model: type[Model], admin_client: Client) -> None:
    form = f"{model._meta.model_name}_form"
    for url in (address_of(model, "add"), address(a_row(model))):
        assert open_form(admin_client, url) == rendered(admin_client, url, form), url


def with_everything(pilot: Pilot) -> Pilot:
    """Give a pilot values and parts of every kind."""
    pilot.stages.set([StageFactory(), StageFactory()])
    for number in (1, 2):
        LessonFactory(pilot=pilot, number=number)
        KeyFigureFactory(pilot=pilot, number=number)
        OrganisationInvolvedFactory(pilot=pilot, number=number)
    PassageFactory(pilot=pilot, about="summary", rests_on_heading=True)
    return pilot


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("role", ["contributor", "administrator", "superuser"])
def test_form_of_a_pilot_with_parts_is_read_as_it_is_rendered(role: str, language: str) -> None:
    client = browser_of(person(role))
    for pilot in (PilotFactory(summary="Line\nbreak, <b> & “quotes”"), PublishedPilotFactory()):
        url = f"{address(with_everything(pilot))}?language={language}"
        with unrendered():
            page = client.get(url)
        if page.status_code == 200:
            assert fields_of(page) == rendered(client, url, "pilot_form")


def test_prefilled_form_is_read_as_it_is_rendered(admin_client: Client) -> None:
    authority, stage = AuthorityFactory(), StageFactory()
    url = f"{address_of(Pilot, 'add')}?authority={authority.pk}&stages={stage.pk}&title=Typed"
    assert open_form(admin_client, url) == rendered(admin_client, url, "pilot_form")
    assert open_form(admin_client, url)["stages"] == [str(stage.pk)]


def test_ticks_are_read_as_they_are_rendered(admin_client: Client, admin_user: User) -> None:
    sent = open_form(admin_client, address(admin_user))
    assert sent == rendered(admin_client, address(admin_user), "user_form")
    assert "is_active" in sent

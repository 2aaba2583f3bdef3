"""Two administrators remove a lost second factor together; neither of them alone, nor for more than they have."""

import pytest

from pilots.accounts import second_factor
from pilots.models import AuthenticatorApp, FactorRemovalRequest
from tests.accounts.test_second_factor import is_logged_in
from tests.mailbox import emails, sent
from tests.people import administrator, browser_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lost():
    """A reviewer who lost the telephone."""
    user = person("reviewer", email="rita@a.org")
    AuthenticatorApp.objects.create(account=user, secret=second_factor.new_secret())
    second_factor.new_recovery_codes(user)
    return user


def page_of(user):
    return f"/admin/auth/user/{user.pk}/lost-factor/"


def test_one_asks_and_another_agrees(lost, django_capture_on_commit_callbacks):
    theirs, first, second = browser_of(lost), *(browser_of(administrator()) for _one in range(2))
    first.post(page_of(lost), {"ask": "1"})
    assert second_factor.has_one(lost)
    assert "asked on" in second.get(page_of(lost)).text
    with django_capture_on_commit_callbacks(execute=True):
        second.post(page_of(lost), {"agree": "1"})
    assert not second_factor.has_one(lost)
    assert not FactorRemovalRequest.objects.exists()
    assert not is_logged_in(theirs)
    assert emails() == [("rita@a.org", "Your second factor at the PREPARE pilot portal")]


def test_owner_is_told_before_anything_is_removed(lost, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        browser_of(administrator()).post(page_of(lost), {"ask": "1"})
    (letter,) = sent()
    assert letter.to == ["rita@a.org"]
    assert "removed once another administrator agrees" in letter.body
    assert second_factor.has_one(lost)


def test_nobody_agrees_with_themselves_or_before_anybody_asked_or_a_day_late(lost, clock):
    first, second = (browser_of(administrator()) for _one in range(2))
    second.post(page_of(lost), {"agree": "1"})
    first.post(page_of(lost), {"ask": "1"})
    first.post(page_of(lost), {"agree": "1"})
    assert "I agree" not in first.get(page_of(lost)).text
    clock.move(minutes=24 * 60 + 1)
    late = browser_of(administrator())
    late.post(page_of(lost), {"agree": "1"})
    assert second_factor.has_one(lost)


def test_request_of_an_account_that_was_closed_counts_no_more(lost):
    asker = administrator()
    browser_of(asker).post(page_of(lost), {"ask": "1"})
    asker.is_active = False
    asker.save()
    other = browser_of(administrator())
    other.post(page_of(lost), {"agree": "1"})
    assert second_factor.has_one(lost)
    assert 'name="ask"' in other.get(page_of(lost)).text


def test_account_made_for_the_purpose_neither_asks_nor_agrees_for_a_week(lost):
    old, young, other = (browser_of(administrator(days=days)) for days in (8, 6, 8))
    assert "has to be a week old" in (page := young.get(page_of(lost)).text)
    assert 'name="ask"' not in page
    young.post(page_of(lost), {"ask": "1"})
    assert not FactorRemovalRequest.objects.exists()
    old.post(page_of(lost), {"ask": "1"})
    assert "I agree" not in young.get(page_of(lost)).text
    young.post(page_of(lost), {"agree": "1"})
    assert second_factor.has_one(lost)
    assert "I agree" in other.get(page_of(lost)).text


@pytest.mark.parametrize("role", ["contributor", "reviewer"])
def test_who_manages_no_accounts_is_refused(role, lost):
    client = browser_of(person(role))
    assert client.get(page_of(lost)).status_code == 403
    assert client.post(page_of(lost), {"ask": "1"}).status_code == 403


def test_nobody_asks_for_themselves_or_for_who_has_more_rights():
    administrator, superuser = person("administrator"), person("superuser")
    client = browser_of(administrator)
    assert client.get(page_of(administrator)).status_code == 403
    assert client.get(page_of(superuser)).status_code == 403
    assert client.get("/admin/auth/user/999999/lost-factor/").status_code == 404


def test_form_of_an_account_leads_there(lost):
    page = browser_of(person("administrator")).get(f"/admin/auth/user/{lost.pk}/change/")
    assert page_of(lost) in page.text

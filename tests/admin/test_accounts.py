"""People are invited and get back in by e-mail; who manages accounts gives and gains no more than they have."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from pilots.admin.accounts.role_names import name_of_role
from pilots.models.account_language import set_language
from tests.admin.forms import address, address_of, errors, forms_of, submit
from tests.factories import UserFactory
from tests.mailbox import emails, links, sent
from tests.people import browser_of, person
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
# Accounts are Django's own.
DATABASES = ("sqlite",)

LONG = "zebra lantern gravel orbit"
NEW = {"username": "ines", "first_name": "Inés", "email": "ines@a.org"}


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    """A function that calls another and then does what a commit does."""

    def call(do: Callable[..., Any], *args: Any, **options: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return do(*args, **options)

    return call


@pytest.fixture
def administrator() -> Client:
    """An administrator, who is no superuser."""
    return browser_of(person("administrator"))


def role(name: str) -> int:
    return Group.objects.get(name=name).pk


def messages(response: HttpResponse) -> list[str]:
    """What a page says at its top."""
    return [str(message) for message in response.context["messages"]]


def choose(url: str, password: str = LONG) -> HttpResponse:
    """Follow a link of an e-mail and choose a password."""
    client = visitor()
    path = "/" + url.split("/", 3)[3]
    page = client.get(path, follow=True)
    return client.post(page.redirect_chain[-1][0], {"new_password1": password, "new_password2": password})


def logs_in(username: str, password: str = LONG) -> bool:
    """Whether this opens the admin."""
    return visitor().post(reverse("admin:login"), {"username": username, "password": password}).status_code == 302


def test_invited_person_chooses_a_password_and_logs_in_with_the_role(administrator: Client, committed: Any) -> None:
    response = committed(submit, administrator, address_of(User, "add"), **NEW, groups=[role("contributor")])
    assert response.status_code == 302, errors(response)
    account = User.objects.get(username="ines")
    assert (account.is_staff, account.is_superuser, account.has_usable_password()) == (True, False, False)
    assert emails() == [("ines@a.org", "Your account at the PREPARE pilot portal")]
    first, again = links(sent()[0])
    assert again == "http://127.0.0.1:8000/admin/password_reset/"
    assert choose(first).url == reverse("password_reset_complete")
    assert logs_in("ines")
    assert browser_of(User.objects.get(pk=account.pk)).get(reverse("admin:pilots_pilot_add")).status_code == 200


def test_link_works_once_only(administrator: Client, committed: Any) -> None:
    committed(submit, administrator, address_of(User, "add"), **NEW, groups=[role("contributor")])
    url = links(sent()[0])[0]
    choose(url)
    page = visitor().get("/" + url.split("/", 3)[3])
    assert "The password reset link was invalid" in page.content.decode()
    assert not logs_in("ines", "another long passphrase")


def test_link_of_a_closed_account_is_dead(administrator: Client, committed: Any) -> None:
    committed(submit, administrator, address_of(User, "add"), **NEW, groups=[role("contributor")])
    User.objects.filter(username="ines").update(is_active=False)
    page = visitor().get("/" + links(sent()[0])[0].split("/", 3)[3])
    assert "The password reset link was invalid" in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_invitation_that_cannot_be_sent_is_told_and_can_be_sent_again(administrator: Client, settings: Any) -> None:
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.admin.test_accounts.Broken"
    submit(administrator, address_of(User, "add"), **NEW, groups=[role("contributor")])
    account = User.objects.get(username="ines")
    assert any("could not be sent" in text for text in messages(administrator.get(address(account))))
    settings.EMAIL_BACKEND = backend
    assert messages(invite_again(administrator, account)) == ["1 invitation is sent."]
    assert emails() == [("ines@a.org", "Your account at the PREPARE pilot portal")]


def invite_again(client: Client, *accounts: User) -> HttpResponse:
    """Tick accounts in the list and send their invitations again."""
    data = {"index": "0", "action": "invite_again", "_selected_action": [account.pk for account in accounts]}
    page = client.post(address_of(User), data)
    assert all(account.username in page.content.decode() for account in accounts)
    return client.post(address_of(User), forms_of(page)["invite_form"], follow=True)


def test_nobody_is_invited_again_before_the_question_is_answered(administrator: Client) -> None:
    account = UserFactory(email="new@a.org")
    data = {"index": "0", "action": "invite_again", "_selected_action": [account.pk]}
    page = administrator.post(address_of(User), data)
    assert page.context["title"] == "Send 1 person an invitation?"
    assert sent() == []


def test_only_open_accounts_without_a_password_are_invited_again(administrator: Client) -> None:
    closed, nameless, ready = (UserFactory(is_active=n > 0, email="" if n == 1 else f"u{n}@a.org") for n in range(3))
    above = person("superuser", email="above@a.org")
    for account in (closed, nameless, above):
        account.set_unusable_password()
        account.save()
    assert len(messages(invite_again(administrator, closed, nameless, ready, above))) == 4
    assert sent() == []


MISTAKES = [
    ({"email": ""}, "This field is required."),
    ({"email": "nobody"}, "Enter a valid email address."),
    ({"email": "TAKEN@a.org"}, "Another account has the address “TAKEN@a.org”."),
    ({"username": "Taken"}, "“Taken” is taken. Choose another user name."),
    ({"groups": []}, "This field is required."),
    ({"groups": ["999999"]}, "Select a valid choice."),
    ({"groups": ["x"]}, "is not a valid value."),
]


@pytest.mark.parametrize(("mistake", "advice"), MISTAKES, ids=str)
def test_mistake_in_an_invitation_is_explained_and_nobody_is_written_to(
    mistake: dict[str, Any], advice: str, administrator: Client, committed: Any
) -> None:
    UserFactory(username="taken", email="taken@a.org")
    data = {**NEW, "groups": [role("contributor")], **mistake}
    response = committed(submit, administrator, address_of(User, "add"), **data)
    assert advice in errors(response)
    assert (sent(), User.objects.filter(first_name="Inés").count()) == ([], 0)


POWER = {"is_superuser": "on", "is_staff": "on", "user_permissions": ["1", "2"], "password": "md5$a$b"}


def test_administrator_gives_no_more_than_roles_by_a_request_made_by_hand(
    administrator: Client, committed: Any
) -> None:
    other = Group.objects.create(name="Everything")
    other.permissions.set(Permission.objects.all())
    refused = committed(submit, administrator, address_of(User, "add"), **NEW, groups=[other.pk])
    assert "Select a valid choice." in errors(refused)
    committed(submit, administrator, address_of(User, "add"), **NEW, **POWER, groups=[role("administrator")])
    account = User.objects.get(username="ines")
    assert (account.is_superuser, account.user_permissions.count(), account.has_usable_password()) == (False, 0, False)


def test_administrator_gains_nothing_by_changing_the_own_account() -> None:
    me = person("administrator", email="me@a.org")
    before = me.get_all_permissions()
    submit(browser_of(me), address(me), **POWER)
    now = User.objects.get(pk=me.pk)
    assert (now.is_superuser, now.get_all_permissions(), now.password) == (False, before, me.password)


def test_nobody_closes_the_own_account() -> None:
    me = person("administrator")
    response = submit(browser_of(me), address(me), is_active=None)
    assert "This is your own account. Ask somebody else to close it." in errors(response)
    assert User.objects.get(pk=me.pk).is_active


def above(kind: str) -> User:
    """An account with a right that administrators have not."""
    if kind == "superuser":
        return person("superuser", email="above@a.org")
    account = person("contributor", email="above@a.org", is_active=kind != "closed account")
    right = Permission.objects.get(codename="delete_user")
    if kind == "right by a group":
        group = Group.objects.create(name="More")
        group.permissions.add(right)
        account.groups.add(group)
    else:
        account.user_permissions.add(right)
    return account


def test_language_of_e_mails_is_shown_to_who_may_only_look(administrator: Client) -> None:
    other = UserFactory(is_superuser=True, is_staff=True)
    set_language(other, "fr")
    text = " ".join(administrator.get(reverse("admin:auth_user_change", args=[other.pk])).content.decode().split())
    assert "Language of e-mails" in text
    assert '<div class="readonly">Français</div>' in text
    assert "Email language" not in text


@pytest.mark.parametrize("kind", ["superuser", "right by hand", "right by a group", "closed account"])
def test_administrator_reads_but_does_not_change_an_account_with_more_rights(kind: str, administrator: Client) -> None:
    account = above(kind)
    before = User.objects.values().get(pk=account.pk)
    assert 'name="email"' not in administrator.get(address(account)).content.decode()
    data = {"username": account.username, "email": "mine@a.org", "is_active": "on", "groups": [role("contributor")]}
    assert administrator.post(address(account), data).status_code == 403
    assert User.objects.values().get(pk=account.pk) == before


@pytest.mark.parametrize("whose", ["superuser", "contributor", "self"])
def test_administrator_sets_nobodys_password(whose: str) -> None:
    me = person("administrator")
    account = me if whose == "self" else person(whose)
    url = reverse("admin:auth_user_password_change", args=[account.pk])
    data = {"password1": LONG, "password2": LONG, "usable_password": "true"}
    assert browser_of(me).get(url).status_code == 403
    assert browser_of(me).post(url, data).status_code == 403
    assert User.objects.get(pk=account.pk).password == account.password


def test_superuser_sets_a_password_and_gives_any_right(admin_client: Client) -> None:
    account = person("contributor")
    account.set_password("before")
    account.save()
    url = reverse("admin:auth_user_password_change", args=[account.pk])
    assert "../password/" in admin_client.get(address(account)).content.decode()
    admin_client.post(url, {"password1": LONG, "password2": LONG, "usable_password": "true"})
    assert logs_in(account.username)
    response = submit(admin_client, address(account), is_superuser="on")
    assert response.status_code == 302, errors(response)
    assert User.objects.get(pk=account.pk).is_superuser


def test_group_that_is_not_offered_is_kept() -> None:
    account = person("contributor")
    extra = Group.objects.create(name="Readers")
    account.groups.add(extra)
    submit(browser_of(person("administrator")), address(account), groups=[role("reviewer")])
    assert {group.name for group in account.groups.all()} == {"reviewer", "Readers"}


def test_who_may_only_change_accounts_gives_no_role_with_more_rights() -> None:
    clerk = UserFactory(is_staff=True)
    rights = Permission.objects.filter(codename__in=["view_user", "add_user", "change_user"])
    clerk.user_permissions.set(rights)
    response = submit(browser_of(clerk), address_of(User, "add"), **NEW, groups=[role("contributor")])
    assert "Select a valid choice." in errors(response)


def test_roles_are_changed_by_nobody_and_other_groups_by_superusers(admin_client: Client) -> None:
    reviewers, others = Group.objects.get(name="reviewer"), Group.objects.create(name="Others")
    assert admin_client.post(address(reviewers), {"name": "x"}).status_code == 403
    assert admin_client.post(address(reviewers, "delete"), {"post": "yes"}).status_code == 403
    assert submit(admin_client, address(others), name="Readers").status_code == 302


def ask_for_a_link(email: str, **headers: str) -> HttpResponse:
    """Say that a password was forgotten."""
    return visitor().post(reverse("admin_password_reset"), {"email": email}, headers=headers)


def test_page_to_log_in_leads_to_a_new_password(client: Client) -> None:
    assert f'href="{reverse("admin_password_reset")}"' in client.get(reverse("admin:login")).content.decode()
    UserFactory(username="ines", email="ines@a.org", is_staff=True)
    ask_for_a_link("Ines@A.org")
    assert emails() == [("ines@a.org", "A new password for the PREPARE pilot portal")]
    choose(links(sent()[0])[0])
    assert logs_in("ines")


def test_answer_does_not_tell_whether_there_is_an_account() -> None:
    UserFactory(email="there@a.org", is_staff=True)
    there, away = ask_for_a_link("there@a.org"), ask_for_a_link("away@a.org")
    assert (there.status_code, there.url) == (away.status_code, away.url) == (302, reverse("password_reset_done"))
    assert [to for to, _ in emails()] == ["there@a.org"]


def test_answer_does_not_wait_for_the_mail_server(monkeypatch: Any) -> None:
    UserFactory(email="there@a.org", is_staff=True)
    threads: list[Any] = []
    monkeypatch.setattr("pilots.mail.Thread.start", lambda thread: threads.append(thread))
    assert ask_for_a_link("there@a.org").status_code == 302
    assert (len(threads), mail.outbox) == (1, [])


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_staff": False}], ids=str)
def test_closed_accounts_get_no_link(fields: dict[str, bool]) -> None:
    UserFactory(email="ines@a.org", **{"is_staff": True, **fields})
    ask_for_a_link("ines@a.org")
    assert sent() == []


@pytest.mark.parametrize(("site", "start"), [("", "http://127.0.0.1:8000/"), ("https://p.org", "https://p.org/")])
def test_host_of_a_request_does_not_get_into_the_link(site: str, start: str, settings: Any) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = site, ["*"]
    UserFactory(email="ines@a.org", is_staff=True)
    ask_for_a_link("ines@a.org", host="evil.example", x_forwarded_host="evil.example")
    assert [link.startswith(start) for link in links(sent()[0])] == [True]
    assert "evil" not in sent()[0].body


@pytest.mark.parametrize("page", ["", "done/", "complete/", "x/y/", "MQ/set-password/", f"{'9' * 40}/y/", "%F0/y/"])
def test_pages_of_passwords_have_the_policy_of_the_admin_and_are_kept_by_nobody(page: str, client: Client) -> None:
    response = client.get(f"/admin/password_reset/{page}")
    assert response.status_code == 200
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    body = response.content.decode()
    assert ("style=" in body, "onclick=" in body, "<h1" in body) == (False, False, True)


@pytest.mark.parametrize("email", ["", "nobody", "a@b.org\nBcc: c@d.org", "\0@a.org", "x" * 400 + "@a.org"])
def test_nonsense_instead_of_an_address_is_refused(email: str) -> None:
    assert ask_for_a_link(email).status_code == 200
    assert sent() == []


class Broken(BaseEmailBackend):
    """A mail server that is away."""

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError("on purpose")


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "translator (French)"), ("fr", "traducteur (français)"), ("sv", "översättare (franska)")],
)
def test_roles_are_called_by_their_names_in_the_language_of_who_reads(language: str, name: str) -> None:
    with override(language):
        assert name_of_role(Group(name="translator (French)")) == name
        assert name_of_role(Group(name="friends")) == "friends"

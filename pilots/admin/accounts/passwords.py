"""Links by which people choose a password: with an invitation, or because they forgot theirs.

The pages are Django's own, under /admin/ because they need what the admin has: its headers, no caches.
"""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse_lazy
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from pilots.accounts import known_browser, letters, sessions, throttle
from pilots.admin.accounts.login import too_often
from pilots.mail import link, send, send_soon, write
from pilots.models.account_language import languages_of
from pilots.security_log import Event, record


def invite(account: User) -> bool:
    """Send `account` a link to choose its first password; return whether the e-mail was sent."""
    return send(with_link("invitation", account))


def with_link(template: str, account: User) -> EmailMessage:
    """An e-mail to `account` with a link that works once and sets its password."""
    uid = urlsafe_base64_encode(force_bytes(account.pk))
    context = {
        "person": account,
        "link": partial(link, "password_reset_confirm", uid, default_token_generator.make_token(account)),
        "again": partial(link, "admin_password_reset"),
        "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
    }
    return write(template, account.email, context, languages_of([account])[account.pk])


class ForgottenPasswordForm(PasswordResetForm):
    """Asks for an address, and does the same whether or not an account has it."""

    def get_users(self, email: str) -> list[User]:
        """The open accounts with this address; one whose first link has run out may ask for another."""
        return list(User.objects.filter(email__iexact=email, is_active=True, is_staff=True))

    def save(self, *args: Any, **options: Any) -> None:
        """Send the links. Django's own way would take the site's name from the request.

        An address of nobody gets a letter too, which is thrown away: the answer takes the same time. So does one that
        was written to often enough.
        """
        address = self.cleaned_data["email"]
        accounts = self.get_users(address)
        is_too_often = bool(throttle.count(throttle.letter_limits(address)))
        if not is_too_often:
            told: list[User | None] = [*accounts]
            for account in told or [None]:
                record(Event.RESET_ASKED, account=account)
        written = [with_link("password_reset", account) for account in accounts or [nobody(address)]]
        send_soon(written if accounts and not is_too_often else [])


def nobody(address: str) -> User:
    """An account that is not there, to write to."""
    return User(pk=0, username="nobody", email=address, password=UNUSABLE_PASSWORD_PREFIX)


class AdminPageMixin:
    """Gives a page of Django's what the admin's frame shows."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**admin.site.each_context(self.request), **super().get_context_data(**kwargs)}  # type: ignore[misc, attr-defined]


class ForgottenPasswordView(AdminPageMixin, views.PasswordResetView):
    """Asks where to send a link."""

    form_class = ForgottenPasswordForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send links, unless this source asked for many."""
        if wait := throttle.count(throttle.reset_limits(request)):
            return too_often(self, ForgottenPasswordForm(), wait)
        return super().post(request, *args, **kwargs)


class ResetSentView(AdminPageMixin, views.PasswordResetDoneView):
    """Says that a link is on its way, if there is an account."""


class ChoosePasswordView(AdminPageMixin, views.PasswordResetConfirmView):
    """Asks for the new password, twice."""

    def get_user(self, uidb64: str) -> Any:
        """The account that the link belongs to, unless it is closed."""
        user = super().get_user(uidb64)
        return user if user and user.is_active else None

    def form_valid(self, form: Any) -> HttpResponse:
        """Set the password, end all sessions, and know this browser: who read the e-mail is no stranger."""
        is_first = bool(self.user and not self.user.has_usable_password())
        response = super().form_valid(form)
        record(Event.PASSWORD_CHANGED, account=self.user, how="link")
        sessions.end(self.user)
        if not is_first:
            letters.tell_of_change(self.user, "password")
        known_browser.remember(self.request, response, self.user, by_link=True)
        return response


class OwnPasswordView(AdminPageMixin, views.PasswordChangeView):
    """Changes the password of whoever is logged in, and knows it; guesses count as those to log in."""

    form_class = AdminPasswordChangeForm
    template_name = "registration/password_change_form.html"
    success_url = reverse_lazy("admin:password_change_done")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Change it, or say what is wrong."""
        user: Any = request.user
        limits = throttle.login_limits(request, user.get_username())
        if wait := throttle.count(limits, user.get_username()):
            return too_often(self, self.form_class(user), wait)
        form = self.get_form()
        is_valid = form.is_valid()
        if "old_password" in form.errors:
            record(Event.LOGIN_FAILED, by=user, account=user, step="new-password")
        else:
            throttle.take_back(limits)
        return self.form_valid(form) if is_valid else self.form_invalid(form)

    def form_valid(self, form: Any) -> HttpResponse:
        """Set the password, end all other sessions, and tell the owner."""
        response = super().form_valid(form)
        user: Any = self.request.user
        record(Event.PASSWORD_CHANGED, by=user, account=user, how="own")
        sessions.end(user, but=self.request.session.session_key, by=user)
        letters.tell_of_change(user, "password")
        return response


class PasswordChosenView(AdminPageMixin, views.PasswordResetCompleteView):
    """Says that the password is set."""


urlpatterns = [
    path("password_reset/", ForgottenPasswordView.as_view(), name="admin_password_reset"),
    path("password_reset/done/", ResetSentView.as_view(), name="password_reset_done"),
    path("password_reset/<uidb64>/<token>/", ChoosePasswordView.as_view(), name="password_reset_confirm"),
    path("password_reset/complete/", PasswordChosenView.as_view(), name="password_reset_complete"),
]

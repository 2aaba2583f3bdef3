"""Logging in: first the password, then the second factor; until both are right, nobody is logged in."""

import time
from typing import Any

from django import forms
from django.contrib import admin, auth
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, RedirectURLMixin, redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from pilots.accounts import known_browser, passkeys, second_factor, throttle
from pilots.accounts.sessions import name_of_browser
from pilots.admin.accounts.passkey_field import PasskeyField, QuestionMixin
from pilots.security_log import Event, account_named, record

PENDING = "password_given_by"
PENDING_FOR = 10 * 60  # seconds between the password and the second factor
TOO_OFTEN = 429


class PasswordView(LoginView):
    """Asks for name and password. How often, is decided before anything is looked up."""

    template_name = "admin/login.html"
    authentication_form = AdminAuthenticationForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go on, or say what is wrong: in the same time and words, whether or not there is such an account."""
        username = typed_name(request)
        limits = throttle.login_limits(request, username)
        if wait := throttle.count(limits, username):
            return too_often(self, self.authentication_form(request), wait)
        form = self.get_form()
        if not form.is_valid():
            if form.non_field_errors():
                record(Event.LOGIN_FAILED, account=account_named(username), step="login")
            return self.form_invalid(form)
        throttle.take_back(limits)
        return self.form_valid(form)

    def form_valid(self, form: Any) -> HttpResponse:
        """Log in, or ask for the second factor first."""
        return go_on(self.request, form.get_user(), self.get_success_url())


def typed_name(request: HttpRequest) -> str:
    """The user name as the form reads it: blanks around it or letters of full width make no other name."""
    return UsernameField(max_length=150).to_python(request.POST.get("username", "")) or ""


def too_often(view: Any, form: Any, wait: int) -> HttpResponse:
    """The page again with an empty form, and when to try again."""
    context = view.get_context_data(form=form, refused=throttle.words(wait))
    response: HttpResponse = view.render_to_response(context, status=TOO_OFTEN)
    response.headers["Retry-After"] = str(wait)
    return response


def go_on(request: HttpRequest, user: Any, next_page: str) -> HttpResponse:
    """After the password: to the second factor, to choose one, or in. Six queries at most."""
    if not second_factor.is_asked(user):
        return log_in(request, user, next_page)
    request.session.flush()
    said = {"user": user.pk, "backend": user.backend, "hash": user.get_session_auth_hash(), "at": time.time()}
    request.session[PENDING] = said
    name = "login-factor" if second_factor.has_one(user) else "login-add-factor"
    return redirect_to_login(next_page, reverse(f"admin:{name}"))


def log_in(request: HttpRequest, user: Any, next_page: str, *, has_proved: bool = False) -> HttpResponse:
    """Log in, and have this browser known from now on. `has_proved` says that a second factor was given."""
    request.session.flush()
    store: Any = request.session
    store.browser = name_of_browser(request.headers.get("User-Agent", ""))
    auth.login(request, user, backend=user.backend)
    record(Event.LOGGED_IN, by=user, second_factor=has_proved)
    response = HttpResponseRedirect(next_page)
    known_browser.remember(request, response, user)
    return response


def who_gave_a_password(request: HttpRequest) -> Any:
    """The account whose password was given here in the last ten minutes and still holds; None if there is none."""
    said = request.session.get(PENDING)
    if not said or not 0 <= time.time() - said["at"] <= PENDING_FOR:
        return None
    user = User.objects.filter(pk=said["user"], is_active=True, is_staff=True).first()
    if user is None or not constant_time_compare(user.get_session_auth_hash(), said["hash"]):
        return None
    user.backend = said["backend"]
    return user


class AfterPassword(RedirectURLMixin, FormView):
    """A page between the password and the first page of the admin."""

    person: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the page to whoever gave a password; others begin with that."""
        self.person = who_gave_a_password(request)
        if self.person is None or not self.may_stay():
            return redirect_to_login(self.get_redirect_url() or reverse("admin:index"), reverse("admin:login"))
        return super().dispatch(request, *args, **kwargs)

    def may_stay(self) -> bool:
        """Whether the page is for this person."""
        return True

    def get_default_redirect_url(self) -> str:
        return reverse("admin:index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form in the frame of the admin, without links that would lead back here."""
        more = {"next": self.get_success_url(), "username": self.person.get_username()}
        return {**admin.site.each_context(self.request), **more, **super().get_context_data(**kwargs)}


class FactorForm(forms.Form):
    """Asks for what an app shows, for a recovery code, or for a passkey."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=second_factor.LONGEST,
        required=False,
        help_text=gettext_lazy("The six digits that your authenticator app shows now, or one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
    )
    passkey = PasskeyField()


class FactorView(QuestionMixin, AfterPassword):
    """Asks for the second factor."""

    template_name = "admin/accounts/factor.html"
    form_class = FactorForm
    extra_context = {"title": gettext_lazy("Second step of logging in")}

    def question(self) -> Any:
        return passkeys.ask_to_prove(self.person) if passkeys.known(self.person) else None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Log in with the right factor; count each attempt."""
        limits = throttle.factor_limits(request, self.person)
        if wait := throttle.count(limits, self.person.get_username()):
            return too_often(self, FactorForm(), wait)
        form = self.get_form()
        if not (form.is_valid() and self.is_right(form)):
            record(Event.FACTOR_FAILED, account=self.person)
            form.add_error(None, _("This is not right, or was used already. Wait for the next digits and try again."))
            return self.form_invalid(form)
        throttle.take_back(limits)
        return log_in(request, self.person, self.get_success_url(), has_proved=True)

    def is_right(self, form: Any) -> bool:
        """Whether the passkey answered, or the code is theirs."""
        if answer := form.cleaned_data["passkey"]:
            return self.proves_with_passkey(self.person, answer)
        return second_factor.proves(self.person, form.cleaned_data["code"])

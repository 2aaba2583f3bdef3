"""Before what harms most, the password is asked for again: a browser that was left open is not enough."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.views import RedirectURLMixin, redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from pilots.accounts import throttle
from pilots.admin.accounts.login import too_often
from pilots.security_log import Event, record

View = Callable[..., HttpResponse]

# Names of addresses: accounts and their rights, files with drafts, one's own factors and sessions, all that deletes.
DANGEROUS = {
    *("auth_user_add", "auth_user_change", "auth_user_password_change", "auth_group_add", "auth_group_change"),
    *("pilots_pilot_export", "pilots_pilot_export_po", "pilots_pilot_export_entry_po"),
    *("own-factors", "add-factor", "lost-factor", "own-sessions"),
}
DELETING = ("_delete", "_delete_translation", "_same_as")


def is_dangerous(name: str) -> bool:
    return name in DANGEROUS or name.endswith(DELETING)


def asks_again(view: View) -> View:
    """The view of the admin, behind the question for the password where it is dangerous.

    None of these forms holds long texts. One that was opened in time may be sent for as long again.
    """

    def asking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        store: Any = request.session
        name = getattr(request.resolver_match, "url_name", "") or ""
        if is_dangerous(name) and not store.is_confirmed(is_sending=request.method == "POST"):
            return redirect_to_login(request.get_full_path(), reverse("admin:ask-again"))
        return view(request, *args, **kwargs)

    return asking


class PasswordForm(forms.Form):
    """Asks for the password."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )


class AskAgain(RedirectURLMixin, FormView):
    """Asks for the password of whoever is logged in."""

    template_name = "admin/accounts/ask_again.html"
    form_class = PasswordForm

    def get_default_redirect_url(self) -> str:
        return reverse("admin:index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form in the frame of the admin."""
        more = {"title": _("Your password, once more"), "next": self.get_success_url()}
        return {**admin.site.each_context(self.request), **more, **super().get_context_data(**kwargs)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go on with the right password; attempts count as those to log in."""
        user: Any = request.user
        limits = throttle.login_limits(request, user.get_username())
        if wait := throttle.count(limits, user.get_username()):
            return too_often(self, PasswordForm(), wait)
        form = self.get_form()
        if not (form.is_valid() and user.check_password(form.cleaned_data["password"])):
            record(Event.LOGIN_FAILED, by=user, account=user, step="ask-again")
            form.add_error(None, _("This is not your password."))
            return self.form_invalid(form)
        throttle.take_back(limits)
        store: Any = request.session
        store.confirm()
        return HttpResponseRedirect(self.get_success_url())

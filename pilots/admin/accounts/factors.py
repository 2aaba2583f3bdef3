"""Second factors of one's own: seen, added, replaced, removed."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from pilots.accounts import passkeys, second_factor
from pilots.accounts.letters import tell
from pilots.admin.accounts.login import AfterPassword, log_in
from pilots.admin.accounts.passkey_field import PasskeyField, QuestionMixin
from pilots.form_store import is_sent
from pilots.models import AuthenticatorApp, Passkey, RecoveryCode
from pilots.security_log import Event, record

SECRET = "authenticator_secret"  # noqa: S105 (where a secret waits in the session until an app has it)


def own_factors(request: HttpRequest) -> HttpResponse:
    """Show what somebody proves with who they are; remove one, or make new recovery codes. Five queries."""
    user: Any = request.user
    if "new_codes" in request.POST and second_factor.has_one(user):
        tell(user, "codes")
        return codes_page(request, user)
    if request.method == "POST":
        remove(request, user)
        return HttpResponseRedirect(request.path)
    context = {
        **admin.site.each_context(request),
        "title": _("Second factor"),
        "app": AuthenticatorApp.objects.filter(account=user.pk).first(),
        "passkeys": Passkey.objects.filter(account=user.pk),
        "codes": RecoveryCode.objects.filter(account=user.pk).count(),
        "is_required": second_factor.is_required(user),
    }
    return TemplateResponse(request, "admin/accounts/factors.html", context)


def remove(request: HttpRequest, user: Any) -> None:
    """Remove the app or the passkey that is named; the last one only where none is required."""
    apps, keys = AuthenticatorApp.objects.filter(account=user.pk), Passkey.objects.filter(account=user.pk)
    pk = request.POST.get("remove_passkey", "")
    chosen: Any = keys.filter(pk=pk) if pk.isascii() and pk.isdigit() and len(pk) < 19 else keys.none()
    if "remove_app" in request.POST:
        chosen = apps
    left = apps.count() + keys.count() - chosen.count()
    if not chosen.exists():
        return
    if not left and second_factor.is_required(user):
        messages.error(request, _("This is your only second factor. Add another one before you remove it."))
        return
    with transaction.atomic():
        chosen.delete()
        if not left:
            second_factor.remove_all(user)
        kind = "app" if "remove_app" in request.POST else "passkey"
        record(Event.FACTOR_REMOVED, by=user, account=user, kind=kind, how="own")
    tell(user, "removed")
    messages.success(request, _("It is removed, and lets nobody in any more."))


def codes_page(request: HttpRequest, user: Any, next_page: str = "") -> HttpResponse:
    """Show new recovery codes, once."""
    record(Event.CODES_MADE, by=user, account=user)
    context = {
        **admin.site.each_context(request),
        "title": _("Your recovery codes"),
        "codes": second_factor.new_recovery_codes(user),
        "next": next_page or reverse("admin:own-factors"),
    }
    return TemplateResponse(request, "admin/accounts/codes.html", context)


class AddFactorForm(forms.Form):
    """Asks for the first digits of an app, or for a new passkey and what to call it."""

    digits = forms.CharField(
        label=gettext_lazy("The six digits that the app shows now"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    name = forms.CharField(
        label=gettext_lazy("What to call it"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("So that you know it again, such as “telephone” or “blue key”."),
    )
    passkey = PasskeyField()


class AddFactor(QuestionMixin, FormView):
    """Adds an authenticator app or a passkey; the first one brings recovery codes."""

    template_name = "admin/accounts/add_factor.html"
    form_class = AddFactorForm
    person: Any

    def question(self) -> Any:
        return passkeys.ask_to_add(self.person)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, the secret to be put into an app, and its picture."""
        secret = self.request.session.setdefault(SECRET, second_factor.new_secret())
        address = second_factor.secret_address(self.person, secret)
        more = {
            "title": _("Add a second factor"),
            "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
            "secret_address": address,
            "picture": second_factor.picture(address),
            "has_app": AuthenticatorApp.objects.filter(account=self.person.pk).exists(),
        }
        return {**admin.site.each_context(self.request), **more, **super().get_context_data(**kwargs)}

    def form_valid(self, form: Any) -> HttpResponse:
        """Add it, or say what is wrong."""
        if not is_sent(self.request):
            return self.form_invalid(form)
        is_first = not second_factor.has_one(self.person)
        if problem := self.add(form.cleaned_data):
            form.add_error(None, problem)
            return self.form_invalid(form)
        kind = "passkey" if form.cleaned_data["passkey"] else "app"
        record(Event.FACTOR_ADDED, by=self.person, account=self.person, kind=kind)
        tell(self.person, "added")
        return self.added(is_first)

    def add(self, typed: dict[str, Any]) -> str:
        """Add what the form says; return what is wrong with it, or an empty text."""
        if answer := typed["passkey"]:
            try:
                passkeys.add(self.person, self.take_state(), answer, typed["name"] or _("Passkey"))
            except passkeys.NotTheirs:
                return _("The passkey could not be added. Try again, or take an authenticator app.")
            return ""
        if not second_factor.add_app(self.person, self.request.session.get(SECRET, ""), typed["digits"]):
            return _("These are not the digits. Look at the clock of your device, and take those that show now.")
        del self.request.session[SECRET]
        return ""

    def added(self, is_first: bool) -> HttpResponse:  # noqa: FBT001
        """What comes next."""
        if is_first:
            return codes_page(self.request, self.person)
        messages.success(self.request, _("It is added. From the next login on, you can use it."))
        return HttpResponseRedirect(reverse("admin:own-factors"))


class OwnAddFactor(AddFactor):
    """The page for somebody who is logged in."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.person = request.user


class FirstFactor(AfterPassword, AddFactor):
    """The page for somebody who gave the password, and may not be without a second factor."""

    template_name = "admin/accounts/first_factor.html"

    def may_stay(self) -> bool:
        """Whether there is nothing to be proved yet: whoever has a factor shows that one first."""
        return not second_factor.has_one(self.person)

    def added(self, is_first: bool) -> HttpResponse:  # noqa: FBT001
        """Log in, and show the recovery codes."""
        next_page = self.get_success_url()
        logged_in = log_in(self.request, self.person, next_page, has_proved=True)
        response = codes_page(self.request, self.person, next_page)
        response.cookies.update(logged_in.cookies)
        return response

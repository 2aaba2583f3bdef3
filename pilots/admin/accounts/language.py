"""In which language somebody is written to: chosen by themselves, or in the form of their account."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilots.form_store import is_sent
from pilots.models.account_language import languages_of, set_language
from pilots.templatetags.languages import NAMES
from prepare_portal.languages import ORIGINAL


class Languages(forms.Select):
    """A list of languages whose options say in which language they are."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        option["attrs"]["lang"] = option["value"]
        return option


def language_field() -> forms.ChoiceField:
    """A field with the five languages, each in its own words."""
    words = gettext_lazy("Language of e-mails")
    return forms.ChoiceField(label=words, choices=list(NAMES.items()), initial=ORIGINAL, widget=Languages)


class LanguageForm(forms.Form):
    """Chooses one's own."""

    email_language = language_field()


def own_language(request: HttpRequest) -> HttpResponse:
    """Ask somebody in which language to write to them. One query, two to keep it."""
    present = languages_of([request.user])[request.user.pk]
    form = LanguageForm(request.POST or None, initial={"email_language": present})
    if is_sent(request) and form.is_valid():
        set_language(request.user, form.cleaned_data["email_language"])
        messages.success(request, _("E-mails to you are in this language from now on."))
        return HttpResponseRedirect(request.path)
    context: dict[str, Any] = {**admin.site.each_context(request), "title": _("Language of e-mails"), "form": form}
    return TemplateResponse(request, "admin/own_language.html", context)

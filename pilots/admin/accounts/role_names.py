"""What roles are called: groups are stored under English names, and shown in the language of who reads."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pilots.content_checks.fields import name_of_language
from pilots.models.roles import LANGUAGES, translator_of


class RolesField(forms.ModelMultipleChoiceField):
    """Roles to tick, by their names."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return name_of_role(obj)


def name_of_role(group: Group) -> str:
    """The name of a role; of any other group the one it is stored under."""
    translator = _("translator (%(language)s)")
    names = {
        "contributor": pgettext("role", "contributor"),
        "reviewer": pgettext("role", "reviewer"),
        "administrator": pgettext("role", "administrator"),
        **{translator_of(code): translator % {"language": name_of_language(code)} for code in LANGUAGES},
    }
    return names.get(group.name, group.name)

"""Asks who made the texts of a file: what a machine made counts as not checked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from pilots.models.provenance import MACHINE, PERSON

MAKERS = {PERSON: gettext_lazy("A person"), MACHINE: gettext_lazy("A machine: nobody has checked them")}


class MadeByField(forms.ChoiceField):
    """Who made the texts in other languages than English that are new: a person, unless somebody says otherwise."""

    def __init__(self, **options: Any) -> None:
        usual: dict[str, Any] = {
            "label": gettext_lazy("Who made the translations"),
            "choices": [*MAKERS.items()],
            "initial": PERSON,
            "widget": forms.RadioSelect,
        }
        super().__init__(**usual | options)

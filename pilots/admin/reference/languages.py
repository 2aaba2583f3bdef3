"""Fields of forms in which an entry names a language."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst


def language_choice(db_field: Any, field: Any) -> Any:
    """The form's `field`; a choice of the languages of the site where it is for the language of an original."""
    if not field or db_field.name != "original_language":
        return field
    languages = [(code, capfirst(name)) for code, name in settings.LANGUAGES]
    return forms.ChoiceField(
        choices=[("", "—"), *languages], required=False, label=field.label, help_text=field.help_text
    )

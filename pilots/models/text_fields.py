"""Fields that clean the texts written into them and bound their length: in forms, in fixtures, in the database."""

from functools import reduce
from operator import and_
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.db.models.signals import class_prepared
from django.dispatch import receiver
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pilots.models.plain_text import clean, clean_address, clean_line, clean_mailbox
from prepare_portal.phrases import in_digits

# Characters. The longest text of the nine pilots has 619.
LONGEST_SUMMARY = 2_000
LONGEST_TEXT = 10_000
LONGEST_NOTE = 2_000
LONGEST_SOURCE = 200_000  # about a hundred pages


class CleanedInput:
    """What the form fields share: the text is cleaned before anything is asked of it, its length included."""

    max_length: Any
    help_text: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = format_lazy(_("At most {number} characters."), number=lazy(in_digits, str)(self.max_length))
        self.help_text = format_lazy("{help} {limit}", help=self.help_text, limit=limit) if self.help_text else limit

    def widget_attrs(self, widget: Any) -> Any:
        """Leave `maxlength` out: browsers would cut what is pasted, and say nothing."""
        attrs = super().widget_attrs(widget)  # type: ignore[misc]
        attrs.pop("maxlength", None)
        return attrs


class LineInput(CleanedInput, forms.CharField):
    """A text of one line in a form."""

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value) or "")


class ProseInput(CleanedInput, forms.CharField):
    """A text of several lines in a form."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value) or "")


class AddressInput(CleanedInput, forms.URLField):
    """An address of a web page in a form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **kwargs})

    def to_python(self, value: Any) -> str:
        return str(super().to_python(clean_address(value) if isinstance(value, str) else value) or "")


class Limited:
    """Marks fields whose length the database limits, SQLite included."""


class MailboxInput(CleanedInput, forms.EmailField):
    """An e-mail address in a form."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(clean_mailbox(value) if isinstance(value, str) else value) or "")


class BoundedText(Limited):
    """What the fields of texts share. Whatever way a text is written, the database gets it cleaned and not too long."""

    form_class: type[forms.Field]
    cleaned = staticmethod(clean_line)

    def to_python(self, value: Any) -> Any:
        """The text cleaned. Django asks this of what forms, fixtures, saves and updates write."""
        value = super().to_python(value)  # type: ignore[misc]
        return self.cleaned(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 (Django's)
        """The text that will be saved, and give it to the row in memory, too."""
        value = super().pre_save(model_instance, add)  # type: ignore[misc]
        if isinstance(value, str):
            value = self.to_python(value)
            setattr(model_instance, self.attname, value)  # type: ignore[attr-defined]
        return value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": self.form_class, **kwargs})  # type: ignore[misc]


class LineField(BoundedText, models.CharField):
    """A text of one line."""

    form_class = LineInput


class AddressField(BoundedText, models.URLField):
    """An address of a web page."""

    form_class = AddressInput
    cleaned = staticmethod(clean_address)


class MailboxField(BoundedText, models.EmailField):
    """An e-mail address."""

    form_class = MailboxInput
    cleaned = staticmethod(clean_mailbox)


class ProseField(BoundedText, models.TextField):
    """A text of several lines."""

    form_class = ProseInput
    cleaned = staticmethod(clean)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.validators.append(MaxLengthValidator(self.max_length))


class LengthLimit(models.CheckConstraint):
    """The lengths of all texts and slugs of a row. SQLite knows no other limit: it ignores the length of a column."""

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Ask the database nothing: each field has said already whether its text is too long."""


@receiver(class_prepared)
def limit_lengths(sender: Any, **signal: Any) -> None:
    """Give a model the constraint that its texts and slugs call for. The models of migrations name their own."""
    fields: list[Any] = [field for field in sender._meta.local_concrete_fields if isinstance(field, Limited)]
    if fields and sender.__module__ != "__fake__":
        limits = [Q(LessThanOrEqual(Length(field.name), field.max_length)) for field in fields]
        name = f"{sender._meta.model_name}_texts_are_not_too_long"
        limit = LengthLimit(name=name, condition=reduce(and_, limits))
        sender._meta.constraints = [*sender._meta.constraints, limit]
        sender._meta.original_attrs["constraints"] = sender._meta.constraints  # where migrations look

"""Two editors on one organisation, value, term, source or text of one: the second save is refused, and shows both."""

import json
from functools import cached_property
from hashlib import md5
from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from pilots.admin.opened_with import read_opened_with
from pilots.models.provenance import ORIGINAL
from pilots.models.row_texts import text_fields
from pilots.models.translation import Translated

OPENED_WITH = "_opened_with"  # the field of the page that says what the form was opened with


class StaleForm(forms.ModelForm):
    """A form of one row that is not saved over what somebody else saved since it was opened.

    The page carries a digest of each field, which is compared with the row as it is when the form comes back. What
    was typed stays in the form, and beside it stands what the row says now; who saves again has seen both.
    """

    def clean(self) -> Any:
        """Refuse fields that say something else than the form was opened with, and than what was typed."""
        cleaned = super().clean()
        if self.stale:
            self.add_error(None, self._who_was_first())
        for name in self.stale:
            self.add_error(name, self._saved_meanwhile(name))
        return cleaned

    @property
    def may_be_stale(self) -> bool:
        """Whether there was something that somebody else could change."""
        return self.instance.pk is not None

    @cached_property
    def stale(self) -> list[str]:
        """The fields that somebody else changed, unless to what was typed here as well."""
        opened = read_opened_with(self.data.get(self.opened_with_name, "")) if self.may_be_stale else {}
        changed = [name for name, digest in self._digests.items() if opened.get(name, digest) != digest]
        return [name for name in changed if self.fields[name].has_changed(self[name].initial, self[name].data)]

    @property
    def logged_row(self) -> Any:
        """The row whose log tells who saved it."""
        return self.instance

    @property
    def opened_with_name(self) -> str:
        return self.add_prefix(OPENED_WITH)

    @property
    def opened_with(self) -> str:
        """What the page is to carry: the state that it shows, which after another mistake is still the one opened."""
        if self.is_bound and not self.stale:
            return str(self.data.get(self.opened_with_name, ""))
        return json.dumps(self._digests) if self.may_be_stale else ""

    @cached_property
    def _digests(self) -> dict[str, str]:
        """What each field said, and the English beside it where the form is in another language."""
        values = {name: f"{self[name].initial}{self._english.get(name, '')}" for name in self.fields}
        return {name: md5(value.encode(), usedforsecurity=False).hexdigest()[:12] for name, value in values.items()}

    @cached_property
    def _english(self) -> dict[str, str]:
        """The texts that a translation in this form rests on, by field; none where the form is in English."""
        row, language = self.instance, getattr(self, "language_code", ORIGINAL)
        if not (isinstance(row, Translated) and row.pk) or language == ORIGINAL:
            return {}
        return {name: row.text_in(name, ORIGINAL)[0] for name in text_fields(type(row)) if name in self.fields}

    def _saved_meanwhile(self, name: str) -> str:
        said = {"value": self._shown(name), "english": self._english.get(name, "")}
        if said["english"]:
            return _("Saved meanwhile: “%(value)s”; in English “%(english)s”. What you typed stands here.") % said
        return _("Saved meanwhile: “%(value)s”. What you typed stands here.") % said

    def _shown(self, name: str) -> str:
        value, field = self[name].initial, self.fields[name]
        labels: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
        return str(dict(labels).get(value, field.prepare_value(value)) or "–")

    def _who_was_first(self) -> str:
        """Who saved the row last, and when, as the admin's log knows it. One query."""
        row = self.logged_row
        changes = LogEntry.objects.filter(content_type=get_content_type_for_model(row), object_id=str(row.pk))
        last = changes.select_related("user").order_by("-action_time").first()
        if last is None:
            who = _("Somebody else saved this after you opened it.")
        else:
            when = date_format(localtime(last.action_time), "DATETIME_FORMAT")
            who = _("%(who)s saved this after you opened it (%(when)s).") % {"who": last.user, "when": when}
        return who + " " + _("Nothing of yours is saved yet. Look at the marked fields, then save again.")


class StaleFormAdmin:
    """An admin whose form does not save over a colleague."""

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The form, which looks what was saved since it was opened."""
        form = super().get_form(request, *args, **kwargs)  # type: ignore[misc]
        return type(form.__name__, (StaleForm, form), {})

    def _changeform_view(self, request: HttpRequest, object_id: str | None, *args: Any) -> HttpResponse:
        """Show or save the form; of two saves at once, the second waits and then reads what the first wrote."""
        if request.method == "POST" and object_id and object_id.isascii() and object_id.isdigit():
            rows = self.model._default_manager.filter(pk=object_id[:18])  # type: ignore[attr-defined]
            rows.select_for_update().values_list("pk").first()
        return super()._changeform_view(request, object_id, *args)  # type: ignore[misc]

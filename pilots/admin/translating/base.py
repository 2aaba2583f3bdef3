"""What the pages share that show texts side by side with the English."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from pilots import workflow
from pilots.admin.confirm import AdminView
from pilots.admin.translating.form import Line, TranslationForm
from pilots.content_checks.fields import name_of_language
from pilots.form_store import is_restoring
from pilots.history.word_diff import DiffPart
from pilots.models.roles import LANGUAGES


@dataclass(frozen=True)
class TextPair:
    """One text on the page. `changes`: what became of the English that the translation rests on."""

    line: Line
    label: str
    state: str
    changes: Iterable[DiffPart] = ()
    sentences: str = ""


class TranslatingView(AdminView):
    """A page with the texts of one row in English and another language."""

    language: str

    def open_language(self, language: str) -> None:
        """Note the language. Raises Http404 for one that nothing is translated into, PermissionDenied for others'."""
        if language not in LANGUAGES:
            raise Http404
        if not self.may_translate_into(language):
            raise PermissionDenied(_("Your account does not translate into this language."))
        self.language = language

    def may_translate_into(self, language: str) -> bool:
        return workflow.may_translate_into(self.request.user, language)

    def side_by_side(self, form: TranslationForm, pk: int) -> dict[str, Any]:
        """What every such page shows, about the row with this key."""
        if is_restoring(self.request):
            form.add_error(None, _("This is what you typed before. It is not saved yet: look through it, then save."))
        address = f"admin:pilots_{self.model_admin.opts.model_name}_translate"
        return {
            "title": _("English and %(language)s") % {"language": name_of_language(self.language)},
            "form": form,
            "language_name": name_of_language(self.language),
            "others": [
                (name_of_language(code), reverse(address, args=[pk, code]))
                for code in LANGUAGES
                if self.may_translate_into(code)
            ],
        }

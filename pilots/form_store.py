"""Keeps what a form sends when it cannot be saved: the session is over, or was renewed in another tab.

Each form carries a token that only this site can have signed: for which account it was made, and to
which address it is sent. It proves nothing else: nobody is logged in by it and nothing is saved. So
nobody can fill the store without an account of their own, or leave words in another's name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from pilots.models import UnsavedForm

TOKEN = "form_token"  # noqa: S105 (the name of a field)
RESTORE = "_restore"  # asks a form to show what is sent, and to save nothing
RESTORED = "restored_form"  # which unsaved form this was, so that it goes once it is saved
SALT = "pilots.unsaved"
TOKEN_WORKS_FOR = 7 * 24 * 60 * 60  # seconds; a form may stay open over a long weekend
LARGEST = 1_000_000  # bytes
LONGEST_ADDRESS = 2000
LONGEST_TITLE = 300
IDENTIFYING = ("language", "into", "move", "_popup", "_to_field")  # parameters that make it another form
BUTTONS = {"_save", "_addanother", "_continue", "_saveasnew", "_submit", "_publish", "_merge", "_overwrite", "_discard"}
NEVER_STORED = {"csrfmiddlewaretoken", TOKEN, RESTORE, RESTORED, *BUTTONS}

# What a form sends apart from what was typed.
TECHNICAL = (
    *("csrfmiddlewaretoken", "_FORMS", "-id", "-pilot", "-source", "seen_edit", "__prefix__", "-deleted_row"),
    "_opened_with",
)


class TooLarge(ValueError):
    """More was typed than is stored."""


@dataclass(frozen=True)
class FormToken:
    """Whose form it is, to which path it is sent, what its page is called."""

    user: int
    path: str
    title: str

    def signed(self) -> str:
        """As text for a hidden field."""
        return signing.dumps([self.user, self.path, self.title[:LONGEST_TITLE]], salt=SALT)

    @classmethod
    def read(cls, text: str) -> "FormToken | None":
        """What `signed` wrote; None for what it did not write, or wrote too long ago."""
        try:
            return cls(*signing.loads(text, salt=SALT, max_age=TOKEN_WORKS_FOR))
        except (signing.BadSignature, UnicodeError):
            return None


def address_of(request: HttpRequest) -> str:
    """The address of the form that a request shows or sends: the same for each way to the same form."""
    said = [(name, request.GET[name]) for name in IDENTIFYING if name in request.GET]
    said = [(name, value) for name, value in said if (name, value) != ("language", settings.LANGUAGE_CODE)]
    address = f"{request.path}?{urlencode(said)}" if said else request.path
    return address if len(address) <= LONGEST_ADDRESS else request.path[:LONGEST_ADDRESS]


def is_sent(request: HttpRequest) -> bool:
    """Whether a form was sent to be acted on, not only to be shown again with what was typed."""
    return request.method == "POST" and RESTORE not in request.POST


def is_restoring(request: HttpRequest) -> bool:
    """Whether a form is to be shown with what is sent, and nothing to be saved."""
    return request.method == "POST" and RESTORE in request.POST


def not_saved_yet(form: type[forms.BaseForm]) -> type[forms.BaseForm]:
    """A form that is shown as it was sent, and never saved."""

    class Restored(form):  # type: ignore[valid-type, misc]
        def clean(self) -> Any:
            self.add_error(None, _("This is what you typed before. It is not saved yet: look through it, then save."))
            return super().clean()

    return Restored


def typed_in(fields: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """What was typed, by the names of the fields, when there is no form to read it."""
    return [
        {"label": name.replace("_", " ").replace("-", " "), "text": value}
        for name, value in fields
        if value.strip()
        and name not in NEVER_STORED
        and not name.startswith("_")
        and not any(part in name for part in TECHNICAL)
    ]


def store(request: HttpRequest) -> UnsavedForm | None:
    """Keep what the request sends for the account that its token names. None without a token that holds here.

    Raises TooLarge. One query to find the account, five to keep.
    """
    token = FormToken.read(request.POST.get(TOKEN, ""))
    if token is None or token.path != request.path:
        return None
    owner = User.objects.filter(pk=token.user, is_active=True, is_staff=True).first()
    if owner is None:
        return None
    return UnsavedForm.objects.store(owner, address=address_of(request), title=token.title, fields=_typed(request))


def forget(request: HttpRequest) -> None:
    """Delete what was stored of a form that is saved now. No query for a form that was not restored."""
    pk = request.POST.get(RESTORED, "")
    if pk.isascii() and pk.isdigit() and len(pk) <= 18:
        UnsavedForm.objects.of(request.user).filter(pk=pk).delete()


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields that were sent, without what lets them in and without buttons. Raises TooLarge."""
    fields = [
        (_storable(name), _storable(value))
        for name, values in request.POST.lists()
        if name not in NEVER_STORED and "password" not in name.casefold()
        for value in values
    ]
    if sum(len(text.encode()) for field in fields for text in field) > LARGEST:
        raise TooLarge
    return fields


def _storable(text: Any) -> str:
    """`text` without what a database cannot hold."""
    return str(text).replace("\0", "").encode("utf-8", "replace").decode()

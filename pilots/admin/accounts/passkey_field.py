"""The field in which a script hands on what a passkey answered, and the question it answers."""

import json
from typing import Any

from django import forms

from pilots.accounts import passkeys

QUESTION = "passkey_question"
LONGEST = 12_000  # characters of an answer; the page to log in takes 16 KB


class PasskeyField(forms.CharField):
    """An answer in JSON, filled in by `static/js/admin/passkey.js`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=LONGEST, widget=forms.HiddenInput, **options)

    def clean(self, value: Any) -> Any:
        """The answer as a dictionary; None for none."""
        text = super().clean(value)
        try:
            answer = json.loads(text) if text else None
        except (ValueError, RecursionError):
            answer = {}
        return answer if answer is None or isinstance(answer, dict) else {}


class QuestionMixin:
    """A page that asks for a passkey. Each question is asked once, and taken out of the session with its answer."""

    request: Any

    def question(self) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """What to ask the browser, and what to remember of it; None without a passkey."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The context, with a new question."""
        asked = self.question()
        if asked:
            self.request.session[QUESTION] = asked[1]
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"passkey_question": asked and asked[0]}

    def take_state(self) -> dict[str, Any]:
        """What was remembered of the question; it is not answered twice. Raises NotTheirs without one."""
        state = self.request.session.pop(QUESTION, None)
        if not state:
            raise passkeys.NotTheirs
        return dict(state)

    def proves_with_passkey(self, person: Any, answer: dict[str, Any]) -> bool:
        """Whether a passkey of this person gave the answer, to the last question."""
        try:
            passkeys.prove(person, self.take_state(), answer)
        except passkeys.NotTheirs:
            return False
        return True

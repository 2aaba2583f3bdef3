"""What visitors and search engines are told of translations that nobody has checked, that are old, or missing."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from pilots.history.translated_texts import UNCHECKED, Counts
from pilots.models.provenance import ORIGINAL, State, is_machine_made
from pilots.models.translation import Translated, current_language
from pilots.templatetags.languages import address, is_unchecked_in
from prepare_portal.languages import in_language

register = template.Library()


@register.inclusion_tag("parts/translation_note.html", takes_context=True)
def translation_note(context: Any) -> dict[str, Any]:
    """That texts of the page are translations that nobody has checked; nothing where all are. No query."""
    if not is_unchecked_in(context, current_language()):
        return {}
    request, pilot = context["request"], context.get("pilot")
    return {
        "words": unchecked_in_words(pilot) if pilot else unchecked_among_many(),
        "english": address(request, ORIGINAL),
        "contact_email": settings.CONTACT_EMAIL,
        "path": request.path,
    }


def unchecked_among_many() -> str:
    return _("Nobody has checked all translations on this page yet. A machine may have made them.")


def unchecked_in_words(pilot: Any) -> str:
    """That nobody has checked the translation of an entry, or all of it: as pages say it, feeds and files."""
    if has_checked(pilot.translation_counts.get(current_language(), {})):
        return _("Nobody has checked all translations of this entry yet. A machine may have made them.")
    if any(map(is_machine_made, records_of(pilot, current_language()))):
        return _("A machine translated this entry. Nobody has checked the translation yet.")
    return _("Nobody has checked the translation of this entry yet.")


def has_checked(counts: Counts) -> bool:
    """Whether somebody has checked one of the texts that were counted."""
    translated = sum(counts.get(state.value, 0) for state in (State.CURRENT, *OUTDATED))
    return counts.get(UNCHECKED, 0) < translated


def records_of(row: Any, language: str) -> list[Any]:
    """What is known of each text of a row in a language. No query where its texts were fetched."""
    return [
        record
        for text in row.translations.all()
        if text.language_code == language
        for record in text.provenance.values()
    ]


@register.simple_tag
def text_state(row: Any, field: str) -> SafeString:
    """In which language a text is that is not translated yet, or that the English changed since; mostly nothing."""
    said, is_old = state_in_words(row, field)
    if not said:
        return SafeString()
    if not is_old:
        return format_html('\n<p class="text-state">{}</p>', said)
    return format_html(
        '\n<p class="text-state">{} <a href="{}" hreflang="en">{}</a></p>',
        said,
        original_address(row, field),
        _("Read it in English"),
    )


def state_in_words(row: Any, field: str) -> tuple[str, bool]:
    """In which language a text is that is not translated yet, or that it is old, which is True then; mostly ""."""
    language = current_language()
    if language == ORIGINAL or not isinstance(row, Translated):
        return "", False
    words, own = row.text_in(field, language)
    if not words or own != language:
        return (not_translated(own) if words else ""), False
    state = row.standing_in(field, language).state
    return (said_of(state), True) if state in OUTDATED else ("", False)


@register.simple_tag
def fallback_mark(row: Any, field: str) -> SafeString:
    """The language of a text that is not translated yet, in a word; mostly nothing."""
    words, own = row.text_in(field, current_language())
    if not words or own == current_language():
        return SafeString()
    return format_html(' <span class="text-state">{}</span>', not_translated(own))


OUTDATED = (State.OUTDATED_WORDING, State.OUTDATED_MEANING)


def said_of(state: State) -> str:
    """What an out-of-date translation is, in a sentence."""
    if state == State.OUTDATED_WORDING:
        return _("The English was worded anew since this was translated; it means the same.")
    return _("The English was changed since this was translated; what it says may differ.")


def not_translated(language: str) -> str:
    """That a text is in another language than the page, in a word or two."""
    return _("In %(language)s, not translated yet") % {"language": get_language_info(language)["name_translated"]}


def original_address(row: Any, field: str) -> str:
    """Where the page of a row shows a text of it in English: for a draft, the preview that one reads."""
    own: str = row.get_absolute_url() if hasattr(row, "get_absolute_url") else ""
    if not own:
        return ""
    path, _hash, part = own.partition("#")
    is_public = getattr(getattr(row, "pilot", row), "is_public", True)
    return f"{in_language(path, ORIGINAL) if is_public else f'?language={ORIGINAL}'}#{part or field}"

"""What the search box suggests, for its script."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.browse.filters import FACETS
from pilots.browse.selection import LONGEST_SEARCH
from pilots.browse.value_addresses import list_of
from pilots.models.translation import current_language
from pilots.search.names import AUTHORITY, PARTNER, PILOT, TERM, Name, TextInLanguage
from pilots.search.suggestions import suggest


def suggestions(request: HttpRequest) -> HttpResponse:
    """Suggestions for the words in `q` as JSON, and the sentence that says how many. Three queries at most.

    Two or three more after the content has changed; 400 for more words than the box takes.
    """
    words = request.GET.get("q", "")
    if len(words) > LONGEST_SEARCH:
        said = _("A search has at most %(most)d characters.") % {"most": LONGEST_SEARCH}
        return JsonResponse({"said": said, "suggestions": []}, status=400)
    found = suggest(words)
    kinds = kinds_in_words()
    return JsonResponse({"said": sentence(len(found)), "suggestions": [as_plain(name, kinds) for name in found]})


def sentence(count: int) -> str:
    """What a screen reader says of the suggestions."""
    if not count:
        return _("No suggestions.")
    return ngettext(
        "%(count)d suggestion. Use the up and down arrow keys to choose.",
        "%(count)d suggestions. Use the up and down arrow keys to choose.",
        count,
    ) % {"count": count}


def kinds_in_words() -> dict[str, str]:
    """What each kind of suggestion is called."""
    return {**FACETS, PILOT: _("Pilot"), AUTHORITY: _("Place"), TERM: _("Glossary")}


def as_plain(name: Name, kinds: dict[str, str]) -> dict[str, str]:
    """A suggestion as the script takes it; a language is named where it is not the page's, and a text has one.

    Names of partners and places, which a pilot has beside its title, claim none where they are not translated.
    """
    return {
        "kind": str(kinds[name.kind]),
        "label": name.label[0],
        "language": "" if name.kind in {PARTNER, AUTHORITY} else elsewhere(name.label),
        "detail": name.detail[0],
        "detail_language": "" if name.kind == PILOT else elsewhere(name.detail),
        "address": address(name),
    }


def elsewhere(text: TextInLanguage) -> str:
    """The language of a text unless it is the page's, or there is no text."""
    return text[1] if text[0] and text[1] != current_language() else ""


def address(name: Name) -> str:
    """Where a suggestion leads: to a page, to the list filtered by it, or into the glossary."""
    if name.kind in {PILOT, AUTHORITY, PARTNER}:
        return reverse(name.kind, args=[name.value])
    return f"{reverse('glossary')}#{name.value}" if name.kind == TERM else list_of(name.kind, name.value)

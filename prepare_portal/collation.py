"""The order of names in each language, the same on every machine and database.

Unicode's own order, as far as names of our languages need it: letters before their accents, accents before capitals;
and what a language says of letters of its own. The database's order would depend on which it is and how it was set up.
"""

import unicodedata
from functools import lru_cache

from django.utils.translation import get_language

SortKey = tuple[str, str, str]

# What has a place of its own, behind the letter that it follows.
OWN_LETTERS = {
    "sv": {"å": "z1", "ä": "z2", "æ": "z2", "ö": "z3", "ø": "z3"},
    "es": {"ñ": "n1"},
}
BEHIND = chr(0x10FFFF)  # behind every letter that may follow
TAILORED = {
    language: str.maketrans({letter: f"{place[0]}{BEHIND}{place[1]}" for letter, place in letters.items()})
    for language, letters in OWN_LETTERS.items()
}
# Letters that are not made of another and an accent, and signs that typographers write in two ways.
LETTERS = {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
# Names that begin with no letter, which sort before those that do.
DIGITS = "0–9"
PLAIN = str.maketrans(LETTERS | {"’": "'", "–": "-"})


def in_order(words: str) -> SortKey:
    """What to sort a name by in the language of the page."""
    return key_in(words, get_language() or "en")


@lru_cache(maxsize=1 << 14)
def key_in(words: str, language: str) -> SortKey:
    """Letters alone; then with their accents; then as they are written, small ones before capitals.

    What stands before the first letter or digit, such as a quotation mark, counts only between names that are
    otherwise the same. Articles count: an official name stands where it begins.
    """
    folded = unicodedata.normalize("NFC", words).casefold()
    if folded.isascii():  # most names: there is nothing to take apart
        return _from_first_letter(folded), folded, words.swapcase()
    apart = unicodedata.normalize("NFKD", folded.translate(TAILORED.get(language, {})).translate(PLAIN))
    letters = "".join(char for char in apart if not unicodedata.combining(char))
    return _from_first_letter(letters), folded, words.swapcase()


def initial(words: str, language: str) -> str:
    """What a name stands under in a directory: its first letter as a capital; `DIGITS` where it begins with none."""
    first = _from_first_letter(unicodedata.normalize("NFC", words).casefold())[:1]
    letter = first if first in OWN_LETTERS.get(language, {}) else key_in(first, language)[0][:1]
    return letter.upper() if letter.isalpha() else DIGITS


def _from_first_letter(words: str) -> str:
    """`words` without what stands before their first letter or digit."""
    return next((words[place:] for place, char in enumerate(words) if char.isalnum()), "")

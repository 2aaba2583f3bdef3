"""Finds e-mail addresses, telephone numbers and names of accounts, whatever the language."""

import re
from collections.abc import Iterator

AT = re.compile(r"\s?[(\[]\s?(?:at|à|a|arroba)\s?[)\]]\s?", re.IGNORECASE)
AROUND = ".,;:!?()[]<>“”‘’\"'«»"
NUMBER = re.compile(r"\+?\(?\d(?:[\s().\-/‑–]{0,2}\d){6,14}(?!\d)")
DATE_OR_YEARS = re.compile(
    r"(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d|\d{4}-\d\d?-\d\d?(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?!\d)"
)
GROUPED = re.compile(r"\d{1,3}(?:[.\s]\d{3})+")
MOBILE_OR_AREA = re.compile(r"[6-9]\d\d\s\d{3}\s\d{3}")


def contacts(sentence: str) -> Iterator[str]:
    """Yield e-mail addresses, account names and telephone numbers."""
    for word in AT.sub("@", sentence).split():
        name, at, host = word.strip(AROUND).partition("@")
        if at and (("." in host and name) or (not name and host[:1].isalpha())):
            yield word.strip(AROUND)[:120]
    for match in NUMBER.finditer(sentence):
        if is_telephone_number(match[0]):
            yield match[0]


def is_telephone_number(found: str) -> bool:
    """Whether a row of figures is a telephone number, not a date, a span of years or a large amount."""
    if DATE_OR_YEARS.match(found):
        return False
    if found.startswith(("+", "0", "(0", "(+")):
        return True
    if GROUPED.fullmatch(found):
        return bool(MOBILE_OR_AREA.fullmatch(found))
    return sum(letter.isdigit() for letter in found) >= 9

"""Finds an exact day together with a place, and an age together with a place or a sex."""

import re
from collections.abc import Iterator

from pilots.content_checks.finding import KnownTerms
from pilots.content_checks.lexicon import MONTHS, PEOPLES, WEEKDAYS, Lexicon
from pilots.content_checks.tokenizer import Token

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
DAY = re.compile(
    rf"(?<![\d.,]){_DAY}(?:st|nd|rd|th|er|e|:e|\.|º)?\s(?:(?:of|de)\s)?(?:{_MONTH})(?!\w)"
    rf"|(?<!\w)(?:{_MONTH})\s{_DAY}(?:st|nd|rd|th)?(?![\w%])(?!\s\w)"
    rf"|(?<!\w)(?:{_MONTH})\s{_DAY}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d"
    rf"|(?<![\d./-]){_DAY}([./-])(?:0?[1-9]|1[0-2])\1(?:\d\d)?\d\d(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d-[01]\d-[0-3]\d(?!\d)",
    re.IGNORECASE,
)
AGE = re.compile(
    r"(?<!\w)(?:aged?|age\sof|âgée?s?\sde)\s\d{1,2}(?!\d)"
    r"|(?<!\w)\d{1,2}(?:\s|-)years?(?:\s|-)old|(?<!\w)\d{1,2}-?(?:jarige|årige?a?)(?!\w)"
    r"|(?<!\w)\d{1,2}\s(?:jaar\soud|år\sgammal|años\sde\sedad)|(?<!\w)de\s\d{1,2}\s(?:ans|años)(?!\w)",
    re.IGNORECASE,
)
RANGE_BEFORE = re.compile(
    r"(?:from|under|over|below|above|than|least|between|moins|plus|menores|mayores|dan|onder|boven|över|to|and|–|-)\s?\Z",
    re.IGNORECASE,
)
RANGE_AFTER = re.compile(r"\s?(?:to|and|or|–|-|à|a|y|en|tot|till|och|\+)\s?(?:\d|over|older|under|younger|above)")


def exact_day(sentence: str) -> str:
    """The exact day that a sentence names, "" if it names none."""
    match = DAY.search(sentence)
    return match[0] if match else ""


def exact_age(sentence: str) -> str:
    """The first age of a single person, "" for none. “Aged 16 to 25” and “under 18” are ages of a group."""
    for match in AGE.finditer(sentence):
        before = sentence[max(0, match.start() - 8) : match.start()]
        if not RANGE_BEFORE.search(before) and not RANGE_AFTER.match(sentence[match.end() : match.end() + 12]):
            return match[0]
    return ""


def places(sentence: list[Token], lexicon: Lexicon, known: KnownTerms) -> Iterator[str]:
    """Yield the places that a sentence names: known ones, and capitalised words after “in” and the like."""
    for found in known.places.positions(sentence):
        if sentence[found.start].is_capitalised:
            yield " ".join(sentence[place].text for place in found)
    named = {place for phrases in known.names for found in phrases.positions(sentence) for place in found}
    for place, token in enumerate(sentence[1:], start=1):
        capital = token.is_capitalised and not (token.text.isupper() and len(token.text) > 1)
        is_other = place in named or token.plain in MONTHS | WEEKDAYS | PEOPLES
        if capital and not is_other and sentence[place - 1].plain in lexicon.places:
            yield token.text


def sexes(sentence: list[Token], lexicon: Lexicon) -> Iterator[str]:
    """Yield the words of a sentence that tell a person’s sex."""
    yield from (token.text for token in sentence if token.plain in lexicon.sexes)

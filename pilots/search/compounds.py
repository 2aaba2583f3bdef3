"""The ends of compounds, in the languages that write them as one word: “ambtenaren” finds “gemeenteambtenaren”.

An end is the second half of a compound, as its stem has it: no list of words is needed, and what is no word nobody
types. Ends stand in the tables like stems, but always in the last tier, so that whole words rank first and a search
asks the database for nothing more. Beginnings need none of it: a word is found by its beginning anyway.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from pilots.search.page_languages import DocumentText, marked_for
from pilots.search.words import COMPOUND, SpelledWord, spelled, stems

SHORTEST = 4  # letters of either half: “arbete” is no part of “samarbete” to those who look for it
# What changes the meaning of the word after it, and so never ends a first half: “samenwerken”, “arbetsförmedling”, in
# which nobody looks for “medling”. Without accents.
NL = """aan achter be bij binnen boven buiten door ge her mede mis onder ont over samen tegen terug toe tussen uit ver
voor voort weer"""
SV = """ater be efter emot for fore fram fran genom igen inom kring mellan mot over sam samman till under upp ut utan"""
PARTICLES = {"nl": tuple(NL.split()), "sv": tuple(SV.split())}
MARK = "::"


def ends_of_texts(texts: Iterable[DocumentText]) -> set[str]:
    """What the compounds of these texts end with, each marked for the pages that show it."""
    found: set[str] = set()
    for language, text, pages in texts:
        if language in PARTICLES:
            ends = frozenset().union(*(ends_of(compound, language) for compound in set(COMPOUND.findall(text))))
            found.update((marked_for(page, end) for page in pages for end in ends) if pages else ends)
    return found


@lru_cache(maxsize=1 << 14)
def ends_of(compound: str, language: str) -> frozenset[str]:
    """What a word of a text may end with as a compound, as tokens: ":nl::ambtenar" and whatever else is long enough."""
    if language not in PARTICLES:
        return frozenset()
    halves = (end for one in spelled(compound) for stem in stems(one, language) for end in _ends(stem, language))
    return frozenset(halves)


def typed_end(one: SpelledWord, page: str) -> set[str]:
    """The tokens of a word that may be the end of compounds in the page's language."""
    if page not in PARTICLES or len(one.word) < SHORTEST:
        return set()
    words = (stem.rpartition(":")[2] for stem in stems(one, page))
    return {_token(word, page) for word in words if len(word) >= SHORTEST}


def _ends(stem: str, language: str) -> Iterator[str]:
    word = stem.rpartition(":")[2]
    for start in range(SHORTEST, len(word) - SHORTEST + 1):
        if not word[:start].endswith(PARTICLES[language]):
            yield _token(word[start:], language)


def _token(end: str, language: str) -> str:
    """An end as the tables have it; its last letter counts once: “program” is in “utbildningsprogrammet”."""
    return f":{language}{MARK}{end[:-1] if end[-1] == end[-2] else end}"

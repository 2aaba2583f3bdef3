"""Finds what may be the name of a person: capitalised words in a row that name nothing known."""

from collections.abc import Iterator

from pilots.content_checks.lexicon import ARTICLES, MONTHS, OPENERS, PARTICLES, PEOPLES, THINGS, TITLES, WEEKDAYS
from pilots.content_checks.tokenizer import Phrases, Token, bare, sentences, tokens

LONGEST_NAME = 5
NO_PART_OF_A_NAME = MONTHS | WEEKDAYS | PEOPLES
VERB_AS_OPENER = "ing"

Span = tuple[int, int]


def names_of_persons(sentence: list[Token], *known: Phrases) -> Iterator[Span]:
    """Yield where the name of a person may stand: two capitalised words, or one after a title such as “Mr”."""
    taken = {place for phrases in known for places in phrases.positions(sentence) for place in places}
    place = 0
    while place < len(sentence):
        end = _run(sentence, place, taken)
        if end > place:
            start = _without_opener(sentence, place)
            if _is_a_name(sentence[start:end]):
                yield start, end
        place = max(end, place + 1)


def capitalised_phrases(text: str) -> Iterator[str]:
    """Yield the capitalised words in a row of a text, such as the names that a glossary explains."""
    for sentence in sentences(text):
        words = tokens(sentence)
        place = 0
        while place < len(words):
            end = _run(words, place, set())
            start = _without_opener(words, place) if end > place else place
            if end - start > 1:
                yield " ".join(token.text for token in words[start:end])
            place = max(end, place + 1)


def _run(sentence: list[Token], place: int, taken: set[int]) -> int:
    """Where the run of capitalised words that begins at `place` ends; `place` if none begins."""
    end = here = place
    while here < len(sentence) and here not in taken and (here == place or _follow_on(sentence, here)):
        token = sentence[here]
        if _is_capital(token):
            end = here + 1
        elif not (end > place and (_is_dot_of_initial(sentence, here) or token.text in PARTICLES)):
            break
        here += 1
    return end


def _follow_on(sentence: list[Token], place: int) -> bool:
    """Whether nothing but a space, or nothing, is between a token and the one before it."""
    return sentence[place].start - sentence[place - 1].end <= 1


def _is_capital(token: Token) -> bool:
    """Whether it begins with a capital, and is no abbreviation of two or three letters."""
    return token.is_capitalised and not (token.text.isupper() and len(token.text) in (2, 3))


def _is_dot_of_initial(sentence: list[Token], place: int) -> bool:
    before = sentence[place - 1]
    return sentence[place].text == "." and (len(before.text) == 1 or before.plain in TITLES)


def _without_opener(sentence: list[Token], start: int) -> int:
    """Where the run begins when a common word at the start of the sentence is left out."""
    if any(token.is_word for token in sentence[:start]):
        return start
    word = sentence[start].plain
    return start + (word in OPENERS or word.endswith(VERB_AS_OPENER))


def _is_a_name(run: list[Token]) -> bool:
    words = [bare(token) for token in run if token.is_capitalised]
    if words[:1] and words[0] in ARTICLES:  # “La Haye”, “Den Haag”, “Los Ángeles” are places
        words = words[1:]
    parts = [word for word in words if word not in NO_PART_OF_A_NAME | TITLES and not word.startswith("l'")]
    if len(parts) > LONGEST_NAME or THINGS.intersection(words):
        return False
    return len(parts) > 1 or (bool(parts) and bool(words) and words[0] in TITLES and words[0] != parts[0])

"""Finds few people and single persons: “two offenders”, “one of its returnees”, “a former who …”, “she”."""

from collections.abc import Iterator

from pilots.content_checks.lexicon import DETERMINERS, EN, GO_ON, HAPPENED, RELATIVE, Lexicon, word_list
from pilots.content_checks.tokenizer import Token

FEW = 4
MOST_BETWEEN = 3
# “phase 2 participants”, “one in four prisoners”: no number of people.
NUMBERED = word_list("phase level article section step stage group cohort wave module tier category day week")
QUOTES = frozenset("«»“”„‘‚\"'")
ELIDED = ("l", "d", "qu")  # “l’expert”

Span = tuple[int, int]


def few_people(sentence: list[Token], lexicon: Lexicon) -> Iterator[Span]:
    """Yield where two to four people are counted, from the number to the noun."""
    for place, token in enumerate(sentence):
        counts = number_of(token, lexicon) > 1 and not _is_no_count(sentence, place)
        if counts or (lexicon is EN and _is_both(sentence, place)):
            end = _person_after(sentence, place + 1, lexicon, lexicon.people)
            if end:
                yield place, end


def single_persons(sentence: list[Token], lexicon: Lexicon) -> Iterator[Span]:
    """Yield where one person is spoken of: counted, picked out of some, by role or by pronoun."""
    yield from _one_person(sentence, lexicon)
    yield from _one_of_some(sentence, lexicon)
    yield from _pronouns(sentence, lexicon)
    yield from _roles(sentence, lexicon)


def number_of(token: Token, lexicon: Lexicon) -> int:
    """The number that a word or figure stands for if it is from 1 to 4, else 0."""
    if token.plain in lexicon.numbers:
        return lexicon.numbers[token.plain]
    if token.plain in lexicon.one:
        return 1
    value = int(token.text) if token.text.isdecimal() and len(token.text) < FEW else 0
    return value if value <= FEW else 0


def _is_no_count(sentence: list[Token], place: int) -> bool:
    before = _plain(sentence[max(0, place - 2) : place])
    return before in (["one", "in"], ["1", "in"]) or (bool(before) and before[-1] in NUMBERED)


def _is_both(sentence: list[Token], place: int) -> bool:
    """Whether this is “both” of two people, not “both … and …”."""
    return sentence[place].plain == "both" and "and" not in _plain(sentence[place : place + 7])


def _person_after(sentence: list[Token], place: int, lexicon: Lexicon, people: frozenset[str]) -> int:
    """Where the first person of `people` ends, with a few words between at most; 0 if there is none."""
    if _plain(sentence[place : place + 1]) == ["of"]:
        place += 2
    for here in range(place, min(place + MOST_BETWEEN + 1, len(sentence))):
        word = sentence[here].plain
        if word in people:
            return here + 1
        if word not in QUOTES and _ends_the_search(sentence[here], lexicon):
            return 0
    return 0


def _ends_the_search(token: Token, lexicon: Lexicon) -> bool:
    """Whether no person can follow that belongs to the words before: a sign, a little word, an English plural."""
    return not token.is_word or token.plain in lexicon.between or (lexicon is EN and _is_plural(token.plain))


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("'s", "ous", "ss", "us")) and len(word) > FEW


def _one_person(sentence: list[Token], lexicon: Lexicon) -> Iterator[Span]:
    for place, token in enumerate(sentence):
        if number_of(token, lexicon) == 1 and lexicon.singular and not _is_no_count(sentence, place):
            end = _person_after(sentence, place + 1, lexicon, lexicon.singular)
            if end and _stands_alone(sentence, end, lexicon) and _plain(sentence[place + 1 : place + 2]) != ["of"]:
                yield place, end


def _one_of_some(sentence: list[Token], lexicon: Lexicon) -> Iterator[Span]:
    plain = _plain(sentence)
    for place in range(len(plain) - 2):
        if tuple(plain[place : place + 2]) in lexicon.one_of:
            people = lexicon.people | {"them"} if lexicon is EN and plain[place + 2] == "them" else lexicon.people
            start = place + 3 if plain[place + 2] in DETERMINERS | lexicon.between else place + 2
            end = _person_after(sentence, start, lexicon, people)
            if end:
                yield place, end


def _pronouns(sentence: list[Token], lexicon: Lexicon) -> Iterator[Span]:
    """Yield the first pronoun for one person; “he or she” and “his or her” stand for anybody."""
    plain = _plain(sentence)
    for place, word in enumerate(plain):
        around = {*plain[max(0, place - 1) : place], *plain[place + 1 : place + 2]}
        if word in lexicon.pronouns and not around & {"or", "/"}:
            yield place, place + 1
            return


def _roles(sentence: list[Token], lexicon: Lexicon) -> Iterator[Span]:
    """Yield “a former who …”, “the expert”, “Vilvoorde’s head of service took part”."""
    happened = _happened(sentence, lexicon)
    for place, token in enumerate(sentence):
        owner = bool(lexicon.owner) and token.is_capitalised and token.plain.endswith(lexicon.owner)
        article, _apostrophe, noun = token.plain.rpartition("'")
        if noun in lexicon.definite_nouns or (article in ELIDED and _is_elided_role(noun, lexicon, happened=happened)):
            yield place, place + 1
        elif token.plain in lexicon.determiners or owner:
            is_definite = owner or token.plain in lexicon.definite
            end = _role_after(sentence, place + 1, lexicon, happened=happened, definite=is_definite)
            if end:
                yield place, end


def _is_elided_role(noun: str, lexicon: Lexicon, *, happened: bool) -> bool:
    return noun in lexicon.definite_roles or (happened and noun in lexicon.singular - lexicon.generic)


def _role_after(sentence: list[Token], place: int, lexicon: Lexicon, *, happened: bool, definite: bool) -> int:
    """Where the first person in the singular ends, if it points at somebody; else 0."""
    persons = lexicon.singular
    for here in range(place, min(place + MOST_BETWEEN + 1, len(sentence))):
        word = sentence[here].plain
        if word in persons and _stands_alone(sentence, here + 1, lexicon) and _is_role(sentence, here):
            if _points_at_somebody(sentence, here, lexicon, happened=happened, definite=definite):
                return here + 1
            if lexicon is EN or word not in lexicon.generic:
                return 0
            persons = lexicon.definite_roles  # “la persona titular”
        elif word not in persons and _ends_the_search(sentence[here], lexicon):
            return 0
    return 0


def _happened(sentence: list[Token], lexicon: Lexicon) -> bool:
    """Whether the sentence tells of something that happened, not of what a word means or what may be."""
    plain = _plain(sentence)
    if lexicon is EN:
        pairs = zip(["", *plain], plain, strict=False)
        return any(word in HAPPENED and before not in {"has", "have", "is", "are", "be"} for before, word in pairs)
    return any(word in lexicon.happened or (bool(lexicon.past) and word.endswith(lexicon.past)) for word in plain)


def _is_role(sentence: list[Token], place: int) -> bool:
    """“Head” is a person only in “head of …”."""
    return sentence[place].plain not in {"head", "chief"} or _plain(sentence[place + 1 : place + 2]) == ["of"]


def _points_at_somebody(sentence: list[Token], place: int, lexicon: Lexicon, *, happened: bool, definite: bool) -> bool:
    word = sentence[place].plain
    after = _plain(sentence[place + 1 : place + 2])
    if word in lexicon.generic:
        return bool(after) and after[0] in lexicon.named
    if definite and word in lexicon.definite_roles | lexicon.bodies:
        return word not in lexicon.bodies
    return happened or (bool(after) and after[0] in lexicon.relative)


def _stands_alone(sentence: list[Token], place: int, lexicon: Lexicon) -> bool:
    """Whether the noun before `place` is no part of another: “the offender programme”; English alone has such."""
    if lexicon is not EN or place >= len(sentence) or not sentence[place].is_word:
        return True
    word = sentence[place].plain
    return word in GO_ON | HAPPENED | RELATIVE or word.endswith(("ed", "ly"))


def _plain(sentence: list[Token]) -> list[str]:
    return [token.plain for token in sentence]

"""What in the texts could point at a person: the subject is sensitive, so each of these is looked at."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from pilots.content_checks.contact import contacts
from pilots.content_checks.days import exact_age, exact_day, places, sexes
from pilots.content_checks.finding import EntryText, Finding, KnownTerms, key_for, texts_of
from pilots.content_checks.lexicon import EN
from pilots.content_checks.lexicons import LEXICONS
from pilots.content_checks.names import names_of_persons
from pilots.content_checks.people import FEW, few_people, single_persons
from pilots.content_checks.tokenizer import Phrases, Token, sentences, tokens
from pilots.models.content import Content


def check_privacy(content: Content, known: KnownTerms) -> Iterator[Finding]:
    """Yield what could point at a person, one finding for each kind and sentence."""
    bodies = [part["texts"].values() for part in content["organisations_involved"].values()]
    own = Phrases.of(texts["name"] for languages in bodies for texts in languages if texts.get("name"))
    for text in texts_of(content):
        names_here = known.names if text.path[0] == "organisations_involved" else (*known.names, own)
        for sentence in sentences(text.words):
            for code, found in _in_sentence(text, sentence, known, names_here).items():
                if found:
                    yield _finding(code, text, sentence, list(dict.fromkeys(found)))
    yield from _figures(content)


def _in_sentence(text: EntryText, sentence: str, known: KnownTerms, named: tuple[Phrases, ...]) -> dict[str, list[str]]:
    """What stands in one sentence, by the check that finds it."""
    lexicon, words = LEXICONS.get(text.language, EN), tokens(sentence)
    there = list(places(words, lexicon, known))
    day, age, sex = exact_day(sentence), exact_age(sentence), list(sexes(words, lexicon))
    persons = [] if _is_heading(text, words) else names_of_persons(words, *named)
    return {
        "small_number": [_said(sentence, words, span) for span in few_people(words, lexicon)],
        "single_person": [_said(sentence, words, span) for span in sorted(single_persons(words, lexicon))],
        "day_and_place": [day, *there] if day and there else [],
        "age": [age, *there, *sex] if age and (there or sex) else [],
        "name": [_said(sentence, words, span) for span in persons],
        "contact": list(contacts(sentence)),
    }


def tells_of_persons(words: str, language: str) -> bool:
    """Whether a text counts fewer than five people or tells of one: it is not to be quoted out of its entry."""
    lexicon = LEXICONS.get(language, EN)
    spans = (finder(tokens(one), lexicon) for one in sentences(words) for finder in (few_people, single_persons))
    return any(True for found in spans for _span in found)


def _said(sentence: str, words: list[Token], span: tuple[int, int]) -> str:
    return sentence[words[span[0]].start : words[span[1] - 1].end]


def _is_heading(text: EntryText, words: list[Token]) -> bool:
    """Whether it is a title that has all long words with capitals: no name can be made out there."""
    long = [word.is_capitalised for word in words if word.is_word and len(word.text) >= 4]
    return text.path[-1] == "title" and len(long) > 3 and sum(long) > len(long) * 0.7


def _figures(content: Content) -> Iterator[Finding]:
    """Yield key figures that count fewer than five people."""
    for number, part in content["key_figures"].items():
        most = _whole(part["upper"] or part["value"])
        for language, texts in part["texts"].items() if 1 <= most <= FEW else ():
            said = f"{most} {texts.get('label', '')}"
            lexicon, words = LEXICONS.get(language, EN), tokens(said)
            spans = [*few_people(words[:8], lexicon), *(single_persons(words[:8], lexicon) if most == 1 else ())]
            if any(start == 0 for start, _end in spans):
                text = EntryText(("key_figures", number, "texts", language, "label"), language, said)
                yield _finding("small_number", text, said, [said[:120]])


def _whole(value: str) -> int:
    """A value as a whole number, 0 when it is none."""
    try:
        number = Decimal(value)
        return int(number) if number == number.to_integral_value() and number.is_finite() else 0
    except (InvalidOperation, ValueError):
        return 0


def _finding(code: str, text: EntryText, sentence: str, found: list[str]) -> Finding:
    words = " … ".join(found)
    return Finding(
        f"disclosure.{code}", "blocks", text.path, advice(code), words[:300], key_for(text.path, words, sentence)
    )


def advice(code: str) -> str:
    """What is to be done about a kind of finding."""
    return {
        "small_number": _("So few people can be recognised. Say “some”, or leave the number out."),
        "single_person": _("This tells of one person. Say what was done, not who it was."),
        "day_and_place": _("An exact day and a place point at one event. Write the month, or leave the place out."),
        "age": _("An age with a place or a sex can point at one person. Leave one of them out."),
        "name": _("This may be the name of a person. Take it out; a name of something else goes into the glossary."),
        "contact": _("This looks like a way to reach a person. Take it out."),
    }[code]

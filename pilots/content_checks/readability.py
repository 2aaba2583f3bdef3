"""How the texts read: sentences that are too long, abbreviations that nothing explains."""

import re
from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.content_checks.finding import EntryText, Finding, KnownTerms, key_for, texts_of
from pilots.content_checks.lexicon import word_list
from pilots.content_checks.tokenizer import sentences, tokens
from pilots.models.content import Content

LONGEST_SENTENCE = 30  # words
# The same sentence takes more of them in other languages, and an article is a word of its own.
IN_OTHERS = {"fr": 36, "es": 36, "nl": 36}
NUMERAL = re.compile(r"[IVX]+", re.ASCII)
# Such that no reader needs an explanation.
EVERYBODY_KNOWS = word_list("EU UN UK US USA TV PDF OK AM PM CET UTC")
EXPLAINED = re.compile(r"\(([^\W\d_]{2,12})\)")
EXPLAINS_ITSELF = re.compile(r"([^\W\d_]{2,12})\s?\((?:[^\s()]{1,40}\s){1,12}[^\s()]{1,40}\)")


def check_readability(content: Content, known: KnownTerms) -> Iterator[Finding]:
    """Yield sentences that are too long, and the first use of each abbreviation that is not explained."""
    by_language: dict[str, list[EntryText]] = defaultdict(list)
    for text in texts_of(content):
        by_language[text.language].append(text)
        yield from _long_sentences(text)
    for texts in by_language.values():
        yield from _abbreviations(texts, known)


def _long_sentences(text: EntryText) -> Iterator[Finding]:
    for sentence in sentences(text.words):
        count = sum(token.is_word for token in tokens(sentence))
        if count > IN_OTHERS.get(text.language, LONGEST_SENTENCE):
            message = ngettext(
                "A sentence of %(count)d word. Make two of it: about 15 words are easy to read.",
                "A sentence of %(count)d words. Make two of it: about 15 words are easy to read.",
                count,
            )
            key = key_for(text.path, sentence[:60], sentence)
            yield Finding("wording.long_sentence", "warns", text.path, message % {"count": count}, sentence[:200], key)


def _abbreviations(texts: list[EntryText], known: KnownTerms) -> Iterator[Finding]:
    seen = set(known.abbreviations | EVERYBODY_KNOWS)
    for text in texts:
        seen |= {match[1] for pattern in (EXPLAINED, EXPLAINS_ITSELF) for match in pattern.finditer(text.words)}
    for text in texts:
        for token in tokens(text.words):
            word = token.text.removesuffix("’s").removesuffix("'s").removesuffix("s")
            if is_abbreviation(word) and not seen & {word, token.text}:
                seen.add(word)
                message = _("Nothing explains “%(word)s”. Write it out at its first use, or add it to the glossary.")
                yield Finding(
                    "wording.abbreviation",
                    "warns",
                    text.path,
                    message % {"word": word[:60]},
                    word[:60],
                    key_for(text.path, word),
                )


def is_abbreviation(word: str) -> bool:
    """Whether it is a word of two or more capitals. Roman numerals are none."""
    return len(word) > 1 and word.isalpha() and word.isupper() and not NUMERAL.fullmatch(word)

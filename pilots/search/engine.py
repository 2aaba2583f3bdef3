"""Search: all words, each at the beginning of a word or by its stem; phrases, exclusions, other names for the same.

Where nothing holds all words, stop words are given up, and then as few others as possible.
"""

from collections.abc import Iterable
from dataclasses import replace

from pyroaring import BitMap

from pilots.index.per_version import VersionedCache
from pilots.models import GlossaryTerm
from pilots.models.translation import current_language
from pilots.search.conditions import SearchTerm, parts
from pilots.search.expression import AllOf, Expression, any_of
from pilots.search.other_languages import HeldTerm, in_other_languages
from pilots.search.page_languages import on_page
from pilots.search.query import SearchQuery, parse_query
from pilots.search.ranking import RelaxedSearch, SearchResult
from pilots.search.reindex import index_words
from pilots.search.relaxing import best_match
from pilots.search.spelling import spelling_key
from pilots.search.synonyms import Synonyms, synonyms
from pilots.search.tables import EVERY, LESSONS, PILOTS, TIERS, find_ids
from pilots.search.words import joined, search_tokens

# Who searches often goes on to filters and pages. With 100,000 pilots each result takes up to 50 KB.
RESULTS: VersionedCache[SearchResult] = VersionedCache(most=64)
AT_ONCE = 200  # changed pilots that a search indexes before it answers


def search(words: str) -> SearchResult:
    """The pilots that hold all of `words`. Three queries, two more after the content has changed, or to relax."""
    return _find(words, PILOTS)


def search_lessons(words: str) -> SearchResult:
    """The lessons that hold all of `words`, in their own text or in the names of their pilot."""
    return _find(words, LESSONS)


def find_all(table: str, searches: Iterable[SearchQuery], known: Synonyms) -> list[BitMap]:
    """What holds all words of each of these searches. One query for all of them, none for none."""
    conditions: list[Expression | None] = []
    for query in searches:
        conditions += [_all_of(parts(query.wanted, known)), _any_of(parts(query.unwanted, known))]
    found = _find_some(table, conditions) if conditions else []
    return [ids - excluded for ids, excluded in zip(found[::2], found[1::2], strict=True)]


def _find(words: str, table: str) -> SearchResult:
    """What holds all of `words`; nothing when there is no letter or digit in them."""
    query = parse_query(words)
    if not query.pieces:
        return SearchResult(query, BitMap())
    number, is_complete = index_words(AT_ONCE)
    if number is None or not is_complete:
        return _look_up(query, table, number, is_complete=is_complete)
    key = query, table, current_language()
    return RESULTS.get_or_make(number, key, lambda: _look_up(query, table, number, is_complete=True))


def _look_up(query: SearchQuery, table: str, number: int | None, *, is_complete: bool) -> SearchResult:
    """What the database finds now. One query; three more to read names, two where nothing has all words."""
    known = synonyms(number)
    wanted = parts(query.wanted, known)
    unwanted = _any_of(parts(query.unwanted, known))
    every = _all_of(wanted)
    typed = _all_of(part._replace(condition=part.narrow) for part in wanted) if _may_widen(wanted) else None
    ids, narrow, excluded = _find_some(table, [every, typed, unwanted])
    found = SearchResult(
        query,
        ids - excluded,
        _terms(query, known),
        is_complete,
        table,
        wanted,
        every,
        unwanted,
        known,
        is_widened=_may_widen(wanted) and ids != narrow,
    )
    return found if found.ids or not wanted else _with_other_languages(found, ids, excluded)


def _find_some(table: str, conditions: list[Expression | None]) -> list[BitMap]:
    """What meets each condition, nothing for None. One query."""
    there = iter(find_ids(table, [(one, len(TIERS)) for one in conditions if one]))
    return [next(there) if one else BitMap() for one in conditions]


def _all_of(wanted: Iterable[SearchTerm]) -> Expression:
    return AllOf(tuple(part.on_page for part in wanted) or (EVERY,))


def _any_of(unwanted: Iterable[SearchTerm]) -> Expression | None:
    """What excludes a document: only what was typed, so that none is hidden for a word it does not have."""
    conditions = [on_page(part.narrow, part.page) for part in unwanted]
    return any_of(conditions) if conditions else None


def _may_widen(wanted: Iterable[SearchTerm]) -> bool:
    return any(part.also for part in wanted)


def _with_other_languages(found: SearchResult, together: BitMap, excluded: BitMap) -> SearchResult:
    """What holds all words, those that no text of the page's language has in another language; else most of them.

    One query, two where some word is missing.
    """
    one_by_one = len(found.parts) > 1
    sets = _find_some(found.table, [part.on_page for part in found.parts]) if one_by_one else [together]
    held = in_other_languages(found.table, list(map(HeldTerm, found.parts, sets)))
    terms, every = tuple(one.term for one in held), [one.ids - excluded for one in held]
    ids = BitMap.intersection(*every)
    found = replace(found, ids=ids, parts=terms, wanted=_all_of(terms), is_widened=bool(ids) and _may_widen(terms))
    return found if ids or not one_by_one else _relaxed(found, every)


def _relaxed(found: SearchResult, every: list[BitMap]) -> SearchResult:
    """What holds all words but stop words, or else as many of the others as possible. No query."""
    content_words = [n for n, part in enumerate(found.parts) if not part.piece.is_stop_word] or list(range(len(every)))
    held = [every[n] for n in content_words]
    ids, groups = best_match(held)
    wanted = (
        any_of([_all_of(found.parts[content_words[n]] for n in group) for group in groups]) if groups else found.wanted
    )
    relaxed = RelaxedSearch(
        holds=len(groups[0]) if groups else 0,
        of=len(content_words),
        stop_words=tuple(part.piece for n, part in enumerate(found.parts) if n not in content_words),
        without={found.parts[n].piece: _all_but(n, content_words, every) for n in content_words},
        alone={found.parts[n].piece: every[n] for n in content_words},
        missing=tuple(part.piece for part, ids in zip(found.parts, every, strict=True) if not ids),
    )
    used = tuple(found.parts[n] for n in content_words)
    is_widened = bool(ids) and _may_widen(used)
    return replace(found, ids=ids, parts=used, wanted=wanted, relaxed=relaxed, is_widened=is_widened)


def _all_but(n: int, content_words: list[int], every: list[BitMap]) -> BitMap:
    others = [every[other] for other in content_words if other != n]
    return BitMap.intersection(*others) if others else BitMap()


def _terms(query: SearchQuery, known: Synonyms) -> tuple[GlossaryTerm, ...]:
    """The glossary terms of which all wanted words begin a word of term, meaning or own wording."""
    wanted = {spelling_key(one.word) for piece in query.wanted for one in piece.unelided}
    if not wanted:
        return ()
    return tuple(term for term in known.terms if _begins_all(wanted, _explanation(term, known.language)))


def _begins_all(wanted: set[str], words: set[str]) -> bool:
    return all(any(word.startswith(start) for word in words) for start in wanted)


def _explanation(term: GlossaryTerm, language: str) -> set[str]:
    """The words of its names, in all languages, and of its meaning as the page shows it."""
    texts = [
        term.original,
        *(row.shown("term") for row in term.translations.all()),
        term.text_in("meaning", language)[0],
    ]
    words = (word for text in texts for token in search_tokens(text) for word in (*token.words, joined(token.words)))
    return set(map(spelling_key, words))

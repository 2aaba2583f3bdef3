"""What the portal answers to words that ask for something a source may state: of how many pilots it is stated."""

from dataclasses import dataclass

from pilots.browse.selection import Selection
from pilots.browse.wording import PilotWording
from pilots.index.pilots import Index
from pilots.index.stated import CONTACT, STATED, stated_names
from pilots.search.item_words import items_named
from pilots.search.ranking import SearchResult


@dataclass(frozen=True)
class StatedAnswer:
    """One answer, with the query string of the list of pilots that it counts, "" where it counts none."""

    sentence: str
    query: str


def answers_to(found: SearchResult, public: Index, words: PilotWording, keep: tuple[str, ...]) -> list[StatedAnswer]:
    """The answers to the words of a search, of all public pilots, whatever else is chosen. No query."""
    names, total = stated_names(), len(public.public)
    answers = []
    for item in items_named(found) if total else ():
        count = len(public.having(STATED, [item]))
        how_many = words.how_many_can_be_reached if item == CONTACT else words.how_many_state
        query = Selection(chosen={STATED: [item]}, keep=keep).carried() if count else ""
        answers.append(StatedAnswer(how_many(names[item], count, total), query))
    return answers

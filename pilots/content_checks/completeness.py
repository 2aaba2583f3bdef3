"""How complete an entry is, as one figure."""

from pilots.models.content import MANY, ONE, Content

TEXTS = ("title", "summary", "background", "objectives", "what_was_done", "results", "prospects")


def completeness(content: Content) -> int:
    """Return how much of what an entry can say is filled in, in per cent of the fields (0 to 100).

    Each English text, each facet, the authority, the source and the lessons count the same. It says
    how full the entry is, not how good: a source may not say more.
    """
    english = content["texts"].get("en", {})
    filled = [*(english.get(name) for name in TEXTS), *(content[name] for name in (*ONE, *MANY)), content["lessons"]]
    return round(100 * sum(bool(value) for value in filled) / len(filled))

"""Contents for the checks: plain dictionaries, complete unless a test takes something out."""

from typing import Any

from pilots.content_checks.finding import KnownTerms
from pilots.content_checks.tokenizer import Phrases

KNOWN = KnownTerms(
    names=(Phrases.of(["Violence Prevention Network", "Municipality of Ghent", "Fryshuset / Exit Sweden"]),),
    places=Phrases.of(["Ghent", "The Hague"]),
    abbreviations=frozenset({"MAR", "NGO", "SE"}),
)


def part(language: str = "en", **values: Any) -> dict[str, Any]:
    """A part of a pilot; what is no field of its own is a text."""
    own = {name: values.pop(name, "") for name in ("passage", "value", "upper", "kind", "qualifier", "partner")}
    return own | {"texts": {language: values}}


def entry(language: str = "en", *, lessons: Any = None, figures: Any = None, bodies: Any = None, **texts: str) -> Any:
    """The content of an entry that says these texts and lacks nothing that is needed."""
    written = {"en": {"title": "A pilot", "summary": "Staff met."}}
    written[language] = {**written["en"], **texts} if language == "en" else texts
    return {
        "slug": "a-pilot",
        "authority": "ghent",
        "source": "report",
        **{name: ["one"] for name in ("partners", "activity_types", "audiences", "target_groups", "stages")},
        "texts": written,
        "lessons": lessons or {},
        "key_figures": figures or {},
        "organisations_involved": bodies or {},
        "passages": {},
    }

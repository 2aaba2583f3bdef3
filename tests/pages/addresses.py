"""Every public address, for tests of what holds at all of them; a new address fails until it is here."""

from collections.abc import Iterator

from django.urls import URLResolver, get_resolver, reverse

# name of the address: the model whose slug it takes, or None
PAGES = {
    "front": None,
    "pilots": None,
    "pilot": "pilot",
    "pilot-versions": "pilot",
    "pilot-questions": "pilot",
    "shortlist": None,
    "compare": None,
    "lessons": None,
    "map": None,
    "matrix": None,
    "partners": None,
    "partner": "partner",
    "authorities": None,
    "authority": "authority",
    "source": "source",
    "activity": "activity",
    "audience": "audience",
    "target-group": "target-group",
    "stage": "stage",
    "country": "country",
    "glossary": None,
    "about": None,
    "privacy": None,
    "accessibility": None,
    "api": None,
    "pilot-cite": "pilot",
    "cite": None,
    "shortlist-cite": None,
    "data": None,
}
# What programs ask for, in the same way.
API = {
    "api-root": None,
    "api-openapi": None,
    "api-pilots": None,
    "api-pilot": "pilot",
    "api-lessons": None,
    "api-partners": None,
    "api-partner": "partner",
    "api-authorities": None,
    "api-authority": "authority",
    "api-vocabularies": None,
    "api-vocabulary": "vocabulary",
    "api-glossary": None,
    "api-term": "term",
    "api-sources": None,
    "api-source": "source",
}
# Files for reference managers.
CITATION_FILES = {
    "pilot-ris": "pilot",
    "pilot-bib": "pilot",
    "pilot-csl-json": "pilot",
    "pilots-ris": None,
    "pilots-bib": None,
    "pilots-csl-json": None,
    "shortlist-ris": None,
    "shortlist-bib": None,
    "shortlist-csl-json": None,
}
# What is cited, in its states.
CITATIONS = (
    "/cite/?country=FR&style=iso690",
    "/cite/?country=XX",
    "/shortlist/cite/?keep=rotterdam&keep=vilvoorde&style=chicago",
)
# Answer 404 but to developers, and to Prometheus.
DEBUG_ONLY = ("styleguide", "metrics")
# A draft for whoever has the link: no page of the site leads there, and what it shows is no secret from its reader.
# To all others each such address answers that there is nothing, which is what the tests of all addresses see.
BY_LINK = ("shared-draft",)
MACHINES = ("livez", "readyz", "robots", "sitemap", "security-txt", "favicon", "touch-icon", "suggest")
MACHINES += ("manifest", "card")
# The same as on pages, to take away.
FILES = ("pilots-csv", "pilots-xlsx", "lessons-csv", "lessons-xlsx", "shortlist-csv", "shortlist-xlsx")
FILES += (
    "lessons-atom",
    "lessons-feed",
    "pilots-atom",
    "pilots-feed",
    "map-geojson",
    "partners-csv",
    "partners-graphml",
    "matrix-csv",
)
FILES += ("map-svg", "partners-svg")
ENTRY_FILES = dict.fromkeys(("pilot-csv", "pilot-xlsx", "pilot-pdf", "pilot-docx", "pilot-card"), "pilot")
# Everything, and what describes it; nothing there can be narrowed.
DATA_FILES = ("data-zip", "data-turtle", "data-json-ld", "data-vocabularies-turtle", "data-vocabularies-json-ld")
MACHINES += FILES + DATA_FILES
# Files of what is named one by one, each with what it needs.
NAMED_FILES = dict.fromkeys(("compare-csv", "compare-pdf", "compare-docx"), "?pilot=rotterdam&pilot=vilvoorde")
NAMED_FILES |= dict.fromkeys(("shortlist-pdf", "shortlist-docx"), "?keep=rotterdam&keep=vilvoorde")
# What machines ask for in parts, and their names.
PARTS = {
    "sitemap-part": (
        *("pilots", "partners", "authorities", "sources"),
        *("activities", "audiences", "target-groups", "stages", "countries"),
    )
}

ARGUMENTS = {
    "pilot": "avignon",
    "partner": "fryshuset-exit-sweden",
    "authority": "the-hague",
    "source": "prepare-nine-local-activities",
    "activity": "training",
    "audience": "police",
    "target-group": "young-offenders",
    "stage": "prison",
    "country": "NL",
    "vocabulary": "activity",
    "term": "pjj",
}
# The API in its states.
APIS = (
    "pilots/?country=FR&partner=efus&q=training&lang=fr",
    "pilots/?updated_after=2026-01-01&sort=newest&per_page=24",
    "pilots/?colour=red",
    "lessons/?kind=method&page=1&per_page=12",
    "partners/?country=FR",
)
# The list in its states.
LISTS = (
    "?country=FR&partner=efus&q=training",
    "?country=FR&partner=denkzeit",
    "?country=XX&colour=red&sort=evil",
    "?q=PJJ",
    "?sort=newest&per_page=24",
)
# The library of lessons in its states.
LIBRARIES = (
    "?kind=method&kind=insight&target=young-offenders&keep=avignon",
    "?kind=hard&country=FR",
    "?kind=XX",
    "?q=PJJ",
    "?sort=newest&per_page=12&page=2",
)
# The map in its states.
MAPS = ("?country=FR&keep=avignon", "?country=FR&partner=denkzeit", "?q=PJJ&country=XX")
# The network in its states.
NETWORKS = ("?partner=efus&keep=avignon", "?country=FR&partner=denkzeit", "?q=PJJ&country=XX")
# The shortlist and the comparison in their states.
SHORTLISTS = (
    "?keep=rotterdam&keep=vilvoorde",
    "?keep=avignon&keep=malaga&keep=sarcelles&keep=the-hague&keep=rotterdam",
)
COMPARISONS = (
    "?pilot=rotterdam",
    "?pilot=rotterdam&pilot=vilvoorde&keep=avignon",
    "?pilot=avignon&pilot=catalonia&pilot=malaga&pilot=sarcelles&show=differences",
    "?pilot=nobody&country=FR",
)
# The matrix in its states.
MATRICES = (
    "?rows=stage&columns=country&target=extremist-offenders-and-violent-extremists&keep=avignon",
    "?country=FR&partner=denkzeit",
    "?rows=colour&columns=activity&q=PJJ",
)


def declared() -> set[str]:
    """The names of all addresses that the site answers, the admin's aside."""
    return set(_names(get_resolver()))


def _names(resolver: URLResolver) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if not isinstance(pattern, URLResolver):
            yield pattern.name
        elif str(pattern.pattern) != "admin/":
            yield from _names(pattern)


def expected() -> set[str]:
    """The names of all addresses in this list."""
    return {*PAGES, *API, *CITATION_FILES, *MACHINES, *ENTRY_FILES, *NAMED_FILES, *PARTS, *DEBUG_ONLY, *BY_LINK}


def page_addresses() -> list[str]:
    """An address of every kind of page people read, with the nine pilots there."""
    plain = [reverse(name, args=[ARGUMENTS[kind]] if kind else []) for name, kind in PAGES.items()]
    lists = [reverse("pilots") + query for query in LISTS]
    maps = [reverse("map") + query for query in MAPS]
    maps += [reverse("partners") + query for query in NETWORKS]
    maps += [reverse("matrix") + query for query in MATRICES]
    lists += [reverse("shortlist") + query for query in SHORTLISTS]
    lists += [reverse("compare") + query for query in COMPARISONS]
    lists += CITATIONS
    return plain + lists + maps + [reverse("lessons") + query for query in LIBRARIES]


def api_addresses() -> list[str]:
    plain = [reverse(name, args=[ARGUMENTS[kind]] if kind else []) for name, kind in API.items()]
    return plain + [reverse("api-root") + state for state in APIS]


def citation_files() -> list[str]:
    plain = [reverse(name, args=[ARGUMENTS[kind]] if kind else []) for name, kind in CITATION_FILES.items()]
    return [*plain, "/pilots.ris?country=FR&sort=newest", "/shortlist.bib?keep=avignon", "/pilots.csl.json?colour=red"]


def machine_addresses() -> list[str]:
    whole = [reverse(name) for name in MACHINES] + api_addresses() + citation_files()
    whole += [reverse(name, args=[ARGUMENTS[kind]]) for name, kind in ENTRY_FILES.items()]
    whole += [reverse(name) + query for name, query in NAMED_FILES.items()]
    return whole + [reverse(name, args=[part]) for name, parts in PARTS.items() for part in parts]

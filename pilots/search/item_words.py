"""Words that ask for something a source may state, such as “price” for the cost, in the portal's languages.

A word counts in its forms, “costs” and “kostnaden” too. Editors widen the lists with sets of synonyms: what stands
in a set with one of these words asks for the same.
"""

from collections.abc import Iterator
from functools import cache

from pilots.index.stated import stated_names
from pilots.search.ranking import SearchResult
from pilots.search.words import SpelledWord, begin_alike, joined, spelled, stems, stems_of

# By item and language. Only words that ask for one item, and that mean nothing else in the other languages.
WORDS: dict[str, dict[str, str]] = {
    "mechanism": {
        "en": "mechanism rationale",
        "fr": "mécanisme",
        "es": "mecanismo",
        "nl": "mechanisme",
        "sv": "mekanism",
    },
    "materials": {
        "en": "materials handbook manual toolkit worksheets",
        "fr": "matériel manuel",
        "es": "materiales manual",
        "nl": "materialen handboek",
        "sv": "material handbok",
    },
    "steps": {"en": "steps procedure", "fr": "étapes", "es": "pasos", "nl": "stappen", "sv": "steg"},
    "staff": {
        "en": "staff staffing trainers facilitators qualifications",
        "fr": "personnel formateurs",
        "es": "formadores",
        "nl": "personeel medewerkers trainers",
        "sv": "medarbetare utbildare",
    },
    "delivery": {"en": "online remotely", "fr": "distanciel", "nl": "online", "sv": "distans"},
    "setting": {"en": "venue premises"},
    "duration": {
        "en": "duration hours length frequency",
        "fr": "durée heures fréquence",
        "es": "duración horas frecuencia",
        "nl": "duur uur uren frequentie",
        "sv": "varaktighet timme timmen timmar",
    },
    "reach": {
        "en": "reach participants attendance",
        "fr": "participants",
        "es": "participantes",
        "nl": "deelnemers",
        "sv": "deltagare",
    },
    "tailoring": {"en": "tailored tailoring bespoke", "nl": "maatwerk", "sv": "skräddarsydd"},
    "changes": {
        "en": "modifications",
        "fr": "modifications",
        "es": "modificaciones",
        "nl": "wijzigingen",
        "sv": "ändringar",
    },
    "fidelity": {"en": "fidelity", "fr": "fidélité", "es": "fidelidad", "sv": "programtrohet"},
    "cost": {
        "en": "cost price pricing budget funding funds money expenses expensive fee fees paid",
        "fr": "coût prix budget financement dépenses argent frais",
        "es": "coste costo cuesta precio presupuesto financiación dinero gastos",
        "nl": "kosten kost prijs prijzen begroting budget financiering geld",
        "sv": "kostnad kostnader kostar budget finansiering pengar",
    },
    "continuation": {
        "en": "continuation sustainability",
        "fr": "pérennité continuation",
        "es": "continuidad sostenibilidad",
        "nl": "voortzetting duurzaamheid",
        "sv": "fortsättning hållbarhet",
    },
    "core": {
        "en": "transferability replicability",
        "fr": "transférabilité",
        "es": "transferibilidad",
        "nl": "overdraagbaarheid",
        "sv": "överförbarhet",
    },
    "evaluation": {
        "en": "evaluation effectiveness",
        "fr": "évaluation évalué efficacité",
        "es": "evaluación evaluado eficacia",
        "nl": "evaluatie geëvalueerd effectiviteit",
        "sv": "utvärdering utvärderad utvärderat",
    },
    "contact": {
        "en": "contact email telephone phone",
        "fr": "contact courriel téléphone",
        "es": "contacto correo teléfono",
        "nl": "contact telefoon",
        "sv": "kontakt telefon",
    },
}


# What asks for an item on pages in its language only: “personal” is staff in Spanish and Swedish, “pris” a price in
# Swedish and “taken” in French.
OWN_WORDS: dict[str, dict[str, str]] = {
    "staff": {"es": "personal", "sv": "personal"},
    "cost": {"sv": "pris priser"},
}


def items_named(found: SearchResult) -> list[str]:
    """The items that the words of a search ask for, in the order of the profile. No query."""
    page = found.parts[0].piece.page if found.parts else "en"
    named = {item for part in found.parts for one in part.piece.unelided for item in _items_of(one, page)}
    compounds = (joined(part.piece.words) for part in found.parts if part.piece.is_compound)  # “e-mail”
    named |= {item for whole in compounds for item in _items_of(SpelledWord(whole, whole), page)}
    named |= {item for part in found.parts for name in part.also for item in _items_of_name(name, page)}
    return [item for item in stated_names() if item in named]


def _items_of_name(name: str, page: str) -> Iterator[str]:
    """Yield the items that another name of a word asks for, where it is a single word."""
    words = spelled(name)
    if len(words) == 1:
        yield from _items_of(words[0], page)


def _items_of(one: SpelledWord, page: str) -> Iterator[str]:
    known = _known(page)
    for form in (one.word, *sorted(stems_of(one.written))):
        for word, item in known.get(form, {}).items():
            if begin_alike(one.word, word):
                yield item


@cache
def _known(page: str) -> dict[str, dict[str, str]]:
    """The words with their items, by each word, as it is compared, and by its stem in its own language."""
    own = [(item, page, words[page]) for item, words in OWN_WORDS.items() if page in words]
    known: dict[str, dict[str, str]] = {}
    for item, language, words in [(item, *one) for item, some in WORDS.items() for one in some.items()] + own:
        for one in spelled(words.replace(" ", "-")):
            for form in {one.word, *stems(one, language)}:
                known.setdefault(form, {})[one.word] = item
    return known

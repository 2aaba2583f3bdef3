"""Made-up names and sentences, in the languages of entries. Nobody can take them for facts."""

from pilots.development.sample.dice import Dice

# No spaces to break it at.
LONG_WORD = "Samplewordthatisverylongandcannotbebrokenanywhere"
FILLER = "with a name that is a good deal longer than most names are"

WHO = (
    "A sample team",
    "The invented partner",
    "Some sample officers",
    "The staff of a sample office",
    "An imaginary working group",
    "A team of trainers that does not exist",
)
DID = (
    "met",
    "tried out a sample method",
    "wrote a checklist that nobody needs",
    "compared made-up notes",
    "held a session of two hours",
    "asked what a reader looks for here",
    "gave advice to beginners",
)
WITH_WHOM = (
    "with the sample probation service",
    "with a school that was made up",
    "with the {term}",
    "with imaginary families",
    "with former participants",
    "with nobody else",
)
WHEN = (
    "every second week",
    "in the first year",
    "before release",
    "after release",
    "twice",
    "as often as this sentence needs",
)

TITLES = {
    "fr": "Exemple de pilote {number} : échanges d’expériences inventés",
    "es": "Piloto de muestra {number}: intercambio de prácticas inventado",
    "nl": "Voorbeeldpilot {number}: verzonnen uitwisseling van ervaringen",
    "sv": "Exempelpilot {number}: påhittat utbyte av erfarenheter",
}
SENTENCES = {
    "fr": "Ce texte est un exemple inventé. Il montre à quoi ressemble une page dans une autre langue.",
    "es": "Este texto es un ejemplo inventado. Muestra cómo se ve una página en otro idioma.",
    "nl": "Deze tekst is een verzonnen voorbeeld. Hij laat zien hoe een pagina in een andere taal eruitziet.",
    "sv": "Den här texten är ett påhittat exempel. Den visar hur en sida ser ut på ett annat språk.",
}


def sentence(dice: Dice, terms: list[str]) -> str:
    """One sentence that says nothing, now and then with one of the abbreviations in `terms`."""
    with_whom = dice.one(WITH_WHOM).format(term=dice.one(terms))
    return f"{dice.one(WHO)} {dice.one(DID)} {with_whom} {dice.one(WHEN)}."


def prose(dice: Dice, terms: list[str], at_most: int) -> str:
    return " ".join(sentence(dice, terms) for _sentence in range(1 + dice.count(at_most - 1)))


def lengthened(name: str, length: int) -> str:
    """`name`, followed by one very long word and many others, exactly `length` characters long."""
    words = f"{name} {LONG_WORD}"
    while len(words) < length:
        words += f" {FILLER}"
    return words[:length].rstrip().ljust(length, "s")

"""What countries and what is theirs are called in the languages of the portal: Pays-Bas, Holland, French, svensk.

The names come from django-countries, in each language. No maintained package has the adjectives in all five
languages, so they stand here for the countries of Europe: the forms that stems do not bring together, with
other names in common use. Names of peoples and languages only; nothing here says anything of a pilot.
"""

from collections.abc import Iterator
from functools import cache

from django.conf import settings
from django.utils.translation import override
from django_countries import countries

# Country → language → words, separated by spaces; of several words are joined by a hyphen.
OTHERS = {
    "AL": {"en": "Albanian", "fr": "albanais", "es": "albanés albanesa", "nl": "Albanees", "sv": "albansk"},
    "AT": {"en": "Austrian", "fr": "autrichien", "es": "austriaco austríaco", "nl": "Oostenrijks", "sv": "österrikisk"},
    "BA": {"en": "Bosnian", "fr": "bosnien", "es": "bosnio", "nl": "Bosnisch", "sv": "bosnisk"},
    "BE": {
        "en": "Belgian Flemish",
        "fr": "belge flamand",
        "es": "belga flamenco",
        "nl": "Belgisch Belg Vlaams",
        "sv": "belgisk flamländsk",
    },
    "BG": {"en": "Bulgarian", "fr": "bulgare", "es": "búlgaro", "nl": "Bulgaars", "sv": "bulgarisk"},
    "CH": {"en": "Swiss", "fr": "suisse helvétique", "es": "suizo", "nl": "Zwitsers", "sv": "schweizisk"},
    "CY": {"en": "Cypriot", "fr": "chypriote", "es": "chipriota", "nl": "Cypriotisch", "sv": "cypriotisk"},
    "CZ": {
        "en": "Czech Czech-Republic",
        "fr": "tchèque République-tchèque",
        "es": "checo República-Checa",
        "nl": "Tsjechisch",
        "sv": "tjeckisk",
    },
    "DE": {"en": "German", "fr": "allemand", "es": "alemán alemana", "nl": "Duits", "sv": "tysk"},
    "DK": {"en": "Danish Dane", "fr": "danois", "es": "danés danesa", "nl": "Deens", "sv": "dansk"},
    "EE": {"en": "Estonian", "fr": "estonien", "es": "estonio", "nl": "Estisch Ests", "sv": "estnisk estländsk"},
    "ES": {"en": "Spanish Spaniard", "fr": "espagnol", "es": "español española", "nl": "Spaans", "sv": "spansk"},
    "FI": {"en": "Finnish Finn", "fr": "finlandais finnois", "es": "finlandés", "nl": "Fins", "sv": "finsk finländsk"},
    "FR": {"en": "French", "fr": "français française", "es": "francés francesa", "nl": "Frans", "sv": "fransk"},
    "GB": {
        "en": "British Britain Great-Britain UK",
        "fr": "britannique Grande-Bretagne",
        "es": "británico Gran-Bretaña",
        "nl": "Brits Groot-Brittannië",
        "sv": "brittisk Storbritannien",
    },
    "GR": {"en": "Greek", "fr": "grec grecque", "es": "griego", "nl": "Grieks", "sv": "grekisk"},
    "HR": {"en": "Croatian Croat", "fr": "croate", "es": "croata", "nl": "Kroatisch", "sv": "kroatisk"},
    "HU": {"en": "Hungarian", "fr": "hongrois", "es": "húngaro", "nl": "Hongaars", "sv": "ungersk"},
    "IE": {"en": "Irish", "fr": "irlandais", "es": "irlandés irlandesa", "nl": "Iers", "sv": "irländsk"},
    "IS": {"en": "Icelandic", "fr": "islandais", "es": "islandés islandesa", "nl": "IJslands", "sv": "isländsk"},
    "IT": {"en": "Italian", "fr": "italien", "es": "italiano", "nl": "Italiaans", "sv": "italiensk"},
    "LT": {"en": "Lithuanian", "fr": "lituanien", "es": "lituano", "nl": "Litouws", "sv": "litauisk"},
    "LU": {
        "en": "Luxembourgish",
        "fr": "luxembourgeois",
        "es": "luxemburgués luxemburguesa",
        "nl": "Luxemburgs",
        "sv": "luxemburgsk",
    },
    "LV": {"en": "Latvian", "fr": "letton", "es": "letón letona", "nl": "Lets", "sv": "lettisk"},
    "MK": {"en": "Macedonian", "fr": "macédonien", "es": "macedonio", "nl": "Macedonisch", "sv": "makedonsk"},
    "MT": {"en": "Maltese", "fr": "maltais", "es": "maltés maltesa", "nl": "Maltees", "sv": "maltesisk"},
    "NL": {
        "en": "Dutch Holland",
        "fr": "néerlandais hollandais Hollande",
        "es": "neerlandés neerlandesa holandés holandesa Holanda",
        "nl": "Nederlands Holland Hollands",
        "sv": "nederländsk holländsk Holland",
    },
    "NO": {"en": "Norwegian", "fr": "norvégien", "es": "noruego", "nl": "Noors", "sv": "norsk"},
    "PL": {"en": "Polish", "fr": "polonais", "es": "polaco", "nl": "Pools", "sv": "polsk"},
    "PT": {"en": "Portuguese", "fr": "portugais", "es": "portugués portuguesa", "nl": "Portugees", "sv": "portugisisk"},
    "RO": {"en": "Romanian", "fr": "roumain", "es": "rumano", "nl": "Roemeens", "sv": "rumänsk"},
    "RS": {"en": "Serbian Serb", "fr": "serbe", "es": "serbio", "nl": "Servisch", "sv": "serbisk"},
    "SE": {"en": "Swedish Swede", "fr": "suédois", "es": "sueco", "nl": "Zweeds Zweed", "sv": "svensk"},
    "SI": {"en": "Slovenian Slovene", "fr": "slovène", "es": "esloveno", "nl": "Sloveens", "sv": "slovensk"},
    "SK": {"en": "Slovak", "fr": "slovaque", "es": "eslovaco", "nl": "Slowaaks", "sv": "slovakisk"},
    "TR": {"en": "Turkish", "fr": "turc turque", "es": "turco", "nl": "Turks", "sv": "turkisk"},
    "UA": {"en": "Ukrainian", "fr": "ukrainien", "es": "ucraniano", "nl": "Oekraïens", "sv": "ukrainsk"},
}


@cache
def country_names(code: str) -> tuple[tuple[str, str], ...]:
    """What a country and what is its is called, each with the language. Read once: no editor changes it."""
    return tuple(dict.fromkeys([*_translated(code), *_others(code)]))


def _translated(code: str) -> Iterator[tuple[str, str]]:
    for language, _name in settings.LANGUAGES:
        with override(language):
            yield language, str(countries.name(code))


def _others(code: str) -> Iterator[tuple[str, str]]:
    for language, words in OTHERS.get(code, {}).items():
        yield from ((language, word) for word in words.split())

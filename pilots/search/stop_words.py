"""Words that hold a sentence together and say nothing of its subject, in the five languages, without accents.

Written for this portal: the lists of packages call "young", "case", "work" and "group" stop words, which here are
what people look for. Visitors type any language on any page, so the lists of all count everywhere, but for words
that mean something in the language of the page: "men" is a stop word on Swedish pages and no other.
"""

from functools import cache

# Never looked for, unless nothing else is asked for.
FUNCTION = {
    "en": "a an and as at by for from in into is of on or the to with",
    "fr": "au aux d dans de des du en et l la le les ou par pour s un une",
    "es": "con de del el en la las los para por que se un una y",
    "nl": "de een en het in met naar of op te van voor",
    "sv": "att av de den det en ett for i med och om som till",
}
# Highlighter for first, and given up when nothing has all words.
STOP = {
    "en": "about above after again against all also am among any are be because been before being below between both "
    "but can could did do does doing down during each either every few further get had has have having he her "
    "here hers him his how i if it its itself just like may me might more most much must my no nor not off once "
    "only other our ours out over own per she should since so some such than that their theirs them then there "
    "these they this those through too under until up upon us very was we were what when where which while who "
    "whom whose why will would you your yours",
    "fr": "a ai apres aussi autre autres avant avec bien c ce ceci cela ces cet cette chez comme comment contre depuis "
    "dont donc elle elles entre est etait ete etre eux fait il ils j je leur leurs lors lui m ma mais meme mes "
    "moins mon n ne ni nos notre nous on ont par parce pas pendant peu peut plus pourquoi qu quand que quel "
    "quelle quelles quels qui quoi sa sans selon ses si soit sont sous sur t ta tes toi tous tout toute toutes "
    "tres tu vers vos votre vous",
    "es": "a al algo ante antes asi cada como cual cuando desde despues donde durante el ella ellas ellos entre era "
    "es esa esas ese eso esos esta estaba estan estar estas este esto estos fue ha han hasta hay la le les lo mas "
    "me mi mis muy ni no nos nosotros nuestra nuestro o otra otras otro otros pero porque quien quienes sea segun "
    "ser si sido sin sobre son su sus tambien tan tanto todo todos tras tu tus unas unos ya yo",
    "nl": "aan al alle als altijd andere ben bij bijna binnen daar dan dat deze die dit doch doen door dus een er ge "
    "geen geweest haar had heb hebben heeft hem hen hier hij hoe hun iets ik is ja je kan kon kunnen maar me meer "
    "mij mijn moet na niet nog nu ook om omdat onder ons onze over reeds sinds tegen toch toen tot tussen uit uw "
    "veel vanaf via waar wanneer waren wat we wel werd wie wij wil wordt worden ze zelf zich zij zijn zo zonder "
    "zou",
    "sv": "alla allt an andra annan annat aven bara blev bli blir da dar de dem denna deras dess dessa detta dig din "
    "dina ditt du efter eller er era ett fran fore ha hade han har henne hennes hon honom hur icke ingen inom "
    "inte ja jag kan kunde man mellan mer mig min mina mitt mot mycket na nagon nagot nagra nar ni nu nya och oss "
    "pa redan sa sedan sig sin sina sitt ska skall skulle sjalv under upp ur ut utan vad var vara varfor varit "
    "vart vem vi vid vilka vilken vilket vill at ar over",
}
# Words of a language that are in the lists of another.
CONTENT = {
    "en": "car die men mot sin son",
    "fr": "but mot or",
    "es": "once",
    "nl": "man",
    "sv": "by hem son",
}


def _words(lists: dict[str, str]) -> frozenset[str]:
    return frozenset(word for words in lists.values() for word in words.split())


ALL_FUNCTION_WORDS = _words(FUNCTION)


@cache
def function_words(language: str) -> frozenset[str]:
    """What is never looked for on pages in this language, unless nothing else is asked for."""
    return ALL_FUNCTION_WORDS - _content(language, FUNCTION)


@cache
def stop_words(language: str) -> frozenset[str]:
    """What pages in this language give up first, function words among them."""
    return (_words(STOP) | ALL_FUNCTION_WORDS) - _content(language, FUNCTION, STOP)


def _content(language: str, *lists: dict[str, str]) -> frozenset[str]:
    own = {word for words in lists for word in words.get(language, "").split()}
    return frozenset(CONTENT.get(language, "").split()) - own

"""Words that the privacy check looks for: what a language has to say, English, and words of names in all languages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Lexicon:
    """The words of one language, in small letters."""

    numbers: dict[str, int]  # 2 to 4, as words
    people: frozenset[str]  # persons, in the plural
    between: frozenset[str]  # words that end the search for a person behind a number
    one_of: tuple[tuple[str, ...], ...]  # how “one of” is said
    places: frozenset[str]  # words before the name of a place
    sexes: frozenset[str]
    one: frozenset[str] = frozenset()  # 1, where it is not an article too
    singular: frozenset[str] = frozenset()  # persons, in the singular
    pronouns: frozenset[str] = frozenset()  # that stand for one person, never for a thing
    determiners: frozenset[str] = frozenset()  # before a person in the singular
    definite: frozenset[str] = frozenset()  # those of them that point at a certain one
    generic: frozenset[str] = frozenset()  # persons that are anybody, unless they are named
    definite_roles: frozenset[str] = frozenset()  # that one place has one of
    relative: frozenset[str] = frozenset()  # words behind a person that say more of this one
    named: frozenset[str] = frozenset()  # words behind anybody that make it somebody
    happened: frozenset[str] = frozenset()  # words of sentences about what happened
    past: tuple[str, ...] = ()  # endings of such words
    owner: str = ""  # the ending of a capitalised name that owns what follows
    bodies: frozenset[str] = frozenset()  # what is one person only behind “a”: “un policía”, not “la policía”
    definite_nouns: frozenset[str] = frozenset()  # persons with the article as their ending


def word_list(text: str) -> frozenset[str]:
    return frozenset(text.split())


# English singulars; the plural is given where it is not the singular with s.
_IRREGULAR = {"person": "people", "man": "men", "woman": "women", "child": "children", "family": "families"}
_IRREGULAR |= {"policeman": "policemen", "policewoman": "policewomen", "deputy": "deputies", "judge": "judges"}
_ENGLISH = word_list(
    "person individual man woman boy girl child family policeman policewoman deputy judge offender re-offender"
    " prisoner inmate detainee convict suspect defendant probationer parolee ex-offender ex-prisoner returnee"
    " former extremist jihadist terrorist fighter combatant ex-combatant sympathiser militant radical recruit"
    " minor youngster teenager adolescent adult pupil student participant client beneficiary victim survivor"
    " refugee migrant asylum-seeker officer worker caseworker expert specialist representative mentor mentee"
    " practitioner professional trainer trainee teacher educator imam chaplain priest psychologist psychiatrist"
    " doctor nurse therapist counsellor colleague member volunteer mayor director manager coordinator governor"
    " father mother parent son daughter brother sister sibling wife husband partner-of widow uncle aunt cousin"
    " friend neighbour resident inhabitant citizen speaker facilitator researcher journalist lawyer prosecutor"
    " guard warden head chief leader employee guest applicant graduate"
)
GENERIC = word_list("person individual participant client citizen resident member child adult friend partner-of")
DEFINITE_ROLES = word_list(
    "expert returnee mayor imam judge psychologist chaplain psychiatrist father mother wife husband"
)
DETERMINERS = word_list("a an the its their his her this that another our")
DEFINITE = word_list("the its their this that our")
RELATIVE = word_list("who whose whom from named called aged")
HAPPENED = word_list(
    "was were had took came told said became joined spoke gave left met went brought visited attended presented"
    " explained described received returned arrested convicted sentenced released travelled moved began started"
    " shared showed wrote led did been committed agreed refused fled fought died"
)
GO_ON = word_list(
    "who whose whom that which and or but of in on at by for from with to as is are be has have will would can could"
    " may might must does do then also together there here now later afterwards before after during until since"
    " when while where because if not never already still only soon again both each all some any the a an its their"
)

EN = Lexicon(
    numbers={"two": 2, "three": 3, "four": 4},
    one=word_list("one"),
    singular=_ENGLISH,
    people=frozenset(_IRREGULAR.get(word, f"{word}s") for word in _ENGLISH) | word_list("persons youths staff heads"),
    between=GO_ON | HAPPENED | word_list("million thousand hundred dozen billion times"),
    one_of=(("one", "of"),),
    places=word_list("in at near around outside"),
    sexes=word_list("man woman men women boy girl male female father mother son daughter brother sister he she"),
    pronouns=word_list("he she him his her hers himself herself"),
    determiners=DETERMINERS,
    definite=DEFINITE,
    generic=GENERIC,
    definite_roles=DEFINITE_ROLES,
    relative=RELATIVE,
    named=word_list("from named called aged"),
    happened=HAPPENED,
    owner="'s",
)
MONTHS = word_list(
    "january february march april may june july august september october november december"
    " janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    " enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    " januari februari maart mei juni juli augustus oktober augusti maj"
)
WEEKDAYS = word_list("monday tuesday wednesday thursday friday saturday sunday ramadan christmas easter")
PEOPLES = word_list(
    "european belgian flemish walloon french german dutch spanish catalan swedish danish norwegian finnish british"
    " english scottish welsh irish northern southern eastern western north south east west central italian greek"
    " portuguese austrian swiss polish czech hungarian romanian bulgarian turkish syrian iraqi moroccan algerian"
    " tunisian afghan russian ukrainian american canadian african asian arab arabic kurdish muslim christian jewish"
    " islamic unionist unionists loyalist loyalists new old"
    " europese belgische vlaamse waalse franse duitse nederlandse spaanse catalaanse zweedse deense noorse britse"
)
# A run of capitalised words with one of these is the name of a thing.
THINGS = word_list(
    "service services department ministry council network forum plan strategy programme program project centre center"
    " unit office agency authority police prison court university institute school association foundation"
    " organisation organization federation union commission committee board party church mosque street square road"
    " avenue hospital city town region county province government parliament act law code convention charter"
    " directive regulation article report handbook guide house group team academy college league front army state"
    " kingdom republic international national municipal regional local management training prevention radicalisation"
    " violent extremism exit point pool table observatory directorate initiative platform partnership day week fund"
    " ministère conseil mairie ville maison plan projet université fondation fédération centro ministerio gobierno"
    " ayuntamiento ayuntamientos departamento universidad fundación asociación département departement mairies services"
    " gemeente ministerie stichting dienst raad stad vereniging justitiedepartement stadsstyre servicio"
    " kommun myndighet kriminalvården stiftelse förening stad polisen model scheme method tool system"
)
TITLES = word_list(
    "mr mrs ms miss dr prof professor sir imam judge sheikh minister mayor officer director mme monsieur madame"
    " sr sra señor señora dhr mevr mevrouw meneer herr fru"
)
PARTICLES = word_list("van von der den de del della di da du la le el al bin ibn ben abu af")
# They begin names of places, and no name of a person with a first name.
ARTICLES = word_list("the la le les el los las den het")
# Words that begin a sentence and are no part of a name.
OPENERS = (
    GO_ON
    | DETERMINERS
    | word_list(
        "first second third finally however under about between through against without within like such so these those"
        " he she it they we i you one two three four five six seven eight nine ten no yes there today yesterday"
        " le la les un une des en dans à au aux avec pour par depuis après avant selon el los las una con por"
        " desde según het een van op voor met na sinds volgens den det ett på för med efter sedan enligt"
        " young local staff participants offenders officers workers municipal frontline other another many most several"
    )
)

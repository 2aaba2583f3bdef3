"""Words that the privacy check looks for, by language. English is the fullest; the others have what is cheap."""

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
)
FR = Lexicon(
    numbers={"deux": 2, "trois": 3, "quatre": 4},
    people=word_list(
        "personnes individus hommes femmes garçons filles enfants familles détenus détenues prisonniers délinquants"
        " condamnés jeunes mineurs adolescents élèves participants participantes bénéficiaires victimes réfugiés"
        " agents policiers experts expertes représentants formateurs éducateurs psychologues imams collègues"
        " professionnels surveillants conseillers combattants radicalisés repentis proches parents frères sœurs"
    ),
    between=word_list("de du des d la le les l en à au aux pour par avec et ou qui que dans sur sont ont était"),
    one_of=tuple((one, de) for one in ("l'un", "l'une", "un", "une") for de in ("de", "des")),
    places=word_list("à au aux près"),
    sexes=word_list("homme femme garçon fille père mère fils frère sœur"),
)
ES = Lexicon(
    numbers={"dos": 2, "tres": 3, "cuatro": 4},
    people=word_list(
        "personas individuos hombres mujeres chicos chicas niños niñas familias presos presas internos reclusos"
        " delincuentes condenados jóvenes menores adolescentes alumnos participantes beneficiarios víctimas"
        " agentes policías expertos expertas representantes formadores educadores psicólogos imanes colegas"
        " profesionales combatientes radicalizados retornados padres hermanos hermanas"
    ),
    between=word_list("de del la el los las en a al para por con y o que como son han fue fueron sobre"),
    one_of=tuple((one, de) for one in ("uno", "una") for de in ("de", "del")),
    places=word_list("en cerca"),
    sexes=word_list("hombre mujer chico chica niño niña padre madre hijo hija hermano hermana"),
)
NL = Lexicon(
    numbers={"twee": 2, "drie": 3, "vier": 4},
    people=word_list(
        "personen mensen mannen vrouwen jongens meisjes kinderen gezinnen gevangenen gedetineerden daders"
        " veroordeelden jongeren minderjarigen leerlingen deelnemers slachtoffers vluchtelingen agenten"
        " politieagenten medewerkers experts deskundigen vertegenwoordigers trainers begeleiders psychologen"
        " imams collega's professionals terugkeerders strijders ex-gedetineerden formers ouders broers zussen"
    ),
    between=word_list("van de het een in op te voor met en of die dat door aan bij is zijn was waren heeft hebben"),
    one_of=tuple((one, "van") for one in ("een", "één")),
    places=word_list("in te nabij"),
    sexes=word_list("man vrouw jongen meisje vader moeder zoon dochter broer zus"),
)
SV = Lexicon(
    numbers={"två": 2, "tre": 3, "fyra": 4},
    people=word_list(
        "personer människor män kvinnor pojkar flickor barn familjer fångar interner intagna gärningsmän dömda"
        " ungdomar unga minderåriga elever deltagare offer flyktingar poliser medarbetare experter representanter"
        " utbildare handledare psykologer imamer kollegor anställda avhoppare återvändare extremister föräldrar"
        " bröder systrar klienter"
    ),
    between=word_list("av i på för med och eller som till från är var har hade om vid den det de en ett"),
    one_of=tuple((one, "av") for one in ("en", "ett")),
    places=word_list("i på vid nära"),
    sexes=word_list("man kvinna pojke flicka far mor pappa mamma son dotter bror syster"),
    pronouns=word_list("han hon honom henne hans hennes"),
)
LEXICONS = {"en": EN, "fr": FR, "es": ES, "nl": NL, "sv": SV}

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
    " ayuntamiento universidad fundación asociación gemeente ministerie stichting dienst raad stad vereniging"
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

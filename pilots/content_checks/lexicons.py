"""The words that the privacy check looks for in translations, and the words of every language."""

from pilots.content_checks.lexicon import EN, Lexicon, word_list

# French: the plural is given where it is not the singular with s.
_FRENCH = word_list(
    "détenu détenue prisonnier prisonnière délinquant délinquante récidiviste condamné condamnée prévenu prévenue"
    " suspect suspecte auteur revenant revenante repenti repentie radicalisé radicalisée extrémiste djihadiste"
    " terroriste combattant combattante sympathisant sympathisante militant militante jeune mineur mineure adolescent"
    " adolescente élève étudiant étudiante participant participante bénéficiaire usager victime réfugié réfugiée"
    " agent agente policier policière gendarme expert experte spécialiste représentant représentante formateur"
    " formatrice éducateur éducatrice psychologue psychiatre imam aumônier prêtre médecin infirmier infirmière"
    " surveillant surveillante conseiller conseillère enseignant enseignante professeur professeure travailleur"
    " travailleuse professionnel professionnelle collègue directeur directrice responsable chef cheffe maire adjoint"
    " adjointe juge procureur procureure avocat avocate coordinateur coordinatrice chercheur chercheuse journaliste"
    " proche parent père mère frère sœur fils fille mari épouse personne individu homme femme garçon enfant famille"
    " citoyen citoyenne habitant habitante membre adulte ami amie client cliente volontaire bénévole intervenant"
    " intervenante animateur animatrice médiateur médiatrice tuteur tutrice référent référente"
)
_FRENCH_GENERIC = word_list(
    "personne individu participant participante client cliente citoyen citoyenne habitant habitante membre enfant"
    " adulte ami amie jeune parent proche usager bénéficiaire famille"
)
FR = Lexicon(
    numbers={"deux": 2, "trois": 3, "quatre": 4},
    one=word_list("1"),
    singular=_FRENCH,
    people=frozenset(word if word.endswith("s") else f"{word}s" for word in _FRENCH)
    | word_list("jeunes professionnels ex-détenus ex-prisonniers"),
    between=word_list("de du des d la le les l en à au aux pour par avec et ou qui que dans sur sont ont était"),
    one_of=tuple((one, de) for one in ("l'un", "l'une", "un", "une") for de in ("de", "des")),
    places=word_list("à au aux près"),
    sexes=word_list("homme femme garçon fille père mère fils frère sœur"),
    determiners=word_list("un une le la du au d'un d'une qu'un qu'une son sa leur ce cet cette notre"),
    definite=word_list("le la du au son sa leur ce cet cette"),
    generic=_FRENCH_GENERIC,
    definite_roles=word_list("expert experte maire imam juge psychologue aumônier psychiatre père mère mari épouse"),
    relative=word_list("qui dont venu venue nommé nommée appelé appelée âgé âgée"),
    named=word_list("venu venue nommé nommée appelé appelée âgé âgée"),
    happened=word_list("a ont était étaient avait avaient fut furent vint alla"),
    past=("èrent", "aient", "urent", "irent"),
)

# Spanish: plurals are given in full.
_SPANISH_GENERIC = word_list(
    "persona individuo participante cliente ciudadano ciudadana habitante vecino vecina miembro niño niña adulto"
    " amigo amiga joven familia usuario usuaria beneficiario beneficiaria"
)
_SPANISH = _SPANISH_GENERIC | word_list(
    "hombre mujer chico chica preso presa interno interna recluso reclusa delincuente infractor infractora"
    " exinfractor exrecluso expreso condenado condenada detenido detenida sospechoso retornado retornada exradical"
    " extremista yihadista terrorista combatiente excombatiente radicalizado radicalizada simpatizante militante"
    " menor adolescente alumno alumna víctima refugiado refugiada agente policía experto experta especialista"
    " representante formador formadora educador educadora psicólogo psicóloga psiquiatra imán capellán sacerdote"
    " médico enfermero enfermera funcionario funcionaria trabajador trabajadora profesional colega director directora"
    " responsable jefe jefa titular alcalde alcaldesa juez jueza fiscal abogado abogada coordinador coordinadora"
    " investigador investigadora periodista padre madre hermano hermana hijo hija marido esposa voluntario voluntaria"
    " mediador mediadora tutor tutora docente profesor profesora"
)
ES = Lexicon(
    numbers={"dos": 2, "ambos": 2, "ambas": 2, "tres": 3, "cuatro": 4},
    one=word_list("1"),
    singular=_SPANISH,
    people=frozenset(
        f"{word}s" if word[-1] in "aeoáéó" else f"{word[:-1]}ces" if word[-1] == "z" else f"{word}es"
        for word in _SPANISH
    )
    | word_list("jóvenes imanes capellanes ex-reclusos"),
    between=word_list("de del la el los las en a al para por con y o que como son han fue fueron sobre"),
    one_of=tuple((one, de) for one in ("uno", "una") for de in ("de", "del")),
    places=word_list("en cerca"),
    sexes=word_list("hombre mujer chico chica niño niña padre madre hijo hija hermano hermana"),
    determiners=word_list("un una el la al del su este esta ese esa nuestro nuestra otro otra"),
    definite=word_list("el la al del su este esta ese esa"),
    generic=_SPANISH_GENERIC,
    bodies=word_list("policía"),
    definite_roles=word_list(
        "experto experta alcalde alcaldesa imán juez jueza psicólogo psicóloga padre madre titular"
    ),
    relative=word_list("que quien cuyo cuya llamado llamada procedente"),
    named=word_list("llamado llamada procedente"),
    happened=word_list("fue fueron era eran estaba estaban había habían ha han dio dieron vino hizo tuvo"),
    past=("ó", "aron", "ieron", "eron", "aban", "ían"),
)

# Dutch: plurals are given in full.
_DUTCH_GENERIC = word_list(
    "persoon individu mens deelnemer deelneemster cliënt burger inwoner bewoner lid kind volwassene vriend vriendin"
    " jongere gezin gebruiker"
)
NL = Lexicon(
    numbers={"twee": 2, "beide": 2, "drie": 3, "vier": 4},
    one=word_list("één 1"),
    singular=_DUTCH_GENERIC
    | word_list(
        "man vrouw jongen meisje gevangene gedetineerde dader delinquent ex-delinquent ex-gedetineerde veroordeelde"
        " verdachte terugkeerder former extremist jihadist terrorist strijder oud-strijder sympathisant minderjarige"
        " tiener leerling student slachtoffer vluchteling agent politieagent politieagente medewerker medewerkster"
        " expert deskundige specialist vertegenwoordiger vertegenwoordigster trainer begeleider begeleidster"
        " psycholoog psychiater imam aalmoezenier priester arts verpleegkundige bewaker cipier collega professional"
        " directeur manager hoofd diensthoofd leidinggevende burgemeester schepen wethouder rechter aanklager"
        " advocaat coördinator onderzoeker journalist ouder vader moeder broer zus zoon dochter echtgenoot echtgenote"
        " vrijwilliger bemiddelaar mentor leraar lerares"
    ),
    people=word_list(
        "personen individuen mensen mannen vrouwen jongens meisjes kinderen gezinnen gevangenen gedetineerden daders"
        " delinquenten ex-delinquenten ex-gedetineerden veroordeelden verdachten jongeren minderjarigen tieners"
        " leerlingen studenten deelnemers deelneemsters cliënten burgers inwoners leden volwassenen slachtoffers"
        " vluchtelingen agenten politieagenten medewerkers experts deskundigen specialisten vertegenwoordigers"
        " trainers begeleiders psychologen psychiaters imams aalmoezeniers artsen bewakers collega's professionals"
        " directeurs managers diensthoofden rechters advocaten coördinatoren onderzoekers journalisten terugkeerders"
        " strijders extremisten jihadisten terroristen formers ouders broers zussen zonen dochters vrijwilligers"
        " bemiddelaars mentoren leraren"
    ),
    between=word_list("van de het een in op te voor met en of die dat door aan bij is zijn was waren heeft hebben"),
    one_of=tuple((one, "van") for one in ("een", "één")),
    places=word_list("in te nabij"),
    sexes=word_list("man vrouw jongen meisje vader moeder zoon dochter broer zus"),
    determiners=word_list("een één de het zijn haar hun dit deze die ons onze"),
    definite=word_list("de het zijn haar hun dit deze die"),
    generic=_DUTCH_GENERIC,
    definite_roles=word_list(
        "expert deskundige burgemeester imam rechter psycholoog psychiater vader moeder diensthoofd"
    ),
    relative=word_list("die dat wiens wier uit genaamd"),
    named=word_list("uit genaamd"),
    happened=word_list(
        "was waren werd werden had hadden heeft hebben kwam kwamen nam namen ging gingen gaf gaven deed deden sprak"
        " vertelde bezocht bracht leidde zat zaten kreeg kregen"
    ),
)

# Swedish: the article of a certain one is an ending.
_SWEDISH_GENERIC = word_list(
    "person individ människa deltagare klient medborgare invånare medlem barn vuxen vän ungdom familj brukare"
    " individen personen deltagaren klienten"
)
_SWEDISH_DEFINITE = word_list(
    "experten chefen enhetschefen verksamhetschefen borgmästaren imamen domaren psykologen prästen psykiatern fadern"
    " modern mamman pappan hustrun maken återvändaren avhopparen poliskvinnan polismannen mannen kvinnan pojken"
    " flickan föreståndaren rektorn handläggaren läkaren åklagaren samordnaren"
)
SV = Lexicon(
    numbers={"två": 2, "båda": 2, "bägge": 2, "tre": 3, "fyra": 4},
    one=word_list("1"),
    definite_nouns=_SWEDISH_DEFINITE,
    singular=_SWEDISH_GENERIC
    | word_list(
        "man kvinna pojke flicka fånge intern intagen lagöverträdare gärningsman dömd misstänkt återvändare"
        " avhoppare extremist jihadist terrorist stridande sympatisör minderårig tonåring elev student offer flykting"
        " polis polisman medarbetare expert specialist representant företrädare utbildare handledare psykolog"
        " psykiater imam präst läkare sjuksköterska kollega anställd chef enhetschef verksamhetschef direktör"
        " borgmästare domare åklagare advokat samordnare forskare journalist förälder far mor pappa mamma bror syster"
        " son dotter make maka volontär medlare mentor lärare handläggare vårdare kriminalvårdare frivårdsinspektör"
        " föreståndare"
    ),
    people=word_list(
        "personer individer människor män kvinnor pojkar flickor barn familjer fångar interner intagna"
        " lagöverträdare gärningsmän dömda misstänkta ungdomar unga minderåriga tonåringar elever studenter deltagare"
        " deltagarna offer flyktingar poliser polismän medarbetare experter specialister representanter företrädare"
        " utbildare handledare psykologer psykiatrer imamer präster läkare kollegor kolleger anställda chefer domare"
        " advokater samordnare forskare journalister avhoppare återvändare extremister jihadister terrorister"
        " föräldrar bröder systrar söner döttrar klienter medborgare invånare medlemmar vuxna vänner volontärer"
        " medlare mentorer lärare handläggare vårdare"
    ),
    between=word_list("av i på för med och eller som till från är var har hade om vid den det de en ett"),
    one_of=tuple((one, "av") for one in ("en", "ett")),
    places=word_list("i på vid nära"),
    sexes=word_list("man kvinna pojke flicka far mor pappa mamma son dotter bror syster"),
    pronouns=word_list("han hon honom henne hans hennes"),
    determiners=word_list("en ett den det sin sitt dess deras denna detta hans hennes vår"),
    definite=word_list("den det sin sitt dess deras denna detta"),
    generic=_SWEDISH_GENERIC,
    definite_roles=word_list("expert borgmästare imam domare psykolog far mor"),
    relative=word_list("som vars från vid namn"),
    named=word_list("från namn"),
    happened=word_list(
        "var blev kom deltog gav hade hölls fanns gick tog sade sa gjorde gjordes ledde fick stod såg lämnade mötte"
    ),
    past=("ade", "ades", "erade", "erades"),
    owner="s",
)
LEXICONS = {"en": EN, "fr": FR, "es": ES, "nl": NL, "sv": SV}

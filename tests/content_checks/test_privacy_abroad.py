"""What points at people in French, Spanish, Dutch and Swedish: sentences of entries, and others like them."""

import pytest

from pilots.content_checks.finding import KnownTerms
from pilots.content_checks.privacy import check_privacy
from pilots.content_checks.tokenizer import Phrases
from tests.content_checks.entries import entry
from tests.content_checks.test_privacy import found

FEW = [
    ("fr", "Le projet assurait le suivi du cas de deux auteurs d’infractions."),
    ("fr", "Deux représentants d’Exit Sweden étaient également présents."),
    ("es", "Se gestionó el caso de dos infractores."),
    ("es", "Asistieron también dos representantes de Exit Sweden."),
    ("es", "Ambos participantes volvieron."),
    ("nl", "Voor het casemanagement van twee delinquenten."),
    ("nl", "Twee vertegenwoordigers van Exit Sweden waren er ook bij."),
    ("nl", "Beide deelnemers bleven."),
    ("sv", "Ärendet för två lagöverträdare."),
    ("sv", "Där fanns också två företrädare för Exit Sweden."),
]
SINGLE = [
    ("fr", "Un expert international venu de Belgique était présent."),
    ("fr", "Le chef de service de Vilvorde y a participé."),
    ("fr", "Un policier local y a participé."),
    ("fr", "L’un des « revenants » de Vilvorde y a participé."),
    ("fr", "La visite a donné des perspectives au policier."),
    ("fr", "L’imam peut expliquer la méthode."),
    ("fr", "Cela a aidé l’éducateur."),
    ("es", "Asistió un experto internacional de Bélgica."),
    ("es", "Participó la persona titular de la jefatura de servicio."),
    ("es", "Participó un agente de la policía local."),
    ("es", "Una de las personas retornadas participó."),
    ("es", "Un policía local participó."),
    ("es", "El alcalde puede explicarlo."),
    ("nl", "Een internationale deskundige uit België was er ook bij."),
    ("nl", "Het diensthoofd van Vilvoorde nam deel."),
    ("nl", "Een lokale politieagent nam deel."),
    ("nl", "Een van de terugkeerders van Vilvoorde nam deel."),
    ("nl", "De burgemeester kan het uitleggen."),
    ("sv", "Där fanns en internationell expert från Belgien."),
    ("sv", "Vilvoordes enhetschef deltog."),
    ("sv", "En lokal polis deltog."),
    ("sv", "En av Vilvoordes återvändare deltog."),
    ("sv", "Enhetschefen fick nya perspektiv."),
]
AGES = [
    ("fr", "Un jeune homme de 17 ans."),
    ("es", "Una chica de 16 años de edad."),
    ("nl", "Een 17-jarige jongen."),
    ("nl", "Een meisje van 16 jaar oud."),
    ("sv", "En pojke som är 16 år gammal."),
]
NOTHING = [
    ("fr", "Le partenaire était l’Violence Prevention Network."),
    ("fr", "Entrer en relation avec la personne radicalisée."),
    ("fr", "Les deux organisations voulaient se présenter."),
    ("fr", "Un atelier pour les deux équipes a eu lieu."),
    ("fr", "Pour les jeunes de moins de 18 ans en France, garçon ou fille."),
    ("fr", "Environ 20 membres du personnel pénitentiaire y ont participé."),
    ("fr", "Le département de la Justice et le Département de la Justice."),
    ("es", "Formaban parte de ella la policía autonómica y los Ayuntamientos de L’Hospitalet de Llobregat."),
    ("es", "Cómo relacionarse con la persona radicalizada."),
    ("es", "El Departamento de Justicia gestionó la estructura."),
    ("es", "Chicos menores de 18 años en Málaga, hijo o hija."),
    ("nl", "De twee organisaties wilden zichzelf presenteren."),
    ("nl", "De omgang met de geradicaliseerde persoon."),
    ("nl", "De Duitse organisatie kwam."),
    ("nl", "Voor een jongen of meisje jonger dan 18."),
    ("sv", "De två organisationerna ville presentera sig."),
    ("sv", "Man kan förhålla sig till den radikaliserade individen."),
    ("sv", "Omkring 20 anställda från anstalter och frivård deltog."),
    ("sv", "Polisen deltog."),
]


@pytest.mark.parametrize(
    ("code", "language", "words"),
    [
        *[("small_number", *case) for case in FEW],
        *[("single_person", *case) for case in SINGLE],
        *[("age", *case) for case in AGES],
    ],
)
def test_what_points_at_people_is_found_in_each_language(code: str, language: str, words: str) -> None:
    assert code in found(words, language)


@pytest.mark.parametrize(("language", "words"), NOTHING)
def test_what_points_at_nobody_is_left_in_peace_in_each_language(language: str, words: str) -> None:
    assert found(words, language) == set()


def test_known_name_is_known_after_a_french_article_that_was_cut() -> None:
    known = KnownTerms(names=(Phrases.of(["European Forum for Restorative Justice", "L’Hospitalet Nord"]),))
    content = entry("fr", results="Le partenaire était l’European Forum for Restorative Justice, à L’Hospitalet Nord.")
    assert list(check_privacy(content, known)) == []

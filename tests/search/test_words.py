"""How words are compared: without case, accents and hyphens, by stems of their own language."""

import pytest

from pilots.search.words import SpelledWord, joined, search_tokens, stems


def words(text: str) -> list[str]:
    return [word for token in search_tokens(text) for word in token.words]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L’Hospitalet", ["l", "hospitalet"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("Ｆull ﬁne 𝐌ath", ["full", "fine", "math"]),
        ("Málaga Ma\u0301laga", ["malaga", "malaga"]),
        ("Łódź Ærø", ["lodz", "aero"]),
        ("soft\u00adhyphen zero\u200bwidth", ["softhyphen", "zerowidth"]),
        ("हिन्दी में", ["हिनदी", "में"]),
        ("مُحَمَّد", ["محمد"]),
        ("ที่นี่ ภาษา", ["ทีนี", "ภาษา"]),
        ("தமிழ் 1\ufe0f\u20e3 co\u034fop", ["தமிழ", "1", "coop"]),
        ("snake_case 2019/20", ["snake", "case", "2019", "20"]),
        ("\ud800 \x00 🙂 — …", []),
    ],
)
def test_words_of_a_text_have_no_case_and_no_accents(text, folded):
    assert words(text) == folded


@pytest.mark.parametrize(
    "text", ["de-radicalisation", "de\u2011radicalisation", "DE’radicalisation", "de\u00ad-radicalisation"]
)
def test_compound_is_also_one_word(text):
    [token] = search_tokens(text)
    assert joined(token.words) == "deradicalisation"


def test_token_tells_where_it_stands():
    assert [text[token.start : token.end] for text in ["« À Clichy-sous-Bois »"] for token in search_tokens(text)] == [
        "À",
        "Clichy-sous-Bois",
    ]


def test_stems_are_of_one_language_and_no_word_can_be_taken_for_one():
    trainings, trained = SpelledWord("trainings", "trainings"), SpelledWord("trained", "trained")
    assert stems(trainings, "en") == stems(trained, "en") == {":en:train"}
    assert stems(trainings, "fr").isdisjoint(stems(trained, "fr"))
    assert stems(trainings, "xx") == set()
    assert words(":en:train") == ["en", "train"]

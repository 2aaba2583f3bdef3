"""Passwords that are guessed first are refused, with a sentence that helps; all others are taken as they are."""

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

from tests.factories import AuthorityFactory, PartnerFactory

pytestmark = pytest.mark.django_db

GUESSABLE = [
    *["password12345678", "Password12345678!", "passwordpassword", "P@ssw0rdP@ssw0rd", "letmeinletmein123"],
    *["preparepilots2026", "PreparePilots2026!!", "prepare-portal-2026", "pr3par3pil0ts2026", "PREPARE_PORTAL_ADMIN"],
    *["radicalisation123", "Radicalisation2026!", "radicalization-2026", "déradicalisation1", "probationprobation"],
    *["aaaaaaaaaaaaaaa", "abcabcabcabcabcabc", "123456789012345", "987654321098765", "111111111111111", "a" * 500],
    *["qwertyuiopasdfgh", "azertyuiopqsdfghjklm", "qwertzuiopasdfghjkl", "1qaz2wsx3edc4rfv", "zxcvbnmasdfghjkl"],
    *["abcdefghijklmnopq", "monkey1234567890", "sunshine2025!!!!", "administrator1234", "welkom0123456789"],
    *["motdepasse123456", "wachtwoord123456", "lösenord12345678", "contraseña123456", "summer2026summer2026"],
    *[
        "vilvoorde-vilvoorde",
        "Vilvoorde2026!!!",
        "denkzeit123456789",
        "malagaMálaga2026",
        "               ",
        "20260101-20261231",
    ],
]
GOOD = [
    *[
        "orange river stapler cloud",
        "zebra lantern gravel orbit",
        "jag gillar blåbär och skogen",
        "Vj7-kq9x.Lm2-tz4w",
    ],
    *[
        "828374651029384",
        "police zebra lantern gravel orbit",
        "ἐν ἀρχῇ ἦν ὁ λόγος",
        "Ωφελείας χάριν και πολύ",
        "İıßﬁ-zebra-lantern-9",
    ],
]


@pytest.fixture(autouse=True)
def _names():
    AuthorityFactory(slug="city-of-vilvoorde")
    AuthorityFactory(slug="malaga")
    PartnerFactory(slug="denkzeit")


@pytest.mark.parametrize("password", GUESSABLE)
def test_password_that_is_guessed_first_is_refused_with_what_to_take_instead(password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, User(username="editor"))
    assert any("Take four or more words" in message for message in refused.value.messages)


@pytest.mark.parametrize("password", GOOD)
def test_long_and_strange_password_is_taken_whatever_its_characters(password):
    validate_password(password, User(username="editor"))


@pytest.mark.parametrize(
    "password",
    [
        *("correct horse battery staple", "CorrectHorseBatteryStaple", "tokillamockingbird", "Dangthithuha3nh"),
        *("romeoandjuliet1", "pondokbendatimure72", "ROMEOANDJULIET1"),
    ],
)
def test_password_that_was_stolen_elsewhere_is_refused_however_strange(password):
    with pytest.raises(ValidationError, match="stands in public lists"):
        validate_password(password, User(username="editor"))


def test_common_passwords_of_enough_letters_are_refused():
    with pytest.raises(ValidationError, match="too common"):
        validate_password("1234567890987654321")


def test_forms_say_beforehand_what_is_good():
    assert any("Four or more words" in text for text in password_validators_help_texts())

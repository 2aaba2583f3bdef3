"""What a pilot is, in five short answers: the strip under its title."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pilots.browse.comparison import short_name
from pilots.index.facet_values import Classified
from pilots.pages.pilot.facts import dates_of
from prepare_portal.phrases import all_of


@dataclass(frozen=True)
class Answer:
    """What a reader asks first, with the answer in lines; no line means that the source does not state it.

    `names` are what the lines name, in their order, each with the language it is in.
    """

    label: str
    lines: list[str]
    names: tuple[str, ...] = ()


def at_a_glance(pilot: Any, values: Classified, stated: Collection[str]) -> list[Answer]:
    """The five answers. `stated` are those of `results`, `lessons`, `evaluation` and `cost` that the source states.

    No query.
    """
    return [
        Answer(_("Activity"), named(values["activity"]), names_of(values, "activity")),
        Answer(_("For whom"), for_whom(values), names_of(values, "target", "audience")),
        Answer(_("Where"), where(pilot, values), (short_name(pilot), *names_of(values, "partner"))),
        Answer(_("When"), [value.text for value in dates_of(pilot)]),
        Answer(_("In the source"), what_is_stated(stated)),
    ]


def named(values: dict[str, str]) -> list[str]:
    """The names on one line; no line for none."""
    return [", ".join(values.values())] if values else []


def names_of(values: Classified, *facets: str) -> tuple[str, ...]:
    return tuple(name for facet in facets for name in values[facet].values())


def for_whom(values: Classified) -> list[str]:
    """The people it is meant to support, and the professionals who were trained or brought together."""
    professionals = [_("Professionals: %(names)s") % {"names": names} for names in named(values["audience"])]
    return named(values["target"]) + professionals


def where(pilot: Any, values: Classified) -> list[str]:
    place = ", ".join([short_name(pilot), *values["country"].values()])
    partners = all_of(values["partner"].values())
    return [place, _("with %(partners)s") % {"partners": partners}] if partners else [place]


def what_is_stated(stated: Collection[str]) -> list[str]:
    """What of the four the source states, and what it does not."""
    names = {"results": _("results"), "lessons": _("lessons"), "evaluation": _("evaluation"), "cost": _("cost")}
    yes = ", ".join(name for key, name in names.items() if key in stated)
    no = ", ".join(name for key, name in names.items() if key not in stated)
    lines = [(_("Stated: %(names)s"), yes), (_("Not stated: %(names)s"), no)]
    return [line % {"names": names} for line, names in lines if names]

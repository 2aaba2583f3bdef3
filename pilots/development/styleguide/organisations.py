"""Samples of who worked with whom."""

from typing import Any

from pilots.browse.partnerships import PartnerPilots, PilotInvolved
from pilots.development.styleguide.entry import lesson, other
from pilots.development.styleguide.samples import (
    LONG,
    MANY,
    NOWHERE,
    ONE,
    Component,
    Context,
    SampleState,
    organisation,
    pilot,
)
from pilots.pages.network import picture_of
from pilots.pages.organisations import LetterGroup, OrganisationPilot
from pilots.pages.pilot.facts import Value


def company(state: SampleState, number: int) -> PartnerPilots:
    """A partner with its pilots: every second has two, every third took part in another."""
    partner: Any = organisation(state, number)
    pilots: list[Any] = [pilot(state, number + step) for step in range(2 - number % 2)]
    rows: Any = (other(state, number),)
    involved: Any = [PilotInvolved(pilot=pilots[0], organisations=rows)] if number % 3 == 0 else []
    return PartnerPilots(partner, own := pilots[len(involved) :], involved, len(own))


def network(state: SampleState) -> Context:
    return {"picture": picture_of(state.some(company))}


def whole_company(state: SampleState) -> Context:
    """What a partner in the list gets: without a pilot, with one, with many folded away, with long names."""
    partner: Any = organisation(state)
    pilots: Any = state.some(pilot)
    rows: Any = tuple(state.some(other))
    involved: Any = [PilotInvolved(one, rows) for one in pilots[1:]]
    shown = PartnerPilots(partner, pilots, involved, len(pilots) + 20 * (state is MANY))
    return {"company": shown, "trail": "", "fold": "S" if state is MANY else ""}


def worked(state: SampleState) -> Context:
    links = [Value(row.name, NOWHERE) for row in state.some(organisation)]
    shown: Any = pilot(state)
    methods: Any = state.some(lesson)
    names = [row.name for row in shown.activity_types]
    entry = OrganisationPilot(
        shown, is_partners=True, activities=names, partners=links, involved=links[1:], methods=methods
    )
    return {
        "entry": entry,
        "of_authority": state is ONE,
        "organisations": links[2:] and state.some(other),
        "with": "With",
    }


def letter(state: SampleState, number: int) -> LetterGroup:
    return LetterGroup("ABCDEFGHI"[number - 1], [])


def reached_at(state: SampleState) -> Context:
    """An organisation with a website and a mailbox, or without."""
    website = state.maybe("https://town.example/prevention", 400)
    return {"organisation": state.row(website=website, public_contact=state.maybe("prevention@town.example", 200))}


COMPONENTS = (
    Component("reached_at", "Where an organisation is reached.", reached_at),
    Component("network", "Who worked with whom: every name and line is a link.", network, (ONE, MANY, LONG)),
    Component(
        "partner_pilots", "A partner in the list beside the network.", whole_company, frame="specimen-rail directory"
    ),
    Component("worked_with", "What an organisation worked on, with whom else, by which methods.", worked),
    Component("letters", "Leads through a long directory.", lambda state: {"groups": state.some(letter)}, (ONE, MANY)),
)

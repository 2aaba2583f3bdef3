"""Thirty public pilots of one partner, in order of place from 00 to 29: more than a page of the list."""

from tests.factories import PartnerFactory, PublishedPilotFactory


def make_thirty_pilots() -> None:
    partner = PartnerFactory(slug="busy", name="Busy")
    for number in range(30):
        place = f"place-{number:02}"
        PublishedPilotFactory(
            slug=f"pilot-{number:02}", authority__slug=place, authority__place=place, partners=[partner]
        )

"""Samples of the smallest components, which others are made of."""

from pilots.development.styleguide.samples import ONE, Component, nothing, pilot

COMPONENTS = (
    Component("not_stated", "Stands where the source is silent.", nothing, (ONE,)),
    Component(
        "pilot_links", "Pilots of an organisation.", lambda state: {"pilots": state.some(pilot)}, frame="specimen-rail"
    ),
)

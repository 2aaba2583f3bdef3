"""French, as Unicode's CLDR has it."""

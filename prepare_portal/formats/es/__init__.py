"""Spanish, as Unicode's CLDR has it."""

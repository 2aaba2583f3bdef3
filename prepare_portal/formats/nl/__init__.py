"""Dutch, as Unicode's CLDR has it."""

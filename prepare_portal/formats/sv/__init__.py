"""Swedish, as Unicode's CLDR has it."""

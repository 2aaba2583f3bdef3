"""How pilots are cited: as text in the styles of the trade, and as files for reference managers."""

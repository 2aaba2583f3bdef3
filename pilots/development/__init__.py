"""For developers only: the style guide and sample data."""

"""Everything public as one archive, and its description for data catalogues."""

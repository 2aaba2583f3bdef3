"""Pages about practice, and the list of them."""

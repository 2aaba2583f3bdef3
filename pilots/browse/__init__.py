"""From an address to what a page shows."""

"""From words to entries."""

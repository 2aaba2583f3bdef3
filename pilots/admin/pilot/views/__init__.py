"""The pages beside the form of a pilot."""

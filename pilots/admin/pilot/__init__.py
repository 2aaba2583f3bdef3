"""Editing a pilot: its form, how it is saved, its list."""

"""Pilots side by side."""

"""Measures the portal beside its peers: `make bench`. The README of this folder says what and how."""

"""Imports each module that registers with the admin. Imported once Django has registered its own."""

from pilots.admin.accounts import users
from pilots.admin.pilot import pilot_admin
from pilots.admin.reference import further_reading, organisations, slugs, sources, statements, synonyms, vocabulary

__all__ = [
    "further_reading",
    "organisations",
    "pilot_admin",
    "slugs",
    "sources",
    "statements",
    "synonyms",
    "users",
    "vocabulary",
]

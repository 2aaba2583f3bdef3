"""Imports each module that registers with the admin. Imported once Django has registered its own."""

from pilots.admin.accounts import security_log, users
from pilots.admin.pilot import pilot_admin
from pilots.admin.reference import further_reading, organisations, slugs, sources, statements, synonyms, vocabulary

__all__ = [
    "further_reading",
    "organisations",
    "pilot_admin",
    "security_log",
    "slugs",
    "sources",
    "statements",
    "synonyms",
    "users",
    "vocabulary",
]

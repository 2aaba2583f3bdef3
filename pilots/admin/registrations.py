"""Imports each module that registers with the admin. Imported once Django has registered its own."""

from pilots.admin.accounts import users
from pilots.admin.pilot import pilot_admin
from pilots.admin.reference import organisations, slugs, sources, synonyms, vocabulary

__all__ = ["organisations", "pilot_admin", "slugs", "sources", "synonyms", "users", "vocabulary"]

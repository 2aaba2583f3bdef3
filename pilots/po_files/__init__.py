"""Translations as PO files, which the tools of translators open: texts of entries in one language, and back."""

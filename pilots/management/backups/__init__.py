"""Backups of the whole portal, in one format that either database takes back.

A backup is a zip: one file of lines for each table, the uploads, and a manifest that says what there is
and what it digests to. `writing` makes one of a single moment and reads it again, `restoring` puts one into
an empty place; `archive` and `manifest` know the format, `tables` the rows, `encryption` the age files.
"""

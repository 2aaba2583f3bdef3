"""Pilots in spreadsheets: content to rows and files, and back, with everything that Excel does to them.

`columns` names the columns, `cells` writes several values into one cell, `rows` turns content into a
row and back, `files` rows into bytes and back. None of these asks the database. `known`, `targets` and
`judging` do: they say what an import would do before anything is written. `template` is the file to fill in.
"""

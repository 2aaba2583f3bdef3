"""Pilots in spreadsheets: content to rows and files, and back, with everything that Excel does to them.

`columns` names the columns, `cell_texts` says what stands in each, `cells` writes several values into one, `rows`
turns content into a row and back, `writer` and `reader` rows into bytes and back (`xlsx` for Excel, `delimited` for
CSV). None of these asks the database. `known_slugs`, `targets` and `import_preview` do: they say what an import would
do before anything is written. `template` is the file to fill in.
"""

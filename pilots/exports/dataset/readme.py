"""What an archive says of itself to people."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from pilots.exports.dataset.written import Edition, WrittenFile

README = """# {title}

{description}

- Version: {version} (the day of the last change of an entry, and figures that are the same for the same data)
- From: {home}
- By: {publisher}

## What may be reused

{terms}

## How to cite

{citation}

## What is in it

{files}

`tables/` holds each thing once, in tables with keys; `datapackage.json` (Data Package 2.0) and `csv-metadata.json`
(CSV on the Web) say what each column holds and which columns lead to other tables. `flat/` has pilots and lessons as
the portal's own tables give them, with all languages side by side. `json/` has what the API answers, in English and
all pages in one. `vocabularies.ttl` has what pilots are classified by as SKOS concepts; `catalogue.*` describes all of
it (DCAT-AP).

## How to read it

- The text is written in English; a table of texts has a row for each language that there is. No row: not translated.
- What the source of a pilot does not state is empty in tables and null in JSON. It is never guessed: empty is not "no".
- No entry says that a pilot works or does not: `evaluation` says only whether the source tells of an evaluation.
- Lessons of the kind `method` say how a pilot worked; the source does not call them lessons.
- `passage` says where the source states something: paragraph and sentences, counted from 1, such as 3.2-4.
- Tables are UTF-8 as in RFC 4180. A text that a spreadsheet would run begins with an apostrophe.
- Further reading, statements about the portal and the texts of sources themselves stand on its pages only. Drafts and
  names of editors are nowhere.
- `sha256sum --check SHA256SUMS` tells whether all of it arrived.
"""


def readme(edition: Edition, files: Iterable[WrittenFile]) -> str:
    return README.format(
        title=edition.title,
        description=edition.description,
        version=edition.version,
        home=edition.home,
        publisher=edition.publisher,
        terms=f"{edition.terms}",
        citation=citation(edition),
        files="\n".join(f"- `{file.path}`: {file.what}" for file in files),
    )


def citation(edition: Edition) -> str:
    """Who publishes what, in which version, where."""
    return _("%(publisher)s. (%(year)s). %(title)s (version %(version)s) [Data set]. %(home)s") % {
        "publisher": edition.publisher,
        "year": edition.changed_at[:4],
        "title": edition.title,
        "version": edition.version,
        "home": edition.home,
    }


def terms_text(edition: Edition) -> str:
    return f"{edition.terms.sentence}\n{edition.terms.address}\n"

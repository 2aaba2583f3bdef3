"""PO files as tools write them, and as somebody writes them who means harm."""

from typing import Any

import polib
import pytest

from pilots.po_files import reader
from pilots.po_files.reader import LARGEST, LONGEST, MOST_ENTRIES, MOST_LINES, UnreadablePo, read_po

DATABASES = ("sqlite",)  # a file is read without a database

HEADER = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n\n'
TEXT = 'msgctxt "avignon texts/title"\nmsgid "A title"\nmsgstr "Un titre"\n'
READABLE = HEADER + TEXT


def said(data: str) -> list[tuple[str, str, bool]]:
    return [(one.address, one.text, one.is_fuzzy) for one in read_po(data.encode(), "fr")]


@pytest.mark.parametrize(
    "data",
    [
        READABLE,
        "\ufeff" + READABLE,
        READABLE.replace("\n", "\r\n"),
        READABLE.replace("\n", "\r"),
        READABLE.strip(),
        READABLE.replace("fr", "fr_BE"),
        READABLE.replace('"Un titre"', '""\n"Un "\n"titre"'),
        f'{READABLE}\nmsgid "of no entry"\nmsgstr "d’aucune fiche"\n',
        f"# of a person\n#. of a program\n#: a/b.py:1 c.py:2\n{READABLE}",
        f'{HEADER}#| msgctxt "a"\n#| msgid "Old"\n{TEXT}',
        # What is not used any more keeps its mark for itself.
        f'{HEADER}#, fuzzy\n#~| msgid "b"\n#~ msgctxt "a b"\n#~ msgid "c"\n#~ msgstr ""\n#~ "d"\n\n{TEXT}',
        f'{HEADER}{TEXT}\n#, fuzzy\n#~ msgctxt "a b"\n#~ msgid "c"\n#~ msgstr "d"\n',
    ],
)
def test_file_is_read_as_tools_write_it(data: str) -> None:
    assert said(data) == [("avignon texts/title", "Un titre", False)]


def test_mark_of_a_text_is_its_own() -> None:
    other = TEXT.replace("title", "summary")
    assert said(f"{HEADER}#, fuzzy, c-format\n{TEXT}\n{other}") == [
        ("avignon texts/title", "Un titre", True),
        ("avignon texts/summary", "Un titre", False),
    ]


def test_plural_says_nothing_of_an_entry() -> None:
    plural = 'msgid_plural "Titles"\nmsgstr[0] "Un titre"\nmsgstr[1] "Des titres"'
    assert said(READABLE.replace('msgstr "Un titre"', plural)) == [("avignon texts/title", "", False)]


def test_what_nobody_reads_never_reaches_the_library(monkeypatch: Any) -> None:
    """It would take a minute: remarks cost it the square of their number."""
    read = polib.pofile
    given: list[int] = []
    monkeypatch.setattr(reader.polib, "pofile", lambda text, **how: given.append(len(text)) or read(text, **how))
    for remark in ("# ", "#. ", "#: ", "#| ", "##", " \t", "\r", "\x0b"):
        remarks = f"{remark}x" if remark.startswith("#") else remark
        lines = (remarks + "\n") * ((LARGEST - len(READABLE)) // (len(remarks) + 1))
        assert said(lines + READABLE) == said(READABLE)
    assert len(set(given)) == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (HEADER + TEXT.replace("Un titre", "x" * LONGEST), "no PO file"),
        (HEADER + TEXT + '"x"\n' * (LONGEST // 3 + 1), "no PO file"),
        (HEADER + TEXT + '""\n' * (LONGEST // 2 + 1), "no PO file"),
        (HEADER + '#~ msgid "a"\n#~ msgstr ""\n' + '#~ "x"\n' * LONGEST, "no PO file"),
        ('msgid ""\nmsgstr "Language: fr\\n' + "x\\n" * LONGEST + f'"\n{TEXT}', "no PO file"),
        (HEADER + TEXT * (MOST_LINES // 3), "more texts"),
        (HEADER + "#, fuzzy\n" * MOST_LINES + TEXT, "more texts"),
        (HEADER + "".join(TEXT.replace("avignon", f"a{n}") for n in range(MOST_ENTRIES + 1)), "2,000 pilots"),
    ],
)
def test_file_that_would_cost_too_much_is_refused(data: str, words: str) -> None:
    with pytest.raises(UnreadablePo, match=words):
        read_po(data.encode(), "fr")
    assert len(data) < LARGEST


def test_longest_text_is_read_however_it_is_written() -> None:
    longest = '"' * 10_000
    escaped = '\\"' * 10_000
    wrapped = '""\n' + "".join(f'"{escaped[start : start + 76]}"\n' for start in range(0, len(escaped), 76))
    for way in (f'"{escaped}"', wrapped):
        assert said(READABLE.replace('"Un titre"', way))[0][1] == longest

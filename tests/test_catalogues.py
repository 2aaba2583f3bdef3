"""The check of catalogues finds what is wrong with one; that ours are right is for `make lint` to say."""

import ast
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog

from tests import catalogues

ENGLISH = "Read <b>%(title)s</b>"
COUNTED = ("%(count)d pilot", "%(count)d pilots")


def problems_of(english: object, said: object, **others: object) -> list[str]:
    template, catalog = Catalog(), Catalog(locale="fr")
    template.add(english)
    catalog.add(english, said, **others)
    return list(catalogues.problems(catalog, template))


@pytest.mark.parametrize(
    ("english", "said"),
    [
        (ENGLISH, "Lire <b>%(title)s</b>"),
        (COUNTED, ("%(count)d pilote", "%(count)d pilotes")),
        (COUNTED, ("un pilote", "%(count)d pilotes")),
        ("{0} of {name}, 100%%", "{name} : {0}, 100%%"),
    ],
)
def test_what_is_right_is_let_be(english, said):
    assert problems_of(english, said) == []


@pytest.mark.parametrize(
    ("english", "said", "problem"),
    [
        (ENGLISH, "", "missing"),
        (COUNTED, ("%(count)d pilote", ""), "missing"),
        (ENGLISH, "Lire <b>%(titre)s</b>", "other placeholders"),
        (ENGLISH, "Lire <b>%(title)</b>", "other placeholders"),
        (ENGLISH, "Lire %(title)s", "other tags"),
        (ENGLISH, 'Lire <b class="x">%(title)s</b>', "other tags"),
        (COUNTED, ("%(count)d pilote", "des pilotes"), "other placeholders"),
        (COUNTED, ("%(titre)s pilote", "%(count)d pilotes"), "other placeholders"),
        ("Read\n", "Lire", "other white space"),
        ("{0} of {name}", "{0} de {nom}", "other placeholders"),
    ],
)
def test_what_is_wrong_is_found(english, said, problem):
    found = problems_of(english, said)
    assert len(found) == 1
    assert found[0].startswith(problem)


def test_a_guess_is_found():
    assert problems_of(ENGLISH, "Lire <b>%(title)s</b>", flags={"fuzzy"}) == [f"fuzzy: “{ENGLISH}”"]


def test_what_is_no_longer_said_is_found():
    catalog = Catalog(locale="fr")
    catalog.add("Gone", "Parti")
    assert list(catalogues.problems(catalog, Catalog())) == ["no longer used: “Gone”"]


def test_a_sentence_of_a_context_is_another_sentence():
    template, catalog = Catalog(), Catalog(locale="fr")
    template.add("Open", context="verb")
    catalog.add("Open", "Ouvert")
    assert list(catalogues.problems(catalog, template)) == ["missing: “Open”", "no longer used: “Open”"]


def test_our_sentences_are_found_in_code_templates_and_packages():
    english = {message.id for message in catalogues.wanted()}
    assert {"Skip to the content", "PREPARE pilots"} <= english  # a template
    assert ("%(count)d pilot", "%(count)d pilots") in english  # code
    assert "Delete Translation" in english  # parler, which speaks none of our languages
    assert "Log out" not in english  # Django speaks all of them


def test_each_sentence_of_a_template_is_read_whole(tmp_path):
    file = tmp_path / "templates" / "page.html"
    file.parent.mkdir()
    file.write_text(
        "{% if a %}\n      <p>{% translate 'Deep' %}</p>\n   {% endif %}\n"
        "{% blocktranslate trimmed %}\n  one\n  two\n{% endblocktranslate %}"
        "{% blocktranslate count n=2 %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}"
    )
    found = [message for _path, (_line, message, _comments, _context) in catalogues.messages([tmp_path])]
    assert found == ["Deep", "one two", ("%(n)s day", "%(n)s days")]


def calls_in_f_strings(source: str) -> Iterator[int]:
    """Yield the line of every call of gettext inside an f-string, where Babel does not see it before Python 3.12."""
    for node in ast.walk(ast.parse(source)):
        for call in ast.walk(node) if isinstance(node, ast.JoinedStr) else ():
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in catalogues.FUNCTIONS:
                yield call.lineno


def calls_with_f_strings(source: str) -> Iterator[int]:
    """Yield the line of every call of gettext that is given an f-string: no catalogue has what that makes."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in catalogues.FUNCTIONS:
            yield from (node.lineno for given in node.args if isinstance(given, ast.JoinedStr))


def marks_of_english(source: str) -> Iterator[int]:
    """Yield the line of every f-string that is nothing but a value in English quotation marks."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr) and all(isinstance(node.values[place], ast.Constant) for place in (0, -1)):
            words = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
            yield from [node.lineno] if words == "“”" else []


@pytest.mark.parametrize("find", [calls_in_f_strings, calls_with_f_strings, marks_of_english])
def test_every_sentence_can_be_extracted(find):
    paths = [path for name in ("pilots", "prepare_portal") for path in (catalogues.ROOT / name).rglob("*.py")]
    assert [f"{path.name}:{line}" for path in paths for line in find(path.read_text())] == []


@pytest.mark.parametrize(
    ("find", "source"),
    [
        (calls_in_f_strings, "f\"{_('Hello')}\""),
        (calls_with_f_strings, "_(f'Hello {name}')"),
        (marks_of_english, "f'“{name}”'"),
    ],
)
def test_a_sentence_that_nobody_extracts_is_found(find, source):
    assert list(find(source)) == [1]

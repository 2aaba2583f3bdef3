"""`load_source_text` puts a file in the place of a source's text, and refuses what could not be right."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from pilots.models import SourceText
from pilots.models.text_fields import LONGEST_SOURCE
from tests import factories

pytestmark = pytest.mark.django_db
# Written with Django alone; tests/models/test_source_text.py tries the table on both.
DATABASES = ("sqlite",)

TEXT = "A heading\n\nOne sentence. Another one.\nA third paragraph.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def source() -> object:
    return factories.SourceFactory(slug="report")


def load(*arguments: object) -> tuple[str, str]:
    """Run the command; return what it says, and of what it warns."""
    out, err = StringIO(), StringIO()
    call_command("load_source_text", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def refusal(*arguments: object) -> str:
    with pytest.raises(CommandError) as refused:
        load(*arguments)
    return str(refused.value)


def test_text_is_for_editors_unless_visitors_are_let_in(source, file):
    said, warned = load("report", file)
    assert said == "Loaded 3 paragraphs with 4 sentences as the text of report. Only editors can read it.\n"
    assert not warned
    assert not SourceText.objects.shown().exists()
    assert "Visitors can read it." in load("REPORT", file, "--may-be-shown")[0]
    assert SourceText.objects.shown().get().source == source
    load("report", file)
    assert not SourceText.objects.get().may_be_shown


def test_language_of_the_text_is_said_or_not_stated(source, file):
    load("report", file, "--language", "fr")
    assert SourceText.objects.get().original_language == "fr"
    load("report", file)
    assert SourceText.objects.get().original_language == ""
    with pytest.raises(CommandError, match="invalid choice: 'xx'"):
        load("report", file, "--language", "xx")


def test_text_is_cleaned_like_others_and_a_mark_of_byte_order_goes(source, tmp_path):
    path = tmp_path / "windows.txt"
    path.write_bytes("\ufeffA heading\r\n\r\n\r\nOne\u00adsentence.\x00\r\n".encode())
    load("report", path)
    assert SourceText.objects.get().text == "A heading\n\nOnesentence."


def test_unknown_source_is_named_with_those_there_are(source, file):
    assert refusal("reprot", file) == "There is no source “reprot”. There is: report."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read: No such file or directory."),
        ("café".encode("latin-1"), "is not written in UTF-8 (byte 3). Save it as UTF-8 text."),
        (b" \r\n\t\n", "is empty."),
        (b"a" * (LONGEST_SOURCE + 1), "is too long: 200,001 characters; at most 200,000 are kept."),
        (b"a\n" * 4_001, "has too much to number: 4001 paragraphs with 4001 sentences; at most 4,000 are."),
    ],
)
def test_file_that_cannot_be_the_text_is_refused(source, tmp_path, content, said):
    path = tmp_path / "report.txt"
    if content is not None:
        path.write_bytes(content)
    assert refusal("report", path) == f"{path} {said}"
    assert not SourceText.objects.exists()


def test_text_that_pointers_lead_beyond_is_refused_and_they_are_named(source, file):
    pilot = factories.PilotFactory(slug="avignon", source=source)
    factories.PassageFactory(pilot=pilot, about="results", passage="2.2-3")
    factories.PassageFactory(pilot=pilot, about="stages", value="release", passage="3")
    factories.LessonFactory(pilot=pilot, number=2, passage="9")
    factories.KeyFigureFactory(pilot=pilot, number=1, passage="2.1")
    factories.PassageFactory(pilot=factories.PilotFactory(), passage="30")  # of another source
    misfits = "avignon, results: 2.2-3; avignon, lesson or working method 2: 9."
    assert refusal("report", file) == (
        f"{file} was not loaded: it has 3 paragraphs with 4 sentences, and pointers lead beyond them. "
        f"{misfits} Mend these, or load it with --anyway."
    )
    assert not SourceText.objects.exists()
    assert load("report", file, "--anyway")[1] == f"Pointers that lead beyond it: {misfits}\n"
    assert SourceText.objects.get().source == source


def test_of_many_such_pointers_the_first_are_named(source, file):
    for number in range(25):
        factories.LessonFactory(pilot=factories.PilotFactory(source=source), number=number + 1, passage="9")
    assert refusal("report", file).count(": 9") == 20
    assert "; and 5 more." in refusal("report", file)

"""Translations as PO files: taken away, changed and brought back as a translator does it."""

from typing import Any

import polib
import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pilots import workflow
from pilots.history.record import Kind
from pilots.history.translated_texts import TranslatedText
from pilots.models import Pilot, Revision
from pilots.models.content import read_content
from pilots.models.provenance import fingerprint
from pilots.models.roles import translator_of
from pilots.po_files.reader import LARGEST, UnreadablePo, read_po
from pilots.po_files.writer import ExportedText, to_po
from pilots.workflow import batches
from tests.admin.forms import forms_of
from tests.admin.po import (
    PO_FILES,
    RECORD,
    asked,
    confirm,
    copy_of,
    export,
    export_all,
    look,
    mend,
    names_in,
    outcome,
    refusals,
    translated,
)
from tests.factories import LessonFactory, PassageFactory, PilotFactory
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db

HOSTILE = (
    'He said: "C:\\new\\table" \\n %s {x} <b>\n\n• one\n# msgid "" \\"\nמה 😀 ' + "long " * 500 + "x" * 3000 + "\\"
)


@pytest.fixture
def translator() -> User:
    return person(translator_of("fr"), username="odile")


def test_file_says_of_each_text_where_it_belongs_and_how_it_stands(translator: User) -> None:
    pilot = translated()
    LessonFactory(pilot=pilot, number=1, text="Meet early.")
    PassageFactory(pilot=pilot, about="summary", passage="3.1")
    file = export(browser_of(translator), pilot)
    assert file.metadata["Language"] == "fr"
    assert [(entry.msgctxt, entry.msgid, entry.msgstr) for entry in file] == [
        ("avignon texts/title", "A title", ""),
        ("avignon texts/summary", "Who did what.", "Qui a fait quoi (fr)."),
        ("avignon lessons/1/text", "Meet early.", ""),
    ]
    assert file[1].comment.splitlines() == [
        "Texts · Summary",
        "In the source: paragraph 3, sentence 1",
        "Up to date; made by a machine, not checked",
    ]
    assert [entry.fuzzy for entry in file] == [False, True, False]  # nobody has checked what the machine wrote
    workflow.confirm_translation(pilot, "fr", [("texts", "fr", "summary")], by=translator)
    assert not any(entry.fuzzy for entry in export(browser_of(translator), pilot))


def test_text_that_is_out_of_date_is_fuzzy_beside_the_english_it_rests_on(translator: User) -> None:
    pilot, reviewer = translated(), person("reviewer")
    content = read_content(pilot)
    content["texts"]["en"]["summary"] = "Who did something else."
    workflow.publish(workflow.rewrite(pilot, content, by=reviewer, kind=Kind.CHANGED), by=reviewer)
    client = browser_of(translator)
    for file in (export(client), export(client, pilot)):
        (summary,) = [entry for entry in file if entry.msgctxt == "avignon texts/summary"]
        assert summary.fuzzy
        assert summary.previous_msgid == "Who did what."
    assert outcome(look(client, export(client))) == (0, 0, 2, 0)


def test_file_of_what_is_to_do_leaves_out_what_is_done(translator: User) -> None:
    pilot = translated()
    client = browser_of(translator)
    assert len(export(client, only="to-do")) == 2
    workflow.confirm_translation(pilot, "fr", [("texts", "fr", "summary")], by=translator)
    assert [entry.msgctxt for entry in export(client, only="to-do")] == ["avignon texts/title"]
    assert len(export(client)) == 2
    assert client.get(reverse("admin:pilots_pilot_export_po", args=["fr"]), {"only": "x"}).status_code == 400


@pytest.mark.parametrize("prefix", ["", "/fr", "/sv"])
def test_what_was_exported_changes_nothing_in_any_language_of_the_admin(prefix: str, translator: User) -> None:
    pilot = translated(what_was_done=HOSTILE, title='A "title" \\n')
    records = {"summary": RECORD, "what_was_done": {"by": "person", "of": fingerprint(HOSTILE)}}
    pilot.translations.filter(language_code="fr").update(
        title="« Un \\titre » \\n", what_was_done=HOSTILE, provenance=records
    )
    client = browser_of(translator)
    fields = {"language": "fr", "made_by": "person"}
    exported = client.get(f"{prefix}/admin/pilots/pilot/translations/export/fr/").content
    page = client.post(
        f"{prefix}/admin/pilots/pilot/import/translations/", fields | {"po_file": SimpleUploadedFile("a.po", exported)}
    )
    # Nobody has checked any of them, so that all are fuzzy in the file; names are not translated.
    names = len(names_in(polib.pofile(exported.decode())))
    assert outcome(page) == (0, 0, 3 + names, 0)
    assert asked(page) == (0, 0)
    assert page.context["form"] is None
    taken = client.post(
        "/admin/pilots/pilot/import/translations/",
        fields | {"po_file": SimpleUploadedFile("a.po", exported.replace(b"#, fuzzy\n", b""))},
    )
    assert outcome(taken) == (0, 0, names, 0)
    assert asked(taken) == (3, 0)


def test_any_text_comes_back_as_it_went() -> None:
    texts = [
        HOSTILE,
        "ends\n",
        "\n",
        "\\",
        '"',
        "\u202eabc\u2066",
        "a\u2028b\u0085c\x0bd\x1ce",
        " blank ",
        "\\n\\",
        "\t\r\n",
    ]
    sent = [
        ExportedText("a", TranslatedText(("texts", "fr", f"f{n}"), one, {}, one, {})) for n, one in enumerate(texts)
    ]
    assert [(one.original, one.text) for one in read_po(to_po(sent, "fr"), "fr")] == [(one, one) for one in texts]


def test_one_changed_text_is_the_only_change(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    before = read_content(pilot)
    file = export(client, pilot)
    mend(file[1], "Qui a vraiment fait quoi.")
    page = look(client, file)
    assert outcome(page) == (1, 0, 1, 0)
    assert Revision.objects.count() == 0
    assert read_content(pilot) == before
    assert confirm(client, page, note="From the agency.").status_code == 200
    after = copy_of(pilot)
    assert after["texts"] == before["texts"] | {"fr": {"summary": "Qui a vraiment fait quoi."}}
    assert after["provenance"]["es"] == before["provenance"]["es"]
    record = after["provenance"]["fr"]["summary"]
    assert (record["by"], record["checked_by"], record["of"]) == ("person", "odile", fingerprint("Who did what."))
    same = {name: value for name, value in after.items() if name not in ("texts", "provenance")}
    assert same == {name: before[name] for name in same}
    assert read_content(pilot) == before
    last = Revision.objects.latest("pk")
    assert (last.kind, last.note, last.actor) == (Kind.IMPORTED, "From the agency.", translator)


def test_texts_of_a_machine_count_as_not_checked(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    file = export(client, pilot)
    file[0].msgstr = "Un titre"
    confirm(client, look(client, file, made_by="machine"))
    assert copy_of(pilot)["provenance"]["fr"]["title"] == {"by": "machine", "of": fingerprint("A title")}


def test_empty_and_fuzzy_texts_change_nothing(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    file = export(client, pilot)
    file[0].msgstr, file[0].flags = "Un titre", ["fuzzy"]
    file[1].msgstr = ""
    assert outcome(look(client, file)) == (0, 0, 2, 0)


def test_text_whose_english_changed_since_is_not_taken_and_is_listed(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    file = export(client, pilot)
    mend(file[0], "Un titre")
    mend(file[1], "Autre chose.")
    pilot.translations.filter(language_code="en").update(summary="Who did something else.")
    page = look(client, file)
    assert outcome(page) == (1, 0, 0, 1)
    assert "since this file was exported" in refusals(page)["avignon texts/summary"]
    confirm(client, page)
    assert copy_of(pilot)["texts"]["fr"] == {"title": "Un titre", "summary": "Qui a fait quoi (fr)."}


def test_text_that_cannot_be_taken_says_why(translator: User) -> None:
    translated()
    translated("hidden", PilotFactory)
    client = browser_of(translator)
    file = export(client)
    assert {entry.msgctxt.split()[0] for entry in file} == {"avignon"}
    file[0].msgstr = "x" * 5000
    for address in ("nowhere texts/title", "hidden texts/title", "avignon texts/slug"):
        file.append(polib.POEntry(msgctxt=address, msgid="A title", msgstr="Un titre"))
    said = refusals(look(client, file))
    assert set(said) == {"avignon texts/title", "nowhere texts/title", "hidden texts/title", "avignon texts/slug"}
    assert said["hidden texts/title"] == said["nowhere texts/title"] == "There is no such text that you may read."


def test_text_that_stands_in_the_file_twice_is_taken_once(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    file = export(client, pilot)
    for says in ("Autre chose.", "Encore autre chose."):
        said = polib.POEntry(msgctxt="avignon texts/summary", msgid="Who did what.", msgstr=says)
        said.occurrences = file[1].occurrences
        file.append(said)
    page = look(client, file)
    assert outcome(page) == (1, 0, 2, 1)
    assert refusals(page) == {"avignon texts/summary": "This text stands in the file more than once."}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "No text of an entry"),
        (b"/etc/passwd", "no PO file"),
        (b"\xff\xfe\x00", "no PO file"),
        (b"PK\x03\x04", "no PO file"),
        (b'msgctxt "a\x00 texts/title"\nmsgid "a"\nmsgstr "b"\n', "no PO file"),
        (b'msgid "a" b"\n', "no PO file"),
        (b'msgid "a"\nmsgstr "b"\n', "No text of an entry"),
        (b'msgctxt "avignon texts/title"\nmsgid "a"\nmsgstr "b"\n', "another language"),
        (b"#" * (LARGEST + 1), "larger than 5 MB"),
    ],
)
def test_file_that_cannot_be_taken_says_what_is_wrong(data: bytes, words: str, translator: User) -> None:
    page = look(browser_of(translator), data or b"\n")
    assert words in page.context["form"].errors["po_file"][0]


def test_file_in_another_language_is_refused() -> None:
    translated()
    client = browser_of(person("reviewer"))
    page = look(client, export(client, language="es"), language="fr")
    assert "another language" in page.context["form"].errors["po_file"][0]
    with pytest.raises(UnreadablePo):
        read_po(str(export(client, language="es")).encode(), "fr")


def test_each_account_exports_and_imports_the_languages_that_it_translates_into(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    for name, args in (("export_po", ["es"]), ("export_entry_po", [pilot.pk, "es"])):
        assert client.get(reverse(f"admin:pilots_pilot_{name}", args=args)).status_code == 403
        assert client.get(reverse(f"admin:pilots_pilot_{name}", args=[*args[:-1], "en"])).status_code == 404
    page = look(client, export(browser_of(person("reviewer")), language="es"), language="es")
    assert "language" in page.context["form"].errors
    for other in (person(), person("contributor")):
        expected = 200 if other.has_perm("pilots.change_pilot") else 403
        assert browser_of(other).get(reverse(PO_FILES)).status_code == expected
    hidden = translated("hidden", PilotFactory)
    assert client.get(reverse("admin:pilots_pilot_export_entry_po", args=[hidden.pk, "fr"])).status_code == 404


def test_entry_that_a_colleague_writes_is_refused(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    file = export(client, pilot)
    workflow.revise(pilot, by=person("contributor"))
    file[0].msgstr = "Un titre"
    assert "Your account may not change" in refusals(look(client, file))["avignon texts/title"]


def test_nothing_is_imported_when_something_was_changed_since_it_was_looked_at(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    file = export(client, pilot)
    mend(file[0], "Un titre")
    mend(file[1], "Le texte du fichier.")
    page = look(client, file)
    workflow.translate(pilot, "fr", {("texts", "fr", "summary"): "Déjà changé."}, by=translator)
    again = confirm(client, page, note="From the agency.")
    assert again.status_code == 409
    assert forms_of(again)["confirm_form"]["note"] == ["From the agency."]
    assert copy_of(pilot)["texts"]["fr"] == {"summary": "Déjà changé."}
    assert outcome(again) == (1, 0, 0, 0)
    assert asked(again) == (0, 1)
    assert confirm(client, again).status_code == 200
    assert copy_of(pilot)["texts"]["fr"] == {"title": "Un titre", "summary": "Déjà changé."}
    assert "error" in [one.level_tag for one in get_messages(confirm(client, again).wsgi_request)]  # the file is gone


def test_what_was_not_looked_at_is_not_imported(translator: User) -> None:
    reviewer = browser_of(person("reviewer"))
    pilot = translated()
    file = export(reviewer, pilot)
    mend(file[0], "Un titre")
    page = look(reviewer, file)
    key = forms_of(page)["confirm_form"]["upload"][0]
    for other in ({"language": "es"}, {"language": "en"}, {"made_by": "nobody"}, {"upload": "x" * 32}):
        assert confirm(reviewer, page, **other).url == reverse(PO_FILES)  # type: ignore[attr-defined]
    assert confirm(browser_of(translator), page).url == reverse(PO_FILES)  # type: ignore[attr-defined]
    as_table = {"upload": key, "seen": "0" * 64, "made_by": "person"}
    assert reviewer.post(reverse("admin:pilots_pilot_process_import"), as_table).status_code == 302
    assert not Pilot.objects.filter(revises=pilot).exists()
    assert confirm(reviewer, page).status_code == 200


def test_import_shows_how_far_it_is_and_leads_on(translator: User) -> None:
    for number in range(12):
        translated(f"entry-{number}")
    for user in (translator, person("reviewer")):
        client = browser_of(user)
        file = export(client)
        for entry in file:
            mend(entry, f"Selon {user}")
        page = look(client, file)
        if user == translator:
            sent = {name: values[0] for name, values in forms_of(page)["confirm_form"].items()}
            broken: Any = client.post(reverse("admin:pilots_pilot_process_po"), sent)
            next(piece for piece in broken.streaming_content if b"<li>10" in piece)
            broken._iterator.close()
            assert not Pilot.objects.filter(revises__isnull=False).exists()
        answer = confirm(client, page)
        assert answer["Content-Encoding"] == "identity"
        assert "<li>10 of 12 …</li>" in answer.said
        assert "24 texts are imported." in answer.said
        assert ("See or undo this import" in answer.said) == (user != translator)


def test_import_of_a_reviewer_can_be_undone_as_one() -> None:
    pilots, client = [translated(slug) for slug in ("a", "b")], browser_of(person("reviewer", username="rita"))
    file = export(client)
    for entry in file:
        mend(entry, "Autre")
    page = look(client, file)
    assert outcome(page) == (4, 0, 0, 0)
    confirm(client, page)
    batch = Revision.objects.filter(kind=Kind.IMPORTED).latest("pk").batch
    assert Pilot.objects.filter(revises__in=pilots).count() == 2
    assert batches.undo(batch, by=User.objects.get(username="rita")) == 2  # type: ignore[arg-type]
    assert not Pilot.objects.filter(revises__isnull=False).exists()


@pytest.mark.parametrize("entries", [1, 3, 30])
def test_queries_do_not_grow_with_the_entries(entries: int, translator: User) -> None:
    for number in range(entries):
        pilot = translated(f"entry-{number}")
        pilot.translations.filter(language_code="fr").update(provenance={"summary": {"of": "0"}})
    client = browser_of(translator)
    file = export_all(client)
    for entry in file:
        mend(entry, "Autre")
    older = export_all(client)
    for entry in older:
        mend(entry, "Autre")
        entry.occurrences = [(f"was={fingerprint('Earlier')}", "")]
    counts = []
    for act in (lambda: export(client), lambda: look(client, file), lambda: look(client, older)):
        act()
        with CaptureQueriesContext(connection) as captured:
            act()
        counts.append(len(captured))
    assert counts == [40, 30, 31]

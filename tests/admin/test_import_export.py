"""Editors take pilots to a spreadsheet and back: seen first, and undone as one act."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pilots import workflow
from pilots.history.record import Kind
from pilots.models import Pilot, Revision
from pilots.models.content import read_content, read_contents
from pilots.models.roles import LANGUAGES
from pilots.spreadsheets.columns import EDIT, STATUS, SheetColumn
from tests.admin.sheets import (
    batch_in,
    carry_on,
    confirm,
    counts,
    export,
    file_of,
    look,
    rows_in,
    run,
    text_of,
    with_cells,
)
from tests.factories import LessonFactory, PilotFactory, PublishedPilotFactory
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE)


def new_row(slug: str = "my-town", **cells: str) -> dict[str, str]:
    (row,) = rows_in(file_of({**_facts(PilotFactory()), "slug": slug, "title": "My town", **cells}))
    return {column.name: cell for column, cell in row.items()}


def _facts(like: Pilot) -> dict[str, str]:
    said = read_content(like)
    return {"authority": said["authority"], "source": said["source"], "partners": "; ".join(said["partners"])}


# Export --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["xlsx", "csv", "csv-semicolons"])
def test_what_is_exported_and_imported_again_changes_nothing(admin_client: Client, kind: str) -> None:
    LessonFactory(pilot=PilotFactory(title="=1+1", summary="a\r\nb “é”"), text="one | two")
    workflow.revise(PublishedPilotFactory(), by=User.objects.get())
    page = look(admin_client, export(admin_client, kind), f"pilots.{kind[:4]}")
    assert counts(page) == {"new": 0, "changed": 0, "unchanged": 2, "refused": 0}
    assert "confirm_form" not in page.content.decode()


def in_five_languages() -> Pilot:
    """An entry with texts in each language, whose parts have them, too."""
    pilot = PublishedPilotFactory(title="A title", summary="Who did what.")
    lesson = LessonFactory(pilot=pilot, number=1, text="one | two")
    for language in LANGUAGES:
        pilot.create_translation(language, title=f"« {language} »", summary=f"1,5 = {language}")
        lesson.create_translation(language, text=f"{language} | ;")
    return pilot


@pytest.mark.parametrize("kind", ["xlsx", "csv", "csv-semicolons"])
def test_what_one_language_of_the_admin_exports_changes_nothing_in_another(admin_client: Client, kind: str) -> None:
    in_five_languages()
    pages = [f"{prefix}/admin/pilots/pilot/" for prefix in ("", *(f"/{language}" for language in LANGUAGES))]
    files = [admin_client.post(f"{page}export/", {"kind": kind}).content for page in pages]
    found = []
    for data in files:
        for page in pages:
            said = {"import_file": SimpleUploadedFile(f"a.{kind[:4]}", data), "made_by": "person"}
            found.append(counts(admin_client.post(f"{page}import/", said)))
    assert found == [{"new": 0, "changed": 0, "unchanged": 1, "refused": 0}] * 25


def test_emptied_cell_takes_no_translation_away(admin_client: Client) -> None:
    pilot = in_five_languages()
    (row,) = rows_in(export(admin_client))
    before = read_content(pilot)
    row = {column: "" if column.language not in ("", "en") else cell for column, cell in row.items()}
    assert counts(look(admin_client, file_of(row)))["unchanged"] == 1
    row[SheetColumn("summary", "en")] = ""
    row[SheetColumn("title", "fr")] = "Un autre titre"
    run(admin_client, file_of(row))
    after = read_content(Pilot.objects.get(revises=pilot))
    assert after["texts"]["fr"] == {"title": "Un autre titre", "summary": "1,5 = fr"}
    assert {code: after["texts"][code] for code in ("es", "nl", "sv")} == {
        code: before["texts"][code] for code in ("es", "nl", "sv")
    }
    assert after["lessons"]["1"]["texts"] == before["lessons"]["1"]["texts"]
    assert "summary" not in after["texts"]["en"]


@pytest.mark.parametrize("made_by", ["person", "machine"])
def test_who_imports_says_who_made_the_translations(admin_client: Client, made_by: str) -> None:
    pilot = in_five_languages()
    (row,) = rows_in(export(admin_client))
    row[SheetColumn("title", "fr")] = "Un autre titre"
    run(admin_client, file_of(row), made_by=made_by)
    known = read_content(Pilot.objects.get(revises=pilot))["provenance"]["fr"]
    assert (known["title"]["by"], "checked_at" in known["title"]) == (made_by, made_by == "person")
    new = new_row(**{"title (fr)": "Un titre"})
    run(admin_client, file_of(new), made_by=made_by)
    assert read_content(Pilot.objects.get(slug="my-town"))["provenance"]["fr"]["title"]["by"] == made_by


def test_import_that_says_nothing_of_who_made_the_translations_asks(admin_client: Client) -> None:
    page = look(admin_client, export(admin_client), made_by="")
    assert "made_by" in page.context["form"].errors
    assert "seen" not in page.context["form"].fields


def test_export_follows_the_filters_of_the_list(admin_client: Client) -> None:
    PilotFactory(slug="draft")
    PublishedPilotFactory(slug="public")
    (row,) = rows_in(export(admin_client, query="?status__exact=published"))
    assert (row[SheetColumn("slug")], row[STATUS]) == ("public", "published")


def test_chosen_pilots_are_exported(admin_client: Client) -> None:
    one, _other = PilotFactory.create_batch(2)
    page = admin_client.post(
        reverse("admin:pilots_pilot_changelist"), {"action": "export_chosen", "_selected_action": [one.pk]}
    )
    assert "1 pilot will be in the file" in page.content.decode()
    (row,) = rows_in(export(admin_client, entries=str(one.pk)))
    assert row[SheetColumn("slug")] == one.slug


def test_export_holds_what_the_account_may_see() -> None:
    contributor = person("contributor")
    PilotFactory(slug="own", owner=contributor)
    theirs = PilotFactory(slug="theirs")
    public = PublishedPilotFactory(slug="public", title="Public")
    copy = workflow.revise(public, by=person("reviewer"))
    client = browser_of(contributor)
    rows = rows_in(export(client, entries=f"{theirs.pk},{copy.pk},{public.pk}"))
    assert [row[EDIT] for row in rows] == [f"r{public.pk}e0"]
    assert {row[SheetColumn("slug")] for row in rows_in(export(client))} == {"own", "public"}


def test_template_file_holds_an_example_that_is_ignored(admin_client: Client) -> None:
    PilotFactory()
    response = admin_client.get(reverse("admin:pilots_pilot_import_template"))
    page = look(admin_client, response.content)
    assert "headings and no pilot" in page.content.decode()


# Before an import ----------------------------------------------------------------


def test_nothing_is_written_before_the_import_is_confirmed(admin_client: Client) -> None:
    pilot = PilotFactory(title="Before")
    (row,) = rows_in(export(admin_client))
    page = look(admin_client, file_of(with_cells(row, title="After"), new_row()))
    assert counts(page) == {"new": 1, "changed": 1, "unchanged": 0, "refused": 0}
    for words in ("Title", "Before", "After", "My town"):
        assert words in page.content.decode()
    assert read_content(pilot)["texts"]["en"]["title"] == "Before"
    assert not Pilot.objects.filter(slug="my-town").exists()


def test_one_refused_row_stops_the_import(admin_client: Client) -> None:
    page = look(admin_client, file_of(new_row("one"), new_row("two", start="May 2019")))
    text = page.content.decode()
    assert "confirm_form" not in text
    for words in ('<th scope="row">3</th>', "start", "May 2019", "Write a year (2019), a month (2019-05)"):
        assert words in text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0....", "XLS"),
        (b"PK\x03\x04 not a zip", "damaged"),
        (b"\x00\x01\x02", "neither an XLSX nor a CSV"),
        (b"a,b\n1,2\n", "There is no column"),
        (b"slug,title\n", "no pilot"),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
    ],
    ids=["pdf", "xls", "zip", "binary", "headings", "empty", "huge"],
)
def test_file_that_cannot_be_read_is_refused_with_a_sentence(admin_client: Client, data: bytes, reason: str) -> None:
    page = look(admin_client, data)
    assert page.status_code == 200
    assert reason in page.content.decode()


# The import ----------------------------------------------------------------------


def test_import_adds_drafts_changes_drafts_and_copies_what_is_public() -> None:
    contributor = person("contributor")
    draft, public = PilotFactory(owner=contributor, title="Draft"), PublishedPilotFactory(title="Public")
    client = browser_of(contributor)
    rows = [with_cells(row, summary="From the file.") for row in rows_in(export(client))]
    page = run(client, file_of(*rows, new_row()))
    assert "3 pilots are imported" in page
    new = Pilot.objects.get(slug="my-town")
    assert (new.status, new.owner) == ("draft", contributor)
    assert read_content(draft)["texts"]["en"]["summary"] == "From the file."
    assert read_content(public)["texts"]["en"]["summary"] == "Who did what."
    assert read_content(Pilot.objects.get(revises=public))["texts"]["en"]["summary"] == "From the file."
    assert Revision.objects.filter(kind=Kind.IMPORTED).values("batch").distinct().count() == 1
    assert Session.objects.count() == 0  # the file is not kept


def test_file_of_another_account_cannot_be_imported(admin_client: Client) -> None:
    page = look(admin_client, file_of(new_row()))
    answer = confirm(browser_of(person("contributor")), page)
    assert answer.status_code == 302
    assert not Pilot.objects.filter(slug="my-town").exists()


@pytest.mark.parametrize("upload", ["", "x" * 32, "\0", "../../etc/passwd"])
def test_made_up_file_is_refused(admin_client: Client, upload: str) -> None:
    data = {"run": upload}
    assert admin_client.post(reverse("admin:pilots_pilot_process_import"), data).status_code == 302


# Undoing -------------------------------------------------------------------------


def test_undo_brings_everything_back(admin_client: Client, django_assert_max_num_queries: Any) -> None:
    draft, public, revised = PilotFactory(), PublishedPilotFactory(), PublishedPilotFactory()
    copy = workflow.revise(revised, by=User.objects.get())
    before = read_contents([draft.pk, public.pk, revised.pk, copy.pk])
    rows = [with_cells(row, summary="From the file.") for row in rows_in(export(admin_client))]
    address = batch_in(run(admin_client, file_of(*rows, new_row())))
    assert "Undo all of it" in admin_client.get(address).content.decode()
    text = admin_client.post(address, follow=True).content.decode()
    assert "4 pilots are as they were before" in text
    assert "imported, undone" in text
    assert (
        read_contents(
            Pilot.objects.filter(slug__in=[*_slugs(draft, public, revised), copy.slug]).values_list("pk", flat=True)
        )
        == before
    )
    assert not Pilot.objects.filter(revises=public).exists()
    assert not Pilot.objects.filter(slug="my-town").exists()
    assert "This is undone" in admin_client.get(address).content.decode()
    assert "undone already" in admin_client.post(address, follow=True).content.decode()


def _slugs(*pilots: Pilot) -> list[str]:
    return [pilot.slug for pilot in pilots]


def test_undo_is_refused_as_a_whole_when_one_was_changed_since(admin_client: Client, admin_user: User) -> None:
    address = batch_in(run(admin_client, file_of(new_row("one"), new_row("two", title="Changed since"))))
    pilot = Pilot.objects.get(slug="two")
    workflow.rewrite(pilot, read_content(pilot) | {"start": "2019"}, by=admin_user, kind=Kind.CHANGED)
    text = admin_client.post(address, follow=True).content.decode()
    assert "“Changed since” was changed since, so nothing was undone" in text
    assert Pilot.objects.filter(slug__in=["one", "two"]).count() == 2


def test_batches_are_undone_one_after_the_other(admin_client: Client) -> None:
    first = batch_in(run(admin_client, file_of(new_row())))
    rows = [with_cells(row, summary="Again.") for row in rows_in(export(admin_client))]
    second = batch_in(run(admin_client, file_of(*rows)))
    assert "nothing was undone" in admin_client.post(first, follow=True).content.decode()
    for address in (second, first):
        assert "before" in admin_client.post(address, follow=True).content.decode()
    assert not Pilot.objects.filter(slug="my-town").exists()


# Rights and pages ----------------------------------------------------------------


def test_imports_of_others_are_for_reviewers(admin_client: Client) -> None:
    address = batch_in(run(admin_client, file_of(new_row())))
    contributor = browser_of(person("contributor"))
    assert contributor.get(address).status_code == 404
    assert contributor.post(address).status_code == 404
    assert address not in contributor.get(reverse("admin:pilots_pilot_imports")).content.decode()
    assert address in browser_of(person("reviewer")).get(reverse("admin:pilots_pilot_imports")).content.decode()


@pytest.mark.parametrize("page", ["import", "import_template", "imports", "process_import", "export"])
def test_account_without_a_role_is_refused(page: str) -> None:
    client = browser_of(person(""))
    assert {client.get(reverse(f"admin:pilots_pilot_{page}")).status_code} <= {403, 405}
    assert client.post(reverse(f"admin:pilots_pilot_{page}")).status_code == 403


def test_pages_run_under_the_policy_of_the_admin(admin_client: Client) -> None:
    pilot = PilotFactory()
    (row,) = rows_in(export(admin_client))
    refused = look(admin_client, file_of(with_cells(row, start="soon")))
    seen = look(admin_client, file_of(with_cells(row, title="New title"), new_row()))
    done = carry_on(admin_client, confirm(admin_client, seen))
    chosen = {"action": "export_chosen", "_selected_action": [pilot.pk]}
    pages = [admin_client.post(reverse("admin:pilots_pilot_changelist"), chosen), refused, seen]
    pages += [
        admin_client.get(reverse(f"admin:pilots_pilot_{name}"))
        for name in ("import", "imports", "export", "changelist")
    ]
    texts = [done, *(text_of(page) for page in [*pages, admin_client.get(batch_in(done))])]
    assert [found for text in texts for found in INLINE.findall(text)] == []
    assert all("<h1>" in text for text in texts)

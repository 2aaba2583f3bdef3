"""What an import would do is said row by row, with what is wrong and what to write instead."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test.utils import CaptureQueriesContext

from pilots import workflow
from pilots.history.record import Kind
from pilots.models import FormerSlug, Pilot
from pilots.spreadsheets import known_slugs, reader, writer, xlsx
from pilots.spreadsheets.columns import EDIT, SheetColumn, columns
from pilots.spreadsheets.import_preview import MOST_OF_A_CELL, MOST_PROBLEMS, ImportPreview, Verdict, preview_import
from pilots.spreadsheets.reader import Sheet
from pilots.spreadsheets.rows import SheetRow, row_of
from pilots.spreadsheets.targets import targets_of
from tests.factories import (
    ActivityTypeFactory,
    AuthorityFactory,
    LessonFactory,
    PartnerFactory,
    PassageFactory,
    PilotFactory,
    PublishedPilotFactory,
    TargetGroupFactory,
)
from tests.people import person

pytestmark = pytest.mark.django_db


def exported(*pilots: Pilot, user: User) -> list[SheetRow]:
    targets = targets_of([pilot.pk for pilot in pilots], user).values()
    return [row_of(target.content, ["fr"]) | {EDIT: target.guard} for target in targets]


def judged(user: User, *rows: SheetRow) -> ImportPreview:
    return preview_import(Sheet([*enumerate(rows, start=2)]), user)


def the_one(user: User, row: SheetRow) -> Verdict:
    (verdict,) = judged(user, row).verdicts
    return verdict


def new(**cells: str) -> SheetRow:
    like = PilotFactory()
    (row,) = exported(like, user=person("superuser"))
    said = {"slug": "my-town", "edit": "", "title": "My town", **{n.replace("_", " "): v for n, v in cells.items()}}
    return {column: said.get(column.name, cell) for column, cell in row.items()}


def test_what_was_exported_changes_nothing(admin_user: User) -> None:
    pilots = [PilotFactory(), PublishedPilotFactory()]
    for pilot in pilots:
        LessonFactory(pilot=pilot, text=" a | b\r\n")
        PassageFactory(pilot=pilot)
    rows = exported(*pilots, user=admin_user)
    data = xlsx.write({"pilots": writer.sheet_lines(columns(["fr"]), rows)})
    assert [verdict.what for verdict in preview_import(reader.read(data), admin_user).verdicts] == ["unchanged"] * 2


def test_new_and_changed_rows_are_told_apart(admin_user: User) -> None:
    pilot = PilotFactory()
    (row,) = exported(pilot, user=admin_user)
    row[SheetColumn("summary", "en")] = "Another."
    found = judged(admin_user, row, new())
    assert [verdict.what for verdict in found.verdicts] == ["changed", "new"]
    assert [difference.path for difference in found.verdicts[0].differences] == [("texts", "en", "summary")]
    assert [step.row for step in found.steps] == [pilot, None]


WRONG = [
    ("title", "", "may not be empty"),
    ("title", "x" * 201, "200"),
    ("authority", "", "may not be empty"),
    ("activity types", "trainning", "Did you mean “training”?"),
    ("start", "May 2019", "2019-05"),
    ("start", "43586", "43586"),
    ("end", "1066", "before the start"),
    ("evaluation", "great", "Write “none”, “planned”, “under-way” or “done”" if False else "“done”"),
    ("reviewed on", "May", "2019-05-17"),
    ("lessons", "1 | helped | 3.1", "number | kind | passage | text"),
    ("lessons", "1 | helpful | 3.1 | x", "Did you mean “helped”?"),
    ("lessons", "1 | helped | p. 3 | x", "3.2-4"),
    ("lessons", "1 | helped |  | x\n1 | hard |  | y", "twice"),
    ("lessons", "x | helped |  | x", "Begin each line with"),
    ("lessons", "1 | helped |  |", "may not be empty"),
    ("lessons (fr)", "7 | x", "no number 7"),
    ("key figures", "1 | exact | many |  |  | people", "number"),
    ("key figures", "1 | exact | 5 | 3 |  | people", "must be more"),
    ("key figures", "1 | exact | 1.200 |  |  | people", "“1.200” can be read in two ways. Write 1200, or 1.2."),
    ("key figures", "1 | exact | 5 | 1,200 |  | people", "“1,200” can be read in two ways. Write 1200, or 1.2."),
    ("other organisations", "1 | nobody |  | x", "There is no “nobody”"),
    ("passages", "sumary | 3.1", "Did you mean “summary”?"),
    ("passages", "summary | ", "may not be empty"),
    ("passages", "cost/training | 3.1", "Only a classification has a value."),
    ("edit", "r1e1", "no pilot with this slug"),
]


@pytest.mark.parametrize(("column", "value", "reason"), WRONG)
def test_wrong_value_is_refused_with_what_to_write_instead(
    admin_user: User, column: str, value: str, reason: str
) -> None:
    ActivityTypeFactory(slug="training")
    said: dict[str, Any] = {"start": "2018", column: value} if column == "end" else {column: value}
    verdict = the_one(admin_user, new(**said))
    assert verdict.what == "refused"
    (problem,) = verdict.problems
    assert problem.column == ("start" if column == "end" else column)
    assert reason in problem.message


def test_values_are_found_by_capitals_name_and_former_slug(admin_user: User) -> None:
    term = ActivityTypeFactory(slug="training", name="Courses")
    FormerSlug.objects.remember(term, old="teaching")
    verdict = the_one(admin_user, new(activity_types="TRAINING; courses; teaching"))
    assert (verdict.what, verdict.content["activity_types"]) == ("new", ["training"])


def test_second_row_about_a_pilot_is_refused(admin_user: User) -> None:
    row = new()
    first, second = judged(admin_user, row, dict(row)).verdicts
    assert (first.what, second.what) == ("new", "refused")
    assert "Row 2" in second.problems[0].message


def test_entry_that_moved_on_is_refused_until_the_cell_is_emptied(admin_user: User) -> None:
    pilot = PilotFactory()
    (row,) = exported(pilot, user=admin_user)
    row[SheetColumn("summary", "en")] = "From the file."
    content = targets_of([pilot.pk], admin_user)[pilot.pk].content
    workflow.rewrite(pilot, content | {"start": "2019"}, by=admin_user, kind=Kind.CHANGED)
    verdict = the_one(admin_user, row)
    assert verdict.what == "refused"
    assert f"Changed by {admin_user}" in verdict.problems[0].message
    assert the_one(admin_user, row | {EDIT: ""}).what == "changed"


def test_checked_translations_make_no_file_old(admin_user: User) -> None:
    pilot = PublishedPilotFactory()
    pilot.create_translation("fr", title="Un titre")
    workflow.confirm_translation(pilot, "fr", [("texts", "fr", "title")], by=admin_user)
    (row,) = exported(pilot, user=admin_user)
    row[SheetColumn("summary", "en")] = "From the file."
    pilot.translations.filter(language_code="fr").update(provenance={})
    workflow.confirm_translation(pilot, "fr", [("texts", "fr", "title")], by=admin_user)
    assert row[EDIT] != targets_of([pilot.pk], admin_user)[pilot.pk].guard
    assert the_one(admin_user, row).what == "changed"
    for other in ("r1e99999", f"r{pilot.pk + 1}e{pilot.edit_count}", f"r{pilot.pk}e{pilot.edit_count + 1}"):
        assert the_one(admin_user, row | {EDIT: other}).what == "refused"


def test_renamed_pilot_is_named(admin_user: User) -> None:
    pilot = PilotFactory(slug="now")
    FormerSlug.objects.remember(pilot, old="my-town")
    assert "Write “now”" in the_one(admin_user, new()).problems[0].message


def test_others_drafts_are_refused_and_not_told() -> None:
    contributor, theirs = person("contributor"), PilotFactory(title="Secret", owner=person("contributor"))
    (row,) = exported(theirs, user=person("reviewer"))
    verdict = the_one(contributor, row)
    assert (verdict.what, verdict.differences) == ("refused", [])
    assert the_one(contributor, row | {SheetColumn("title", "en"): "Secret"}).what == "refused"


@pytest.mark.parametrize(
    ("status", "what", "reason"), [("archived", "archived", ""), ("in-review", "refused", "review")]
)
def test_what_may_not_be_written_is_refused_or_stays_in_the_archive(status: str, what: str, reason: str) -> None:
    contributor = person("contributor")
    pilot = PilotFactory(owner=contributor, status=status)
    (row,) = exported(pilot, user=contributor)
    assert the_one(contributor, row).what == "unchanged"
    verdict = the_one(contributor, row | {SheetColumn("start"): "2019"})
    assert (verdict.what, len(verdict.problems)) == (what, 1 if reason else 0)
    assert all(reason in problem.message for problem in verdict.problems)


def test_colleagues_working_copy_is_left_alone() -> None:
    contributor, pilot = person("contributor"), PublishedPilotFactory()
    (row,) = exported(pilot, user=contributor)
    row[SheetColumn("start")] = "2019"
    assert the_one(contributor, row).what == "changed"
    workflow.revise(pilot, by=person("reviewer"))
    assert "colleague" in the_one(contributor, row).problems[0].message


def test_missing_column_leaves_the_entry_as_it_is(admin_user: User) -> None:
    pilot = PilotFactory(title="Kept")
    verdict = the_one(admin_user, {SheetColumn("slug"): pilot.slug, SheetColumn("start"): "2019"})
    assert [difference.path for difference in verdict.differences] == [("start",)]


def test_queries_do_not_grow_with_the_rows(admin_user: User, django_assert_num_queries: Any) -> None:
    from django.db import connection

    counts = []
    for number in (1, 12):
        rows = [row for pilot in PilotFactory.create_batch(number) for row in exported(pilot, user=admin_user)]
        with CaptureQueriesContext(
            connection,
        ) as asked:
            judged(admin_user, *rows)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_only_a_target_group_is_changed(admin_user: User) -> None:
    pilot = PilotFactory(title="A\x0btitle", summary="• one\r\n\r\n\r\n• two ", results="a\u00a0b\ufeff")
    LessonFactory(pilot=pilot, text=" a | b\r\nc \\n")
    PassageFactory(pilot=pilot)
    group = TargetGroupFactory(slug="young-offenders")
    (row,) = exported(pilot, user=admin_user)
    row[SheetColumn("target_groups")] = group.slug
    data = xlsx.write({"pilots": writer.sheet_lines(columns(["fr"]), [row])})
    for file in (data, writer.to_csv(writer.sheet_lines(columns(["fr"]), [row]), ";")):
        (verdict,) = preview_import(reader.read(file), admin_user).verdicts
        assert [difference.path for difference in verdict.differences] == [("target_groups",)]


@pytest.mark.parametrize("said", ["avignon\u200b", "\u00a0Avignon\u00a0", "avi\u00adgnon", "Ville\u00a0d’Avignon"])
def test_value_is_known_whatever_hides_in_it(admin_user: User, said: str) -> None:
    AuthorityFactory(slug="avignon", name="Ville d’Avignon")
    assert the_one(admin_user, new(authority=said)).content["authority"] == "avignon"


def test_slug_with_another_hyphen_is_that_of_its_pilot(admin_user: User) -> None:
    (row,) = exported(PilotFactory(slug="my-town"), user=admin_user)
    assert the_one(admin_user, row | {SheetColumn("slug"): "my\u2011town"}).what == "unchanged"


def test_names_are_gone_through_once_however_many_values_a_file_names(
    admin_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    PartnerFactory(name="A partner")
    asked: list[str] = []
    monkeypatch.setattr(known_slugs, "with_plain_signs", lambda said: asked.append(said) or said)
    judged(admin_user, *(new(slug=f"town-{number}", partners="nobody; no one") for number in range(5)))
    assert (asked.count("A partner"), asked.count("nobody")) == (1, 10)


def test_value_with_another_hyphen_is_known(admin_user: User) -> None:
    TargetGroupFactory(slug="young-offenders")
    assert the_one(admin_user, new(target_groups="young\u2011offenders; young–offenders")).what == "new"


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("start", "43602", "2019-05-17"),
        ("reviewed on", "43602", "2019-05-17"),
        ("title", "caf\ufffd", "was lost"),
        ("lessons", "\n".join(f"{n} | helped |  | x" for n in range(1, 102)), "101 lines"),
        ("target groups", "; ".join(map(str, range(101))), "101 values"),
        ("summary", "x" * 2_001, "at most 2000 characters"),
        ("lessons", f"1 | helped |  | {'x' * 2_001}", "at most 2000 characters"),
    ],
)
def test_cell_that_cannot_be_read_is_named(admin_user: User, column: str, cell: str, words: str) -> None:
    (problem,) = the_one(admin_user, new(**{column.replace(" ", "_"): cell})).problems
    assert words in problem.message


def test_problems_are_capped_in_each_cell_and_in_the_file(admin_user: User) -> None:
    unknown = "; ".join(f"group-{number}" for number in range(100))
    problems = the_one(admin_user, new(target_groups=unknown)).problems
    assert len(problems) == MOST_OF_A_CELL + 1
    assert problems[-1].message == "And 95 more problems in this cell."
    row = new(target_groups=unknown)
    found = judged(admin_user, *(row | {SheetColumn("slug"): f"town-{number}"} for number in range(60)))
    assert sum(len(verdict.problems) for verdict in found.verdicts) == MOST_PROBLEMS
    assert {verdict.what for verdict in found.verdicts} == {"refused"}
    assert sum(verdict.untold for verdict in found.verdicts) > 1000

"""Many entries written as one act say and keep what each would, written alone, and cost few queries each."""

import copy
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pilots import workflow
from pilots.history.record import Kind
from pilots.models import Pilot, Revision
from pilots.models.content import Content, read_content
from pilots.workflow.batches import PlannedWrite, carry_out, undo
from tests import factories
from tests.people import person

pytestmark = pytest.mark.django_db
MOST_A_ROW = 12


@pytest.fixture
def rita() -> User:
    return person("reviewer", username="rita")


def full(factory: Any = factories.PilotFactory, **values: Any) -> Pilot:
    """An entry with parts of each kind, and texts in two languages."""
    pilot: Pilot = factory(title="Training", summary="Who did what.", **values)
    pilot.create_translation("fr", title="Formation")
    for number in (1, 2, 3):
        factories.LessonFactory(pilot=pilot, number=number, text=f"Listen {number}.").create_translation(
            "fr", text="Écouter."
        )
    factories.KeyFigureFactory(pilot=pilot)
    factories.OrganisationInvolvedFactory(pilot=pilot)
    factories.PassageFactory(pilot=pilot)
    pilot.stages.set(factories.StageFactory.create_batch(2))
    return pilot


def rewritten(said: Content, other: Content) -> Content:
    """What it says, with a change of each kind: facts, texts, parts that are new, changed, gone, and pointers."""
    new = copy.deepcopy(said)
    new |= {"start": "2019-05", "stages": other["stages"], "partners": [*said["partners"], *other["partners"]]}
    new["texts"]["en"] |= {"title": "Training, again", "results": "Came of it."}
    new["texts"]["nl"] = {"title": "Opleiding"}
    new["lessons"]["1"]["texts"]["en"]["text"] = "Listen more."
    new["lessons"]["2"]["kind"] = "hard"
    new["lessons"]["9"] = new["lessons"].pop("3")
    new["organisations_involved"] = {}
    new["passages"] = {"title": {"passage": "2", "rests_on_heading": True}}
    return new


def kept(row: Pilot, slug: str) -> list[Any]:
    """What the history has of a row, whatever its slug and its moment."""
    revisions = Revision.objects.filter(row=row.pk).order_by("edit_count")
    fields = ("kind", "status", "version", "note", "actor_name", "owner_id", "edit_count")
    return [
        ([getattr(revision, name) for name in fields], without_moments(revision.content | {"slug": slug}))
        for revision in revisions
    ]


def without_moments(said: Any) -> Any:
    if isinstance(said, dict):
        return {key: without_moments(value) for key, value in said.items() if key != "checked_at"}
    return said


def counted(row: Pilot) -> Any:
    return Pilot.objects.values("edit_count", "completeness", "translation_counts", "owner", "status").get(pk=row.pk)


@pytest.mark.parametrize("factory", [factories.PilotFactory, factories.PublishedPilotFactory])
def test_many_say_and_keep_what_each_would_alone(factory: Any, rita: User) -> None:
    other = read_content(full())
    one = full(factory)
    two, twin = (full(factory, authority=one.authority, source=one.source) for _twice in range(2))
    base = read_content(one)
    for pilot in (two, twin):
        said = base | {"slug": pilot.slug}
        row = workflow.rewrite(pilot, said, by=rita, kind=Kind.CHANGED)
        if row.pk != pilot.pk:
            workflow.publish(row, by=rita)
    alone, together = (Pilot.objects.get(pk=pilot.pk) for pilot in (two, twin))
    new = rewritten(read_content(alone), other)
    how: dict[str, Any] = {"kind": Kind.IMPORTED, "batch": uuid4(), "note": "why"}
    if alone.is_public:
        alone = workflow.revise(alone, by=rita, note="why", batch=how["batch"])
    workflow.rewrite(alone, new, by=rita, **how)
    said = read_content(together)
    steps = [PlannedWrite(rewritten(said, other), together), PlannedWrite(said | {"slug": "a-new-one"})]
    assert [*carry_out(steps, by=rita, **how)] == [2]
    together = Pilot.objects.filter(revises=together).first() or together
    assert without_moments(read_content(together)) == without_moments(read_content(alone) | {"slug": said["slug"]})
    assert kept(together, "x")[-2:] == kept(alone, "x")[-2:]
    assert counted(together) == counted(alone)
    added = Pilot.objects.get(slug="a-new-one")
    assert without_moments(read_content(added)["texts"]) == said["texts"]
    assert [revision.kind for revision in Revision.objects.filter(row=added.pk)] == [Kind.IMPORTED]
    assert (added.owner, added.edit_count) == (rita, 1)


@pytest.mark.parametrize("kind", ["draft", "public", "new"])
def test_row_costs_few_queries(kind: str, rita: User) -> None:
    factory = factories.PublishedPilotFactory if kind == "public" else factories.PilotFactory
    other = read_content(full())

    def cost(count: int) -> int:
        pilots = [full(factory) for _number in range(count)]
        steps = [PlannedWrite(rewritten(read_content(pilot), other), pilot) for pilot in pilots]
        if kind == "new":
            steps = [PlannedWrite(step.content | {"slug": f"new-{step.content['slug']}"}) for step in steps]
        with CaptureQueriesContext(connection) as asked:
            assert [*carry_out(steps, by=rita, kind=Kind.IMPORTED, batch=uuid4())] == [count]
        return len(asked)

    few, many = cost(2), cost(12)
    assert many - few <= 10 * MOST_A_ROW
    assert few <= 130


def test_one_that_was_changed_since_stops_all(rita: User) -> None:
    pilots = [full(), full()]
    steps = [PlannedWrite(read_content(pilot) | {"start": "2018"}, pilot) for pilot in pilots]
    workflow.rewrite(pilots[1], read_content(pilots[1]) | {"start": "2017"}, by=rita, kind=Kind.CHANGED)
    steps[1] = PlannedWrite(steps[1].content, copy.copy(pilots[1]))
    steps[1].row.edit_count -= 1  # type: ignore[union-attr]
    with pytest.raises(workflow.Conflict):
        list(carry_out(steps, by=rita, kind=Kind.IMPORTED, batch=uuid4()))
    assert [read_content(pilot)["start"] for pilot in pilots] == ["", "2017"]


def test_undo_brings_back_every_kind_of_change(rita: User) -> None:
    other, pilot, batch = read_content(full()), full(), uuid4()
    before = read_content(pilot)
    list(carry_out([PlannedWrite(rewritten(before, other), pilot)], by=rita, kind=Kind.IMPORTED, batch=batch))
    undo(batch, by=rita)
    assert read_content(pilot) == before

"""A harvester that only asks for what changed holds, whatever editors do, what the public list holds."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import uuid4

import hypothesis.strategies as st
import pytest
from django.utils import timezone
from hypothesis import given

from pilots import workflow
from pilots.models import Pilot, Revision
from pilots.models.content import read_content
from pilots.workflow.batches import undo
from tests.api.asking import on_all_pages
from tests.examples import drawn
from tests.factories import PublishedPilotFactory, UserFactory

pytestmark = pytest.mark.django_db


class Harvester:
    """Keeps what it was told by id, and when it asked last."""

    def __init__(self) -> None:
        self.held: dict[int, tuple[str, str, int]] = {}
        self.asked_at = timezone.now() - timedelta(days=1)

    def harvest(self) -> None:
        after, self.asked_at = self.asked_at, timezone.now()
        for one in on_all_pages(f"pilots/?updated_after={after:%Y-%m-%dT%H:%M:%S.%fZ}"):
            self.held.pop(one["id"], None)
            if not one["deleted"]:
                self.held[one["id"]] = (one["slug"], one["title"]["text"], one["version"])


class Editor:
    """Does to a pilot whatever is asked for, as far as its status allows."""

    def __init__(self) -> None:
        self.user = UserFactory(is_superuser=True)
        self.batches: list[Any] = []
        self.count = 0

    def act(self, name: str, pk: int) -> None:
        pilot = Pilot.objects.filter(pk=pk).first()
        with suppress(workflow.Refused):  # not possible from here
            getattr(self, name)(pilot, pk)

    def move(self, move: Callable[..., Any], pilot: Pilot | None) -> None:
        if pilot:
            batch = uuid4()
            move(pilot, by=self.user, batch=batch)
            self.batches.append(batch)

    def publish(self, pilot: Pilot | None, _pk: int) -> None:
        self.move(workflow.publish, (pilot and pilot.copy) or pilot)

    def withdraw(self, pilot: Pilot | None, _pk: int) -> None:
        self.move(workflow.withdraw, pilot)

    def archive(self, pilot: Pilot | None, _pk: int) -> None:
        self.move(workflow.archive, pilot)

    def restore(self, pilot: Pilot | None, _pk: int) -> None:
        self.move(workflow.restore, pilot)

    def undo(self, _pilot: Pilot | None, _pk: int) -> None:
        if self.batches:
            undo(self.batches.pop(), by=self.user)

    def write(self, pilot: Pilot | None, _pk: int) -> None:
        if pilot and pilot.status != Pilot.Status.ARCHIVED:
            self.count += 1
            target = pilot.copy or pilot
            said = read_content(target)
            texts = said["texts"]["en"] | {"title": f"Title {self.count}"}
            content = said | {"texts": {"en": texts}}
            workflow.rewrite(target, content, by=self.user, kind=Revision.Kind.CHANGED)

    def rename(self, pilot: Pilot | None, _pk: int) -> None:
        if pilot:
            self.count += 1
            workflow.rename(pilot, f"renamed-{self.count}", by=self.user)

    def delete(self, pilot: Pilot | None, _pk: int) -> None:
        if pilot:
            workflow.delete(pilot, by=self.user)

    def recover(self, _pilot: Pilot | None, pk: int) -> None:
        if latest := Revision.objects.of(pk).filter(row=pk).first():
            workflow.recover(latest, by=self.user)


ACTS = ("publish", "withdraw", "archive", "restore", "undo", "write", "rename", "delete", "recover")
steps = st.lists(st.tuples(st.sampled_from((*ACTS, "harvest", "publish")), st.integers(0, 1)), min_size=3, max_size=10)


@drawn(20, deadline=None)
@given(steps)
def test_harvester_ends_with_what_is_public_in_whatever_order_editors_act(taken):
    editor, harvester, slow = Editor(), Harvester(), Harvester()
    ids = [PublishedPilotFactory().pk for _number in range(2)]
    for act, which in taken:
        if act == "harvest":
            slow.harvest()
        else:
            editor.act(act, ids[which])
        harvester.harvest()
    slow.harvest()
    public = {one["id"]: (one["slug"], one["title"]["text"], one["version"]) for one in on_all_pages("pilots/")}
    assert harvester.held == slow.held == public

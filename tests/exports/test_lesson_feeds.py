"""Feeds of lessons: each with the days on which versions of its pilot first and last changed it."""

from copy import deepcopy
from datetime import UTC, datetime

import pytest

from pilots.exports import feed_entries
from pilots.models import Lesson, Pilot, Revision
from pilots.models.content import read_content
from tests.exports.reading_files import as_json, body
from tests.visitors import visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
FEED = "/lessons.feed.json"


def day(number: int) -> datetime:
    return datetime(2027, 5, number, tzinfo=UTC)


def publish(pilot: Pilot, version: int, lessons: dict[str, str]) -> None:
    """Keep a public version that had these lessons."""
    said = deepcopy(read_content(pilot))
    said["lessons"] = {
        number: {"kind": "method", "passage": "1", "texts": {"en": {"text": text}}} for number, text in lessons.items()
    }
    Revision.objects.create(
        entry_id=pilot.pk, row=pilot.pk, edit_count=version, version=version, kind="published", content=said,
        status="published", at=day(version),
    )  # fmt: skip


def items(address: str = FEED) -> dict[str, tuple[str, str, str]]:
    return {
        item["id"].rpartition(":")[2]: (item["date_published"][:10], item["date_modified"][:10], item["summary"])
        for item in as_json(address)["items"]
    }


def test_feed_has_the_lessons_that_match_in_the_order_of_the_library():
    found = as_json(f"{FEED}?kind=method&country=NL")
    api = visitor().get("/api/v1/lessons/?kind=method&country=NL&per_page=48").json()["results"]
    assert [item["url"] for item in found["items"]] == [lesson["page"] for lesson in api]
    assert [item["content_text"].partition("\n\n")[2] for item in found["items"]] == [
        one["text"]["text"] for one in api
    ]
    assert found["home_page_url"].endswith("/lessons/?kind=method&country=NL")
    assert found["_terms"]["about"].endswith("/about/#reuse")


def test_lesson_is_as_new_as_the_version_that_changed_it():
    pilot = Pilot.objects.get(slug="avignon")
    lessons = Lesson.objects.filter(pilot=pilot)
    lessons.delete()
    for number in (1, 2, 3):
        Lesson(pilot=pilot, number=number, kind="method").save()
        Lesson.objects.get(pilot=pilot, number=number).create_translation("en", text=f"Text {number}")
    publish(pilot, 2, {"1": "secret words", "2": "Text 2"})
    publish(pilot, 3, {"1": "Text 1", "2": "Text 2", "3": "Text 3"})
    Pilot.objects.filter(pk=pilot.pk).update(version=3, version_at=day(3), published_at=day(1))
    found = items(f"{FEED}?country=FR")
    assert [found[f"{pilot.pk}-{number}"] for number in (1, 2, 3)] == [
        ("2027-05-01", "2027-05-03", "Changed on 3 May 2027."),
        ("2027-05-01", "2027-05-02", "Changed on 2 May 2027."),
        ("2027-05-03", "2027-05-03", "New on 3 May 2027."),
    ]
    assert b"secret" not in body(FEED) + body("/lessons.atom")


def test_id_and_times_stay_when_the_pilot_is_renamed():
    before = items()
    Pilot.objects.filter(slug="avignon").update(slug="elsewhere")
    assert items() == before


def test_feed_has_those_that_changed_last(monkeypatch):
    monkeypatch.setattr(feed_entries, "MOST_ENTRIES", 1)
    pilot = Pilot.objects.get(slug="malaga")
    Pilot.objects.filter(pk=pilot.pk).update(version_at=day(3))
    number = Lesson.objects.filter(pilot=pilot).order_by("number").first().number
    assert [*items()] == [f"{pilot.pk}-{number}"]


@pytest.mark.parametrize("query", ["country=XX", "keep=avignon", "rows=stage"])
def test_what_the_page_leaves_out_is_refused(query):
    assert visitor().get(f"/lessons.atom?{query}").status_code == 400

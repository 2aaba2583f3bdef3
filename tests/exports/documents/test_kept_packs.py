"""Packs are made once for a version of the content, one at a time."""

import pytest
from django.core.management import call_command

from pilots.exports.documents import typst_writer, views
from pilots.index.content_version import current
from pilots.models import Pilot
from pilots.workflow.scheduler import run_due_tasks
from tests import factories
from tests.visitors import visitor

DATABASES = ("sqlite",)


def never():
    raise AssertionError


def kept(data_dir):
    return sorted(path.name for path in (data_dir / "packs").iterdir())


@pytest.mark.django_db(transaction=True)
def test_visitors_get_503_while_another_pack_is_made_and_what_is_kept_after_it(monkeypatch, data_dir):
    factories.PublishedPilotFactory(slug="avignon")
    with views._making:
        response = visitor().get("/pilots/avignon.pdf")
        assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    first = visitor().get("/pilots/avignon.pdf")
    assert (first.status_code, first.headers["X-Robots-Tag"]) == (200, "noindex")
    assert first.headers["Cache-Control"] == "no-cache"  # kept in no memory
    assert len(kept(data_dir)) == 1
    monkeypatch.setitem(views.WRITERS, views.PDF, never)
    with views._making:
        again = visitor().get("/pilots/avignon.pdf", HTTP_COOKIE="a=b")
    assert again.content == first.content
    same = visitor().get("/pilots/avignon.pdf", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert same.status_code == 304
    head = visitor().head("/pilots/avignon.pdf")
    assert (head.status_code, head.headers["Content-Type"]) == (200, "application/pdf")
    assert [first.cookies, again.cookies] == [{}, {}]


@pytest.mark.django_db(transaction=True)
def test_no_pack_is_given_away_that_was_made_while_unchecked_texts_were_shown(settings):
    pilot = factories.PublishedPilotFactory(slug="avignon")
    pilot.create_translation("fr", title="Titre", provenance={"title": {"by": "machine"}})
    tag = visitor().get("/fr/pilots/avignon.pdf").headers["ETag"]
    settings.HIDE_UNCHECKED_TRANSLATIONS = True
    made = []
    write = views.WRITERS[views.PDF]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(views.WRITERS, views.PDF, lambda pack: made.append(1) or write(pack))
        response = visitor().get("/fr/pilots/avignon.pdf", HTTP_IF_NONE_MATCH=tag)
    assert (response.status_code, made) == (200, [1])


@pytest.mark.django_db(transaction=True)
def test_what_a_visitor_searched_and_filtered_by_is_kept_on_no_disk(data_dir):
    factories.PublishedPilotFactory(slug="avignon", authority__country="FR")
    for query in ("q=cost", "country=FR"):
        assert visitor().get(f"/pilots/avignon.pdf?{query}").status_code == 200
    assert not (data_dir / "packs").exists()


@pytest.mark.django_db
def test_pack_that_takes_too_long_is_refused_as_one_that_is_too_long(monkeypatch):
    factories.PublishedPilotFactory(slug="avignon")
    monkeypatch.setattr(typst_writer, "MOST_SECONDS", 0.001)
    response = visitor().get("/pilots/avignon.pdf")
    assert response.status_code == 400
    assert "too long for one document" in response.content.decode()
    monkeypatch.undo()
    assert visitor().get("/pilots/avignon.pdf").status_code == 200


@pytest.mark.django_db
def test_pack_that_is_too_long_is_refused_before_it_is_written(monkeypatch):
    factories.PublishedPilotFactory(slug="avignon", results="r" * 4_000)
    monkeypatch.setitem(views.WRITERS, views.PDF, lambda _pack: b"%PDF-")
    assert visitor().get("/pilots/avignon.pdf").status_code == 200
    monkeypatch.setattr(views, "LONGEST", 4_000)
    response = visitor().get("/pilots/avignon.pdf")
    assert response.status_code == 400
    assert "too long for one document" in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_changed_pilot_is_in_the_next_pack_and_its_former_words_are_on_no_disk(monkeypatch, data_dir):
    monkeypatch.setitem(views.WRITERS, views.PDF, lambda pack: repr(pack).encode())
    pilot = factories.PublishedPilotFactory(slug="avignon", results="Former words.")
    assert b"Former words." in visitor().get("/pilots/avignon.pdf").content
    pilot.translations.update(results="Present words.")
    assert b"Present words." in visitor().get("/pilots/avignon.pdf").content
    assert [b"Former" in path.read_bytes() for path in (data_dir / "packs").iterdir()] == [False]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "take_in",
    [lambda: visitor().get("/about/"), lambda: call_command("publish_due"), lambda: run_due_tasks(then=current)],
    ids=["page", "command", "clock"],
)
def test_words_of_a_withdrawn_pilot_leave_the_disk_though_nobody_asks_for_a_file(data_dir, take_in):
    pilot = factories.PublishedPilotFactory(slug="avignon")
    assert visitor().get("/pilots/avignon.pdf").status_code == 200
    assert len(kept(data_dir)) == 1
    Pilot.objects.filter(pk=pilot.pk).update(status="archived")
    take_in()
    assert kept(data_dir) == []

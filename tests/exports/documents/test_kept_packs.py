"""Packs are made once for a version of the content, one at a time, and kept up to a size."""

import os
import threading

import pytest

from pilots.exports.documents import kept_packs, typst_writer, views
from pilots.exports.documents.kept_packs import MakingAnother, kept_or_made
from pilots.models import Pilot
from tests import factories
from tests.visitors import visitor

DATABASES = ("sqlite",)


def never():
    raise AssertionError


def kept(data_dir):
    return sorted(path.name for path in (data_dir / "packs").iterdir())


def test_pack_is_made_once_for_a_key_at_a_version():
    assert kept_or_made(1, ("a",), lambda: b"first") == b"first"
    assert kept_or_made(1, ("a",), never) == b"first"
    assert kept_or_made(1, ("b",), lambda: b"other") == b"other"
    assert kept_or_made(2, ("a",), lambda: b"second") == b"second"


def test_nothing_is_kept_without_a_version(data_dir):
    assert kept_or_made(None, ("a",), lambda: b"first") == b"first"
    assert not (data_dir / "packs").exists()


def test_packs_of_other_versions_go_when_one_is_kept(data_dir):
    kept_or_made(1, ("a",), lambda: b"first")
    kept_or_made(2, ("a",), lambda: b"second")
    assert [name.partition("-")[0] for name in kept(data_dir)] == ["2"]


def test_what_was_not_asked_for_longest_goes_where_they_are_too_large_together(data_dir, monkeypatch):
    monkeypatch.setattr(kept_packs, "MOST_BYTES", 10)
    for key in "abc":
        kept_or_made(1, (key,), lambda: b"1234")
        for age, path in enumerate(sorted((data_dir / "packs").iterdir(), key=os.path.getmtime, reverse=True)):
            os.utime(path, (1_000_000 - age, 1_000_000 - age))
    assert kept_or_made(1, ("c",), never) == kept_or_made(1, ("b",), never) == b"1234"
    assert kept_or_made(1, ("a",), lambda: b"anew") == b"anew"
    assert sum(path.stat().st_size for path in (data_dir / "packs").iterdir()) <= 10


def test_pack_that_was_asked_for_again_stays(data_dir, monkeypatch):
    monkeypatch.setattr(kept_packs, "MOST_BYTES", 10)
    for age, key in enumerate("ab"):
        kept_or_made(1, (key,), lambda: b"1234")
        newest = max((data_dir / "packs").iterdir(), key=os.path.getmtime)
        os.utime(newest, (1_000 + age, 1_000 + age))
    kept_or_made(1, ("a",), never)
    kept_or_made(1, ("c",), lambda: b"1234")
    assert kept_or_made(1, ("a",), never) == b"1234"


def test_process_makes_one_pack_at_a_time_and_sends_kept_ones_meanwhile():
    kept_or_made(1, ("kept",), lambda: b"kept")
    begun, go_on, made = threading.Event(), threading.Event(), []

    def slow():
        begun.set()
        assert go_on.wait(10)
        return b"slow"

    thread = threading.Thread(target=lambda: made.append(kept_or_made(1, ("slow",), slow)))
    thread.start()
    assert begun.wait(10)
    with pytest.raises(MakingAnother):
        kept_or_made(1, ("other",), never)
    assert kept_or_made(1, ("kept",), never) == b"kept"
    go_on.set()
    thread.join(10)
    assert made == [b"slow"]


def test_next_pack_can_be_made_where_one_failed():
    with pytest.raises(ZeroDivisionError):
        kept_or_made(1, ("a",), lambda: 1 // 0)
    assert kept_or_made(1, ("a",), lambda: b"made") == b"made"


def test_folder_that_cannot_be_written_to_costs_no_answer(data_dir, caplog):
    (data_dir / "packs").write_text("no folder")
    assert kept_or_made(1, ("a",), lambda: b"made") == b"made"
    assert "could not be kept" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_visitors_get_503_while_another_pack_is_made_and_what_is_kept_after_it(monkeypatch, data_dir):
    factories.PublishedPilotFactory(slug="avignon")
    with kept_packs._making:
        response = visitor().get("/pilots/avignon.pdf")
        assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    first = visitor().get("/pilots/avignon.pdf")
    assert (first.status_code, first.headers["X-Robots-Tag"]) == (200, "noindex")
    assert len(kept(data_dir)) == 1
    monkeypatch.setitem(views.WRITERS, views.PDF, never)
    with kept_packs._making:
        again = visitor().get("/pilots/avignon.pdf", HTTP_COOKIE="a=b")
    assert again.content == first.content
    same = visitor().get("/pilots/avignon.pdf", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert same.status_code == 304
    head = visitor().head("/pilots/avignon.pdf")
    assert (head.status_code, head.headers["Content-Type"]) == (200, "application/pdf")
    assert [first.cookies, again.cookies] == [{}, {}]


@pytest.mark.django_db(transaction=True)
def test_what_a_visitor_searched_and_filtered_by_is_kept_on_no_disk(data_dir):
    factories.PublishedPilotFactory(slug="avignon", authority__country="FR")
    for query in ("q=cost", "country=FR"):
        assert visitor().get(f"/pilots/avignon.pdf?{query}").status_code == 200
    assert not (data_dir / "packs").exists()


@pytest.mark.django_db
def test_visitors_are_asked_to_come_again_where_setting_takes_too_long(monkeypatch):
    factories.PublishedPilotFactory(slug="avignon")
    monkeypatch.setattr(typst_writer, "MOST_SECONDS", 0.001)
    response = visitor().get("/pilots/avignon.pdf")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
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
    other = factories.PublishedPilotFactory(slug="malaga")
    assert b"Former words." in visitor().get("/pilots/avignon.pdf").content
    pilot.translations.update(results="Present words.")
    assert b"Present words." in visitor().get("/pilots/avignon.pdf").content
    assert [b"Former" in path.read_bytes() for path in (data_dir / "packs").iterdir()] == [False]
    Pilot.objects.filter(pk=pilot.pk).update(status="archived")
    assert visitor().get("/pilots/avignon.pdf").status_code == 410
    assert visitor().get(f"/pilots/{other.slug}.pdf").status_code == 200
    assert [b"Present" in path.read_bytes() for path in (data_dir / "packs").iterdir()] == [False]

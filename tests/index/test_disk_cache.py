"""Files kept on disk: whole ones only, of the present content only, and no more than there is room for."""

import os
from dataclasses import replace

import pytest

from pilots.index import disk_cache
from pilots.index.disk_cache import FILES, UNFINISHED, DiskCache, drop_older

PARTS = [b"one,", b"two,", b"three"]


@pytest.fixture(autouse=True)
def folder(monkeypatch, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.ARCHIVE_DIR = tmp_path / "archive"
    monkeypatch.setitem(disk_cache.known, "version", 0)
    return FILES.folder


def made(key="key", version=7, parts=PARTS, cache=FILES):
    return b"".join(cache.read_or_make(version, key, lambda: iter(parts)))


def kept(key="key", version=7):
    """What is kept under this key, b"" for nothing."""
    return made(key, version, parts=[])


def names(folder):
    return sorted(path.name.partition("-")[0] for path in folder.iterdir())


def make_older(folder, seconds):
    for path in folder.iterdir():
        age = path.stat().st_mtime_ns - seconds * 10**9
        os.utime(path, ns=(age, age))


def test_file_is_made_once_for_each_key_and_version():
    assert made() == made(parts=[b"anew"]) == b"one,two,three"
    assert made("other", parts=[b"anew"]) == made(version=8, parts=[b"anew"]) == b"anew"


def test_part_of_a_file_is_not_kept(folder):
    def broken():
        yield b"one,"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        b"".join(FILES.read_or_make(7, "key", broken))
    left = FILES.read_or_make(7, "key", lambda: iter(PARTS))
    next(left)
    left.close()
    assert names(folder) == []


def test_files_of_older_versions_go_from_every_folder_at_a_new_one(settings):
    folders = [*(settings.DATA_DIR / name for name in ("files", "packs")), settings.ARCHIVE_DIR]
    for folder in folders:
        folder.mkdir()
        for name in ("6_site.zip", "7-digest", "8-digest", "lock"):
            (folder / name).touch()
    drop_older(7)
    assert [names(folder) for folder in folders] == [["7", "8", "lock"]] * 3
    drop_older(8)
    assert [names(folder) for folder in folders] == [["8", "lock"]] * 3


@pytest.mark.parametrize("newest_first", [True, False])
def test_files_of_two_versions_sent_at_once_spoil_neither(folder, newest_first):
    drop_older(7)
    old = FILES.read_or_make(7, "a", lambda: iter(PARTS))
    assert next(old) == b"one,"
    drop_older(8)
    new = FILES.read_or_make(8, "a", lambda: iter(PARTS))
    assert next(new) == b"one,"
    for generator in (new, old) if newest_first else (old, new):
        assert b"".join(generator) == b"two,three"
    assert names(folder) == ["8"]


def test_what_a_process_left_unfinished_goes_after_an_hour(folder):
    folder.mkdir()
    (folder / f"{UNFINISHED}left").touch()
    drop_older(7)
    assert len(names(folder)) == 1
    make_older(folder, seconds=3700)
    drop_older(8)
    assert names(folder) == []


def test_file_that_was_not_asked_for_longest_makes_room(folder):
    cache = replace(FILES, most_bytes=30)
    for key in "abac":
        made(key, cache=cache)
        make_older(folder, seconds=1)  # the clock may not tell so short times apart
    assert (kept("c"), kept("a")) == (b"one,two,three", b"one,two,three")
    assert kept("b") == b""


def test_file_that_is_too_large_is_sent_and_not_kept(folder):
    assert made(cache=replace(FILES, most_bytes=10)) == b"one,two,three"
    assert names(folder) == []


def test_unfinished_files_count(folder):
    cache = replace(FILES, most_bytes=20)
    first, second = (cache.read_or_make(7, key, lambda: iter(PARTS)) for key in "ab")
    for _part in PARTS:
        next(first), next(second)
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 20
    assert [b"".join(first), b"".join(second)] == [b"", b""]
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 20


def test_folder_that_cannot_be_written_to_spoils_nothing(folder):
    folder.write_text("")
    assert made() == made() == b"one,two,three"


def test_disk_that_is_full_spoils_nothing(monkeypatch, folder):
    class Full:
        """A file whose disk is full."""

        def write(self, _part):
            raise OSError(28, "No space left on device")

    assert FILES._is_written(Full(), b"part") is False
    monkeypatch.setattr(DiskCache, "_is_written", lambda _cache, _copy, part: part != b"two,")
    assert made() == b"one,two,three"
    assert names(folder) == []

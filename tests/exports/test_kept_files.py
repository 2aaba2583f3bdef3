"""Long files that are kept: whole ones only, of the present content only, and no more than there is room for."""

import pytest

from pilots.exports import kept_files
from pilots.exports.kept_files import kept_or_made

PARTS = [b"one,", b"two,", b"three"]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "files"


def made(key="key", version=7, parts=PARTS):
    return b"".join(kept_or_made(version, key, lambda: iter(parts)))


def kept(key="key", version=7):
    """What is kept under this key, b"" for nothing."""
    return made(key, version, parts=[])


def names(folder):
    return {path.name.partition("-")[0] for path in folder.iterdir()}


def test_file_is_made_once_for_each_key_and_version():
    assert made() == made(parts=[b"anew"]) == b"one,two,three"
    assert made("other", parts=[b"anew"]) == made(version=8, parts=[b"anew"]) == b"anew"


def test_part_of_a_file_is_not_kept(folder):
    def broken():
        yield b"one,"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        b"".join(kept_or_made(7, "key", broken))
    left = kept_or_made(7, "key", lambda: iter(PARTS))
    next(left)
    left.close()
    assert [*folder.iterdir()] == []


def test_files_of_other_versions_go(folder):
    made("a", 7)
    made("b", 8)
    assert names(folder) == {"8"}


def test_file_that_was_not_asked_for_longest_makes_room(monkeypatch, folder):
    monkeypatch.setattr(kept_files, "MOST_BYTES", 30)
    for key in "abac":
        made(key)
        for path in folder.iterdir():  # the clock may not tell so short times apart
            age = path.stat().st_mtime_ns - 10**9
            kept_files.os.utime(path, ns=(age, age))
    assert (kept("c"), kept("a")) == (b"one,two,three", b"one,two,three")
    assert kept("b") == b""


def test_file_that_is_too_large_is_sent_and_not_kept(monkeypatch, folder):
    monkeypatch.setattr(kept_files, "MOST_BYTES", 10)
    assert made() == b"one,two,three"
    assert [*folder.iterdir()] == []


def test_folder_that_cannot_be_written_to_spoils_nothing(folder):
    folder.write_text("")
    assert made() == made() == b"one,two,three"


def test_disk_that_is_full_spoils_nothing(monkeypatch, folder):
    def is_full(_copy, _part):
        raise OSError(28, "No space left on device")

    class Full:
        """A file whose disk is full after the first bytes."""

        def tell(self):
            return 0

        write = is_full

    assert kept_files._is_written(Full(), b"part") is False
    monkeypatch.setattr(kept_files, "_is_written", lambda _copy, part: part != b"two,")
    assert made() == b"one,two,three"
    assert [*folder.iterdir()] == []

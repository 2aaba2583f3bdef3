"""What `portal` does, with programs that only note how they were called; `make test-upgrade` has real ones."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.server import ROOT

# In place of a release's Python: notes the command of manage.py, and does what the test put beside.
PYTHON = """#!/bin/sh
release=$(basename "$(realpath "$(dirname "$0")/../..")")
shift
echo "$release $*" >> "$PORTAL_ROOT/log"
test ! -e "$PORTAL_ROOT/do" || . "$PORTAL_ROOT/do"
"""
SYSTEMCTL = """#!/bin/sh
echo "systemctl $*" >> "$PORTAL_ROOT/log"
"""
PORTAL = """
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
loader = SourceFileLoader("portal", {path!r})
portal = module_from_spec(spec_from_loader("portal", loader))
loader.exec_module(portal)
import machine, releases, signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever started the tests in the background ignores it
portal.check = releases.check = lambda *_where, **_how: None
portal.address = releases.address = lambda: ("127.0.0.1", 1)
machine.as_user = dict
machine.USER = {user!r}
"""
Run = Callable[[str], subprocess.CompletedProcess[str]]


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine that went back from the release “new”, which migrated, to “old”."""
    home = tmp_path / "srv/prepare-portal"
    for release in ("old", "new"):
        program(home / "releases" / release / ".venv/bin/python", PYTHON)
    for name, release in {"current": "old", "previous": "new", "newest": "new"}.items():
        (home / name).symlink_to(home / "releases" / release)
    for folder in ("etc/systemd/system", "var/backups/prepare-portal", "data"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "data/portal.sqlite3").write_text("rows")
    (tmp_path / "etc/prepare-portal.env").write_text(f"DATA_DIR={tmp_path}/data\n")
    program(tmp_path / "bin/systemctl", SYSTEMCTL)
    return tmp_path


def program(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    file.chmod(0o755)


@pytest.fixture
def run(machine: Path) -> Run:
    """Run code after the modules of `portal` were loaded."""
    me = subprocess.run(["id", "--user", "--name"], check=True, capture_output=True, text=True).stdout.strip()
    head = PORTAL.format(path=str(ROOT / "deploy/portal"), user=me)
    path = f"{machine}/bin:{os.environ['PATH']}"
    env = {"PORTAL_ROOT": str(machine), "PORTAL_USER": me, "PYTHONPATH": str(ROOT / "deploy"), "PATH": path}

    def run(code: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", head + code]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False, start_new_session=True)

    return run


def log(machine: Path) -> list[str]:
    file = machine / "log"
    return file.read_text().splitlines() if file.exists() else []


def test_release_that_migrated_last_makes_the_backups(machine: Path, run: Run) -> None:
    folder = f"{machine}/var/backups/prepare-portal"
    for words, given in {
        "": folder,
        "'--keep', '7'": f"{folder} --keep 7",
        "'--keep', '7', '/mnt/a.zip'": "--keep 7 /mnt/a.zip",
    }.items():
        assert run(f"portal.backup({words})").stderr == ""
        assert log(machine)[-1] == f"new backup {given}"


def test_older_release_is_not_taken_for_the_one_that_migrated_last(machine: Path, run: Run) -> None:
    said = run(
        "from pathlib import Path; older = {'a'}\n"
        "def git(_act, _is, release, newest):\n"
        "    if release not in older: raise machine.Failed\n"
        "releases.git = git\n"
        "for name in 'day-a', 'day-b': releases.note_newest(Path(name)); print(releases.NEWEST.readlink().name)"
    )
    assert said.stdout.split() == ["new", "day-b"]


def test_restored_data_stand_in_place_of_those_of_before(machine: Path, run: Run) -> None:
    names = ["portal-20261130T031700Z.zip", "portal-20261201T031700Z.zip.age", "portal-before-import.zip"]
    for name in [*names, "portal-20261202T031700Z.zip.unfinished"]:
        (machine / "var/backups/prepare-portal" / name).touch()
    (machine / "key").touch()
    (machine / "do").write_text('echo restored > "$PORTAL_ROOT/data/portal.sqlite3"')
    said = run(f"portal.restore('--identity', '{machine}/key')")
    assert said.stderr == ""
    stop, restore, start = log(machine)
    assert stop == "systemctl stop prepare-portal.socket"
    assert restore == f"new restore {machine}/var/backups/prepare-portal/{names[1]} --identity {machine}/key"
    assert start == "systemctl start prepare-portal.socket prepare-portal.service"
    assert (machine / "data/portal.sqlite3").read_text() == "restored\n"
    (aside,) = (machine / "data").glob("before-*")
    assert (aside / "portal.sqlite3").read_text() == "rows"
    assert str(aside) in said.stdout


@pytest.mark.parametrize("end", ["exit 1", f"kill -{signal.SIGINT:d} $PPID; sleep 5"], ids=["refused", "interrupted"])
def test_restore_that_does_not_end_puts_everything_back(end: str, machine: Path, run: Run) -> None:
    (machine / "data/media").mkdir()
    file = machine / "a.zip"
    file.touch()
    made = 'cd "$PORTAL_ROOT/data"; echo half > portal.sqlite3; echo half > new; mkdir media archive\n'
    (machine / "do").write_text(made + end)
    assert run(f"portal.restore('{file}')").returncode != 0
    assert sorted(path.name for path in (machine / "data").iterdir()) == ["media", "portal.sqlite3"]
    assert (machine / "data/portal.sqlite3").read_text() == "rows"
    assert log(machine)[-1].startswith("systemctl start")


def test_file_is_looked_for_before_anything_is_stopped(machine: Path, run: Run) -> None:
    (machine / "a.zip").touch()
    for words, missing in {"'b.zip'": "b.zip", f"'{machine}/a.zip', '--identity', 'no.txt'": "no.txt"}.items():
        assert f"There is no file {Path.cwd() / missing}" in run(f"portal.restore({words})").stderr
    assert log(machine) == []


def test_units_come_and_go_with_the_release(machine: Path, run: Run) -> None:
    units = machine / "etc/systemd/system"
    for release, names in {"old": ["", "-old"], "new": ["", "-new"]}.items():
        for name in names:
            program(machine / f"srv/prepare-portal/releases/{release}/deploy/systemd/prepare-portal{name}.timer", "")
    for name in ("prepare-portal-old.timer", "prepare-portal-own.timer", "prepare-portal.timer"):
        (units / name).touch()
    assert run("portal.back()").stderr == ""
    assert {unit.name for unit in units.iterdir()} == {f"prepare-portal{name}.timer" for name in ("", "-new", "-own")}
    assert log(machine) == [
        "systemctl disable --now prepare-portal-old.timer",
        "systemctl daemon-reload",
        "systemctl enable --now prepare-portal.socket "
        "prepare-portal-new.timer prepare-portal-own.timer prepare-portal.timer",
        "systemctl enable prepare-portal.service",
        "systemctl restart prepare-portal.service",
    ]


def test_where_systemd_listens_is_where_the_portal_is_asked(machine: Path, run: Run) -> None:
    said = run(
        "from importlib import reload; reload(machine)\n"
        "for line in ('127.0.0.1:82 (S)', '10.0.0.5:80 (Stream)\\n127.0.0.1:9400 (Stream)', '[::]:81 (S)'):\n"
        "    machine.systemctl = lambda *_words: line\n"
        "    print(*machine.address())"
    )
    assert said.stdout.splitlines() == ["127.0.0.1 82", "10.0.0.5 80", "127.0.0.1 81"], said.stderr


@pytest.mark.parametrize("listens", ["", "/run/prepare-portal.sock (Stream)"])
def test_portal_that_has_no_port_is_told_so(listens: str, machine: Path, run: Run) -> None:
    program(machine / "bin/systemctl", f"#!/bin/sh\necho '{listens}'\n")
    said = run(
        "from importlib import reload; reload(machine)\n"
        "try: machine.address()\n"
        "except machine.Failed as error: print(error)"
    )
    assert "has to listen at a port first" in said.stdout, said.stderr


@pytest.mark.parametrize(("by", "runs"), [("old", "old"), ("new", "new")])
def test_release_that_does_not_answer_stays_only_if_somebody_saved_with_it(
    by: str, runs: str, machine: Path, run: Run
) -> None:
    program(machine / "bin/systemctl", SYSTEMCTL + 'test "$1" != restart || echo save >> "$PORTAL_ROOT/saves"\n')
    (machine / "do").write_text('touch "$PORTAL_ROOT/saves"; cat "$PORTAL_ROOT/saves"')
    said = run(
        "releases.git = portal.git = lambda *_words: ''\n"
        "portal.find_commit = lambda *_names: ''\n"
        "portal.build = lambda _commit: machine.HOME.resolve() / 'releases/new'\n"
        "portal.try_out = portal.note_newest = lambda _release: None\n"
        "def check(*_where):\n"
        f"    {by == 'new'} and (machine.ROOT / 'saves').open('a').write('save')\n"
        "    raise machine.NoAnswer('It does not answer.')\n"
        "portal.check = check\n"
        "portal.upgrade('--without-backup')"
    )
    assert "It does not answer." in said.stderr
    assert (machine / "srv/prepare-portal/current").resolve().name == runs, said.stderr

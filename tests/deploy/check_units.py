"""Are the unit files what systemd wants, and is what they start locked in? systemd's own checker says; `make units`."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.server import ROOT
from tests.deploy.unit_files import UNITS, values

MOST_EXPOSED = 2.0  # of 10, by systemd's scale; it calls everything below 5 fair
BIN = re.compile("/srv/prepare-portal/(current|newest)/.venv/bin/")
FILES = sorted(file.name for file in UNITS.iterdir() if file.is_file())
SERVICES = [name for name in FILES if name.endswith(".service")]


def analyze(*words: str) -> subprocess.CompletedProcess[str]:
    assert shutil.which("systemd-analyze"), "systemd-analyze is missing. It is part of systemd."
    return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The units, with the programs of this tree: systemd looks whether there are such."""
    copy = tmp_path_factory.mktemp("units") / "systemd"
    shutil.copytree(UNITS, copy, symlinks=True)
    for name in SERVICES:
        text = (copy / name).read_text()
        (copy / name).write_text(BIN.sub(f"{Path(sys.executable).parent}/", text))
    return copy


def test_systemd_finds_no_fault(folder: Path) -> None:
    said = analyze("verify", *(str(folder / name) for name in FILES))
    assert (said.returncode, said.stdout + said.stderr) == (0, "")


def test_checker_sees_a_key_that_systemd_does_not_know(folder: Path) -> None:
    (folder / "wrong.service").write_text("[Service]\nExecStart=/bin/true\nProtectEverything=true\n")
    assert "ProtectEverything" in analyze("verify", str(folder / "wrong.service")).stderr


@pytest.mark.parametrize("name", SERVICES)
def test_services_are_locked_in(folder: Path, name: str) -> None:
    said = analyze("security", "--offline=true", "--no-pager", str(folder / name)).stdout
    exposure = re.search(r"Overall exposure level for \S+: ([\d.]+)", said)
    assert exposure, said
    assert float(exposure[1]) <= MOST_EXPOSED, said


@pytest.mark.parametrize("name", SERVICES)
def test_services_run_as_the_portals_user_with_its_settings(name: str) -> None:
    said = values(name)
    assert said["User"] == ["portal"]
    assert said["EnvironmentFile"] == ["/etc/prepare-portal.env"]
    assert all(BIN.match(command) for command in said["ExecStartPre"] + said["ExecStart"])


def test_every_timer_has_its_job() -> None:
    timers = {name.removesuffix(".timer") for name in FILES if name.endswith(".timer")}
    assert timers == {name.removesuffix(".service") for name in SERVICES} - {"prepare-portal"}


def test_jobs_call_commands_that_there_are() -> None:
    commands = {file.stem for file in (ROOT / "pilots/management/commands").glob("*.py")}
    called = {
        match[1]
        for name in SERVICES
        for line in values(name)["ExecStart"]
        if (match := re.search(r"manage\.py (\w+)", line))
    }
    assert called
    assert called <= commands


def test_backups_are_made_by_the_release_that_knows_every_table() -> None:
    assert all(
        "/newest/manage.py backup" in command for command in values("prepare-portal-backup.service")["ExecStart"]
    )

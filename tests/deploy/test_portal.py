"""The command `portal` says what is wrong in a sentence; what it does is tried by `make operator-walk`."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.browser.server import ROOT
from tests.deploy.operator_walk import MOST_COMMANDS, commands

PORTAL = ROOT / "deploy" / "portal"
EXAMPLE = ROOT / "deploy" / "prepare-portal.env"


def portal(machine: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"PORTAL_ROOT": str(machine)}
    return subprocess.run([sys.executable, PORTAL, *words], env=env, capture_output=True, text=True, check=False)


def test_nothing_is_done_before_it_is_installed(tmp_path):
    for act in ("status", "backup", "upgrade", "back"):
        said = portal(tmp_path, act)
        assert (said.returncode, said.stderr) == (1, "The portal is not installed yet. `portal install` does it.\n")


def test_installing_asks_for_settings_first(tmp_path):
    said = portal(tmp_path, "install")
    assert said.returncode == 1
    assert said.stderr.startswith(f"{tmp_path}/etc/prepare-portal.env is missing. Copy deploy/prepare-portal.env")


def test_unknown_act_shows_those_that_there_are(tmp_path):
    said = portal(tmp_path, "upgarde")
    assert said.returncode == 1
    acts = re.findall(r"^  portal (\w+)", said.stderr, re.MULTILINE)
    assert acts == ["install", "upgrade", "back", "backup", "restore", "manage", "status"]
    assert portal(tmp_path, "--help").stdout in said.stderr


def test_settings_are_read_as_the_service_gets_them(tmp_path):
    (tmp_path / "etc").mkdir()
    text = (
        EXAMPLE.read_text()
        + "EMAIL_URL='smtp://a:b#c=d@mail.example.org'\n; SECRET_KEY=x\nEMAIL_FROM=o'brien\"@example.org\n"
    )
    (tmp_path / "etc/prepare-portal.env").write_text(text)
    code = "import machine; print({name: machine.environment().get(name) for name in %r})"
    names = ["SITE_URL", "DATA_DIR", "EMAIL_URL", "EMAIL_FROM", "SECRET_KEY"]
    env = {"PORTAL_ROOT": str(tmp_path), "PYTHONPATH": str(ROOT / "deploy"), "PATH": os.environ["PATH"]}
    said = subprocess.run([sys.executable, "-c", code % names], env=env, capture_output=True, text=True, check=True)
    mail = ["smtp://a:b#c=d@mail.example.org", "o'brien\"@example.org"]
    expected = ["https://pilots.example.org", "/var/lib/prepare-portal", *mail, None]
    assert said.stdout == f"{dict(zip(names, expected, strict=True))}\n"


def test_document_needs_few_commands():
    """From an empty machine to a restored portal; `status` is asked twice on the way."""
    assert sum(map(len, commands().values())) + 1 <= MOST_COMMANDS


def test_only_what_no_release_needs_is_deleted_also_behind_links(tmp_path):
    disk = tmp_path / "disk"
    (tmp_path / "srv").symlink_to(disk)
    home = disk / "prepare-portal"
    for name in ("1", "2", "3"):
        (home / "releases" / name).mkdir(parents=True)
        (home / "packages" / f"of-{name}").mkdir(parents=True)
        (home / "releases" / name / ".venv").symlink_to(tmp_path / "srv/prepare-portal/packages" / f"of-{name}")
    code = "from releases import *; keep_only(RELEASES / '2', (RELEASES / '3').resolve())"
    env = {"PORTAL_ROOT": str(tmp_path), "PYTHONPATH": str(ROOT / "deploy"), "PATH": os.environ["PATH"]}
    subprocess.run([sys.executable, "-c", code], env=env, check=True)
    left = {str(folder.relative_to(home)) for folder in home.glob("*/*")}
    assert left == {"releases/2", "releases/3", "packages/of-2", "packages/of-3"}

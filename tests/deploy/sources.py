"""A repository that holds this tree as it stands, for what is cloned from and released."""

import shutil
import subprocess
from pathlib import Path

from tests.browser.server import ROOT

WHO = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false"]


def git(folder: Path, *words: str) -> str:
    command = ["git", *WHO, *words]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)


def repository(folder: Path) -> Path:
    """Make an empty repository."""
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    return folder


def put_commit(folder: Path, earlier: str) -> None:
    """Make an earlier commit of this repository the first one of another."""
    archive = subprocess.run(["git", "archive", earlier], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    subprocess.run(["tar", "--extract"], cwd=folder, input=archive, check=True)
    commit(folder, f"An earlier release: {earlier}")


def put_this_tree(folder: Path) -> None:
    """Make this tree, with uncommitted changes and new files, the newest commit of a repository."""
    for old in folder.iterdir():
        if old.name != ".git":
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    files = git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0")
    for name in filter(None, files):
        source, copy = ROOT / name, folder / name
        if source.is_symlink() or source.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, copy, follow_symlinks=False)
    commit(folder, "This tree")

"""Compares every response of this tree with those of an earlier commit: `make compare BASE=<commit>`.

Both are asked on SQLite, with the nine pilots and with 500 made ones; the database is prepared by the earlier commit,
and migrated by this tree. Every public address that is linked to is asked for, lists in many states (facets lead on
without end: a number of them), and every page of the admin that a superuser reaches by links. Only pages: what forms
do is claimed by the tests. Prints a difference for each response that is not the same, and ends with 1 if there is any.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from prepare_portal.environment import VARIABLES  # noqa: E402

RECORD = ROOT / "tests" / "responses" / "record.py"
SAMPLES = {"nine pilots": (), "500 pilots": ("--pilots=500",)}
LINES = 12  # shown of each difference


def run(tree: Path, data: Path, *command: str) -> None:
    """Run Python in a tree, on the database in the folder `data`."""
    environment = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    environment |= {"DJANGO_SETTINGS_MODULE": "prepare_portal.settings", "DATA_DIR": str(data)}
    environment |= {"ADMIN_PASSWORD": "a-password-for-tests-only", "PYTHONHASHSEED": "0"}
    subprocess.run([sys.executable, *command], cwd=tree, env=environment, check=True)


@contextlib.contextmanager
def tree_of(commit: str, folder: Path) -> Iterator[Path]:
    """Yield a folder with the files of a commit, static files and catalogues included."""
    tree = folder / "base"
    subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(tree), commit], cwd=ROOT, check=True)
    try:
        prepare(tree, folder / "static-data")
        yield tree
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=ROOT, check=True)


def prepare(tree: Path, data: Path) -> None:
    """Collect the static files of a tree and compile its catalogues."""
    run(tree, data, "manage.py", "collectstatic", "--noinput", "--verbosity=0")
    for catalogue in [*tree.glob("pilots/**/*.po"), *tree.glob("prepare_portal/**/*.po")]:
        files = [f"--input-file={catalogue}", f"--output-file={catalogue.with_suffix('.mo')}"]
        subprocess.run([sys.executable, "-m", "babel.messages.frontend", "--quiet", "compile", *files], check=True)


def record(tree: Path, data: Path, responses: Path) -> None:
    """Ask a tree for everything, on the database in `data`."""
    responses.mkdir()
    run(tree, data, "manage.py", "migrate", "--verbosity=0")
    run(tree, data, str(RECORD), str(responses))


def differences(before: Path, after: Path) -> Iterator[str]:
    """Yield a text for each response that is not the same."""
    for name in sorted({path.name for path in [*before.iterdir(), *after.iterdir()]}):
        old, new = before / name, after / name
        if not (old.exists() and new.exists()):
            there, where = (old, "only before") if old.exists() else (new, "only now")
            yield f"{where}: {there.read_text().splitlines()[0]}"
        elif old.read_bytes() != new.read_bytes():
            difference = subprocess.run(["diff", str(old), str(new)], capture_output=True, text=True, check=False)
            shown = "\n".join(line[:300] for line in difference.stdout.splitlines()[:LINES])
            yield f"{new.read_text().splitlines()[0]}\n{shown}"


def main(commit: str) -> int:
    """Compare, and return the exit status."""
    different = 0
    with tempfile.TemporaryDirectory(prefix="portal-compare-") as name:
        folder = Path(name)
        prepare(ROOT, folder / "static-data")
        with tree_of(commit, folder) as base:
            for index, (sample, options) in enumerate(SAMPLES.items()):
                data, before, after = (folder / f"{kind}{index}" for kind in ("data", "before", "after"))
                if options:
                    run(base, data, "manage.py", "migrate", "--verbosity=0")
                    run(base, data, "manage.py", "make_sample", *options)
                run(base, data, "manage.py", "set_up")
                record(base, data, before)
                record(ROOT, data, after)
                found = list(differences(before, after))
                print(*found, f"{sample}: {len(list(after.iterdir()))} responses, {len(found)} differ", sep="\n\n")
                different += len(found)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or ["HEAD"]))

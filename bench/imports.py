"""Imports a spreadsheet of 500 pilots as an editor does, with another commit beside: `python -m bench.imports COMMIT`.

Each of the two fills an empty SQLite database with the same 550 invented pilots, then looks at a file that changes 500
of them and confirms it, and the same with a file of 500 new ones. Seconds are those of the processor, so that
whatever else the machine does counts little; queries are those of the answer that writes.
"""

import io
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PILOTS = 500
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


def changed(rows: list[dict[Any, str]]) -> list[dict[Any, str]]:
    """The rows with one sentence more in the English summary."""
    summary = next(column for column in rows[0] if column.name == "summary")
    return [row | {summary: f"{row[summary]} Said anew."[-500:]} for row in rows]


def added(rows: list[dict[Any, str]]) -> list[dict[Any, str]]:
    """The same rows as new pilots."""
    slug, edit = (next(column for column in rows[0] if column.name == name) for name in ("slug", "edit"))
    return [row | {slug: f"new-{row[slug]}"[:80], edit: ""} for row in rows]


def file_of(rows: list[dict[Any, str]]) -> bytes:
    """The rows as a CSV file."""
    from pilots.spreadsheets import writer

    return writer.to_csv(writer.sheet_lines([*rows[0]], rows), ",")


def measure() -> dict[str, dict[str, float]]:
    """The seconds and the queries of both files, in a database that was filled."""
    from django.contrib.auth.models import User
    from django.test import Client

    from pilots.spreadsheets import reader

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.create_superuser("bench", "bench@example.org", "x"))
    exported = b"".join(client.post("/admin/pilots/pilot/export/?status__exact=published", {"kind": "csv"}))
    rows = [row for _number, row in reader.read(exported).rows][:PILOTS]
    return {name: imported(client, file_of(make(rows))) for name, make in (("changed", changed), ("added", added))}


def imported(client: Any, data: bytes) -> dict[str, float]:
    """The seconds that looking at a file and writing it take, and the queries that writing it asks."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.db import connection

    began = time.process_time()
    file = SimpleUploadedFile("pilots.csv", data)
    seen = client.post("/admin/pilots/pilot/import/", {"import_file": file, "made_by": "person"})
    looked = time.process_time()
    said = dict(HIDDEN.findall(seen.content.decode()))
    if b"confirm_form" not in seen.content:
        raise SystemExit(f"Nothing to confirm: {seen.content.decode()}")
    asked = []

    def count(execute: Any, *query: Any) -> Any:
        asked.append(True)
        return execute(*query)

    with connection.execute_wrapper(count):
        answer = client.post("/admin/pilots/pilot/process_import/", said)
        page = b"".join(answer)
        while answer.status_code == 302 and b">Done<" not in page:  # written some rows at a time
            client.post(answer["Location"])
            page = client.get(answer["Location"]).content
    if b">Done<" not in page:
        raise SystemExit(page[-2000:].decode())
    written = time.process_time()
    return {"look": looked - began, "write": written - looked, "queries": len(asked)}


def run(tree: Path) -> dict[str, dict[str, float]]:
    """What the portal in the folder `tree` needs."""
    with tempfile.TemporaryDirectory(prefix="portal-imports-") as folder:
        environment = {**os.environ, "DATA_DIR": folder, "DATABASE_URL": "", "SITE_URL": "", "PYTHONPATH": str(tree)}
        environment["DJANGO_SETTINGS_MODULE"] = "prepare_portal.settings"
        command = [sys.executable, str(Path(__file__).resolve()), "--here"]
        done = subprocess.run(command, cwd=tree, env=environment, stdout=subprocess.PIPE, check=True)  # noqa: S603
    return json.loads(done.stdout.splitlines()[-1])


def here() -> None:
    """Fill the database that the environment names, and print what was measured there."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("migrate", verbosity=0)
    call_command("make_sample", pilots=PILOTS + 50, seed=1, verbosity=0)
    print(json.dumps(measure()))


def main(commit: str) -> None:
    """Print both, and how many times as fast this tree is."""
    with tempfile.TemporaryDirectory(prefix="portal-old-") as folder:
        command = ["git", "-C", str(ROOT), "archive", commit]
        archive = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout  # noqa: S603
        with tarfile.open(fileobj=io.BytesIO(archive)) as old:
            old.extractall(folder, filter="data")
        before, now = run(Path(folder)), run(ROOT)
    for name, then in before.items():
        for side, found in (("before", then), ("now", now[name])):
            asked = found["queries"] / PILOTS
            print(
                f"{name}, {side}: look {found['look']:.1f} s, write {found['write']:.1f} s, {asked:.1f} queries a row"
            )
        ratio = then["write"] / now[name]["write"]
        whole = sum(then[part] for part in ("look", "write")) / sum(now[name][part] for part in ("look", "write"))
        print(f"{name}: {ratio:.1f} times as fast in writing, {whole:.1f} with the look before")


if __name__ == "__main__":
    here() if sys.argv[1:] == ["--here"] else main(*sys.argv[1:])

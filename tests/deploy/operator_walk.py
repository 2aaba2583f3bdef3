"""An operator's walk: from an empty folder to a portal that was deployed, upgraded, lost and restored.

`make operator-walk` runs it. Every command is read out of docs/operating.md, from the blocks marked `walk`; only
folders and ports are replaced, and `sudo` is left out, since whoever runs this plays root. systemd is played by
tests/deploy/service_manager.py, which runs what the unit files say; nginx, OpenSSL, git, make and pip are real.
"""

import os
import pty
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.browser.server import HOST, ROOT, free_port
from tests.deploy import service_manager
from tests.deploy.service_manager import ServiceManager, plain_environment
from tests.deploy.sources import commit, put_this_tree, repository
from tests.deploy.visitor import PASSWORD, Person
from tests.proxies.check import Proxy, changed, wait_for

MOST_COMMANDS = 15
DOCUMENT = ROOT / "docs" / "operating.md"
CLONED_FROM = "https://git.example.org/prepare-portal.git"
# What Debian's packages of nginx, OpenSSL and systemd bring
FOLDERS = [
    "etc/nginx/sites-available",
    "etc/nginx/sites-enabled",
    "etc/ssl",
    "etc/systemd/system",
    "usr/local/bin",
    "srv",
]
ANSWERS = {"Username": "rita", "Email": "rita@example.org", "Password": PASSWORD, "Password (again)": PASSWORD}


def commands() -> dict[str, list[str]]:
    """The commands in the marked blocks of the document, by the heading that they stand under."""
    found: dict[str, list[str]] = {}
    heading = ""
    for part in re.split(r"^(#+ [^\n]*|```sh walk\n.*?^```)$", DOCUMENT.read_text(), flags=re.MULTILINE | re.DOTALL):
        if part.startswith("#"):
            heading = part.lstrip("# ")
        elif part.startswith("```sh walk"):
            found.setdefault(heading, []).extend(part.splitlines()[1:-1])
    return found


class Operator:
    """Runs commands on a machine that is a folder."""

    proxy: Proxy

    def __init__(self, machine: Path) -> None:
        self.machine, self.said = machine, commands()
        self.manager = ServiceManager(machine, {"nginx": self.reload_nginx})
        self.origin = repository(machine / "origin")
        self.nginx: subprocess.Popen[bytes] | None = None
        self.programs = ""
        self.count = 0

    def do(self, heading: str) -> None:
        """Run what the document says under a heading, which then counts as done."""
        for command in self.said.pop(heading):
            self.run(command)

    def run(self, command: str) -> None:
        self.count += 1
        print(f"{self.count}. {command}", flush=True)
        here = command.removeprefix("sudo ").replace(CLONED_FROM, str(self.origin))
        words = shlex.split(re.sub(r"(?<![\w/.])/(?=srv/|etc/|var/)", f"{self.machine}/", here))
        me = subprocess.run(["id", "--user", "--name"], check=True, capture_output=True, text=True).stdout.strip()
        path = f"{self.programs}:{self.machine}/usr/local/bin:{os.environ['PATH']}"
        env = plain_environment() | {"PORTAL_ROOT": str(self.machine), "PORTAL_USER": me, "PATH": path}
        status = (
            answer_questions(words, env) if "createsuperuser" in words else subprocess.run(words, env=env).returncode
        )
        assert status == 0, f"“{command}” ended with status {status}.\n{self.journal()}"

    def fill_in_settings(self) -> None:
        """What an operator does in an editor: here, the folder."""
        file = self.machine / "etc/prepare-portal.env"
        assert file.stat().st_mode & 0o077 == 0
        file.write_text(changed(file.read_text(), {"/var/lib/": f"{self.machine}/var/lib/"}))

    def reload_nginx(self) -> None:
        """Serve the sites that are enabled, with the ports and folders of this machine."""
        self.proxy = Proxy(free_port(), free_port())
        changes = {
            "127.0.0.1:8000": f"{HOST}:{self.manager.port}",
            "listen 80": f"listen {self.proxy.http}",
            "listen 443": f"listen {self.proxy.https}",
            "/etc/ssl/": f"{self.machine}/etc/ssl/",
            "/var/log/nginx/error.log": "stderr",
        }
        sites = [file.read_text() for file in (self.machine / "etc/nginx/sites-enabled").iterdir()]
        site = re.sub(r"^\s*listen \[::\].*$", "", "".join(sites), flags=re.MULTILINE)
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        paths = "".join(f"{kind}_temp_path {self.machine}/{kind};" for kind in kinds)
        who = "user root;" if os.geteuid() == 0 else ""
        main = f"{who} daemon off; pid {self.machine}/pid; events {{}} http {{ {paths} {changed(site, changes)} }}"
        (self.machine / "nginx.conf").write_text(main)
        command = ["nginx", "-e", "stderr", "-p", str(self.machine), "-c", str(self.machine / "nginx.conf")]
        with (self.machine / "nginx.log").open("wb") as log:
            self.nginx = subprocess.Popen(command, stdout=log, stderr=log)
        wait_for(self.proxy, self.nginx, self.machine / "nginx.log")

    def journal(self) -> str:
        return self.manager.log.read_text() if self.manager.log.exists() else ""


def answer_questions(words: list[str], env: dict[str, str]) -> int:
    """Run a command in a terminal, and type what it asks for."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvpe(words[0], words, env)
    shown = ""
    left = dict(ANSWERS)
    with suppress(OSError):  # the terminal is gone when the command has ended
        while said := os.read(terminal, 1000).decode(errors="replace"):
            shown += said
            question = next((one for one in left if re.search(rf"{re.escape(one)}[^\n]*: $", shown)), None)
            if question:
                os.write(terminal, f"{left.pop(question)}\n".encode())
                shown = ""
    os.close(terminal)
    assert not left, f"Not asked: {list(left)}. Last it said: {shown}"
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


@pytest.fixture
def operator(tmp_path: Path) -> Iterator[Operator]:
    for folder in FOLDERS:
        (tmp_path / folder).mkdir(parents=True)
    operator = Operator(tmp_path)
    put_this_tree(operator.origin)
    with service_manager.running(operator.manager) as programs:
        operator.programs = str(programs)
        yield operator
        if operator.nginx:
            operator.nginx.terminate()
            operator.nginx.wait()


def test_document_leads_from_an_empty_machine_to_a_restored_portal(operator: Operator) -> None:
    clone, settings, install = operator.said.pop("One machine, with SQLite")
    operator.run(clone)
    operator.run(settings)
    operator.fill_in_settings()
    operator.run(install)
    operator.do("The proxy")
    operator.do("Accounts and passwords")
    rita = Person(operator.proxy, "rita")
    rita.log_in()
    assert "Avignon" in rita.ask("/pilots/")

    operator.do("Backup and restore")
    backup = newest(operator)
    commit(operator.origin, "A later release")
    first = release(operator)
    status = operator.said["Upgrades"].pop()
    operator.do("Upgrades")
    assert release(operator) != first
    assert newest(operator) != backup  # the upgrade has made one
    rita.ask("/admin/")  # the same session

    operator.run(status)
    shutil.rmtree(operator.machine / "var/lib/prepare-portal")
    operator.do("Restore")
    rita.log_in()
    assert "Avignon" in rita.ask("/pilots/")
    operator.run(status)
    assert operator.said == {}, "These commands are not part of the walk"
    assert operator.count <= MOST_COMMANDS


def newest(operator: Operator) -> Path:
    backups = sorted((operator.machine / "var/backups/prepare-portal").iterdir())
    assert all(file.stat().st_mode & 0o077 == 0 for file in backups)
    return backups[-1]


def release(operator: Operator) -> Path:
    return (operator.machine / "srv/prepare-portal/current").resolve()

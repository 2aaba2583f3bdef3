"""Visitors who read and editors who save, without end, and what becomes of each of their requests."""

import contextlib
import http.client
import itertools
import random
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlencode

from bench.faults.filling import CANARY, Staff
from bench.faults.service import SITE
from tests.admin.forms import Reader

PATIENCE = 30  # seconds for one answer
PAUSE = 0.05  # seconds from an answer to the next request, unless a trial asks more slowly
TOKEN = "a" * 32
PAGES = (
    *("/", "/pilots/", "/pilots/avignon/", "/pilots/?q=training", "/lessons/?country=FR", "/fr/pilots/"),
    *("/api/v1/pilots/", "/pilots.csv", "/pilots.atom", "/sitemap.xml", "/readyz"),
)
HIDDEN = ("/pilots/draft-0/", "/api/v1/pilots/draft-0/", "/pilots/?q=" + CANARY)
NOT_THERE = {200, 404, 410}
DONE = re.compile(r"/imports/[0-9a-f-]{36}/")  # an import ends with the way to undo it
BAD_GATEWAY = 502  # of the proxy alone: it had no whole answer from the portal
LOST = 0  # in place of a status: no answer, or not all of one


@dataclass(frozen=True)
class Target:
    """Where the portal is asked: itself, or a proxy in front of it, which speaks TLS."""

    port: int
    tls: bool = False

    def connect(self) -> http.client.HTTPConnection:
        """A connection of its own."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        if self.tls:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            plain = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
            line.sock = context.wrap_socket(plain, server_hostname=SITE)
        return line

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> tuple[int, str, str]:
        """Return status, text and Location; the status is LOST where no whole answer came."""
        own = {"Host": SITE, **({} if self.tls else {"X-Forwarded-Proto": "https"}), **headers}
        if body is not None:
            own.setdefault("Content-Type", "application/x-www-form-urlencoded")
        try:
            with contextlib.closing(self.connect()) as line:
                line.request("GET" if body is None else "POST", path, body, own)
                answer = line.getresponse()
                text, location = answer.read().decode(errors="replace"), answer.getheader("Location") or ""
                return (LOST if answer.status == BAD_GATEWAY else answer.status), text, location
        except (OSError, http.client.HTTPException):
            return LOST, "", ""


class Asked(NamedTuple):
    """One request: of which kind, when it was answered, after how many seconds, and how."""

    kind: str
    at: float
    took: float
    status: int
    is_good: bool


@dataclass
class Traffic:
    """Everybody who asks, and what they saw."""

    targets: list[Target]
    staff: Staff
    editors: int = 2
    visitors: int = 2
    shared: bool = False  # do all editors write the same entries?
    pause: float = PAUSE
    asked: list[Asked] = field(default_factory=list)
    confirmed: dict[int, list[str]] = field(default_factory=dict)  # the words of each entry whose save was confirmed
    leaks: list[str] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)
    word: "itertools.count[int]" = field(default_factory=itertools.count)

    def begin(self) -> None:
        """Let everybody ask until the end."""
        self.confirmed = {pilot: [] for pilot in self.staff.pilots}
        acts: list[Callable[[], None]] = [Visitor(self, number).read for number in range(self.visitors)]
        acts += [Editor(self, number).save for number in range(self.editors)]
        self.threads = [threading.Thread(target=self._repeat, args=(act,), daemon=True) for act in acts]
        for thread in self.threads:
            thread.start()

    def end(self) -> None:
        """Return when everybody has their last answer."""
        self.stopped.set()
        for thread in self.threads:
            thread.join(2 * PATIENCE)

    def note(self, kind: str, began: float, status: int, good: Iterable[int]) -> None:
        """Note how a request was answered."""
        now = time.monotonic()
        self.asked.append(Asked(kind, now, now - began, status, status in good))

    def saves(self) -> int:
        """How many were confirmed so far."""
        return sum(map(len, self.confirmed.values()))

    def _repeat(self, act: Callable[[], None]) -> None:
        while not self.stopped.wait(self.pause):
            act()


@dataclass
class Visitor:
    """Reads pages in turn, and looks for what nobody has published."""

    traffic: Traffic
    number: int

    def __post_init__(self) -> None:
        self.dice = random.Random(self.number)

    def read(self) -> None:
        """Ask for one page."""
        path = self.dice.choice(PAGES + HIDDEN)
        began = time.monotonic()
        status, text, _location = self.dice.choice(self.traffic.targets).ask(path)
        self.traffic.note("page", began, status, {200} if path in PAGES else NOT_THERE)
        if CANARY in text.replace(f"?q={CANARY}", "") and path != HIDDEN[-1]:
            self.traffic.leaks.append(path)
        if path == HIDDEN[-1] and "/pilots/draft-" in text:
            self.traffic.leaks.append(path)


@dataclass
class Editor:
    """Opens the form of a draft and saves it with a new word, again and again."""

    traffic: Traffic
    number: int
    forms: dict[int, dict[str, list[str]]] = field(default_factory=dict)

    def save(self) -> None:
        """Open a form and send it."""
        traffic = self.traffic
        pilots = traffic.staff.pilots
        pilot = pilots[next(traffic.word) % 2] if traffic.shared else pilots[self.number]
        form = self.opened(pilot)
        if form is None:
            return
        word = f"w{next(traffic.word)}x."
        began = time.monotonic()
        status, _text, location = self.ask(pilot, {**form, "summary": [f"{CANARY} {word}"]})
        is_saved = status == 302 and location.startswith("/admin/pilots/pilot/")
        traffic.note("save", began, status, {302, 409} if traffic.shared else {302})
        if is_saved:
            traffic.confirmed[pilot].append(word)

    def opened(self, pilot: int) -> dict[str, list[str]] | None:
        """What the form of an entry would send; None where it could not be opened."""
        began = time.monotonic()
        status, page, _location = self.ask(pilot)
        edit = re.search(r'name="seen_edit" value="(\d+)"', page)
        if edit and not self.forms.get(pilot):
            reader = Reader()
            reader.feed(page)
            self.forms[pilot] = reader.forms.get("pilot_form", {})
        fields = self.forms.get(pilot) if edit else None
        self.traffic.note("form", began, status, {200} if fields else ())
        return {**fields, "seen_edit": [edit[1]]} if edit and fields and status == 200 else None

    def import_row(self) -> None:
        """Change the editor's draft by a spreadsheet: see what it would do, and confirm."""
        traffic, pilot = self.traffic, self.traffic.staff.pilots[self.number]
        form = self.opened(pilot)
        if form is None:
            return
        word = f"w{next(traffic.word)}x."
        row = f"slug,edit,summary\r\ndraft-{self.number},r{pilot}e{form['seen_edit'][0]},{CANARY} {word}\r\n"
        began = time.monotonic()
        status, page, _location = self.send_file("/admin/pilots/pilot/import/", row)
        traffic.note("import", began, status, {200})
        reader = Reader()
        reader.feed(page)
        if confirming := reader.forms.get("confirm_form"):
            if self.carry_on(confirming):
                traffic.confirmed[pilot].append(word)
        elif status == 200:
            traffic.note("import", began, 422, ())  # the file was refused

    def carry_on(self, confirming: dict[str, list[str]]) -> bool:
        """Confirm an import and let it go on; return whether it came to its end."""
        began = time.monotonic()
        status, _page, place = self.post("/admin/pilots/pilot/process_import/", confirming)
        self.traffic.note("import", began, status, {302})
        while status == 302:
            began = time.monotonic()
            status, page, _location = self.target.ask(place, **self.headers)
            is_done = status == 200 and bool(DONE.search(page))
            if is_done or "go_on_form" not in page:
                self.traffic.note("import", began, status, {200} if is_done else ())
                return is_done
            began = time.monotonic()
            status, _page, _location = self.post(place, {})
            self.traffic.note("import", began, status, {302})
        return False

    def send_file(self, path: str, rows: str) -> tuple[int, str, str]:
        """Upload a CSV file."""
        fields = {"csrfmiddlewaretoken": TOKEN, "made_by": "person", 'import_file"; filename="pilots.csv': rows}
        parts = [
            f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        body = "".join(parts).encode() + b"--edge--\r\n"
        return self.target.ask(path, body, **self.headers, **{"Content-Type": "multipart/form-data; boundary=edge"})

    def ask(self, pilot: int, form: dict[str, list[str]] | None = None) -> tuple[int, str, str]:
        """Ask for the form of an entry, or send it."""
        path = f"/admin/pilots/pilot/{pilot}/change/"
        return self.post(path, form) if form else self.target.ask(path, **self.headers)

    def post(self, path: str, form: dict[str, list[str]]) -> tuple[int, str, str]:
        """Send a form."""
        body = urlencode({**form, "csrfmiddlewaretoken": TOKEN}, doseq=True).encode()
        return self.target.ask(path, body, **self.headers)

    @property
    def target(self) -> Target:
        """Where this editor works, always the same."""
        return self.traffic.targets[self.number % len(self.traffic.targets)]

    @property
    def headers(self) -> dict[str, str]:
        """The cookies of this editor's session."""
        key = self.traffic.staff.keys[self.number]
        return {"Cookie": f"__Host-session={key}; __Host-csrf={TOKEN}", "Referer": f"https://{SITE}/admin/"}

"""One trial: the portal under load, one thing goes wrong and ends, and what everybody saw is counted."""

import contextlib
import math
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench.faults import filling, stores
from bench.faults.service import Service, production
from bench.faults.traffic import LOST, PAUSE, Asked, Target, Traffic

BEFORE = 3  # seconds of load before anything happens
WELL_WITHIN = 10  # seconds after the end of the cause, as promised
QUIET = 4  # seconds without a bad answer, after which all is well
GIVE_UP = 90  # seconds after the end of the cause
BOTH = (stores.SQLITE, stores.POSTGRESQL)


@dataclass
class Verdict:
    """What a trial came to."""

    requests: int = 0
    lost: int = 0
    server_errors: int = 0  # answers 503, which say that one should come back
    broken: int = 0  # other answers 5xx
    bad: dict[str, int] = field(default_factory=dict)  # all answers that were not as they should be, by kind and status
    slowest: float = 0.0  # seconds
    saves: int = 0  # confirmed
    gone: int = 0  # of these, not in the database at the end
    leaks: int = 0
    well_after: float | None = None  # seconds after the end of the cause; None: not as long as it was waited for
    holds: bool = True  # what this trial alone looks at
    error: str = ""  # why it did not come to its end
    notes: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether it holds what is promised."""
        recovered = self.well_after is not None and self.well_after <= WELL_WITHIN
        short = self.error or self.gone or self.leaks or self.broken
        return not short and recovered and self.saves > 0 and self.holds

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Trial:
    """The portal, its database, who uses it, and a folder for this trial alone."""

    kind: str
    folder: Path
    store: stores.Store
    service: Service
    traffic: Traffic
    scratch: contextlib.ExitStack  # what is to be stopped at the end
    notes: list[str] = field(default_factory=list)
    ended: float = 0.0  # when the cause did
    holds: bool = True  # what this trial alone looks at

    @property
    def data_dir(self) -> Path:
        return Path(self.service.environment["DATA_DIR"])

    def cause_ended(self) -> None:
        """Note that all that was broken is whole from now on."""
        self.ended = time.monotonic()

    def wait_until_well(self) -> None:
        """Return when nothing bad was answered for some seconds and each kind of request succeeded, or give up."""
        self.ended = self.ended or time.monotonic()
        while (now := time.monotonic()) < self.ended + GIVE_UP:
            since = [asked for asked in self.traffic.asked if asked.at > now - QUIET]
            kinds = {asked.kind for asked in since if asked.is_good}
            if now > self.ended + QUIET and kinds >= {"page", "save"} and all(asked.is_good for asked in since):
                return
            time.sleep(0.2)

    def verdict(self) -> Verdict:
        """Count."""
        asked, statuses = self.traffic.asked, Counter(one.status for one in self.traffic.asked)
        confirmed = self.traffic.confirmed
        held = filling.held(self.service.environment)
        gone = [word for pilot, words in confirmed.items() for word in words if not _is_in(word, held[pilot])]
        bad = Counter(f"{one.kind} {one.status or 'lost'}" for one in asked if not one.is_good)
        return Verdict(
            requests=len(asked),
            lost=statuses[LOST],
            server_errors=statuses[503],
            broken=sum(number for status, number in statuses.items() if status >= 500 and status != 503),
            bad=dict(bad),
            slowest=round(max(one.took for one in asked), 1),
            saves=self.traffic.saves(),
            gone=len(gone),
            leaks=len(self.traffic.leaks),
            well_after=well_after(asked, self.ended),
            holds=self.holds,
            notes=self.notes,
        )


def _is_in(word: str, summaries: list[str]) -> bool:
    return any(word in summary.split() for summary in summaries)


def well_after(asked: list[Asked], ended: float) -> float | None:
    """Seconds from the end of the cause to the first good page and save after which nothing bad was answered."""
    last_bad = max((one.at for one in asked if not one.is_good), default=ended)
    good = [one for one in asked if one.at > max(ended, last_bad)]
    firsts = [min((one.at for one in good if one.kind == kind), default=math.inf) for kind in ("page", "save")]
    return None if math.inf in firsts else round(max(firsts) - ended, 1)


class Fault:
    """One thing that goes wrong. A subclass says what happens, and what has to be made ready."""

    title = ""
    databases: tuple[str, ...] = BOTH
    editors, visitors, shared = 2, 2, False
    pause = PAUSE
    says = ""  # what the report says of how it was done

    def place(self, scratch: contextlib.ExitStack, folder: Path) -> Path:
        """Where DATA_DIR and the database are to be; a disk of its own, if it is the disk that breaks."""
        return folder

    def settings(self, scratch: contextlib.ExitStack, folder: Path) -> dict[str, str]:
        """What of the portal's environment is different."""
        return {}

    def database_url(self, scratch: contextlib.ExitStack, folder: Path, store: stores.Store) -> str:
        """Where the portal finds the database; something in between, if that is what is tried."""
        return store.url

    def targets(self, scratch: contextlib.ExitStack, folder: Path, service: Service) -> list[Target]:
        """Where visitors and editors ask."""
        return [Target(service.port)]

    def happen(self, trial: Trial) -> None:
        """Break something, and mend it again."""
        raise NotImplementedError


class Bench:
    """What trials begin with: a portal that was filled once for each database, and PostgreSQL's programs."""

    def __init__(self, scratch: contextlib.ExitStack) -> None:
        self.programs = scratch.enter_context(stores.programs())
        self.home = Path(scratch.enter_context(tempfile.TemporaryDirectory(prefix="faults-")))
        self.home.chmod(0o755)
        self.models: dict[str, tuple[Path, filling.Staff]] = {}

    def model(self, kind: str) -> tuple[Path, filling.Staff]:
        """A stopped database with editors and drafts, and their sessions."""
        if kind not in self.models:
            folder = self.home / kind
            folder.mkdir()
            store = stores.opened(kind, folder, None, self.programs)
            staff = filling.filled(production(folder, store.url))
            store.stop()
            self.models[kind] = folder, staff
        return self.models[kind]

    def run(self, fault: Fault, kind: str) -> Verdict:
        """One trial of a fault on a database."""
        with self.trial(fault, kind) as trial:
            trial.traffic.begin()
            time.sleep(BEFORE)
            fault.happen(trial)
            trial.wait_until_well()
            trial.traffic.end()
            return trial.verdict()

    @contextlib.contextmanager
    def trial(self, fault: Fault, kind: str) -> Iterator[Trial]:
        """Start everything, and stop it at the end."""
        model, staff = self.model(kind)
        with contextlib.ExitStack() as scratch:
            folder = Path(scratch.enter_context(tempfile.TemporaryDirectory(prefix="fault-", dir=self.home)))
            folder.chmod(0o755)
            place = fault.place(scratch, folder)
            store = stores.opened(kind, place, model, self.programs)
            scratch.callback(lambda: store.stop())
            url = fault.database_url(scratch, folder, store)
            environment = production(place, url, **fault.settings(scratch, folder))
            service = Service(environment, folder / "portal.log")
            scratch.callback(service.stop)
            service.start()
            traffic = Traffic(
                fault.targets(scratch, folder, service),
                staff,
                editors=fault.editors,
                visitors=fault.visitors,
                shared=fault.shared,
                pause=fault.pause,
            )
            scratch.callback(traffic.end)
            yield Trial(kind, folder, store, service, traffic, scratch)


def tool(name: str) -> str:
    """Where a program is; says what is missing."""
    found = shutil.which(name)
    if not found:
        raise RuntimeError(f"{name} is missing. bench/README.md names what make faults needs.")
    return found


def run(*command: str | Path) -> None:
    """Run a command that has to succeed."""
    subprocess.run([str(part) for part in command], check=True, capture_output=True)

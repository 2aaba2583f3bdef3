"""Processes that die, and a clock that goes back."""

import contextlib
import os
import random
import signal
import time
from pathlib import Path

from bench.faults.trial import GIVE_UP, Fault, Trial

SEED, KILLS = 1, 200
SAVES = 50


def kill_one(trial: Trial, dice: random.Random) -> None:
    """Kill one of the processes that serve."""
    if workers := trial.service.workers():
        with contextlib.suppress(ProcessLookupError):
            os.kill(dice.choice(workers), signal.SIGKILL)


class KilledWorker(Fault):
    title = "a worker is killed"
    says = "`kill -9` of one of the two processes that serve; gunicorn starts another"

    def happen(self, trial: Trial) -> None:
        kill_one(trial, random.Random(SEED))
        trial.cause_ended()


class KilledMaster(Fault):
    title = "the master is killed"
    says = "`kill -9` of gunicorn's first process; what stands in for systemd starts it again by the unit's rules"

    def happen(self, trial: Trial) -> None:
        trial.service.kill_master()
        trial.cause_ended()


class KilledWhileSaving(Fault):
    title = "200 processes are killed while they save"
    says = (
        f"`kill -9` of a serving process at {KILLS} random moments, each after another save was confirmed; "
        "four editors save without a pause"
    )
    editors, visitors = 4, 1

    def happen(self, trial: Trial) -> None:
        dice = random.Random(SEED)
        for _kill in range(KILLS):
            before, end = trial.traffic.saves(), time.monotonic() + GIVE_UP
            while trial.traffic.saves() == before and time.monotonic() < end:
                time.sleep(0.01)
            time.sleep(dice.uniform(0, 0.4))
            kill_one(trial, dice)
        trial.cause_ended()


class RestartWhileEditing(Fault):
    title = "eight editors save 50 times each, and the portal is restarted in the middle"
    says = "all eight write the same two drafts; a save that somebody overtook is refused (409) and counts as answered"
    editors, shared = 8, True

    def happen(self, trial: Trial) -> None:
        self.wait_for(trial, self.editors * SAVES // 2)
        trial.service.restart()
        trial.cause_ended()
        self.wait_for(trial, self.editors * SAVES)

    def wait_for(self, trial: Trial, saves: int) -> None:
        """Return when so many were sent."""
        while sum(asked.kind == "save" for asked in trial.traffic.asked) < saves:
            time.sleep(0.1)


# libfaketime 0.9.10 breaks the call that Python sleeps with where the steady clock is left alone.
SLEEP = "import select, time\ntime.sleep = lambda seconds: select.select([], [], [], seconds) and None\n"


class ClockBack(Fault):
    title = "the portal's clock goes back an hour"
    says = "libfaketime, for the processes of the portal, for twenty seconds; then it is right again"

    def settings(self, scratch: contextlib.ExitStack, folder: Path) -> dict[str, str]:
        library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
        if library is None:
            raise RuntimeError("libfaketime is missing. bench/README.md names what make faults needs.")
        (folder / "clock").write_text("+0\n")
        (folder / "sitecustomize.py").write_text(SLEEP)
        return {
            "PYTHONPATH": str(folder),
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(folder / "clock"),
            "FAKETIME_CACHE_DURATION": "1",  # seconds; else each question for the time reads the file
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def happen(self, trial: Trial) -> None:
        (trial.folder / "clock").write_text("-3600s\n")
        time.sleep(20)
        (trial.folder / "clock").write_text("+0\n")
        trial.cause_ended()


FAULTS = (KilledWorker, KilledMaster, KilledWhileSaving, RestartWhileEditing, ClockBack)

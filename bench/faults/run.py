"""Breaks the portal in every way that is listed, on both databases, and writes what happened to bench/FAULTS.md.

`make faults` calls it. What is named by `--only` is done again; the others stay in the report as they were. Only
committed code is tried, because the report names it. The exit status is 1 when a trial fell short of what is promised.
"""

import argparse
import contextlib
import os
import re
import sys
import tempfile
import time
import traceback

import django

from bench import machine
from bench.faults import machines, network, outages, processes, report, soak, storage
from bench.faults.trial import Bench, Fault, Verdict
from bench.stock import ROOT

FAULTS: tuple[type[Fault], ...] = (
    *(*processes.FAULTS, *outages.FAULTS, *storage.FAULTS, *network.FAULTS, *machines.FAULTS, *soak.FAULTS),
)


def name_of(fault: type[Fault]) -> str:
    """How it is named on the command line: killed-worker."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", fault.__name__).lower()


def key_of(fault: type[Fault], kind: str) -> str:
    """How a trial is named in what is kept."""
    return f"{name_of(fault)} {kind}"


# All there are, in the order of the report.
TRIALS = {key_of(fault, kind): f"{fault.title} ({kind})" for fault in FAULTS for kind in fault.databases}


def main() -> int:
    """Read the options, run the trials, write the report; 1 when one is bad."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", default=[], choices=[name_of(fault) for fault in FAULTS])
    parser.add_argument("--databases", nargs="*", default=[], choices=["sqlite", "postgresql"])
    parser.add_argument("--soak-seconds", type=int, default=soak.HOUR)
    options = parser.parse_args()
    if machine.has_changes(str(report.REPORT.relative_to(ROOT))):
        parser.error("Files differ from the commit. Commit them first: the report says which code was tried.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prepare_portal.settings")
    django.setup()
    soak.Soak.seconds = options.soak_seconds
    with contextlib.ExitStack() as scratch:
        bench = Bench(scratch)
        verdicts = [
            done(bench, fault, kind)
            for fault in FAULTS
            for kind in fault.databases
            if name_of(fault) in (options.only or [name_of(fault)])
            and kind.lower() in (options.databases or [kind.lower()])
        ]
    return int(not all(verdict.is_good for verdict in verdicts))


def done(bench: Bench, fault: type[Fault], kind: str) -> Verdict:
    """Run one trial, note what it came to, and write the report."""
    print(f"{kind}: {fault.title} …", flush=True)
    began = time.monotonic()
    try:
        verdict = bench.run(fault(), kind)
    except Exception as error:  # noqa: BLE001 (one that cannot be tried here keeps no other from it)
        traceback.print_exc()
        verdict = Verdict(error=in_a_line(error))
    seconds = round(time.monotonic() - began)
    show(verdict, seconds)
    report.note(key_of(fault, kind), verdict, title=fault.title, says=fault().says, kind=kind, seconds=seconds)
    report.write(TRIALS)
    return verdict


def in_a_line(error: Exception) -> str:
    """What went wrong, for a cell of a table, without the folders of this machine."""
    first = next(iter(str(error).splitlines()), "")
    for folder in (str(ROOT), sys.prefix, tempfile.gettempdir()):
        first = first.replace(folder, "…")
    return f"{type(error).__name__}: {first}".replace("|", "/")


def show(verdict: Verdict, seconds: float) -> None:
    """Say it in a line."""
    figures = ", ".join(f"{name} {value}" for name, value in verdict.as_dict().items())
    print(f"  {'good' if verdict.is_good else 'BAD'} ({seconds:.0f} s): {figures}", flush=True)


if __name__ == "__main__":
    sys.exit(main())

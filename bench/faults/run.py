"""Breaks the portal in every way that is listed, on both databases, and writes what happened to bench/FAULTS.md.

`make faults` calls it. What is named by `--only` is done again; the others stay in the report as they were.
"""

import argparse
import contextlib
import os
import re
import time
import traceback

import django

from bench.faults import network, outages, processes, report, soak, storage
from bench.faults.trial import Bench, Fault, Verdict

FAULTS: tuple[type[Fault], ...] = (
    *(*processes.FAULTS, *outages.FAULTS, *storage.FAULTS, *network.FAULTS, *soak.FAULTS),
)


def name_of(fault: type[Fault]) -> str:
    """How it is named on the command line: killed-worker."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", fault.__name__).lower()


def main() -> None:
    """Read the options, run the trials, write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", default=[], choices=[name_of(fault) for fault in FAULTS])
    parser.add_argument("--databases", nargs="*", default=[], choices=["sqlite", "postgresql"])
    parser.add_argument("--soak-seconds", type=int, default=soak.HOUR)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prepare_portal.settings")
    django.setup()
    soak.Soak.seconds = options.soak_seconds
    with contextlib.ExitStack() as scratch:
        bench = Bench(scratch)
        for fault in FAULTS:
            if options.only and name_of(fault) not in options.only:
                continue
            for kind in fault.databases:
                if not options.databases or kind.lower() in options.databases:
                    done(bench, fault, kind)
    report.write([name_of(fault) for fault in FAULTS])


def done(bench: Bench, fault: type[Fault], kind: str) -> None:
    """Run one trial and note what it came to."""
    print(f"{kind}: {fault.title} …", flush=True)
    began = time.monotonic()
    try:
        verdict = bench.run(fault(), kind)
    except Exception:  # noqa: BLE001 (one that cannot be tried here keeps no other from it)
        traceback.print_exc()
        return
    show(verdict, time.monotonic() - began)
    report.note(name_of(fault), kind, fault(), verdict, time.monotonic() - began)


def show(verdict: Verdict, seconds: float) -> None:
    """Say it in a line."""
    figures = ", ".join(f"{name} {value}" for name, value in verdict.as_dict().items())
    print(f"  {'good' if verdict.is_good else 'BAD'} ({seconds:.0f} s): {figures}", flush=True)


if __name__ == "__main__":
    main()

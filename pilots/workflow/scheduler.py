"""Looks at the clock, so that what is planned is published on time without a timer of the machine."""

import logging
from collections.abc import Callable
from threading import Event, Thread

from django.db import connections

from pilots import retention
from pilots.workflow.scheduled_publishing import publish_all_due

log = logging.getLogger("pilots.clock")

EVERY = 60  # seconds


class Scheduler(Thread):
    """A thread of each server process that publishes what is due, once a minute, as long as the process lives.

    Each entry is locked while it is published (`publish_if_due`), so any number of processes and
    machines may do this at once. Whatever goes wrong is logged, and tried again a minute later.
    `then` is called after each look: what was withdrawn leaves each machine's disk, whoever asks for what.
    """

    def __init__(self, every: float = EVERY, then: Callable[[], object] = lambda: None) -> None:
        super().__init__(name="clock", daemon=True)
        self.every, self.then = every, then
        self.stopped = Event()

    def run(self) -> None:
        """Look at once, for what came due while no server ran, and then every so often until it is stopped."""
        while not self.stopped.is_set():
            run_due_tasks(self.then)
            connections.close_all()  # one held for a minute of doing nothing may be dead by then
            self.stopped.wait(self.every)


def run_due_tasks(then: Callable[[], object] = lambda: None) -> None:
    """Publish what is due, and log what was refused; delete what is expired. Raises nothing."""
    try:
        for outcome in publish_all_due():
            if not outcome.is_published:
                log.warning("A planned publication was not made; the history of entry %s says why.", outcome.entry_id)
        then()
    except Exception:
        log.exception("Planned publications could not be looked at. They are tried again in a minute.")
    try:
        retention.delete_expired()
        retention.apply_daily()
    except Exception:
        log.exception("What is past its time could not be deleted. It is tried again in a minute.")

"""PostgreSQL that stops, crashes, or is another one from now on."""

import time

from bench.faults.stores import POSTGRESQL, Postgresql
from bench.faults.trial import Fault, Trial

AWAY = 10  # seconds


class StoppedDatabase(Fault):
    title = "PostgreSQL is stopped for ten seconds"
    databases = (POSTGRESQL,)
    says = "as `systemctl stop` does it, then started"

    def happen(self, trial: Trial) -> None:
        trial.store.stop()
        time.sleep(AWAY)
        trial.store.start()
        trial.cause_ended()


class CrashedDatabase(Fault):
    title = "PostgreSQL crashes"
    databases = (POSTGRESQL,)
    says = "`kill -9` of all its processes; it is started again a second later, and repairs itself"

    def happen(self, trial: Trial) -> None:
        assert isinstance(trial.store, Postgresql)
        trial.store.crash()
        trial.cause_ended()


class Failover(Fault):
    title = "PostgreSQL is lost, and a replica takes over at another address"
    databases = (POSTGRESQL,)
    says = (
        "the first server is killed for good; the replica (streaming, `synchronous_standby_names`) is promoted, "
        "and the portal restarted with its `DATABASE_URL`"
    )

    def happen(self, trial: Trial) -> None:
        first = trial.store
        assert isinstance(first, Postgresql)
        replica = first.replica()
        trial.scratch.callback(replica.stop)
        time.sleep(3)
        first.crash(for_good=True)
        time.sleep(2)  # until somebody notices
        replica.promote()
        trial.store = replica
        trial.cause_ended()
        trial.service.restart(DATABASE_URL=replica.url)


FAULTS = (StoppedDatabase, CrashedDatabase, Failover)

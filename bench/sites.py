"""Starts everything that is compared, and says which page of each answers which question."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench import install, servers, subjects
from bench.report import ARRAYS, BARE, COLUMNS, DATASETTE, WAGTAIL, at_nine, cold, warm
from bench.servers import Server
from bench.stock import DELIVERED, Stock
from bench.subjects import API, LIST, PILOT, Pages, Questions


@dataclass(frozen=True)
class Sites:
    """Starts sites on one core until `stack` ends. `home` keeps their data, `programs` are those of the peers."""

    home: Path
    programs: Path
    core: int
    stack: ExitStack

    def portals(self, stocks: list[Stock]) -> dict[str, Server]:
        """Start the portal on each database, without and with its page cache."""
        return {
            name(one.kind): self.stack.enter_context(servers.portal(one, self.core, cached=cached))
            for one in stocks
            for name, cached in ((cold, False), (warm, True))
        }

    def with_nine(self, stocks: list[Stock]) -> dict[str, Pages]:
        """Start the portal with nine pilots, to see how the list grows."""
        questions = Questions.about(install.rows(self.home, stocks[0]))
        found = {}
        for one in stocks:
            server = self.stack.enter_context(servers.portal(one, self.core, cached=False))
            found[at_nine(one.kind)] = {LIST: subjects.portal(server, questions)[LIST]}
        return found

    def peers(self, rows: Path, sheet: Path, questions: Questions, ours: Pages) -> dict[str, Pages]:
        """Start the peers; Wagtail, and Datasette as it comes, with nine pilots only. `ours` are our pages."""
        database = install.datasette(rows, sheet, self.programs)
        found = self._small(rows, database, questions) if len(questions.rows) == DELIVERED else {}
        tuned = self.stack.enter_context(servers.datasette(database, self.programs, self.core, tuned=True))
        for name, facets in ((ARRAYS, subjects.ARRAYS), (COLUMNS, subjects.COLUMNS)):
            found[name] = subjects.datasette(tuned, questions, database, facets)
        return found | self._bare(ours)

    def _small(self, rows: Path, database: Path, questions: Questions) -> dict[str, Pages]:
        """Start those whose figures are about nine pilots."""
        data = install.wagtail(rows, self.programs)
        site = servers.django_peer("wagtail_site", "site_wsgi", self.programs, self.core, SITE_DATA=str(data))
        usual = self.stack.enter_context(servers.datasette(database, self.programs, self.core, tuned=False))
        return {
            WAGTAIL: subjects.wagtail(self.stack.enter_context(site), questions),
            DATASETTE: subjects.datasette(usual, questions, database, subjects.ARRAYS),
        }

    def _bare(self, ours: Pages) -> dict[str, Pages]:
        """Start the bare view with the bytes of our pages."""
        files = {}
        for setting, subject in (("LIST_BYTES", LIST), ("PILOT_BYTES", PILOT), ("API_BYTES", API)):
            files[setting] = str(self.home / setting.lower())
            Path(files[setting]).write_bytes(ours[subject].fetched()[0])
        site = servers.django_peer("bare_site", "bare:application", self.programs, self.core, **files)
        return {BARE: subjects.bare(self.stack.enter_context(site))}

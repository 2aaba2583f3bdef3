"""What `make faults` calls good, and what its report says: the rules alone, nothing is started or broken."""

from dataclasses import replace

import pytest

from bench.faults import report, run
from bench.faults.processes import KilledMaster, KilledWorker
from bench.faults.traffic import Asked
from bench.faults.trial import Verdict, well_after

GOOD = Verdict(requests=10, saves=2, well_after=1.0)
PAGE = Asked("page", at=11.0, took=0.1, status=200, is_good=True)
SAVE = Asked("save", at=12.0, took=0.1, status=302, is_good=True)
LOST = Asked("page", at=13.0, took=0.1, status=0, is_good=False)
TRIALS = {
    "killed-worker SQLite": "a worker is killed (SQLite)",
    "killed-master SQLite": "the master is killed (SQLite)",
}


class Broken:
    """A bench on which nothing comes to its end."""

    def run(self, fault, kind):
        raise RuntimeError(f"The portal did not start: {report.ROOT}/manage.py | see\nthe log")


class Whole:
    """A bench on which all goes well."""

    def run(self, fault, kind):
        return GOOD


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.setattr(report, "KEPT", tmp_path / "faults.json")
    monkeypatch.setattr(report, "REPORT", tmp_path / "FAULTS.md")
    return tmp_path / "FAULTS.md"


def test_a_trial_is_good_only_if_all_of_it_is():
    short = [
        *({"broken": 1}, {"gone": 1}, {"leaks": 1}, {"saves": 0}, {"holds": False}, {"error": "no end"}),
        *({"well_after": None}, {"well_after": 10.1}),
    ]
    assert GOOD.is_good
    assert [replace(GOOD, **change).is_good for change in short] == [False] * len(short)
    assert replace(GOOD, lost=3, server_errors=4, well_after=10.0).is_good


def test_all_is_well_once_a_page_and_a_save_were_good_after_the_end():
    assert well_after([PAGE, SAVE], ended=10.0) == 2.0
    assert well_after([PAGE, SAVE, LOST], ended=10.0) is None
    again = [SAVE._replace(at=15.0), PAGE._replace(at=14.5)]
    assert well_after([PAGE, SAVE, LOST, *again], ended=10.0) == 5.0


@pytest.mark.parametrize("asked", [[], [PAGE], [SAVE], [PAGE._replace(at=9.0), SAVE]])
def test_nothing_is_well_without_answers_after_the_end(asked):
    assert well_after(asked, ended=10.0) is None


def test_a_trial_that_does_not_end_is_noted_as_bad_in_place_of_its_older_row(kept):
    assert run.done(Whole(), KilledWorker, "SQLite").is_good
    assert "Those that ran keep what is promised." in kept.read_text()
    assert not run.done(Broken(), KilledWorker, "SQLite").is_good
    text = kept.read_text()
    assert "Short of what is promised: a worker is killed (SQLite)." in text
    assert "did not end: RuntimeError: The portal did not start: …/manage.py / see |" in text
    assert str(report.ROOT) not in text


def test_the_report_says_what_was_not_run(kept):
    run.done(Whole(), KilledMaster, "SQLite")
    text = report.document(report.read(), TRIALS)
    assert "**1 of 2 trials ran: 2 saves confirmed," in text
    assert "**Not run: a worker is killed (SQLite).**" in text
    assert "Not run" not in report.document(report.read(), {"killed-master SQLite": ""})


def test_what_never_got_well_is_not_among_those_that_did(kept):
    report.note("killed-master SQLite", replace(GOOD, well_after=None), title="T", says="S", kind="SQLite", seconds=1)
    text = report.document(report.read(), TRIALS)
    assert "not always well again.**" in text
    assert "| not within 90 s |" in text


def test_figures_of_code_that_nobody_committed_are_not_kept(kept):
    run.done(Whole(), KilledMaster, "SQLite")
    report.KEPT.write_text(report.KEPT.read_text().replace('"code": "', '"code": "with changes, '))
    assert report.read() == {}


def test_changed_code_is_not_tried(monkeypatch, capsys):
    monkeypatch.setattr(run.machine, "has_changes", lambda *but: but == ("bench/FAULTS.md",))
    monkeypatch.setattr("sys.argv", ["run"])
    with pytest.raises(SystemExit) as stopped:
        run.main()
    assert stopped.value.code == 2
    assert "Commit them first" in capsys.readouterr().err

"""The reading of Lighthouse's reports: what falls short is named, and nothing that was not measured passes."""

from itertools import chain
from typing import Any

import pytest

from tests.browser import audit
from tests.browser.audit import CATEGORIES, Audit

SEO_AT_FAULT = {
    "meta-description": {"score": 0, "title": "Document does not have a meta description"},
    "canonical": {"score": 1, "title": "Document has a valid canonical"},
    "hreflang": {"score": None, "title": "Document has a valid hreflang", "scoreDisplayMode": "notApplicable"},
    "robots-txt": {"score": None, "title": "robots.txt", "scoreDisplayMode": "error", "errorMessage": "No answer"},
    "image-alt": {"score": 0, "title": "An audit without weight"},
}


def report(scores: dict[str, float | None], audits: dict[str, Any] | None = None) -> dict[str, Any]:
    """A report as Lighthouse writes it, with `audits` under SEO."""
    rows = {
        name: {"id": name, "scoreDisplayMode": "binary", "displayValue": ""} | row
        for name, row in (audits or {}).items()
    }
    references = [{"id": name, "weight": 0 if name == "image-alt" else 1} for name in rows]
    return {
        "categories": {
            name: {"score": scores.get(name, 1), "auditRefs": references if name == "seo" else []}
            for name in CATEGORIES
        },
        "audits": rows,
    }


def figures(*values: int) -> Audit:
    return Audit("/", dict(zip(CATEGORIES, values, strict=True)), {name: ["reason"] for name in CATEGORIES})


WHOLE = figures(100, 100, 100, 100)


def test_whole_page_has_no_shortcomings() -> None:
    read = audit.read_report("/", report({}))
    assert read.is_good
    assert list(read.shortcomings()) == []


def test_shortcoming_names_page_category_and_failing_audits() -> None:
    read = audit.read_report("/map/", report({"seo": 0.92}, SEO_AT_FAULT))
    assert not read.is_good
    assert list(read.shortcomings()) == [
        "/map/: seo is 92, not 100: meta-description (Document does not have a meta description); "
        "robots-txt (robots.txt: No answer)"
    ]


def test_nearly_whole_is_not_whole() -> None:
    assert audit.read_report("/", report({"performance": 0.99})).figures["performance"] == 99


def test_category_without_a_figure_is_none_at_all() -> None:
    assert audit.read_report("/", report({"accessibility": None})).figures["accessibility"] == 0


def test_page_that_could_not_be_loaded_falls_short() -> None:
    read = audit.read_report("/lessons/", {"runtimeError": {"message": "Status code: 404"}})
    assert not read.is_good
    assert list(read.shortcomings()) == ["/lessons/ could not be measured: Status code: 404"]


def test_page_that_does_well_once_is_measured_no_more() -> None:
    attempts = chain([figures(98, 100, 100, 100), WHOLE], (pytest.fail("measured again") for _once in range(1)))
    assert audit.best_of(attempts) is WHOLE


def test_fault_that_comes_back_each_time_stays() -> None:
    tries = [figures(90, 100, 100, 100), figures(98, 100, 100, 100), figures(95, 100, 100, 100)]
    assert audit.best_of(iter(tries)) is tries[1]


@pytest.mark.parametrize(("missing", "package"), [("node", "nodejs"), ("npm", "npm")])
def test_missing_program_is_named_and_fails(
    missing: str, package: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit.shutil, "which", lambda name: None if name == missing else f"/bin/{name}")
    assert audit.main([]) == 1
    assert capsys.readouterr().err == (
        f"Nothing was measured. Lighthouse needs {missing}. Install it (on Debian: apt-get install {package}).\n"
    )


def test_missing_browser_fails(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(audit, "lighthouse", lambda: ["node"])
    monkeypatch.setenv("CHROMIUM", "no-such-program")
    assert audit.main([]) == 1
    assert "Nothing was measured. CHROMIUM is “no-such-program”, which is no program." in capsys.readouterr().err


@pytest.mark.parametrize(("audits", "status"), [([WHOLE, WHOLE], 0), ([WHOLE, figures(100, 100, 100, 99)], 1)])
def test_exit_status_tells_whether_all_is_whole(
    audits: list[Audit], status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "audit_pages", lambda _pages: audits)
    assert audit.main([]) == status
    assert ("/: seo is 99, not 100: reason" in capsys.readouterr().err) == bool(status)


def test_the_pages_are_those_that_visitors_land_on() -> None:
    assert audit.PAGES == ("/", "/pilots/", "/pilots/rotterdam/", "/map/", "/matrix/", "/lessons/")

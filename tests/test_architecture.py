"""The house of the portal: where things live, and which way imports run."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from importlinter import cli

ROOT = Path(settings.BASE_DIR)
OWN = ("pilots", "prepare_portal", "tests")

LAYOUT = [
    *("prepare_portal/settings.py", "prepare_portal/urls.py", "prepare_portal/middleware.py", "prepare_portal/wsgi.py"),
    *(
        "pilots/urls.py",
        "pilots/pages",
        "pilots/admin",
        "pilots/browse",
        "pilots/search",
        "pilots/index",
        "pilots/workflow",
    ),
    *("pilots/models", "pilots/migrations", "pilots/templatetags", "pilots/management/commands"),
    *("templates/base.html", "templates/parts", "templates/pilots", "static/css", "static/img", "fixtures"),
    *("tests/browser", "tests/factories.py", "docs"),
    *(
        "pilots/search/engine.py",
        "pilots/browse/filters.py",
        "pilots/models/vocabulary.py",
        "pilots/models/organisations.py",
    ),
    *("pilots/models/public.py", "pilots/models/pilot.py", "pilots/models/lesson.py", "pilots/models/sources.py"),
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the layers of the portal in `folder` as pyproject.toml declares them."""
    code = f"import sys; sys.path.insert(0, '.'); from {cli.__name__} import lint_imports; sys.exit(lint_imports())"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def copy(tmp_path):
    """A folder with the portal's code, to be spoilt."""
    for name in ("pilots", "prepare_portal"):
        for source in (ROOT / name).rglob("*.py"):
            target = tmp_path / source.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    return tmp_path


def test_imports_run_one_way(copy):
    checked = lint(copy)
    assert checked.returncode == 0, checked.stdout
    assert "Contracts: 1 kept, 0 broken." in checked.stdout


# A module, and what it may not import.
FORBIDDEN = [
    ("pilots/models/lesson.py", "pilots.search.engine"),
    ("pilots/models/lesson.py", "pilots.workflow"),
    ("pilots/search/engine.py", "pilots.pages.front"),
    ("pilots/search/query.py", "pilots.browse.filters"),
    ("pilots/index/pilots.py", "pilots.search.query"),
    ("pilots/browse/filters.py", "pilots.spreadsheets.rows"),
    ("pilots/workflow/transitions.py", "pilots.admin"),
    ("pilots/workflow/transitions.py", "pilots.search.engine"),
    ("pilots/history/record.py", "pilots.workflow"),
    ("pilots/content_checks/required.py", "pilots.history"),
    ("pilots/pages/front.py", "prepare_portal.health"),
    ("prepare_portal/health.py", "prepare_portal.urls"),
    ("pilots/admin/pilot/pilot_admin.py", "pilots.pages.pilot.list"),
    ("pilots/pages/front.py", "pilots.urls"),
    ("pilots/urls.py", "prepare_portal.middleware"),
]


def test_every_import_up_or_sideways_is_noticed(copy):
    for module, forbidden in FORBIDDEN:
        file = copy / module
        file.write_text(file.read_text() + f"\n\ndef late() -> None:\n    import {forbidden}\n")
    checked = lint(copy)
    assert checked.returncode == 1
    assert "Contracts: 0 kept, 1 broken." in checked.stdout
    said = " ".join(checked.stdout.split())
    names = [(module.removesuffix(".py").replace("/", "."), forbidden) for module, forbidden in FORBIDDEN]
    assert [pair for pair in names if " -> ".join(pair) not in said] == []


@pytest.mark.parametrize("path", LAYOUT)
def test_things_are_where_the_design_puts_them(path):
    assert (ROOT / path).exists()


def test_no_module_is_named_for_nothing_in_particular():
    modules = [path for name in OWN for path in (ROOT / name).rglob("*.py")]
    assert len(modules) > 60
    nameless = {"utils", "util", "helpers", "services", "common", "misc", "signals"}
    assert [path for path in modules if nameless & {part.removesuffix(".py") for part in path.parts}] == []


# What Django and its models name classes themselves.
NAMED_BY_DJANGO = {"Command", "Kind", "Media", "Meta"}


def test_no_two_classes_have_one_name():
    """Who reads a name in one module and looks for it in another finds the same thing."""
    modules = [path for name in ("pilots", "prepare_portal") for path in (ROOT / name).rglob("*.py")]
    found: dict[str, list[str]] = {}
    for path in (path for path in modules if "migrations" not in path.parts):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef) and node.name not in NAMED_BY_DJANGO:
                found.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    assert {name: paths for name, paths in found.items() if len(paths) > 1} == {}


def test_public_is_defined_once():
    """Other code asks `published()`; naming the status is left to the models, the workflow and the sample data.

    The rule of who may read what names it too, and what tells which addresses were public once: both read revisions,
    which also tell of entries that are deleted.
    """
    allowed = {
        *(
            "pilots/models/public.py",
            "pilots/models/pilot.py",
            "pilots/workflow/rules.py",
            "pilots/workflow/working_copies.py",
        ),
        *("pilots/development/sample/entries.py", "pilots/models/access.py", "pilots/models/revision.py"),
    }
    naming = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "pilots").rglob("*.py")
        if "migrations" not in path.parts and re.search(r'Status\.PUBLISHED|status="published"', path.read_text())
    }
    assert naming == allowed


def test_only_search_triggers_backups_and_health_may_ask_which_database_they_are_on():
    asking = [path for name in ("pilots", "prepare_portal") for path in (ROOT / name).rglob("*.py")]
    asking = [path for path in asking if "migrations" not in path.parts and "connection.vendor" in path.read_text()]
    allowed = {"pilots/search/tables.py", "pilots/models/triggers.py", "pilots/management/backups/databases.py"}
    allowed |= {"pilots/health/readings.py"}
    assert {str(path.relative_to(ROOT)) for path in asking} <= allowed


def test_parameters_of_a_request_are_never_expanded_into_a_query():
    for path in (ROOT / "pilots").rglob("*.py"):
        text = path.read_text()
        assert "**request" not in text, path
        assert "**query" not in text, path
        assert "request.GET.items" not in text, path


CLOCKS = {
    f"{name}{end}" for name in ("perf_counter", "monotonic", "process_time", "thread_time") for end in ("", "_ns")
}
WAIT_FOR_A_SERVER = {
    *("tests/databases.py", "tests/browser/server.py", "tests/site/test_two_servers.py"),
    "tests/proxies/check.py",
}


def clocks(module: Path) -> set[str]:
    """The clocks for measuring that the module names, as "time.monotonic" or by an import."""
    nodes = list(ast.walk(ast.parse(module.read_text())))
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    of_time = {
        f"{node.value.id}.{node.attr}"
        for node in nodes
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    imported = {name.name for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for name in node.names}
    return ((attributes | imported) & {*CLOCKS, "timeit"}) | (of_time & {"time.time", "time.time_ns"})


def test_no_test_measures_time():
    """A busy machine is slow and right: tests count steps or queries (tests/steps.py); the benchmark measures times."""
    measuring = {str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("*.py") if clocks(path)}
    assert measuring == WAIT_FOR_A_SERVER


@pytest.mark.parametrize(
    "line",
    ["import time\ntime.perf_counter()", "from time import process_time as now", "import timeit", "time.time()"],
)
def test_clock_is_noticed(line, tmp_path):
    module = tmp_path / "test_it.py"
    module.write_text(line)
    assert clocks(module)


def test_no_example_has_a_deadline():
    """Hypothesis takes a slow example for a failure, unless told otherwise."""
    assert hypothesis.settings().deadline is None
    assert hypothesis.HealthCheck.too_slow in hypothesis.settings().suppress_health_check
    given = [path for path in (ROOT / "tests").rglob("*.py") if re.search(r"deadline=(?!None)", path.read_text())]
    assert given == [Path(__file__)]

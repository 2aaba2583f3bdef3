"""The documentation is true: what it names exists, and what exists is named."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from pilots.browse.filters import (
    AXES,
    COLUMNS,
    ROWS,
    ChoiceFilter,
    ComparisonFilterSet,
    LessonFilterSet,
    MatrixFilterSet,
    PilotFilterSet,
    TrailFilterSet,
)
from pilots.models import Lesson
from prepare_portal.environment import VARIABLES

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
TESTS_ONLY = {"TEST_DATABASE_URL", "CHROMIUM"}
FOLDERS = ("bench", "deploy", "docs", "fixtures", "pilots", "prepare_portal", "static", "templates", "tests")
# Words in code font that are not ours: of Django, of other programs, and two examples.
NOT_OURS = {
    *("post_migrate", "xframe_options_sameorigin"),
    *("cp", "pg_dump", "proxy_cache_use_stale", "wamerican", "wbritish"),
    *("test_draft_is_absent_from_every_public_address", "test_name"),
}
MADE_WHEN_NEEDED = ("var/", ".venv/", "staticfiles/", "prepare_portal/locale/")

EACH_DOC = pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.name)
EACH_LIVING_DOC = pytest.mark.parametrize(
    "doc", [doc for doc in DOCS if doc.name != "CHANGELOG.md"], ids=lambda doc: doc.name
)
FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
MAKE = re.compile(r"\bmake((?: [\w./=-]+)+)")
NAME = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?:\(\))?")
MODULE = re.compile(r"(?<![\w./-])\w+\.py\b")
DEFINED = re.compile(r'\b(?:def|class) (\w+)|\b(\w+) ?[:=]|"([\w.]+)"')
NAME_IN_MODULE = re.compile(r"`(\w+)(?:\(\))?` (?:in|of) `([\w/]+\.py)`")
PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)*/?")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def section(name: str, heading: str) -> str:
    """The text below a heading, up to the next one of its level or above."""
    level = heading.split()[0]
    found = re.search(rf"^{heading}$(.*?)(?=^#{{1,{len(level)}}} |\Z)", read(name), re.DOTALL | re.MULTILINE)
    assert found, f"{name} has no heading “{heading}”"
    return found[1]


def first_cells(text: str) -> list[str]:
    """What stands in backticks in the first cell of each row of the tables in `text`."""
    return re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)


def row(name: str, heading: str, first: str) -> str:
    return next(line for line in section(name, heading).splitlines() if line.startswith(f"| `{first}` |"))


def make_words(text: str) -> set[str]:
    """The targets that code in `text` gives to make."""
    code = [*FENCED.findall(text), *SPAN.findall(FENCED.sub("", text))]
    words = {word for part in code for call in MAKE.findall(part) for word in call.split()}
    return {word for word in words if "=" not in word}


def make_targets() -> tuple[set[str], set[str]]:
    """All targets of the Makefile, and those that `make help` lists."""
    makefile = read("Makefile")
    rules = re.findall(r"^([^\s#:=][^:=]*):(?!=)", makefile, re.MULTILINE)
    public = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
    return {word for rule in rules for word in rule.split()}, public


def dependencies() -> list[str]:
    """What the portal, its developers and the readers of formats need, each with what it is needed for."""
    project = tomllib.loads(read("pyproject.toml"))
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    return [re.split(r"[\[<>=~!; ]", line)[0] for lines in groups for line in lines]


def locked() -> list[str]:
    """Every package that a lock file has."""
    texts = map(read, ("requirements.txt", "requirements-dev.txt", "requirements-formats.txt"))
    return re.findall(r"^([\w.-]+)", "\n".join(texts), re.MULTILINE)


def anchors(doc: Path) -> Iterator[str]:
    """Yield what the headings of a document are linked by."""
    for heading in re.findall(r"^#+ (.+)$", FENCED.sub("", doc.read_text(encoding="utf-8")), re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@cache
def files() -> list[str]:
    paths = [*ROOT.glob("*"), *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))]
    return [path.relative_to(ROOT).as_posix() for path in paths if path.is_file()]


@cache
def names_in(path: str) -> set[str]:
    """What a module defines: functions, classes, variables, parameters, and words that stand alone in a string."""
    return {name for names in DEFINED.findall(read(path)) for name in names}


@cache
def all_names() -> set[str]:
    """What is defined in Python, files and folders, packages, alerts, and the slugs of the delivered entries."""
    modules = [path for path in files() if path.endswith(".py") and Path(path).name != "test_docs.py"]
    places = {part for path in files() for part in (*Path(path).parts, Path(path).stem)}
    slugs = re.findall(r'"([\w-]+)"', "".join(read(path) for path in files() if path.startswith("fixtures/")))
    alerts = re.findall(r"alert: (\w+)", read("deploy/prometheus/alerts.yml"))
    return places.union(*map(names_in, modules), dependencies(), locked(), slugs, alerts, MADE_WHEN_NEEDED)


def test_every_setting_is_in_the_table_of_the_readme_and_the_other_way_round() -> None:
    assert sorted(first_cells(section("README.md", "## Settings"))) == sorted({*VARIABLES, *TESTS_ONLY})


def test_what_only_the_tests_read_is_named_in_their_code() -> None:
    code = read("tests/databases.py") + read("tests/browser/chromium.py")
    assert {name for name in TESTS_ONLY if f'os.environ.get("{name}"' in code} == TESTS_ONLY


def test_every_parameter_of_the_list_is_in_the_table_of_the_readme_and_the_other_way_round() -> None:
    assert sorted(first_cells(section("README.md", "## The list's address"))) == sorted(PilotFilterSet.base_filters)


@pytest.mark.parametrize("parameter", PilotFilterSet.base_filters)
def test_table_of_the_readme_says_of_a_parameter_what_its_declaration_says(parameter: str) -> None:
    declared = PilotFilterSet.base_filters[parameter]
    _before, _name, values, limit, meaning, _after = row("README.md", "## The list's address", parameter).split("|")
    assert (limit.strip(), meaning.strip()) == (declared.limit, declared.extra["help_text"])
    if isinstance(declared, ChoiceFilter):
        assert SPAN.findall(values) == list(declared.values)


def test_every_parameter_says_what_it_means() -> None:
    sets = (LessonFilterSet, MatrixFilterSet, TrailFilterSet, ComparisonFilterSet)
    assert all(one.extra["help_text"] and one.limit for filters in sets for one in filters.base_filters.values())


def test_every_dependency_has_its_reason_and_the_other_way_round() -> None:
    assert sorted(first_cells(section("docs/decisions.md", "## Dependencies"))) == sorted(dependencies())


def test_readme_gives_the_axes_of_the_matrix() -> None:
    cell = row("README.md", "## Other addresses", "/matrix/").split("|")[2]
    own = [name for name in MatrixFilterSet.base_filters if name not in PilotFilterSet.base_filters]
    assert SPAN.findall(cell) == ["q", "keep", *own, *AXES, ROWS, COLUMNS]


def test_readme_gives_the_kinds_of_lessons() -> None:
    cell = row("README.md", "## Other addresses", "/lessons/").split("|")[2]
    assert [kind for kind in SPAN.findall(cell) if kind in Lesson.Kind.values] == Lesson.Kind.values


@EACH_DOC
def test_every_make_target_in_the_docs_exists(doc: Path) -> None:
    assert make_words(doc.read_text(encoding="utf-8")) - make_targets()[0] == set()


def test_every_public_make_target_is_explained() -> None:
    targets = make_targets()[1]
    assert {"run", "test"} <= targets
    assert targets - make_words(read("README.md") + read("CONTRIBUTING.md")) == set()


@EACH_DOC
def test_every_path_in_the_docs_exists(doc: Path) -> None:
    """A path is code with a slash inside, or the name of a document or of the project's file."""
    spans = SPAN.findall(FENCED.sub("", doc.read_text(encoding="utf-8")))
    paths = {span for span in spans if PATH.fullmatch(span) and ("/" in span or span.endswith((".md", ".toml")))}
    expected = {path for path in paths if not path.startswith(MADE_WHEN_NEEDED)}
    assert {path for path in expected if not (ROOT / path).exists()} == set()


@EACH_DOC
def test_every_link_between_files_leads_somewhere(doc: Path) -> None:
    links = [link for link in LINK.findall(doc.read_text(encoding="utf-8")) if not re.match(r"[a-z]+:", link)]
    for link in links:
        name, _, anchor = link.partition("#")
        target = (doc.parent / name) if name else doc
        assert target.exists(), f"{doc.name} links to {link}"
        assert not anchor or anchor in anchors(target), f"{doc.name} links to {link}"


@EACH_LIVING_DOC
def test_every_name_in_the_docs_exists(doc: Path) -> None:
    spans = SPAN.findall(FENCED.sub("", doc.read_text(encoding="utf-8")))
    names = {span.removesuffix("()") for span in spans if NAME.fullmatch(span)} - NOT_OURS - all_names()
    assert {name for name in names if "." not in name or not {*name.split(".")} <= all_names()} == set()


@EACH_LIVING_DOC
def test_every_module_in_the_docs_exists(doc: Path) -> None:
    modules = MODULE.findall(doc.read_text(encoding="utf-8"))
    assert {*modules} - {Path(path).name for path in files()} == set()


@EACH_LIVING_DOC
def test_every_name_is_in_the_module_that_the_docs_say(doc: Path) -> None:
    pairs = NAME_IN_MODULE.findall(doc.read_text(encoding="utf-8"))
    assert [(name, path) for name, path in pairs if name not in names_in(path)] == []


def test_only_what_needs_it_is_exempt() -> None:
    text = "".join(doc.read_text(encoding="utf-8") for doc in DOCS)
    assert {name for name in NOT_OURS if f"`{name}`" not in text or name in all_names()} == set()


@EACH_DOC
def test_docs_call_no_program_that_a_fresh_machine_has_not(doc: Path) -> None:
    """Python brings SQLite as a library, without its command."""
    code = [*FENCED.findall(doc.read_text(encoding="utf-8")), *SPAN.findall(doc.read_text(encoding="utf-8"))]
    assert [part for part in code if re.search(r"(?<![\w./-])(sqlite3|msgfmt)(?![\w.])", part)] == []
